/* best.h — which k hits are the best so far, and what must a doc score now?
 *
 * A hit is one number: its score above, the inverse of its place in the commit
 * below, so that a larger number is a better hit and ties go to the article given
 * first.  Rankers bring docs in the order of their places: once k hits are there,
 * a doc needs more than the worst of them, and `need` says so.
 *
 * Up to BEST_HEAP hits are a heap; more go into a buffer of twice the size, which
 * is cut to the k best when it is full (any words of news, top 100, µs: heap 25,
 * buffer 19).
 */
#ifndef NS_RANK_BEST_H
#define NS_RANK_BEST_H

#include "base/mem.h"

enum { BEST_HEAP = 16, BEST_MOST = 1 << 20 };

struct best {
	uint32_t need;     /* a doc with less is no hit */
	size_t n, k;
	uint64_t *keys;    /* room for 2k */
};

/* k ≤ BEST_MOST; memory from arena. */
int best_init(struct best *best, struct arena *arena, size_t k,
              struct ns_error *err);

/* k docs with at least this score are known to exist. */
static inline void best_prime(struct best *best, uint32_t score)
{
	if (best->need < score)
		best->need = score;
}

/* number: place in the commit; those of later calls are larger. */
void best_insert(struct best *best, uint32_t score, uint32_t number);

static inline void best_add(struct best *best, uint32_t score, uint32_t number)
{
	if (score >= best->need && best->k)
		best_insert(best, score, number);
}

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

static inline uint32_t best_number(uint64_t key)
{
	return ~(uint32_t)key;
}

#endif
