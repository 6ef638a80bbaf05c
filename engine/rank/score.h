/* score.h — what do many postings contribute, and which docs are still good
 * enough?
 *
 * bm25.h's formula for 4, 8 or 16 postings at a time, in the same IEEE steps and
 * so with the same bits.  Lengths are fetched one by one: gathers are slower
 * (the prototype, ns a posting with decoding: 0.56 by loads, 1.03 by gathers), and so
 * are lengths of one byte with a table (0.76 to 0.83).
 *
 * Kernels for each level of instructions (base/cpu.h), all with the same
 * answers.
 */
#ifndef NS_RANK_SCORE_H
#define NS_RANK_SCORE_H

#include "base/cpu.h"
#include "rank/bm25.h"

enum {
	SCORE_SLACK = 16, /* numbers that may be written behind the last */
	SCORE_GROUP = 16, /* docs of a mark */
};

struct score_kernels {
	/* out[i] = what tfs[i] occurrences in docs[i] contribute.  lengths:
	 * u16 by doc. */
	void (*contribute)(const struct bm25 *bm25, const uint32_t *tfs,
	                   const uint32_t *docs, const uint8_t *lengths,
	                   size_t n, uint32_t *out);
	/* Copies docs and scores of those with scores[i] ≥ least, in order; may
	 * be done in place; room for SCORE_SLACK more.  Returns how many. */
	size_t (*keep)(const uint32_t *docs, const uint32_t *scores, size_t n,
	               uint32_t least, uint32_t *docs_out,
	               uint32_t *scores_out);
	/* Takes sums of at least `least` ≥ 1 out of a window of n docs (a
	 * multiple of 64 · SCORE_GROUP) from doc `first` on: docs and sums,
	 * rising.  Looks at groups with a mark (1) alone; clears both. */
	size_t (*sweep)(uint32_t *sums, uint8_t *marks, size_t n,
	                uint32_t first, uint32_t least, uint32_t *docs,
	                uint32_t *scores);
};

/* The fastest set that may run at a level, usually that of cpu_level(). */
const struct score_kernels *score_kernels(enum cpu_level level);

#if defined(__x86_64__)
extern const struct score_kernels score_avx2, score_avx512;
#endif

#endif
