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

struct pack_kernels {
	void (*unpack)(uint32_t out[BLOCK_DOCS], const uint8_t *in,
	               unsigned width);
	/* docs[i] = base + Σ (values[j] + 1), j ≤ i, modulo 2³²; the arrays are
	 * apart. */
	void (*prefix)(uint32_t docs[BLOCK_DOCS],
	               const uint32_t values[BLOCK_DOCS], uint32_t base);
	/* How many of the rising docs are below target; without a conditional
	 * jump (tests/branches.sh). */
	unsigned (*search)(const uint32_t docs[BLOCK_DOCS], uint32_t target);
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
