/* ranking.h — what do the pruned rankers share?
 *
 * One query on its way through the segments: they come in the order of the commit,
 * so that docs of one are given later than those of all before, and where a segment
 * has no order of its own, docs come as they were given (best.h).
 * A ranker is a function for one segment and a line that runs it over all.
 */
#ifndef NS_RANK_RANKING_H
#define NS_RANK_RANKING_H

#include "rank/best.h"
#include "rank/candidates.h"

/* What is kept between queries.  sums and marks are zero between windows. */
struct rank_scratch {
	struct arena arena;
	struct candidates candidates;
	uint32_t sums[WINDOW];
	uint8_t marks[WINDOW / SCORE_GROUP];
	uint64_t bitmaps[2][WINDOW / 64];
};

struct ranking {
	const struct plan *plan;
	const struct rank_request *request;
	struct rank_scratch *scratch;
	struct ns_error *err;
	struct best best;
	uint64_t count;
	struct rank_work work;
	/* the segment at hand */
	struct parts parts;
	uint32_t base;          /* place of its doc 0 in the commit */
	uint32_t doc_count;
};

/* Answers for the segment at hand: adds to best or to count. */
typedef int ranking_fn(struct ranking *ranking);

/* Segments in which nothing can match are passed over. */
int ranking_run(const struct plan *plan, const struct rank_request *request,
                ranking_fn *segment, struct rank_result *out,
                struct ns_error *err);

/* Can places in the commit be 32 bits, and k hits be kept as best.h does? */
bool ranking_fits(const struct plan *plan, const struct rank_request *request);

/* What the best docs of a list get is a first threshold, where nothing but lists
 * of optional words decides: k docs of the segment have at least that. */
void ranking_prime(struct ranking *ranking, const struct part *part);
/* Is every doc of an optional list a hit, if only its score is good enough? */
bool ranking_is_plain(const struct ranking *ranking);

/* A part that only adds, and what it adds at the most to the candidates. */
struct addition {
	struct part *part;
	uint32_t most;
};

/* Takes what is excluded and the dead from the candidates, and, where no part is
 * required, what filters do not have; then makes n additions, dropping on the way
 * what cannot be a hit, and brings the rest to best. */
void ranking_finish(struct ranking *ranking, const struct addition *additions,
                    size_t n);

#endif
