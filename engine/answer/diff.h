/* diff.h — which words were taken away, and which were put in?
 *
 * The shortest list of changes, by E. Myers's O(ND) algorithm in linear space: the
 * middle of a shortest way is looked for from both ends at once, then the halves are
 * taken on (diff_middle.h).  Its work grows with the square of the changes, so it is
 * bounded.  Where a long stretch takes more than its share of steps, it is cut
 *
 *   at words that occur once in the old and once in the new (diff_anchor.h), or
 *   at the farthest point that was reached, where it has none;
 *
 * and where all steps are used up, what is left is one change.  The list is always
 * right.  It is a shortest one for texts of DIFF_SMALL words, old and new together;
 * n_coarse says how many words were not compared.
 *
 * Measured, seconds of one core: two versions of an article of 6 KB, 2 % of the words
 * changed, 0.0002; two articles of 6 KB that have nothing to do with each other, 0.01;
 * 1 MB with half of the words changed, 0.07; 16 MiB with 10 %, 1.6, all compared; the
 * most that hostile texts of 16 MiB took, 5.5 and 177 MiB.  By anchors alone 16 MiB
 * of few different words, 0.5 % changed, were one change; by farthest points alone a
 * text whose neighbouring words are swapped was.
 */
#ifndef NS_ANSWER_DIFF_H
#define NS_ANSWER_DIFF_H

#include "answer/diff_words.h"

enum {
	DIFF_STEPS = 1 << 28,   /* in all */
	DIFF_SMALL = 4096,      /* a stretch of so many words may take all of them, */
	DIFF_SHARE = 1024,      /* a larger one a part of those that are left, */
	DIFF_STRETCH = 1 << 14, /* but so many at least */
};

/* A stretch of both texts, as places of words. */
struct diff_box {
	uint32_t at[2], end[2]; /* of the old, of the new */
};

/* Words of both. */
static inline uint64_t diff_box_words(const struct diff_box *box)
{
	return (uint64_t)(box->end[0] - box->at[0]) +
	       (box->end[1] - box->at[1]);
}

struct diff_changes {
	bool *changed[2];  /* by word: is it in the other text, too? */
	uint64_t n_coarse; /* words of both sides that were not compared */
};

/* Errors: NS_E_NOMEM. */
int diff_changes_find(struct diff_changes *out, const struct diff_texts *texts,
                      struct ns_error *err);
void diff_changes_release(struct diff_changes *changes);

/* The next stretch behind *box (zero at first) that is changed; false: none. */
bool diff_changes_next(const struct diff_changes *changes,
                       const struct diff_texts *texts, struct diff_box *box);

#endif
