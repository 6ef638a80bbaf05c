/* match.h — which docs of a segment does a plan match, and what do they score?
 *
 * A tree of cursors, one for each node of the plan, over one segment.  The rules
 * of groups are those of query/plan.h.  Moves like a cursor (postings.h): seek
 * never goes back, MATCH_END is absorbing, damage ends it and is told by
 * match_status.
 */
#ifndef NS_RANK_MATCH_H
#define NS_RANK_MATCH_H

#include "rank/bm25.h"
#include "rank/phrase.h"

#define MATCH_END POSTINGS_END

struct match_tree {
	struct arena own, *arena;
	struct match_node *root;
	const struct segment *segment;
};

/* Opens on the first doc that matches.  err must outlive the tree. */
int match_open(struct match_tree *out, const struct plan *plan,
               uint32_t segment, float k1, float b, struct ns_error *err);
/* The same for one node of the plan, whose role is not looked at; memory from
 * arena, which must outlive the tree. */
int match_open_node(struct match_tree *out, struct arena *arena,
                    const struct plan *plan, const struct plan_node *node,
                    uint32_t segment, float k1, float b, struct ns_error *err);
void match_release(struct match_tree *tree);

uint32_t match_doc(const struct match_tree *tree);
uint32_t match_seek(struct match_tree *tree, uint32_t target);

/* The sum of the contributions for the current doc. */
uint32_t match_score(struct match_tree *tree);
int match_status(const struct match_tree *tree);

/* Calls tell for each leaf that adds to the score of the current doc. */
void match_explain(struct match_tree *tree, rank_explain_fn *tell,
                   void *context);

#endif
