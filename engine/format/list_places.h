/* list_places.h — where in these docs of a list does its term stand?
 *
 * Beside a list (list.h), for docs that a probe found: the positions of a doc are
 * read from the groups of 64 that they lie in, nothing else is decoded (FORMAT.md,
 * "posn").  Which groups these are comes from the frequencies of the docs before
 * it in the unit, where a group starts from the widths of those before it, eight
 * at a time.  places.h reads whole units; it is the slow, obvious reader that this
 * one is held against.  Where one form of the term is wanted, the forms of the whole
 * unit are read.
 *
 * Damaged bytes never take a reader out of its chunk: wrong positions may come
 * out, no more than the frequency says, and what cannot be read at all is no
 * position and sets the status of the list.
 */
#ifndef NS_FORMAT_LIST_PLACES_H
#define NS_FORMAT_LIST_PLACES_H

#include "format/list.h"

enum { LIST_PLACES_SLACK = 8 }; /* numbers that may be written behind the last */

/* Where a group of a unit lies. */
struct place_group {
	uint32_t number, n_patched; /* groups before it; patched ones of them */
	size_t offset;              /* bytes before it */
};

struct list_places {
	struct list *list;
	uint32_t form;        /* that is wanted, or LIST_ANY_FORM */
	uint32_t unit;        /* that is loaded, or LIST_NONE */
	uint32_t count;       /* occurrences in the doc that it stands on */

	/* private */
	uint32_t start;       /* of the doc in the unit */
	uint32_t n, total;    /* docs of the unit, their occurrences */
	const uint8_t *widths, *sizes, *groups, *limit; /* widths may be NULL */
	struct place_group at;
	uint32_t plain[PLAIN_PLACES]; /* values of a unit without groups */
	uint32_t *forms, forms_capacity; /* of the unit, where one is wanted */
	struct arena *arena;  /* for these */
	/* sums[i]: Σ (tf + 1) of docs 0…i, modulo 2³² */
	_Alignas(64) uint32_t sums[BLOCK_DOCS];
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
