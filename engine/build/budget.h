/* budget.h — how much memory may each part of a build take?
 *
 * A ceiling for the whole process (--memory) is shared out once.  What no option can
 * make smaller comes off first: the program and its libraries, a reader's line and
 * article of 16 MiB, zstd.  While articles are added, the inverters of all threads
 * share three eighths of the rest with the run that each is written as, records have a
 * quarter, raw and packed, facts of docs three eighths.
 *
 * When all are in the inverters are gone, and their share is for what comes one after
 * the other: an order of docs, copies, lists, pairs.  Runs wait in what each of these
 * leaves (budget_left, runs_keep), the rest of them in files: 1.5 million articles
 * within 256 MiB and by two threads hold 162 MiB.  Not taken: runs that wait in a share
 * of their own as long as it lasts, 80 MiB beside inverters, copies and pairs (254 to
 * 257 MiB, and not a tenth of the time less).
 */
#ifndef NS_BUILD_BUDGET_H
#define NS_BUILD_BUDGET_H

#include "base/err.h"

struct budget {
	uint64_t all;
	size_t inverter;  /* of each thread */
	size_t records;   /* texts that wait in memory (docs.h) */
	size_t texts;     /* the same, packed (texts.h) */
	size_t sketches;  /* of the threads' docs; then of all, for copies */
	size_t docs;      /* facts of docs, the table of ids */
	size_t run;       /* of each run that waits in memory */
	size_t lists;     /* postings and entries that wait in memory */
	size_t long_list; /* lists of more bytes are not decoded as a whole */
	size_t load;      /* text that a thread takes at a time */
	size_t range;     /* of runs, that a thread merges at a time */
	size_t worth;     /* less than this is written by one thread */
	unsigned threads;
};

/* memory and threads as in ns_build_options: 0 for the defaults.
 * NS_E_USAGE: too little memory, too many threads. */
int budget_open(struct budget *out, uint64_t memory, uint32_t threads,
                struct ns_error *err);

/* An order of docs (order_docs.h) takes 64 MiB of rows and what bisect.h adds, when all
 * articles are in and no list is written yet: room for that is taken from the runs
 * that wait in memory.  NS_E_USAGE: too little memory for it. */
int budget_order(struct budget *budget, struct ns_error *err);

/* What is left of the inverters' share, once they are gone, beside so many bytes. */
static inline size_t budget_left(const struct budget *budget, uint64_t used)
{
	uint64_t all = (uint64_t)budget->inverter * budget->threads;
	return all > used ? (size_t)(all - used) : 0;
}

/* For tests: what the next builders get, whatever their options; NULL: by rule. */
void budget_set(const struct budget *budget);

#endif
