/* ranges.h — all runs become the lists of a segment, by several threads.
 *
 * The keys are cut into ranges, of about a megabyte of runs (budget.h).  A thread
 * takes the next range, merges what the runs have in it (terms.h), and writes lists
 * (lists.h) into memory; ranges that are ready are appended in their order.  So the
 * bytes are the same however many threads there are, and no more ranges are in
 * memory than a few for each thread.
 *
 * Not taken: a share of the keys for each thread, with outputs joined at the end:
 * it would hold all of them until then, and shares of equal bytes are not equal
 * work.
 */
#ifndef NS_BUILD_RANGES_H
#define NS_BUILD_RANGES_H

#include "build/jobs.h"
#include "build/lists.h"
#include "build/steps.h"

struct ranges_output {
	struct spool post, posn;
	struct entries entries;
	struct heavies heavies;
	uint64_t n_postings;
	uint64_t field_values[FIELD_END];
};

void ranges_output_init(struct ranges_output *output, struct spool_maker *maker,
                        size_t memory);
void ranges_output_release(struct ranges_output *output);

struct ranges;
/* size: bytes of runs that make a range. */
int ranges_open(struct ranges **out, const struct lists_input *input,
                size_t size, unsigned n_threads, const struct steps *steps,
                struct ranges_output *output, struct ns_error *err);
void ranges_free(struct ranges *ranges);

/* A thread's part, until no range is left. */
int ranges_run(struct ranges *ranges, unsigned thread, struct ns_error *err);
/* What fails elsewhere ends the threads. */
void ranges_stop(struct ranges *ranges);

#endif
