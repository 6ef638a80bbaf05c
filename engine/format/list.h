/* list.h — which of these docs are in this list, and how often?
 *
 * The fast side of a list: units (blocks and the tail) are looked into as they
 * lie, many docs are asked for at once, and nothing is decoded that is not
 * needed.  postings.h's cursor reads the same bytes doc by doc; it is the slow,
 * obvious reader that this one is held against.
 *
 * Probing is what a pruned query does most of its time.  A prediction that fails
 * costs 10 to 19 ns, more than the search itself, so a probe has no jump that
 * depends on whether a doc is there: found ones are kept by an addition
 * (pack.h, find), a bitset block is asked bit by bit without being decoded, and
 * a frequency is read where it lies packed unless many are wanted.
 *
 * Damaged bytes never take a reader out of its chunk: docs that come out of a
 * list are below doc_count, rising within a unit, frequencies 1 to 2³¹ − 1.
 * A unit that cannot be is empty, and `status` says NS_E_CORRUPT: look once, at
 * the end.
 */
#ifndef NS_FORMAT_LIST_H
#define NS_FORMAT_LIST_H

#include "format/bitset.h"
#include "format/block.h"
#include "format/postings.h"

enum list_kind { LIST_DOCS, LIST_RUN, LIST_BITSET };

/* Where a doc of a list stands. */
struct list_place {
	uint32_t unit;
	uint32_t i; /* its number in the unit */
};

struct list {
	uint32_t df, n_units, n_blocks;
	int status;
	uint32_t unit;            /* that is loaded, or LIST_NONE */
	uint32_t n;               /* its docs */
	uint32_t before, last;    /* they lie in [before, last] */
	uint64_t blocks;          /* units decoded so far */
	uint64_t postings;        /* docs decoded, and docs asked for */

	/* private */
	bool has_tfs, parsed, docs_ready, tfs_open, tfs_ready, ranks_ready;
	enum list_kind kind;
	uint8_t docs_enc, tf_enc;
	const uint8_t *data, *limit; /* of the unit's docs; its end */
	const uint8_t *after_docs;
	struct block_values gaps, tf_values;
	const struct postings_source *source;
	struct postings_directory directory;
	struct lexicon_term term;
	struct ns_error *err;
	const struct pack_kernels *pack;
	const struct bitset_kernels *bitset;
	uint16_t ranks[BITSET_WORDS_MAX + 1];
	/* on lines of their own: a store across two costs twice */
	_Alignas(64) uint32_t docs[BLOCK_DOCS + BITSET_SLACK];
	_Alignas(64) uint32_t tfs[BLOCK_DOCS];
};

#define LIST_NONE UINT32_MAX

/* Opens the list of term: no unit is loaded.  err (may be NULL) must outlive
 * the list.  There is nothing to release. */
int list_open(struct list *list, const struct postings_source *source,
              const struct lexicon_term *term, struct ns_error *err);

/* The first unit from `from` on that may hold a doc ≥ target; n_units: none. */
uint32_t list_unit_of(const struct list *list, uint32_t from, uint32_t target);
/* No doc of the unit is above this. */
uint32_t list_unit_last(const struct list *list, uint32_t unit);

/* Makes unit the one that is loaded.  False where it cannot be read: it is then
 * empty. */
bool list_load(struct list *list, uint32_t unit);
/* The n docs of the loaded unit; behind the last, up to BLOCK_DOCS, UINT32_MAX. */
const uint32_t *list_docs(struct list *list);
/* Their frequencies, where field_has_tfs. */
const uint32_t *list_tfs(struct list *list);
/* Docs of the loaded unit below target: 0…n. */
uint32_t list_below(struct list *list, uint32_t target);

/* Which of n rising docs are in the list?  The k-th that is: which[k] its number
 * among docs, and, where these are no NULL, tfs[k] its frequency, places[k]
 * where it stands.  Room for n.  Returns how many.  Docs must not be below those
 * of an earlier call, unless list_rewind came between. */
size_t list_probe(struct list *list, const uint32_t *docs, size_t n,
                  uint32_t *which, uint32_t *tfs, struct list_place *places);

/* ORs the docs of [first, end) into a bitmap in which bit 0 is first; end − first
 * is a multiple of 64. */
void list_fill(struct list *list, uint32_t first, uint32_t end,
               uint64_t *bitmap);

/* To the first unit again. */
static inline void list_rewind(struct list *list)
{
	list->unit = LIST_NONE;
}

#endif
