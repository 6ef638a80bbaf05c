/* bits.h — how wide is a number, and how do numbers of b bits lie in a row?
 *
 * Horizontal packing: value i occupies bits [i·b, (i+1)·b) of a byte string,
 * least significant bit first.  Five values of 3 bits 1,2,3,4,5 are
 * 0b011_010_001, 0b101_100 → bytes D1 58 (the last bit pads).
 * (Blocks of 256 use the vertical layout of format/pack.h instead.)
 */
#ifndef NS_BASE_BITS_H
#define NS_BASE_BITS_H

#include "base/varint.h"

/* Bits needed for value: 0 for 0, 32 for UINT32_MAX. */
static inline unsigned bits_width32(uint32_t value)
{
	return value ? 32u - (unsigned)__builtin_clz(value) : 0;
}

static inline unsigned bits_width64(uint64_t value)
{
	return value ? 64u - (unsigned)__builtin_clzll(value) : 0;
}

/* Bytes of n values of `width` bits in a row. */
static inline size_t bits_bytes(size_t n, unsigned width)
{
	return (n * width + 7) / 8;
}

/* Value i of width ≤ 56 bits.  Reads up to 8 bytes from its first byte on: the
 * caller knows that they may be read (chunks are padded by 64 zero bytes). */
static inline uint64_t bits_get(const uint8_t *bytes, size_t i, unsigned width)
{
	size_t bit = i * width;
	uint64_t word = load_u64(bytes + bit / 8) >> (bit % 8);
	return width ? word & (UINT64_MAX >> (64 - width)) : 0;
}

/* ORs value into place i of zeroed bytes; width ≤ 57; touches only bytes that
 * hold bits of it. */
static inline void bits_put(uint8_t *bytes, size_t i, unsigned width,
                            uint64_t value)
{
	size_t bit = i * width;
	uint64_t word = value << (bit % 8);
	for (uint8_t *byte = bytes + bit / 8; word; word >>= 8)
		*byte++ |= (uint8_t)word;
}

/* The set bits of the low half of mask in byte 0 of the result, those of its upper
 * half in byte 4 (Knuth, TAOCP 7.1.3).  x86-64 promises no instruction for it, and
 * the compiler's own way is a call. */
static inline uint64_t bits_count_halves(uint64_t mask)
{
	mask -= mask >> 1 & 0x5555555555555555;
	mask = (mask & 0x3333333333333333) + (mask >> 2 & 0x3333333333333333);
	mask = (mask + (mask >> 4)) & 0x0F0F0F0F0F0F0F0F;
	mask += mask >> 8;
	mask += mask >> 16;
	return mask & 0x0000003F0000003F;
}

/* Writes n values of width ≤ 32 in a row, and no byte more; high bits of them are
 * left out. */
static inline void bits_row(uint8_t *bytes, const uint32_t *values, size_t n,
                            unsigned width)
{
	uint64_t mask = ((uint64_t)1 << width) - 1, word = 0;
	unsigned full = 0;
	for (size_t i = 0; i < n; i++) {
		word |= (values[i] & mask) << full;
		full += width;
		if (full >= 32) {
			store_u32(bytes, (uint32_t)word);
			bytes += 4;
			word >>= 32;
			full -= 32;
		}
	}
	for (; full; full -= min_u32(full, 8), word >>= 8)
		*bytes++ = (uint8_t)word;
}

static inline unsigned bits_count32(uint32_t mask)
{
	return (unsigned)bits_count_halves(mask);
}

/* Set bits of mask below bit i (i < 32). */
static inline unsigned bits_rank32(uint32_t mask, unsigned i)
{
	return bits_count32(mask & ((1u << i) - 1));
}

/* log2(value) in units of 2^-32, value > 0, by integers alone: the same bits on
 * every machine.  Defined by its steps: each squares the mantissa, truncates it to
 * 64 bits and takes the carry as the next bit of the logarithm (Knuth, TAOCP 1.2.2,
 * exercise 25 in reverse). */
uint64_t bits_log2(uint64_t value);

#endif
