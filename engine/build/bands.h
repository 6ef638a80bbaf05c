/* bands.h — which docs meet, because a part of their sketches is the same?
 *
 * A band is three bytes of a sketch, i, i + 1 and i + 4 modulo 28 for each i, so that any
 * two bands have one byte in common at most; two more bands are the halves of a number
 * that docs of one story share whatever their words (docs.h).  The docs of a band are
 * sorted by it, equal ones as they were given: each bucket is a row.  Of older docs
 * only those are kept that a bucket asks for: its first and its last.
 *
 * Not taken: bytes i, i + 1 and i + 2 (of 2,663 pairs with planted edits, more of them
 * in short texts, 95.8 % were found instead of 96.4), and 28 more bands beside those
 * (96.4 %, in twice the time).
 */
#ifndef NS_BUILD_BANDS_H
#define NS_BUILD_BANDS_H

#include "build/copies.h"

enum { BANDS = SKETCH_BYTES + 2 };

/* Does the band consist of the shared number? */
static inline bool bands_is_key(unsigned band)
{
	return band >= SKETCH_BYTES;
}

struct bands_ref {
	uint32_t part, doc;
};

struct bands_bucket {
	size_t from, end;             /* items */
	bool has_older;
	struct bands_ref first, last; /* of the older ones */
};

struct bands {
	const struct copies_input *in;
	struct spool rows;       /* as in docs->sketches, by place */
	uint64_t *items, *other; /* band << 32 | place; room to sort them */
	size_t n;                /* items of this band */
	struct bands_older {
		uint32_t part[2], doc[2]; /* first and last; part + 1, 0: none */
	} *older;                /* by the first item of a bucket */
	uint8_t *seen;           /* bits: a band's value may be there */
	unsigned seen_bits;      /* log2 of their number */
};

/* Bytes that it takes at most. */
uint64_t bands_memory(const struct copies_input *input);

void bands_init(struct bands *bands);
int bands_open(struct bands *bands, const struct copies_input *input,
               struct ns_error *err);
void bands_release(struct bands *bands);

/* Sorts the docs by this band. */
int bands_fill(struct bands *bands, unsigned band, struct ns_error *err);
/* The next bucket from item *at on in which docs meet, and *at behind it. */
bool bands_next(const struct bands *bands, size_t *at, struct bands_bucket *out);

/* The place of an item's doc. */
static inline uint32_t bands_place(const struct bands *bands, size_t item)
{
	return (uint32_t)bands->items[item];
}

/* What is kept of the doc at a place; *key: its shared number. */
int bands_sketch(const struct bands *bands, uint32_t place, struct sketch *out,
                 uint64_t *key, struct ns_error *err);

#endif
