/* asker.h — what is one timed question?
 *
 * The core of a look-up on an opened index: query_parse, plan_make and
 * rank_best, until the best docs with their scores lie in memory.  Not in it:
 * opening the index, notes, heads and snippets of hits.  An asker is what one
 * thread keeps from question to question; many may share one index.
 */
#ifndef NS_BENCH_ASKER_H
#define NS_BENCH_ASKER_H

#include "rank/rank.h"

enum mode { TOP10, TOP100, TOP1000, COUNT, TOP10COUNT, MODES };

const char *mode_name(enum mode mode);

struct asker {
	const struct snapshot *snapshot;
	struct analyzer *analyzer;
	struct rank_scratch *scratch;
	struct query query; /* of the last question: their memory is used again */
	struct plan plan;
};

/* The newest commit of the index in dir. */
int asker_open_index(struct snapshot *out, const char *dir, ns_error *err);

int asker_init(struct asker *out, const struct snapshot *snapshot,
               ns_error *err);
void asker_release(struct asker *asker);

/* What is timed; rank: rank_best, or the oracle.  *out is valid until the next
 * question of this asker and must be released. */
int asker_ask(struct asker *asker, const char *text, enum mode mode,
              rank_fn *rank, struct rank_result *out, ns_error *err);

/* Asks, releases, and tells the seconds that both took. */
int asker_time(struct asker *asker, const char *text, enum mode mode,
               struct rank_work *work, double *seconds, ns_error *err);

double asker_now(void);

#endif
