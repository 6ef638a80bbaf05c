/* run.h — sorted postings of one memory-full.
 *
 * When the inverter has as much memory as it may have, and at the end, its lists
 * go into a run, in the order of their terms, and it starts anew; so does each
 * segment that a merge takes in (merge.h).  What becomes a segment is always the
 * merge of runs, be there one in memory or a hundred on the disk: one way for all,
 * and the same bytes whatever the memory.
 *
 *   run  := (term list)…                     by field, then by the bytes of keys
 *   term := field u8, length u8, key, varint number of forms,
 *           (length u8, bytes) for each form; length 0: the term itself
 *   list := varint bytes, then occurrences as in the inverter (inverter.h)
 *
 * Value fields have no forms.  "rain" in the text of doc 0 at position 3:
 *
 *   01 04 'r' 'a' 'i' 'n' 01 00  02 0D 01
 *
 * Marks, 64 for each range or so, say where terms begin: ranges of keys are cut
 * by them (ranges.h).  Runs of one lane have docs that rise from run to run; those
 * of several lanes, one for each thread, lie between each other.
 */
#ifndef NS_BUILD_RUN_H
#define NS_BUILD_RUN_H

#include "build/budget.h"
#include "build/inverter.h"
#include "build/spool.h"

enum { RUN_WINDOW = 1 << 16 }; /* of a file, held by a reader */

struct run_key {
	uint8_t field, len;
	const uint8_t *bytes;
};

struct run_mark {
	struct run_key key;
	uint64_t offset;
};

struct run {
	struct spool spool;
	struct run_mark *marks;    /* the first is of the first term */
	size_t n_marks, marks_capacity;
	struct arena arena;        /* keys of marks */
	size_t mark;               /* bytes from one to the next */
	unsigned lane;
};

/* All that is to be merged. */
struct runs {
	struct run **items;
	size_t n, capacity;
	unsigned n_lanes;
};

/* Adds an empty run, which belongs to runs.  Together they wait in no more memory than
 * the budget has for one. */
int runs_add(struct runs *runs, struct spool_maker *maker,
             const struct budget *budget, unsigned lane, struct run **out,
             struct ns_error *err);
/* Before it is written: it waits in no more memory than that. */
static inline void run_limit(struct run *run, size_t memory)
{
	run->spool.most = min_size(run->spool.most, memory);
}
/* Runs that are written and wait in more memory than that go to files. */
int runs_keep(const struct runs *runs, size_t memory, struct ns_error *err);
/* Moves the runs of `from` behind those that are there. */
int runs_take(struct runs *runs, struct runs *from, struct ns_error *err);
void runs_release(struct runs *runs);

/* Falls where a is before b. */
int run_key_compare(const struct run_key *a, const struct run_key *b);

/* ---- writing --------------------------------------------------------------- */

/* Lists come in pieces: start, form for each form, then list, all by term. */
struct run_writer {
	struct run *run;
	struct buffer term;        /* until its list is known */
	uint64_t marked;           /* offset of the last mark */
};

void run_writer_init(struct run_writer *writer, struct run *run);
void run_writer_release(struct run_writer *writer);
int run_writer_start(struct run_writer *writer, struct run_key key,
                     uint32_t n_forms, struct ns_error *err);
void run_writer_form(struct run_writer *writer, struct slice form,
                     struct slice term);
int run_writer_list(struct run_writer *writer, const void *bytes, size_t n,
                    struct ns_error *err);
int run_writer_end(struct run_writer *writer, struct ns_error *err);

/* Writes all that the inverter holds. */
int run_write(struct run *run, const struct inverter *inverter,
              struct ns_error *err);

/* ---- reading --------------------------------------------------------------- */

/* Stands on a term; its forms and its list are read by who wants them. */
struct run_reader {
	struct spool_reader bytes;
	struct run_key key;        /* in `stored` */
	uint64_t head;             /* the first bytes of the key as a number */
	uint32_t n_forms;          /* which come next in bytes */
	bool ended;
	uint8_t stored[256];
};

/* Opens on the first term that is not before `from` (NULL: the first of all). */
void run_reader_open(struct run_reader *reader, const struct run *run,
                     const struct run_key *from, struct ns_error *err);
void run_reader_release(struct run_reader *reader);
/* To the list of the term. */
void run_reader_skip_forms(struct run_reader *reader);
/* To the next term, once forms and list are read. */
void run_reader_next(struct run_reader *reader);

#endif
