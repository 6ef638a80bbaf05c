/* rice.h — how do small numbers, some of them large, become few bits?
 *
 * Rice's code (1971): a number loses its low `width` bits; what is left becomes so
 * many zeros, which a one ends.  Forms stand so in a row, each with its low bits
 * behind its one; positions have those of all docs apart (places.h).
 *
 * A row is read from bytes that may be hostile, with CHUNK_PADDING behind them.
 */
#ifndef NS_FORMAT_RICE_H
#define NS_FORMAT_RICE_H

#include "base/varint.h"

/* Bits of a value. */
static inline uint64_t rice_bits(uint32_t value, unsigned width)
{
	return (uint64_t)(value >> width) + 1 + width;
}

/* Sets bits of a zeroed row from bit `at` on; returns the bit behind. */
static inline uint64_t rice_put(uint8_t *bytes, uint64_t at, uint32_t value,
                                unsigned width)
{
	at += value >> width;
	uint64_t low = value & (((uint64_t)1 << width) - 1);
	uint64_t word = (low << 1 | 1) << at % 8;
	for (uint8_t *byte = bytes + at / 8; word; word >>= 8)
		*byte++ |= (uint8_t)word;
	return at + 1 + width;
}

/* A row that is read. */
struct rice {
	const uint8_t *bytes;
	uint64_t n, at; /* bits, and those passed */
	uint64_t word;  /* some that follow; 0: load them */
};

/* The rest of a reader, from a bit on. */
static inline struct rice rice_of(const struct reader *reader, uint64_t at)
{
	return (struct rice){reader->next, 8 * (uint64_t)reader_left(reader),
	                     at, 0};
}

/* Zeros before the next one, which is passed; false where there is none. */
static inline bool rice_zeros(struct rice *row, uint64_t *out)
{
	uint64_t start = row->at;
	while (!row->word) {
		if (row->at >= row->n)
			return false;
		row->word = load_u64(row->bytes + row->at / 8) >> row->at % 8;
		row->at += row->word ? 0 : 64 - row->at % 8;
	}
	unsigned zeros = (unsigned)__builtin_ctzll(row->word);
	row->word = row->word >> zeros >> 1;
	row->at += zeros + 1;
	*out = row->at - 1 - start;
	return row->at <= row->n;
}

/* A value; width ≤ 31.  False where it does not end, or is above UINT32_MAX. */
static inline bool rice_read(struct rice *row, unsigned width, uint32_t *out)
{
	uint64_t zeros;
	if (!rice_zeros(row, &zeros) || zeros > UINT32_MAX >> width ||
	    row->n - row->at < width)
		return false;
	uint64_t low = load_u64(row->bytes + row->at / 8) >> row->at % 8;
	*out = (uint32_t)(zeros << width | (low & (((uint64_t)1 << width) - 1)));
	row->at += width;
	row->word >>= width;
	return true;
}

/* Moves reader behind the row, whose last byte ends with zeros. */
static inline bool rice_end(const struct rice *row, struct reader *reader)
{
	if (row->at % 8 && row->bytes[row->at / 8] >> row->at % 8)
		return false;
	return reader_bytes(reader, (size_t)((row->at + 7) / 8));
}

#endif
