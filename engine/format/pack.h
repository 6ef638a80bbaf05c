/* pack.h — how do 256 numbers of b bits lie in 32·b bytes, and how are they
 * read fast?
 *
 * In 16 lanes (FORMAT.md, "packed(b)"), so that one instruction handles 16
 * values.  Example, b = 1: the block is 32 bytes, a u16 for each lane; value i
 * is bit i / 16 of lane i mod 16.
 *
 * There is a set of kernels for each level of instructions (base/cpu.h); all
 * give the same numbers.  They read pack_bytes(width) and not a byte more.
 */
#ifndef NS_FORMAT_PACK_H
#define NS_FORMAT_PACK_H

#include "base/cpu.h"
#include "base/varint.h"
#include "format/layout.h"

enum { PACK_WIDTH_MAX = 31 };

static inline size_t pack_bytes(unsigned width)
{
	return (size_t)width * (BLOCK_DOCS / 8);
}

/* Packs the low `width` bits (0…31) of each value; out has pack_bytes(width).
 */
void pack_block(uint8_t *out, const uint32_t values[BLOCK_DOCS],
                unsigned width);

/* Value i of a packed block, where it lies.  Reads whole u32 words: up to 2
 * bytes behind the block. */
static inline uint32_t pack_value(const uint8_t *in, unsigned width, unsigned i)
{
	size_t lane = i % LANES, bit = (size_t)(i / LANES) * width;
	size_t word = bit / 32, shift = bit % 32;
	size_t next = word + (shift + width > 32);
	/* the last words of odd widths are u16 */
	size_t half = width % 2 ? width / 2 : SIZE_MAX;
	uint64_t low = load_u32(in + word * 64 + lane * (word == half ? 2 : 4));
	uint64_t high = load_u32(in + next * 64 + lane * (next == half ? 2 : 4));
	return (uint32_t)((high << 32 | low) >> shift) &
	       (uint32_t)(((uint64_t)1 << width) - 1);
}

struct pack_kernels {
	void (*unpack)(uint32_t out[BLOCK_DOCS], const uint8_t *in,
	               unsigned width);
	/* docs[i] = base + Σ (values[j] + 1), j ≤ i, modulo 2³², for n values,
	 * rounded up to rows of 16; the arrays are apart. */
	void (*prefix)(uint32_t *docs, const uint32_t *values, unsigned n,
	               uint32_t base);
	/* Adds one to each. */
	void (*increment)(uint32_t values[BLOCK_DOCS]);
	/* How many of the rising docs are below target; without a conditional
	 * jump (tests/branches.sh). */
	unsigned (*search)(const uint32_t docs[BLOCK_DOCS], uint32_t target);
	/* Which of n rising targets up to `last`, the last doc, are among the
	 * rising docs?  The k-th that is: which[k] = its number, from `first`,
	 * and places[k] its place in docs.  Room for n; returns how many, and in
	 * *asked how many targets were not above `last`.  Without a jump on what
	 * is found. */
	unsigned (*find)(const uint32_t docs[BLOCK_DOCS],
	                 const uint32_t *targets, unsigned n, uint32_t last,
	                 uint32_t first, uint32_t *which, uint32_t *places,
	                 unsigned *asked);
};

extern const struct pack_kernels pack_scalar;
#if defined(__x86_64__)
extern const struct pack_kernels pack_avx2, pack_avx512;
#endif

/* The fastest set that may run at a level, usually that of cpu_level(). */
static inline const struct pack_kernels *pack_kernels(enum cpu_level level)
{
#if defined(__x86_64__)
	if (level >= CPU_AVX512)
		return &pack_avx512;
	if (level >= CPU_AVX2)
		return &pack_avx2;
#endif
	(void)level;
	return &pack_scalar;
}

#endif
