/* postings.h — which docs hold this term, and how often?
 *
 * One list is a directory of blocks of 256 postings and a tail (FORMAT.md,
 * "post").  A block takes the cheapest of run, FOR, patched FOR and bitset.
 *
 * The cursor is a contract that all of rank/ leans on:
 *  - An opened cursor stands on its first doc.
 *  - next() and seek(target) move and return the new doc; seek goes to the first
 *    doc ≥ target and does nothing when doc ≥ target already.
 *  - POSTINGS_END is absorbing.
 *  - Damaged bytes end the list: doc becomes POSTINGS_END and `status` says
 *    NS_E_CORRUPT, with the place in *err of postings_open.  Look once, at the
 *    end.  No read passes the chunk by more than its padding.
 */
#ifndef NS_FORMAT_POSTINGS_H
#define NS_FORMAT_POSTINGS_H

#include "base/mem.h"
#include "format/lexicon.h"
#include "format/pack.h"

#define POSTINGS_END UINT32_MAX

/* The chunks that lists live in, with CHUNK_PADDING readable bytes behind. */
struct postings_source {
	struct slice post, posn;
	uint32_t doc_count;
	const char *place; /* for errors */
	/* u16[doc_count] of text and of title: for who reads positions */
	const uint8_t *lengths[2];
};

/* Of the field of a term that has positions. */
static inline const uint8_t *
postings_lengths(const struct postings_source *source, unsigned field)
{
	return source->lengths[field == FIELD_TITLE];
}

/* The parts of a list, as bytes of the chunk; empty arrays where df < 256. */
struct postings_directory {
	uint32_t n_blocks, n_units;   /* full blocks; blocks and tail */
	const uint8_t *last_docs, *data_ends, *posn_ends;
	const uint8_t *bounds, *max_tfs, *min_lens, *kth; /* kth may be NULL */
	const uint8_t *data, *limit;  /* blocks and tail; end of the chunk */
};

/* Finds the parts; false where they pass the chunk. */
bool postings_directory(struct postings_directory *out,
                        const struct postings_source *source,
                        const struct lexicon_term *term);

struct postings_cursor {
	uint32_t doc; /* where it stands, or POSTINGS_END */
	int status;

	/* private */
	const struct postings_source *source;
	struct lexicon_term term;
	struct ns_error *err;
	const struct pack_kernels *kernels;
	bool has_tfs;
	uint32_t unit, i, n;         /* unit, place in it, its docs */
	struct postings_directory directory;
	const uint8_t *tf_bytes, *tf_limit; /* of the block, until decoded */
	uint8_t tf_enc;
	bool tfs_ready, places_ready;
	uint32_t docs[BLOCK_DOCS], tfs[BLOCK_DOCS];
	uint32_t starts[BLOCK_DOCS + 1]; /* of each doc in places */
	uint32_t *places, *forms;    /* of the unit; owned */
	size_t places_capacity, forms_capacity;
};

/* Opens the list of term.  err (may be NULL) must outlive the cursor. */
int postings_open(struct postings_cursor *cursor,
                  const struct postings_source *source,
                  const struct lexicon_term *term, struct ns_error *err);
void postings_release(struct postings_cursor *cursor);

uint32_t postings_next(struct postings_cursor *cursor);
uint32_t postings_seek(struct postings_cursor *cursor, uint32_t target);

/* Occurrences in the current doc, ≥ 1; 0 after a failure.  doc ≠ END. */
uint32_t postings_tf(struct postings_cursor *cursor);

/* The postings_tf() positions of the current doc, rising, and (where the term
 * has several forms) the form of each, else *forms is NULL: all are form 0.
 * Valid until the cursor leaves the doc.  Words fields only. */
int postings_places(struct postings_cursor *cursor, const uint32_t **positions,
                    const uint32_t **forms);

/* ---- writing ----------------------------------------------------------- */

/* One list as the writer has it: arrays of df docs tfs (fields with tfs), and
 * of cf positions and forms (words fields) in the order of the docs. */
struct postings_list {
	uint8_t field;
	uint32_t df;
	uint64_t cf;
	uint32_t n_forms;
	const uint32_t *docs, *tfs, *positions, *forms;
	/* where positions and forms are more than the memory: gives the next n of
	 * them, unit by unit; *forms only where n_forms > 1 */
	int (*places)(void *context, size_t n, const uint32_t **positions,
	              const uint32_t **forms, struct ns_error *err);
	void *context;
	const uint8_t *lengths;   /* u16[doc_count] little-endian, fields with tfs */
	double avglen0;
};

/* Appends the list to post and posn and fills the numbers of *term that say
 * where it went (post, posn, doc, position, df, cf, n_forms, field).
 * Errors: NS_E_LIMIT for a list over 4 GiB, NS_E_NOMEM. */
int postings_write(const struct postings_list *list, struct buffer *post,
                   struct buffer *posn, struct lexicon_term *term,
                   struct ns_error *err);

/* Walks a whole list and verifies all that FORMAT.md says of it: order, sums,
 * bounds, k-th impacts, positions, forms.  lengths as above. */
int postings_check(const struct postings_source *source,
                   const struct lexicon_term *term, const uint8_t *lengths,
                   double avglen0, struct ns_error *err);

#endif
