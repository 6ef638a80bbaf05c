/* best.h — which k hits are the best so far, and what must a doc score now?
 *
 * A hit is one number: its score above, the inverse of its rank below, so that a
 * larger number is a better hit and ties go to the article given first.  Once k hits
 * are there, a doc needs what the worst of them has, and `need` says so; where docs
 * come in the order of their ranks, it needs more.
 *
 * Up to BEST_HEAP hits are a heap; more go into a buffer of twice the size, which
 * is cut to the k best when it is full (any words of news, top 100, µs: heap 25,
 * buffer 19).
 */
#ifndef NS_RANK_BEST_H
#define NS_RANK_BEST_H

#include "rank/trace.h"

enum { BEST_HEAP = 16, BEST_MOST = 1 << 20 };

struct best {
	uint32_t need;     /* a doc with less is no hit */
	/* 1: docs that come now were given later than all that came; 0: perhaps
	 * not, but later than those of the segments before */
	uint32_t later;
	size_t n, k;
	uint64_t *keys;    /* room for 2k */
	struct trace trace;
	uint32_t *numbers; /* after best_sort, where there is a trace */
};

/* k ≤ BEST_MOST; memory from arena.  traced: ranks are not places. */
int best_init(struct best *best, struct arena *arena, size_t k, bool traced,
              struct ns_error *err);

/* k docs with at least this score are known to exist. */
static inline void best_prime(struct best *best, uint32_t score)
{
	if (best->need < score)
		best->need = score;
}

/* May a doc with this score be a hit? */
static inline bool best_wants(const struct best *best, uint32_t score)
{
	return score >= best->need && best->k;
}

/* A doc that may.  rank: among all docs of the commit; number: its place there, the
 * same where nothing is traced. */
void best_insert(struct best *best, uint32_t score, uint32_t rank,
                 uint32_t number);

/* Makes `need` what it can be, at the end of many docs. */
void best_settle(struct best *best);

/* The n ≤ k best, best first, in keys. */
void best_sort(struct best *best);

/* Brings the k largest of n keys to the front, in any order (Hoare, "Algorithm
 * 65: find", 1961). */
void best_select(uint64_t *keys, size_t n, size_t k);

static inline uint32_t best_score(uint64_t key)
{
	return (uint32_t)(key >> 32);
}

/* The place in the commit of hit i, after best_sort. */
static inline uint32_t best_number(const struct best *best, size_t i)
{
	return best->trace.room ? best->numbers[i] : ~(uint32_t)best->keys[i];
}

#endif
