/* lookup.h — nsbench lookup: how long does an answer take?
 *
 * Each query is asked in each mode (top10, top100, top1000, count) in each of
 * several rounds; rounds are interleaved, so that a slow moment of the machine
 * falls on all queries alike, and the best round of a query counts: what the
 * code takes, not what the neighbours took.  One thread, warm, the time of
 * ns_search alone: parsing to ranked hits with their heads, without snippets.
 */
#ifndef NS_BENCH_LOOKUP_H
#define NS_BENCH_LOOKUP_H

#include "bench/queries.h"

int bench_lookup(int argc, char **argv);

#endif
