/* lists.h — pieces of a term's list, from all runs that have it, become postings.
 *
 * Decodes a list, leaves out dead docs and renumbers the others (arrange.h), numbers
 * the forms by how often they occur, and writes postings.  What the lexicon must know of term
 * and forms becomes records (entries.h).  All this for one range of keys after the
 * other, by several threads: each has lists of its own, and a range does not know
 * where its bytes will stand.
 */
#ifndef NS_BUILD_LISTS_H
#define NS_BUILD_LISTS_H

#include "build/arrange.h"
#include "build/docs.h"
#include "build/entries.h"
#include "build/heavy.h"
#include "format/postings.h"

/* What all terms have in common. */
struct lists_input {
	const struct runs *runs;
	const uint32_t *new_doc;   /* by doc of the runs; NO_DOC: dead */
	size_t n_docs;
	const struct arrange_cuts *cuts; /* NULL: new docs rise */
	const uint8_t *lengths[2]; /* u16 by new doc: text, title */
	float avglen0[2];
	size_t long_list;          /* pieces of more bytes are read twice */
	uint32_t *sections;        /* column; filled.  Terms of FIELD_SECTION are
	                              in one range */
	uint64_t *with[FIELD_END]; /* of fields of several values: bit i is set
	                              where doc i has one */
};

/* What came of the terms of a range. */
struct lists_output {
	struct buffer post, posn;
	struct entries_writer entries;
	struct heavies heavies;
	/* where long lists begin in post: FORMAT.md aligns them, and where the
	 * range begins is not known yet */
	struct lists_long {
		size_t gap, start;  /* offsets of its padding and its bytes */
	} *longs;
	size_t n_longs, longs_capacity;
	uint32_t n_sections;
	uint64_t n_postings;
	uint64_t field_values[FIELD_END]; /* of value fields: each of each doc */
};

void lists_output_init(struct lists_output *output);
void lists_output_clear(struct lists_output *output);
void lists_output_release(struct lists_output *output);

/* A thread's scratch. */
struct lists;
int lists_open(struct lists **out, const struct lists_input *input,
               struct ns_error *err);
void lists_free(struct lists *lists);

/* Adds the term on which the readers which[0 … n), rising, of all runs' readers
 * stand; they come to stand behind it. */
int lists_add(struct lists *lists, struct run_reader *readers,
              const uint32_t *which, uint32_t n, struct lists_output *output,
              struct ns_error *err);

#endif
