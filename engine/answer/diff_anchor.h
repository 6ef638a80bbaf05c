/* diff_anchor.h — which words tell where two stretches belong together?
 *
 * Those that occur once in the old stretch and once in the new: names, numbers.  Of
 * them the longest row that stands in the same order in both is kept (patience
 * sorting, n log n), and cuts the stretch into pieces.
 */
#ifndef NS_ANSWER_DIFF_ANCHOR_H
#define NS_ANSWER_DIFF_ANCHOR_H

#include "answer/diff.h"

struct diff_anchor {
	uint32_t at[2]; /* places of the word in the old and the new */
};

struct diff_anchors {
	struct diff_anchor *items;
	size_t n, capacity;
	uint32_t *seen[2]; /* by number of a word: place + 1, or 2³² − 1: often */
};

int diff_anchors_init(struct diff_anchors *anchors, uint32_t n_ids,
                      struct ns_error *err);
void diff_anchors_release(struct diff_anchors *anchors);

/* Fills items[n], in the order of both texts; n may be 0. */
int diff_anchors_find(struct diff_anchors *anchors,
                      const struct diff_texts *texts,
                      const struct diff_box *box, struct ns_error *err);

#endif
