/* list_places.h — where in these docs of a list does its term stand?
 *
 * Beside a list (list.h), for docs that a probe found: the positions of a doc are
 * read from where they lie in the two rows of its unit, nothing else is decoded
 * (FORMAT.md, "posn").  Where that is, the widths of the docs before it say, which
 * are worked out for the unit at once (place_widths.h), and the ones that are
 * counted (place_rows.h).  places.h reads whole units; it is the slow, obvious reader
 * that this one is held against.  Where one form of the term is wanted, the forms
 * of the whole unit are read.
 *
 * 300 phrases, every match counted, beside groups of 64 positions that had their
 * widths stored (Sapphire Rapids; medians of three turns by turns, mean µs):
 *
 *                       groups   rows
 *   news, AVX-512        10.3    10.5
 *   mixed, AVX-512        6.5     7.0
 *
 * It is 1.2 times as long with AVX2 alone, 1.6 times with neither: there the docs
 * of a bitset, which say whose lengths to fetch, take longer too.
 *
 * Damaged bytes never take a reader out of its chunk: wrong positions may come
 * out, no more than the frequency says, and what cannot be read at all is no
 * position and sets the status of the list.
 */
#ifndef NS_FORMAT_LIST_PLACES_H
#define NS_FORMAT_LIST_PLACES_H

#include "format/list.h"
#include "format/place_rows.h"
#include "format/place_widths.h"

/* Numbers that may be written behind the last. */
enum { LIST_PLACES_SLACK = PLACES_FEW };

struct list_places {
	struct list *list;
	uint32_t form;        /* that is wanted, or LIST_ANY_FORM */
	uint32_t unit;        /* that is loaded, or LIST_NONE */
	uint32_t count;       /* occurrences in the doc that it stands on */

	/* private */
	place_widths *measure;
	const struct place_kernels *kernels;
	uint32_t i, start;    /* the doc in the unit, its first occurrence */
	uint32_t n, total;    /* docs of the unit, their occurrences */
	bool single;          /* the position is in the lexicon */
	struct place_rows rows;
	uint32_t *forms, forms_capacity; /* of the unit, where one is wanted */
	struct arena *arena;  /* for these */
	/* Σ (tf + 1) and Σ (low bits + 1) of docs 0…i, modulo 2³² */
	_Alignas(64) uint32_t sums[BLOCK_DOCS];
	uint32_t lows[BLOCK_DOCS];
	uint8_t widths[BLOCK_DOCS];
	bool behind_open;
	struct list behind;   /* the same list, for units that `list` has left */
};

#define LIST_ANY_FORM UINT32_MAX

/* List, of a words field, is borrowed, and so is arena, which memory for forms
 * comes from.  There is nothing to release. */
void list_places_open(struct list_places *places, struct list *list,
                      uint32_t form, struct arena *arena);

/* Goes to doc i of a unit and returns its occurrences; 0 where they cannot be
 * read.  Fast in the unit of the call before. */
uint32_t list_places_seek(struct list_places *places, struct list_place at);

/* How many of them are of the form that is wanted? */
uint32_t list_places_of_form(const struct list_places *places);

/* The `count` positions of that doc, rising, each less `shift`; those below
 * shift and those of another form are left out.  Room for count and
 * LIST_PLACES_SLACK more.  Returns how many. */
uint32_t list_places_read(struct list_places *places, uint32_t shift,
                          uint32_t *out);

#endif
