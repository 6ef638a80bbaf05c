/* The permanent oracle: visits every doc that matches and scores it in full. */
#include "rank/match.h"
#include "rank/topk.h"

void rank_result_release(struct rank_result *result)
{
	if (!result->borrowed)
		mem_free(result->hits);
	*result = (struct rank_result){0};
}

static int rank_segment(const struct plan *plan,
                        const struct rank_request *request, uint32_t segment,
                        struct topk *topk, uint64_t *count,
                        struct ns_error *err)
{
	struct match_tree tree;
	TRY(match_open(&tree, plan, segment, request->k1, request->b, err));
	const struct segment *from = tree.segment;
	const uint8_t *dead = plan->snapshot->segments[segment].dead;
	int status = NS_OK;
	for (uint32_t doc = match_doc(&tree);
	     doc != MATCH_END && status == NS_OK;
	     doc = match_seek(&tree, doc + 1)) {
		if (deletes_has(dead, doc))
			continue;
		++*count;
		if (!request->k)
			continue;
		struct rank_hit hit = {
			.segment = segment, .doc = doc,
			.rank = from->info.rank_base +
			        segment_rank(from, doc),
			.date = NS_NO_DATE,
		};
		if (plan->scored)
			hit.score = match_score(&tree);
		else
			hit.date = column_date(&from->dates, doc);
		status = topk_add(topk, &hit, err);
	}
	if (status == NS_OK)
		status = match_status(&tree);
	match_release(&tree);
	return status;
}

int rank_all(const struct plan *plan, const struct rank_request *request,
             struct rank_result *out, struct ns_error *err)
{
	struct topk topk;
	uint64_t count = 0;
	int status = NS_OK;
	*out = (struct rank_result){0};
	topk_init(&topk, request->k, !plan->scored);
	uint32_t n = plan->root ? plan->snapshot->manifest.n_segments : 0;
	for (uint32_t i = 0; i < n && status == NS_OK; i++)
		status = rank_segment(plan, request, i, &topk, &count, err);
	if (status != NS_OK) {
		topk_release(&topk);
		return status;
	}
	topk_sort(&topk);
	out->hits = topk.hits;
	out->n_hits = topk.n;
	out->count = request->count ? count : 0;
	return NS_OK;
}

int rank_explain(const struct plan *plan, const struct rank_request *request,
                 const struct rank_hit *hit, rank_explain_fn *tell,
                 void *context, struct ns_error *err)
{
	struct match_tree tree;
	TRY(match_open(&tree, plan, hit->segment, request->k1, request->b, err));
	if (match_seek(&tree, hit->doc) == hit->doc)
		match_explain(&tree, tell, context);
	int status = match_status(&tree);
	match_release(&tree);
	return status;
}

double rank_score(const struct plan *plan, uint32_t score)
{
	return (double)score * (double)(1u << plan->shift) / (1 << 20);
}
