/* lookup.h — nsbench lookup: how long does an answer take?
 *
 * Timed is the core of a look-up (asker.h) on an opened index, for each query
 * of a file in each mode:
 *
 *     top10, top100, top1000   the best docs, with scores
 *     count                    how many docs match, exactly; no docs
 *     top10count               both
 *
 * After one round that is not timed (so that pages and caches are warm) come
 * the timed ones.  Each round asks all queries in all modes, so that a slow
 * moment of the machine falls on all alike, and the best round of a query
 * counts: what the code takes, not what the neighbours took.  It includes one
 * reading of the clock, some 20 ns.
 *
 * Columns: the mean, median (p50) and 99th percentile of a class's queries, in
 * µs; then, for an average query, what the ranker counted: postings that were
 * looked at, blocks (and tails) decoded, candidates whose score was completed
 * (rank.h; these do not depend on the machine).
 *
 * --class and --mode leave the rest out: `perf record nsbench lookup
 * --class=or --mode=top10 --rounds=100` shows that work alone.
 */
#ifndef NS_BENCH_LOOKUP_H
#define NS_BENCH_LOOKUP_H

#include "bench/asker.h"
#include "bench/queries.h"

enum { THREADS_MAX = 256 };

struct lookup {
	struct asker asker;     /* of the first thread */
	struct bench_queries queries;
	bool asked[MODES];
	uint64_t rounds, threads;
	bool json;
};

int bench_lookup(int argc, char **argv);

/* One thread: a line for each class and mode. */
int lookup_time(struct lookup *lookup, ns_error *err);

/* lookup->threads of them beside one (lookup_threads.c). */
int lookup_threads(struct lookup *lookup, ns_error *err);

/* Is every answer that of the oracle?  false: *same, and the query is told. */
int lookup_verify(struct lookup *lookup, bool *same, ns_error *err);

#endif
