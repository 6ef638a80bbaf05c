/* bm25.h — how much does one leaf add to the score of a doc?
 *
 * Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
 * Beyond", 2009, with the logarithm's argument kept above 1 as Lucene does:
 *
 *     w  = boost · ln(1 + (N − df + ½) / (df + ½))     an integer: query/bind.c
 *     c0 = k1 · (1 − b),  c1 = k1 · b / avglen
 *     contribution = max(1, rint((w · tf) / ((c0 + c1 · len) + tf)))
 *
 * in single IEEE steps of this order, without fused operations, to nearest even:
 * so it is the same integer on every machine and at every SIMD width, and sums
 * of contributions do not depend on their order.  At least 1, so that every
 * match shows.
 */
#ifndef NS_RANK_BM25_H
#define NS_RANK_BM25_H

#include <math.h>

#include "rank/rank.h"

struct bm25 {
	float weight, c0, c1;
};

static inline struct bm25 bm25_of(const struct leaf *leaf, float k1, float b)
{
	float average = leaf->n_docs
		? (float)((double)leaf->sum_length / (double)leaf->n_docs) : 1;
	return (struct bm25){(float)leaf->weight, k1 * (1 - b),
	                     k1 * b / average};
}

static inline uint32_t bm25_contribution(const struct bm25 *bm25, uint32_t tf,
                                         uint32_t length)
{
	float t = (float)tf;
	float norm = bm25->c0 + bm25->c1 * (float)length;
	float gain = bm25->weight * t / (norm + t);
	/* also where a damaged index makes it no number */
	return gain > 1 ? (uint32_t)rintf(gain) : 1;
}

#endif
