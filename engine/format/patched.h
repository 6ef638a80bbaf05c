/* patched.h — what if a few of many values are much wider than the others?
 *
 * Then all are packed at a smaller width, and the high parts of the few (at most
 * 31: the exceptions) stand behind (FORMAT.md, "exceptions").  Full blocks and
 * tails share this; how the low parts are packed is theirs.  It is PFOR (Zukowski,
 * Héman, Nes, Boncz, "Super-scalar RAM-CPU cache compression", 2006), with the
 * positions of exceptions listed instead of chained.
 */
#ifndef NS_FORMAT_PATCHED_H
#define NS_FORMAT_PATCHED_H

#include "base/mem.h"
#include "base/varint.h"

enum { EXCEPTIONS_MOST = 31 };

/* A way to write n values: width, and the exceptions over it. */
struct patched_choice {
	unsigned width, n_exceptions, high_bytes;
};

/* The cheapest width for n ≤ 256 values, where patches save an eighth of the
 * bytes at least; else the width of the largest. */
struct patched_choice patched_choose(const uint32_t *values, unsigned n);

/* Appends the exceptions; nothing where there are none. */
void patched_write(const uint32_t *values, unsigned n,
                   struct patched_choice choice, struct buffer *out);

/* Exceptions as they lie. */
struct patches {
	const uint8_t *index, *high;
	uint8_t n, high_bytes;
};

/* Finds the parts and moves reader behind them; false (and reader bad) where they
 * cannot be. */
bool patched_open(struct patches *out, struct reader *reader);

/* The high part of exception i, to be shifted by the width. */
static inline uint64_t patched_high(const struct patches *patches, unsigned i)
{
	const uint8_t *bytes = patches->high + (size_t)i * patches->high_bytes;
	uint64_t value = 0;
	for (unsigned j = patches->high_bytes; j-- > 0;)
		value = value << 8 | bytes[j];
	return value;
}

/* Puts the high parts over n values of `width` bits.  False where an index does
 * not rise or is not below n, or a value passes 32 bits. */
bool patched_apply(const struct patches *patches, unsigned width,
                   uint32_t *values, unsigned n);

#endif
