/* collapse.h — one hit for each story: which, and what is said of the others?
 *
 * The hits of an answer without their later copies: the first of each story stays.  How
 * many that leaves is not known before: twice as many as are wanted are ranked, then
 * four times as many each time, until enough are left or all that match were looked at.
 * So it is exact, and the rankers know nothing of it.
 *
 * Which docs are copies is joined (index/stories.h) when it is first asked for, by each
 * searcher for itself: of one segment there is little to join, and no query waits for
 * another.
 *
 * Not taken: the heap of the rankers by stories.  A bound that a copy raised would have
 * to fall again when a better one takes its place.
 */
#ifndef NS_ANSWER_COLLAPSE_H
#define NS_ANSWER_COLLAPSE_H

#include "answer/facts.h"
#include "index/stories.h"
#include "rank/rank.h"

struct collapse {
	bool is_open;
	struct stories stories;
};

void collapse_release(struct collapse *collapse);

/* As rank_best, but of each story the best hit alone.  request->count counts all that
 * match. */
int collapse_rank(struct collapse *collapse, const struct plan *plan,
                  const struct rank_request *request, struct rank_result *out,
                  struct ns_error *err);

/* Fills copies, first_date and longest of *hit, the hit of this doc; texts are in the
 * arena. */
int collapse_tell(const struct collapse *collapse, const struct rank_hit *ranked,
                  struct facts *facts, struct arena *arena, struct ns_hit *hit,
                  struct ns_error *err);

#endif
