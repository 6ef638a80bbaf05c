/* Which ranker answers this plan fastest?
 *
 * A top k with an exact count takes two passes: to score every match for the count
 * costs more than to answer twice (the prototype, top 10 of any words: one pass 24 to
 * 29, two passes 19; over 1.07 million passages 143 to 203, and 67).
 */
#include "rank/ranking.h"

static size_t count_role(const struct plan_node *root, enum plan_role role)
{
	size_t n = 0;
	for (size_t i = 0; i < root->n_children; i++)
		n += root->children[i]->role == role;
	return n;
}

/* A lone optional child is as good as required. */
static bool has_required(const struct plan_node *root)
{
	return root->leaf || count_role(root, PLAN_REQUIRED) ||
	       count_role(root, PLAN_OPTIONAL) == 1;
}

/* One optional word of which every form counts. */
static bool is_term(const struct plan_node *root)
{
	const struct plan_node *child = NULL;
	if (root->leaf || count_role(root, PLAN_REQUIRED) ||
	    count_role(root, PLAN_OPTIONAL) != 1)
		return false;
	for (size_t i = 0; i < root->n_children; i++)
		if (root->children[i]->role == PLAN_OPTIONAL)
			child = root->children[i];
	return child->leaf && child->leaf->n_words == 1 &&
	       !child->leaf->words->exact;
}

static int rank_hits(const struct plan *plan,
                     const struct rank_request *request,
                     struct rank_result *out, struct ns_error *err)
{
	/* filters alone go by date */
	if (!plan->scored)
		return rank_all(plan, request, out, err);
	if (is_term(plan->root))
		return rank_term(plan, request, out, err);
	if (has_required(plan->root))
		return rank_and(plan, request, out, err);
	return rank_or(plan, request, out, err);
}

int rank_best(const struct plan *plan, const struct rank_request *request,
              struct rank_result *out, struct ns_error *err)
{
	struct rank_request hits = *request;
	struct rank_result counted = {0};
	if (!plan->root || !ranking_fits(plan, request))
		return rank_all(plan, request, out, err);
	if (!request->k && request->count)
		return rank_count(plan, request, out, err);
	*out = (struct rank_result){0};
	if (!request->k)
		return NS_OK;
	if (request->count)
		TRY(rank_count(plan, request, &counted, err));
	uint64_t count = counted.count;
	rank_result_release(&counted);
	hits.count = false;
	TRY(rank_hits(plan, &hits, out, err));
	out->count = count;
	return NS_OK;
}
