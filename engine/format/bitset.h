/* bitset.h — which docs does a row of bits hold, and how many?
 *
 * Dense blocks are bitsets, and so are the windows in which docs are counted.
 * Rows are u64, little-endian, at any address; bit j of the row is the j-th.
 *
 * Kernels for each level of instructions (base/cpu.h), all with the same
 * answers.  Without the popcnt instruction, which x86-64 does not promise, a
 * count is a call of some 12 operations a word.
 */
#ifndef NS_FORMAT_BITSET_H
#define NS_FORMAT_BITSET_H

#include "base/cpu.h"
#include "base/varint.h"
#include "format/layout.h"

enum { BITSET_SLACK = 16 }; /* numbers that may be written behind the last */

struct bitset_kernels {
	/* Bits that are set. */
	uint64_t (*count)(const uint8_t *words, size_t n);
	/* Bits that are set in both. */
	uint64_t (*count_both)(const uint8_t *a, const uint8_t *b, size_t n);
	/* The numbers of the set bits, + base, rising; out has room for all and
	 * BITSET_SLACK more.  Returns how many. */
	size_t (*ids)(const uint8_t *words, size_t n, uint32_t base,
	              uint32_t *out);
	/* before[w]: bits set in the words before w, for n ≤ 128 words, modulo
	 * 2¹⁶. */
	void (*ranks)(const uint8_t *words, size_t n, uint16_t *before);
	/* Turns n numbers of bits into numbers among the set bits, modulo 2¹⁶,
	 * with before[] of ranks(). */
	void (*places)(const uint8_t *words, const uint16_t *before,
	               uint32_t *bits, size_t n);
};

/* The fastest set that may run at a level, usually that of cpu_level(). */
const struct bitset_kernels *bitset_kernels(enum cpu_level level);

static inline bool bitset_has(const uint8_t *words, size_t bit)
{
	return words[bit / 8] >> bit % 8 & 1;
}

/* ORs n bits of a row into another, from its bit `at` on (which may be
 * negative: the first −at bits are left out); bits that would fall behind the
 * `size` words of `to` are left out too. */
void bitset_or(uint64_t *to, size_t size, int64_t at, const uint8_t *words,
               size_t n);
/* Sets bits [start, end). */
void bitset_set_range(uint64_t *to, size_t start, size_t end);

#endif
