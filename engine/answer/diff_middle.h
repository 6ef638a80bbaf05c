/* diff_middle.h — where is the middle of a shortest way from one text to the other?
 *
 *        0  1  2  3  x: words of the old
 *      0 ·──·
 *      1    │╲          right: a word is taken away; down: one is put in;
 *      2    ·  ╲·       diagonal: a word is kept
 *      y        │
 *
 * diagonal k = x − y.  fore[k] is the farthest x on k that d changes lead to from the
 * start, back[k] the same from the end.  Where both meet on a diagonal the row of
 * kept words between them is in the middle of a shortest way.
 */
#ifndef NS_ANSWER_DIFF_MIDDLE_H
#define NS_ANSWER_DIFF_MIDDLE_H

#include "answer/diff.h"

enum { DIFF_REACH = 8192 }; /* changes from each end */

struct diff_search {
	const uint32_t *ids[2]; /* of the old, of the new */
	int32_t *fore, *back;   /* 2 · DIFF_REACH + 3 each, diagonal 0 in the middle */
	uint64_t steps;         /* that may still be made */
};

enum diff_found {
	DIFF_MIDDLE,  /* of a shortest way */
	DIFF_POINT,   /* the way was too long: the farthest point from the start */
	DIFF_NOTHING, /* no step may be made any more */
};

/* Finds a row of kept words (it may be empty) in box, which is not empty on either
 * side and begins and ends with a change. */
enum diff_found diff_middle(struct diff_search *search,
                            const struct diff_box *box, struct diff_box *row);

#endif
