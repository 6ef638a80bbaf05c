/* topk.h — which k hits are the best so far?
 *
 * A heap whose root is the worst of the kept: most hits are refused by one
 * comparison with it.
 */
#ifndef NS_RANK_TOPK_H
#define NS_RANK_TOPK_H

#include "rank/rank.h"

struct topk {
	struct rank_hit *hits; /* heap; hits[0] is the worst */
	size_t n, k;
	bool by_date;
};

/* Is a before b in the order of rank.h? */
bool topk_better(const struct rank_hit *a, const struct rank_hit *b,
                 bool by_date);

/* Room for k hits is taken as they come. */
void topk_init(struct topk *topk, size_t k, bool by_date);
void topk_release(struct topk *topk);

int topk_add(struct topk *topk, const struct rank_hit *hit,
             struct ns_error *err);

/* Sorts what is kept, best first. */
void topk_sort(struct topk *topk);

#endif
