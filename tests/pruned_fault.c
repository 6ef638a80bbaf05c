/* pruned_fault.c — would the test see a fault?
 *
 * Rankers that are wrong in the ways in which pruned ones are: rarely, at an
 * edge, by one.  Each must end the test with a difference. */
#include "base/cpu.h"
#include "pruned.h"

/* The answer for one hit more than asked for: the fault takes one away. */
static int rank_more(const struct plan *plan,
                     const struct rank_request *request,
                     struct rank_result *out, struct ns_error *err)
{
	struct rank_request more = *request;
	more.k += request->k > 0;
	more.scratch = NULL;
	return rank_all(plan, &more, out, err);
}

/* Leaves out hit i, and what is more than k. */
static void leave_out(struct rank_result *result, size_t i, uint32_t k)
{
	if (i < result->n_hits) {
		result->n_hits--;
		memmove(&result->hits[i], &result->hits[i + 1],
		        (result->n_hits - i) * sizeof *result->hits);
	}
	result->n_hits = min_size(result->n_hits, k);
}

/* "Not above the threshold" where it must be "below": the worst hit kept gives
 * way to one behind it. */
static int rank_tie_lost(const struct plan *plan,
                         const struct rank_request *request,
                         struct rank_result *out, struct ns_error *err)
{
	uint32_t k = request->k;
	TRY(rank_more(plan, request, out, err));
	bool tie = k && plan->scored && out->n_hits > k &&
	           out->hits[k - 1].score == out->hits[k].score;
	leave_out(out, tie ? k - 1 : k, k);
	return NS_OK;
}

static int rank_ties_swapped(const struct plan *plan,
                             const struct rank_request *request,
                             struct rank_result *out, struct ns_error *err)
{
	TRY(rank_all(plan, request, out, err));
	size_t n = out->n_hits;
	if (n < 2 || out->hits[n - 2].score != out->hits[n - 1].score)
		return NS_OK;
	struct rank_hit last = out->hits[n - 1];
	out->hits[n - 1] = out->hits[n - 2];
	out->hits[n - 2] = last;
	return NS_OK;
}

/* Docs that stand in another order than they were given in lose ties by it. */
static int rank_ties_by_doc(const struct plan *plan,
                            const struct rank_request *request,
                            struct rank_result *out, struct ns_error *err)
{
	TRY(rank_all(plan, request, out, err));
	for (size_t i = 1; i < out->n_hits && plan->scored; i++) {
		struct rank_hit *hit = &out->hits[i], before = hit[-1];
		if (before.score != hit->score ||
		    before.segment != hit->segment || before.doc < hit->doc)
			continue;
		hit[-1] = *hit;
		*hit = before;
	}
	return NS_OK;
}

static int rank_score_off(const struct plan *plan,
                          const struct rank_request *request,
                          struct rank_result *out, struct ns_error *err)
{
	TRY(rank_all(plan, request, out, err));
	if (out->n_hits == 1000)
		out->hits[999].score++;
	return NS_OK;
}

/* The second of two passes counts what the first has seen. */
static int rank_count_off(const struct plan *plan,
                          const struct rank_request *request,
                          struct rank_result *out, struct ns_error *err)
{
	TRY(rank_all(plan, request, out, err));
	if (request->k && request->count && out->count > request->k)
		out->count++;
	return NS_OK;
}

/* df stands for the count of a word, dead docs or not. */
static int rank_dead_counted(const struct plan *plan,
                             const struct rank_request *request,
                             struct rank_result *out, struct ns_error *err)
{
	const struct plan_node *root = plan->root;
	TRY(rank_all(plan, request, out, err));
	const struct leaf *leaf = root->n_children == 1
		? root->children[0]->leaf : NULL;
	if (request->count && leaf && leaf->n_words == 1 &&
	    root->children[0]->role == PLAN_OPTIONAL && !leaf->filter &&
	    !leaf->words[0].exact)
		out->count = leaf->df;
	return NS_OK;
}

static int rank_edge_lost(const struct plan *plan,
                          const struct rank_request *request,
                          struct rank_result *out, struct ns_error *err)
{
	size_t i = 0;
	TRY(rank_more(plan, request, out, err));
	while (i < out->n_hits && out->hits[i].doc != WINDOW_DOCS)
		i++;
	leave_out(out, i, request->k);
	return NS_OK;
}

/* Bounds made for avglen0, used below a larger avglen. */
static int rank_bound_low(const struct plan *plan,
                          const struct rank_request *request,
                          struct rank_result *out, struct ns_error *err)
{
	TRY(rank_more(plan, request, out, err));
	size_t i = out->n_hits;
	if (plan->scored && out->n_hits > request->k && request->k) {
		const struct leaf *leaf = &plan->leaves[0];
		const struct rank_hit *hit = &out->hits[request->k - 1];
		const struct info *info = &plan->snapshot->
			segments[hit->segment].segment.info;
		if ((double)leaf->sum_length > (double)leaf->n_docs *
		    (double)info->field[leaf->field].avglen0 &&
		    hit->score - out->hits[request->k].score < 2)
			i = request->k - 1;
	}
	leave_out(out, i, request->k);
	return NS_OK;
}

static int rank_tuning_lost(const struct plan *plan,
                            const struct rank_request *request,
                            struct rank_result *out, struct ns_error *err)
{
	struct rank_request usual = *request;
	if (request->b == 0)
		usual.b = 0.75f;
	return rank_all(plan, &usual, out, err);
}

static int rank_date_lost(const struct plan *plan,
                          const struct rank_request *request,
                          struct rank_result *out, struct ns_error *err)
{
	TRY(rank_all(plan, request, out, err));
	for (size_t i = 0; i < out->n_hits && !plan->scored; i++)
		if (out->hits[i].date == NS_NO_DATE)
			out->hits[i].date = 0;
	return NS_OK;
}

/* What was kept in memory from the query before shines through. */
static int rank_memory_stale(const struct plan *plan,
                             const struct rank_request *request,
                             struct rank_result *out, struct ns_error *err)
{
	static struct rank_hit before;
	TRY(rank_all(plan, request, out, err));
	if (!request->scratch || out->n_hits < 3)
		return NS_OK;
	struct rank_hit last = out->hits[out->n_hits - 1];
	if (before.score == last.score)
		out->hits[out->n_hits - 1] = before;
	before = last;
	return NS_OK;
}

const struct rankers pruned_faults[] = {
	{"tie-lost", rank_tie_lost, rank_all},
	{"ties-swapped", rank_ties_swapped, rank_all},
	{"ties-by-doc", rank_ties_by_doc, rank_all},
	{"score-off", rank_score_off, rank_all},
	{"count-off", rank_count_off, rank_all},
	{"dead-counted", rank_dead_counted, rank_all},
	{"edge-lost", rank_edge_lost, rank_all},
	{"bound-low", rank_bound_low, rank_all},
	{"tuning-lost", rank_tuning_lost, rank_all},
	{"date-lost", rank_date_lost, rank_all},
	{"memory-stale", rank_memory_stale, rank_all},
	{NULL, NULL, NULL},
};

static int rank_level(const struct plan *plan,
                      const struct rank_request *request,
                      struct rank_result *out, struct ns_error *err)
{
	TRY(rank_all(plan, request, out, err));
	if (cpu_level() == CPU_SCALAR && out->n_hits)
		out->hits[0].score ^= 1;
	return NS_OK;
}

const struct rankers pruned_level_fault = {"level", rank_level, rank_level};
