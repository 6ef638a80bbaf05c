#include "rank/ranking.h"

struct rank_scratch *rank_scratch_new(void)
{
	return mem_zero(1, sizeof(struct rank_scratch));
}

void rank_scratch_free(struct rank_scratch *scratch)
{
	if (!scratch)
		return;
	arena_release(&scratch->arena);
	mem_free(scratch);
}

bool ranking_fits(const struct plan *plan, const struct rank_request *request)
{
	uint64_t docs = 0;
	const struct manifest *manifest = &plan->snapshot->manifest;
	for (uint32_t i = 0; i < manifest->n_segments; i++)
		docs += manifest->segments[i].doc_count;
	return docs < UINT32_MAX && request->k <= BEST_MOST;
}

static int run_segment(struct ranking *ranking, uint32_t segment,
                       ranking_fn *answer)
{
	struct parts *parts = &ranking->parts;
	int status = parts_open(parts, &ranking->scratch->arena, ranking->plan,
	                        ranking->request, segment, ranking->err);
	ranking->doc_count = parts->segment->info.doc_count;
	ranking->best.later = !parts->segment->ranks.bits;
	if (status == NS_OK && !parts->empty)
		status = answer(ranking);
	if (status == NS_OK)
		status = parts_status(parts, &ranking->work);
	parts_release(parts);
	ranking->base += ranking->doc_count;
	return status;
}

/* Places in the commit become segments and docs. */
static void unfold(struct ranking *ranking, struct rank_hit *hits)
{
	const struct snapshot *snapshot = ranking->plan->snapshot;
	for (size_t i = 0; i < ranking->best.n; i++) {
		uint32_t doc = best_number(&ranking->best, i), segment = 0;
		const struct segment *from = &snapshot->segments[0].segment;
		while (doc >= from->info.doc_count) {
			doc -= from->info.doc_count;
			from = &snapshot->segments[++segment].segment;
		}
		hits[i] = (struct rank_hit){
			.segment = segment, .doc = doc,
			.score = best_score(ranking->best.keys[i]),
			.rank = from->info.rank_base + segment_rank(from, doc),
			.date = NS_NO_DATE};
	}
}

static int finish(struct ranking *ranking, struct rank_result *out)
{
	best_sort(&ranking->best);
	out->n_hits = ranking->best.n;
	out->count = ranking->count;
	out->work = ranking->work;
	out->borrowed = ranking->request->scratch;
	size_t size = (out->n_hits + 1) * sizeof *out->hits;
	out->hits = out->borrowed
		? arena_alloc(&ranking->scratch->arena, size) : mem_alloc(size);
	if (!out->hits)
		return err_nomem(ranking->err);
	unfold(ranking, out->hits);
	return NS_OK;
}

static bool has_own_order(const struct plan *plan)
{
	for (uint32_t i = 0; i < plan->snapshot->manifest.n_segments; i++)
		if (plan->snapshot->segments[i].segment.ranks.bits)
			return true;
	return false;
}

static uint32_t docs_of(const struct plan *plan)
{
	uint32_t docs = 0;
	for (uint32_t i = 0; i < plan->snapshot->manifest.n_segments; i++)
		docs += plan->snapshot->segments[i].segment.info.doc_count;
	return docs;
}

int ranking_run(const struct plan *plan, const struct rank_request *request,
                ranking_fn *segment, struct rank_result *out,
                struct ns_error *err)
{
	struct ranking ranking = {.plan = plan, .request = request, .err = err,
	                          .scratch = request->scratch};
	*out = (struct rank_result){0};
	if (!ranking.scratch)
		ranking.scratch = rank_scratch_new();
	if (!ranking.scratch)
		return err_nomem(err);
	arena_reset(&ranking.scratch->arena);
	size_t k = min_u32(request->k, docs_of(plan));
	int status = best_init(&ranking.best, &ranking.scratch->arena, k,
	                       has_own_order(plan), err);
	uint32_t n = plan->root ? plan->snapshot->manifest.n_segments : 0;
	for (uint32_t i = 0; i < n && status == NS_OK; i++)
		status = run_segment(&ranking, i, segment);
	if (status == NS_OK)
		status = finish(&ranking, out);
	if (!request->scratch)
		rank_scratch_free(ranking.scratch);
	return status;
}

bool ranking_is_plain(const struct ranking *ranking)
{
	const struct parts *parts = &ranking->parts;
	return !parts->dead && !parts->n_needed && !parts->n_excluded;
}

void ranking_prime(struct ranking *ranking, const struct part *part)
{
	if (ranking_is_plain(ranking))
		best_prime(&ranking->best, bounds_kth(
			&part->bounds, part->node->leaf, part->df,
			ranking->request->k, part->avglen0));
}

static void narrow(struct ranking *ranking)
{
	struct parts *parts = &ranking->parts;
	struct candidates *these = &ranking->scratch->candidates;
	candidates_bury(these, parts->dead);
	for (size_t i = 0; !parts->required && i < parts->n_needed; i++)
		candidates_require(these, &parts->all[i], false, 0);
	for (size_t i = parts->n - parts->n_excluded; i < parts->n; i++)
		candidates_exclude(these, &parts->all[i]);
}

static void collect(struct ranking *ranking)
{
	struct candidates *these = &ranking->scratch->candidates;
	const struct segment *segment = ranking->parts.segment;
	uint32_t base = ranking->base;
	ranking->work.candidates += these->n;
	for (size_t i = 0; i < these->n; i++) {
		uint32_t doc = these->docs[i];
		if (best_wants(&ranking->best, these->scores[i]))
			best_insert(&ranking->best, these->scores[i],
			            base + segment_rank(segment, doc),
			            base + doc);
	}
	best_settle(&ranking->best);
}

/* What a doc needs that may get `rest` more. */
static uint32_t least_of(const struct ranking *ranking, uint64_t rest)
{
	return ranking->best.need > rest
		? (uint32_t)(ranking->best.need - rest) : 0;
}

static void prune(struct ranking *ranking, uint64_t rest)
{
	candidates_keep(&ranking->scratch->candidates,
	                least_of(ranking, rest));
}

void ranking_finish(struct ranking *ranking, const struct addition *additions,
                    size_t n)
{
	uint64_t rest = 0;
	for (size_t i = 0; i < n; i++)
		rest += additions[i].most;
	prune(ranking, rest);
	narrow(ranking);
	for (size_t i = 0; i < n; i++) {
		prune(ranking, rest);
		rest -= additions[i].most;
		candidates_add(&ranking->scratch->candidates,
		               additions[i].part, least_of(ranking, rest));
	}
	prune(ranking, 0);
	collect(ranking);
}
