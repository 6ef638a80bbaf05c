/* Which ranker answers this plan fastest?
 *
 * A top k with an exact count takes two passes: to score every match for the count
 * costs more than to answer twice (newswire, top 10 of any words, µs: one pass 24 to
 * 29, two passes 19; 1.07 million passages: 143 to 203, 67).
 */
#include "rank/ranking.h"

static bool has_required(const struct plan_node *root)
{
	for (size_t i = 0; i < root->n_children; i++)
		if (root->children[i]->role == PLAN_REQUIRED)
			return true;
	return root->leaf;
}

/* One optional word of which every form counts. */
static bool is_term(const struct plan *plan)
{
	const struct plan_node *root = plan->root, *child = NULL;
	for (size_t i = 0; i < root->n_children; i++)
		if (root->children[i]->role == PLAN_OPTIONAL) {
			if (child)
				return false;
			child = root->children[i];
		}
	return child && child->leaf && child->leaf->n_words == 1 &&
	       !child->leaf->words->exact;
}

static int rank_hits(const struct plan *plan,
                     const struct rank_request *request,
                     struct rank_result *out, struct ns_error *err)
{
	/* filters alone go by date */
	if (!plan->scored)
		return rank_all(plan, request, out, err);
	if (has_required(plan->root))
		return rank_and(plan, request, out, err);
	if (is_term(plan))
		return rank_term(plan, request, out, err);
	return rank_or(plan, request, out, err);
}

int rank_best(const struct plan *plan, const struct rank_request *request,
              struct rank_result *out, struct ns_error *err)
{
	struct rank_request hits = *request;
	struct rank_result counted = {0};
	if (!plan->root || !ranking_fits(plan, request))
		return rank_all(plan, request, out, err);
	*out = (struct rank_result){0};
	if (request->count)
		TRY(rank_count(plan, request, &counted, err));
	uint64_t count = counted.count;
	if (!request->k) {
		*out = counted;
		return NS_OK;
	}
	rank_result_release(&counted);
	hits.count = false;
	TRY(rank_hits(plan, &hits, out, err));
	out->count = count;
	return NS_OK;
}
