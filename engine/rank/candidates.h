/* candidates.h — some docs may be hits: which of them stay, and with what score?
 *
 * Rising docs with the scores that they have so far, and what is done to all of
 * them at once: those that a part does not have are dropped, a part's
 * contributions are added, those that cannot become hits any more are dropped.
 * No step jumps on a single doc (list.h says why).
 */
#ifndef NS_RANK_CANDIDATES_H
#define NS_RANK_CANDIDATES_H

#include "rank/part.h"
#include "rank/score.h"

/* Docs of a window (rank_or.c), and more than a unit of a list. */
enum { WINDOW = 16384 };

struct candidates {
	size_t n;
	uint32_t docs[WINDOW + SCORE_SLACK], scores[WINDOW + SCORE_SLACK];
	/* what a probe finds */
	uint32_t which[WINDOW + SCORE_SLACK], tfs[WINDOW + SCORE_SLACK];
	uint32_t probed[WINDOW + SCORE_SLACK], gains[WINDOW + SCORE_SLACK];
};

/* Keeps those that part has; scored: with its contribution.  Those that need
 * `least` then and cannot have it may be dropped. */
void candidates_require(struct candidates *these, struct part *part,
                        bool scored, uint32_t least);
/* Keeps those that part does not have. */
void candidates_exclude(struct candidates *these, struct part *part);
/* Adds part's contributions where it matches; perhaps not to those that cannot
 * have `least` with it. */
void candidates_add(struct candidates *these, struct part *part,
                    uint32_t least);
/* Keeps those with at least this score; 0: all. */
void candidates_keep(struct candidates *these, uint32_t least);
/* Keeps those that are not dead; bitmap NULL: all. */
void candidates_bury(struct candidates *these, const uint8_t *dead);

#endif
