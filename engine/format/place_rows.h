/* place_rows.h — where do the positions of one doc lie in the two rows of its unit?
 *
 * Low bits of equal width in the one, zeros that ones end in the other (FORMAT.md,
 * "posn"): behind the k-th one start the zeros of value k + 1.  Docs of a unit are
 * asked for in their order, most of the time, so ones are counted in whole words
 * from the place of the call before on.
 *
 * Eight positions at once: a loop of a fixed number costs less than one that ends
 * where nobody can tell.  Eight values have 16 zeros and ones on average; one in
 * 10,000 times they have more than a word does.
 */
#ifndef NS_FORMAT_PLACE_ROWS_H
#define NS_FORMAT_PLACE_ROWS_H

#include "base/cpu.h"
#include "base/varint.h"

enum { PLACES_FEW = 8 };

/* The rows of a unit, in a chunk. */
struct place_rows {
	const uint8_t *bytes; /* of the unit, and what may follow it */
	size_t size;
	uint64_t low_bits;    /* of the first row */

	/* private: words of 64 bits, the first of which has low bits too */
	const uint8_t *words;
	uint64_t first;       /* its bits that do not */
	size_t at;            /* the word that the search stands on */
	uint32_t before;      /* ones before that */
};

/* A doc of the unit.  Its low bits lie in the first row. */
struct place_doc {
	uint32_t before, count; /* values of docs before it, and its own */
	uint64_t low;           /* low bits before its own */
	unsigned width;         /* of its own */
};

/* False where the first row passes the bytes. */
bool place_rows_open(struct place_rows *out, struct slice bytes,
                     uint64_t low_bits);

struct place_kernels {
	/* The `count` ≥ 1 positions of a doc, each less `shift`, modulo 2³².  Room
	 * for count and PLACES_FEW more.  False where they pass the bytes. */
	bool (*read)(struct place_rows *rows, const struct place_doc *doc,
	             uint32_t shift, uint32_t *out);
	/* Bytes of a unit of n ≥ 1 values, or SIZE_MAX where it has not so many. */
	size_t (*size)(struct place_rows *rows, uint32_t n);
};

/* The fastest set that may run at a level, usually that of cpu_level(). */
const struct place_kernels *place_kernels(enum cpu_level level);

#endif
