/* key.h — when are two words the same?
 *
 * When field, length and bytes are.  A key has its first six bytes beside its
 * field and length, zeros behind them: one comparison of eight bytes decides for
 * short words without a look at where they stand, and for nearly all others that
 * they differ.  Three of four words of newswire have at most six bytes.
 */
#ifndef NS_BUILD_KEY_H
#define NS_BUILD_KEY_H

#include "base/varint.h"

struct inverter_key {
	const uint8_t *bytes;
	uint8_t len, field, head[6];
};

/* Up to eight bytes, low ones first, zeros behind them.  Four to seven are two
 * numbers that overlap, fewer are their first, middle and last. */
static inline uint64_t key_first_bytes(struct slice bytes)
{
	const uint8_t *data = bytes.data;
	size_t n = bytes.len;
	if (n >= 8)
		return load_u64(data);
	if (n >= 4)
		return load_u32(data) |
		       (uint64_t)load_u32(data + n - 4) << 8 * (n - 4);
	return n ? data[0] | (uint64_t)data[n / 2] << 8 * (n / 2) |
	           (uint64_t)data[n - 1] << 8 * (n - 1) : 0;
}

/* The key keeps the bytes as a pointer. */
static inline struct inverter_key key_of(uint8_t field, struct slice bytes)
{
	struct inverter_key key = {bytes.data, (uint8_t)bytes.len, field, {0}};
	uint8_t first[8];
	store_u64(first, key_first_bytes(bytes));
	memcpy(key.head, first, sizeof key.head);
	return key;
}

/* Length, field and head as one number. */
static inline uint64_t key_summary(const struct inverter_key *key)
{
	return load_u64((const uint8_t *)key + offsetof(struct inverter_key, len));
}

static_assert(offsetof(struct inverter_key, len) + 8 ==
              sizeof(struct inverter_key), "a summary of eight bytes");

static inline bool key_equal(const struct inverter_key *a,
                             const struct inverter_key *b)
{
	enum { HEAD = sizeof a->head };
	return key_summary(a) == key_summary(b) &&
	       (a->len <= HEAD || bytes_equal(a->bytes + HEAD, b->bytes + HEAD,
	                                      (size_t)a->len - HEAD));
}

/* For keys of over 16 bytes. */
uint32_t key_hash_long(const struct inverter_key *key);

/* Two products of the first and the last eight bytes, and one more to mix them. */
static inline uint32_t key_hash(const struct inverter_key *key)
{
	if (key->len > 16)
		return key_hash_long(key);
	uint64_t first = key_first_bytes(slice_of(key->bytes, key->len));
	uint64_t last = key->len > 8 ? load_u64(key->bytes + key->len - 8) : 0;
	uint64_t hash = first * 0x9E3779B185EBCA87 ^
	                (last + key->len + ((uint64_t)key->field << 8)) *
	                0xC2B2AE3D27D4EB4F;
	return (uint32_t)((hash ^ hash >> 32) * 0x165667B19E3779F9 >> 32);
}

#endif
