/* pack_parts.h — what do the kernels of packed blocks share?
 *
 * Each width and each row of a kernel is an instance of one inline function
 * that sees both as constants: a shift, a mask and, where a value lies across
 * two words, a second shift.  Rows are written out by a macro, not as a loop:
 * gcc 12 leaves loops of this size rolled up, and then shifts by variables and
 * asks at each row where it is (2.8 against 11.8 G ints/s in plain C).
 *
 * The search is in two parts: which row of 16, which place in it.  The row
 * comes from 3 and 3 comparisons whose results are added, so there is nothing
 * to predict; the place from comparing a row at once.  A search in L1, Zen 4 at
 * 3.65 GHz, gcc / clang: AVX-512 2.9 / 3.9 ns; four steps of halving instead of
 * 3 and 3: 3.9 / 4.9; the 15 ends of rows at once: 4.2 / 13.7; those gathered:
 * 10.7 / 15.9; all 256 compared: 8.6 / 14.0; a bound with branches: 16 / 25.
 */
#ifndef NS_FORMAT_PACK_PARTS_H
#define NS_FORMAT_PACK_PARTS_H

#include "format/pack.h"

#define ALWAYS_INLINE static inline __attribute__((always_inline))

#define EACH_ROW(DO)                                                           \
	DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7)                        \
	DO(8) DO(9) DO(10) DO(11) DO(12) DO(13) DO(14) DO(15)

#define EACH_WIDTH(DO)                                                         \
	DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11)    \
	DO(12) DO(13) DO(14) DO(15) DO(16) DO(17) DO(18) DO(19) DO(20) DO(21)  \
	DO(22) DO(23) DO(24) DO(25) DO(26) DO(27) DO(28) DO(29) DO(30) DO(31)

/* Where the words w of all lanes start. */
ALWAYS_INLINE const uint8_t *pack_word(const uint8_t *in, unsigned w)
{
	return in + (size_t)w * LANES * 4;
}

/* For odd widths the last word of a lane has 16 bits. */
ALWAYS_INLINE bool pack_word_is_short(unsigned width, unsigned w)
{
	return width % 2 && w == width / 2;
}

/* The row that holds the first doc ≥ target, the last row where there is none.
 */
ALWAYS_INLINE const uint32_t *pack_row_of(const uint32_t docs[BLOCK_DOCS],
                                          uint32_t target)
{
	const uint32_t *quarter = docs + 64 * ((size_t)(docs[63] < target) +
	                                       (docs[127] < target) +
	                                       (docs[191] < target));
	return quarter + LANES * ((size_t)(quarter[15] < target) +
	                          (quarter[31] < target) +
	                          (quarter[47] < target));
}

/* find of a level, from its rows_of(docs), the ends of the rows as it likes them,
 * and place_in(docs, rows, target, &there).  What is found is written each time and
 * kept or not by an addition. */
#define PACK_FIND(LEVEL, ATTRIBUTES)                                           \
	ATTRIBUTES static unsigned find_##LEVEL(                               \
		const uint32_t docs[BLOCK_DOCS], const uint32_t *targets,      \
		unsigned n, uint32_t last, uint32_t first,                     \
		uint32_t *restrict which, uint32_t *restrict places,           \
		unsigned *asked)                                               \
	{                                                                      \
		const struct rows rows = rows_of(docs);                        \
		unsigned found = 0, i = 0;                                     \
		for (; i < n && targets[i] <= last; i++) {                     \
			unsigned there, place = place_in(docs, rows,           \
			                                 targets[i], &there);  \
			which[found] = first + i;                              \
			places[found] = place;                                 \
			found += there;                                        \
		}                                                              \
		*asked = i;                                                    \
		return found;                                                  \
	}

#endif
