/* rank.h — which docs answer a plan, best first?  One signature for all.
 *
 * A hit is better with a larger score; equal ones: with the smaller rank (the
 * article given first).  A plan without scores gives its docs by date, newest
 * first, undated last, equal ones by rank.
 *
 * Every ranker gives the same hits, scores and counts to the bit: scores are sums
 * of integers (bm25.h).  rank_all visits every match and is the oracle for all
 * others, for ever.
 *
 * The files of the rankers say what ways were compared.  Where they say "the
 * prototype", the figures are µs a query of a program that only looked up, over
 * 80,000 articles of newswire, on another machine: take the ratios.
 */
#ifndef NS_RANK_RANK_H
#define NS_RANK_RANK_H

#include "query/plan.h"

struct rank_scratch;

struct rank_request {
	uint32_t k;    /* hits wanted; 0: count only */
	bool count;    /* count all matches exactly */
	float k1, b;   /* of BM25 */
	/* memory that one thread keeps from query to query, so that a warm one
	 * allocates nothing; NULL: taken and given back.  rank_best alone */
	struct rank_scratch *scratch;
};

/* Memory for rank_best; never shared by threads at once.  NULL: no memory. */
struct rank_scratch *rank_scratch_new(void);
void rank_scratch_free(struct rank_scratch *scratch);

struct rank_hit {
	uint32_t segment, doc;
	uint32_t score;  /* in units of the plan */
	uint64_t rank;
	int64_t date;    /* plans without scores only */
};

/* What an answer took, for who tunes: rank_best alone counts. */
struct rank_work {
	uint64_t postings;   /* docs of lists that were looked at */
	uint64_t blocks;     /* units (blocks and tails) decoded */
	uint64_t candidates; /* docs whose score was completed */
};

struct rank_result {
	struct rank_hit *hits; /* best first; owned, or of the scratch */
	size_t n_hits;
	uint64_t count;        /* where asked for, else 0 */
	struct rank_work work;
	bool borrowed;         /* hits live in the scratch until its next use */
};
void rank_result_release(struct rank_result *result);

typedef int rank_fn(const struct plan *plan, const struct rank_request *request,
                    struct rank_result *out, struct ns_error *err);

rank_fn rank_all;

/* The fastest way for this plan: what everyone but tests calls. */
rank_fn rank_best;

/* For plans that are scored: */
rank_fn rank_term; /* one optional word */
rank_fn rank_and;  /* something is required */
rank_fn rank_or;   /* nothing is required */
/* Counts alone; k is not looked at. */
rank_fn rank_count;

/* How one hit got its score: called for each scored leaf that matches it. */
typedef void rank_explain_fn(void *context, const struct leaf *leaf,
                             uint32_t tf, uint32_t length,
                             uint32_t contribution);
int rank_explain(const struct plan *plan, const struct rank_request *request,
                 const struct rank_hit *hit, rank_explain_fn *tell,
                 void *context, struct ns_error *err);

/* A score in units of the plan as BM25's number. */
double rank_score(const struct plan *plan, uint32_t score);

#endif
