/* varint.h — how do numbers become bytes?
 *
 * Fixed width: little-endian, by memcpy, so that alignment and the machine's
 * byte order do not matter.
 * varint: 7 bits a byte, low bits first, the high bit set on all but the last:
 * 300 = 0b10_0101100 is AC 02.  At most 10 bytes; overlong forms (a last byte of
 * zero that is not the first) are refused, so that a number has one spelling.
 *
 * A reader is a sticky cursor over bytes that may be hostile: a read past the
 * end gives 0 and sets `bad`; look once, at the end.
 */
#ifndef NS_BASE_VARINT_H
#define NS_BASE_VARINT_H

#include "base/base.h"

enum { VARINT_MAX = 10 };

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LITTLE16(x) (x)
#define LITTLE32(x) (x)
#define LITTLE64(x) (x)
#else
#define LITTLE16(x) __builtin_bswap16(x)
#define LITTLE32(x) __builtin_bswap32(x)
#define LITTLE64(x) __builtin_bswap64(x)
#endif

static inline uint16_t load_u16(const void *bytes)
{
	uint16_t value;
	memcpy(&value, bytes, sizeof value);
	return LITTLE16(value);
}

static inline uint32_t load_u32(const void *bytes)
{
	uint32_t value;
	memcpy(&value, bytes, sizeof value);
	return LITTLE32(value);
}

static inline uint64_t load_u64(const void *bytes)
{
	uint64_t value;
	memcpy(&value, bytes, sizeof value);
	return LITTLE64(value);
}

/* n ≤ 8 bytes, low ones first; those behind them are 0, and are not read. */
static inline uint64_t load_few(const uint8_t *bytes, size_t n)
{
	if (n == 8)
		return load_u64(bytes);
	if (n >= 4)
		return load_u32(bytes) |
		       (uint64_t)load_u32(bytes + n - 4) << 8 * (n - 4);
	if (!n)
		return 0;
	return bytes[0] | (uint64_t)bytes[n / 2] << 8 * (n / 2) |
	       (uint64_t)bytes[n - 1] << 8 * (n - 1);
}

static inline void store_u16(void *bytes, uint16_t value)
{
	value = LITTLE16(value);
	memcpy(bytes, &value, sizeof value);
}

static inline void store_u32(void *bytes, uint32_t value)
{
	value = LITTLE32(value);
	memcpy(bytes, &value, sizeof value);
}

static inline void store_u64(void *bytes, uint64_t value)
{
	value = LITTLE64(value);
	memcpy(bytes, &value, sizeof value);
}

/* Writes value into out[0..VARINT_MAX) and returns how many bytes it took. */
static inline size_t varint_put(uint8_t *out, uint64_t value)
{
	size_t n = 0;
	while (value >= 0x80) {
		out[n++] = (uint8_t)(value | 0x80);
		value >>= 7;
	}
	out[n++] = (uint8_t)value;
	return n;
}

static inline size_t varint_size(uint64_t value)
{
	size_t n = 1;
	while (value >= 0x80) {
		n++;
		value >>= 7;
	}
	return n;
}

/* Copies n bytes to where there is room for 16, or for n where that is more.  Short
 * ones are stored as words: stores that overlap, which memcpy makes, keep the next
 * load waiting until they have left the processor. */
static inline void bytes_keep(uint8_t *to, const uint8_t *from, size_t n)
{
	if (n > 16) {
		memcpy(to, from, n);
	} else if (n > 8) {
		store_u64(to, load_u64(from));
		store_u64(to + 8, load_u64(from + n - 8) >> 8 * (16 - n));
	} else {
		store_u64(to, load_few(from, n));
	}
}

struct reader {
	const uint8_t *next, *end;
	bool bad;
};

static inline struct reader reader_of(struct slice bytes)
{
	/* to NULL, which an absent chunk is, not even 0 may be added */
	return (struct reader){bytes.data,
		bytes.len ? bytes.data + bytes.len : bytes.data, false};
}

static inline size_t reader_left(const struct reader *reader)
{
	return (size_t)(reader->end - reader->next);
}

/* n bytes, or NULL (and bad) where fewer are left. */
static inline const uint8_t *reader_bytes(struct reader *reader, size_t n)
{
	if (reader_left(reader) < n) {
		reader->bad = true;
		return NULL;
	}
	const uint8_t *bytes = reader->next;
	reader->next += n;
	return bytes;
}

static inline uint8_t reader_u8(struct reader *reader)
{
	const uint8_t *bytes = reader_bytes(reader, 1);
	return bytes ? *bytes : 0;
}

static inline uint16_t reader_u16(struct reader *reader)
{
	const uint8_t *bytes = reader_bytes(reader, 2);
	return bytes ? load_u16(bytes) : 0;
}

static inline uint32_t reader_u32(struct reader *reader)
{
	const uint8_t *bytes = reader_bytes(reader, 4);
	return bytes ? load_u32(bytes) : 0;
}

static inline uint64_t reader_u64(struct reader *reader)
{
	const uint8_t *bytes = reader_bytes(reader, 8);
	return bytes ? load_u64(bytes) : 0;
}

static inline uint64_t reader_varint(struct reader *reader)
{
	uint64_t value = 0;
	for (unsigned shift = 0; shift < 70 && reader->next < reader->end;
	     shift += 7) {
		uint8_t byte = *reader->next++;
		if (shift == 63 && byte > 1)
			break;
		value |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80) {
			if (byte == 0 && shift)
				break;
			return value;
		}
	}
	reader->bad = true;
	return 0;
}

/* The same for a number that must fit 32 bits. */
static inline uint32_t reader_varint32(struct reader *reader)
{
	uint64_t value = reader_varint(reader);
	if (value > UINT32_MAX) {
		reader->bad = true;
		return 0;
	}
	return (uint32_t)value;
}

#endif
