/* places.h — where in its docs does a term stand?
 *
 * One unit holds the positions of the docs of one block (FORMAT.md, "posn").
 *
 * A doc of n positions with a term in it tf times has gaps of n / (tf + 1) on
 * average, and both numbers are known before a position is read: the length of
 * every doc lies in a column.  So nothing says how wide a gap is.  Its low bits,
 * as many as the average has, stand in one row; what is above them is counted in
 * zeros in another (Rice's code, cut into rows as Elias and Fano cut theirs).
 * Where the positions of a doc start in the first row follows from lengths and
 * frequencies, in the second from counting ones: a phrase reads those of its
 * candidates alone (list_places.h).
 *
 * Bits a position in the texts of 43,000 news articles, and of 182,000 short
 * articles of all kinds:
 *
 *                                                          news   mixed
 *   groups of 64, each with a width and exceptions         9.61    8.81
 *   Rice: a width for each unit                            8.62    8.19
 *   a width for each unit and each of 7 ranges of tf       8.48    7.93
 *   widths from length and tf (taken)                      8.01    7.40
 *   the same, put right for each unit by a byte            8.09    7.50
 *   Golomb, by what is left of length and tf at each gap   7.71    7.15
 *   interpolative                                          7.83    7.17
 *   log2 of the ways to choose tf of n positions           7.49    6.69
 *
 * Not taken: the two that are smaller still.  Each value hangs there on those
 * before it, so that a doc could be found by decoding all docs before it alone, or
 * by offsets, of which one byte for 64 values takes an eighth of a bit.
 */
#ifndef NS_FORMAT_PLACES_H
#define NS_FORMAT_PLACES_H

#include "base/bits.h"
#include "base/mem.h"
#include "format/layout.h"

/* What says how wide positions are. */
struct places_shape {
	const uint32_t *docs, *tfs;
	unsigned n;
	const uint8_t *lengths; /* u16[], of the field, by doc */
	uint32_t gap;           /* places_gap of the field */
};

/* Positions that are no word of a doc. */
static inline uint32_t places_gap(unsigned field)
{
	return field == FIELD_TEXT ? TITLE_GAP : 0;
}

/* Positions of a doc are below this, unless length is the largest there is. */
static inline uint32_t places_span(uint32_t length, uint32_t gap)
{
	return length == LENGTH_MAX ? LONG_SPAN : length + gap;
}

/* Bits of the average gap: the largest b with (tf + 1) << b ≤ span, or 0. */
static inline unsigned places_width(uint32_t span, uint32_t tf)
{
	unsigned a = bits_width32(span), b = bits_width32(tf + 1);
	return a <= b ? 0 : a - b - ((tf + 1) << (a - b) > span);
}

/* Of doc i. */
static inline unsigned places_width_of(const struct places_shape *shape,
                                       unsigned i)
{
	uint32_t length = load_u16(shape->lengths +
	                           2 * (size_t)shape->docs[i]);
	return places_width(places_span(length, shape->gap), shape->tfs[i]);
}

/* Appends a unit; positions in the order of its docs. */
void places_write(const struct places_shape *shape, const uint32_t *positions,
                  struct buffer *out);

/* Reads sum(tfs) positions into out and moves reader behind them. */
bool places_read(struct reader *reader, const struct places_shape *shape,
                 uint32_t *out);

/* The fewest bytes that a unit of `total` positions can have: a bound to check
 * before memory is taken for it. */
static inline size_t places_least_bytes(uint64_t total)
{
	return (size_t)((total + 7) / 8);
}

#endif
