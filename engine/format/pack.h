/* pack.h — how do 256 numbers of b bits lie in 32·b bytes?
 *
 * In 16 lanes (FORMAT.md, "packed(b)"), so that one instruction handles 16
 * values and a prefix sum needs no shuffles across a whole block.  This is the
 * scalar kernel: the loops over lanes are plain enough for compilers to make
 * vectors of them, and each width is a constant in its own instance.
 *
 * Example, b = 1: the block is 32 bytes, a u16 for each lane; value i is bit
 * i / 16 of lane i mod 16.
 */
#ifndef NS_FORMAT_PACK_H
#define NS_FORMAT_PACK_H

#include "format/layout.h"

enum { PACK_WIDTH_MAX = 31 };

static inline size_t pack_bytes(unsigned width)
{
	return (size_t)width * (BLOCK_DOCS / 8);
}

/* Packs the low `width` bits (0…31) of each value; out has pack_bytes(width). */
void pack_block(uint8_t *out, const uint32_t values[BLOCK_DOCS],
                unsigned width);

void unpack_block(uint32_t out[BLOCK_DOCS], const uint8_t *in, unsigned width);

#endif
