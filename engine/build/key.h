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

/* A key's first 16 bytes as two numbers, low ones first, zeros behind them. */
struct key_text {
	uint64_t first, last;
};

static inline struct key_text key_text(struct slice bytes)
{
	size_t n = min_size(bytes.len, 16);
	return (struct key_text){
		load_few(bytes.data, min_size(n, 8)),
		n > 8 ? load_few(bytes.data + 8, n - 8) : 0,
	};
}

/* The same where 16 bytes may be read: without a branch on the length, which nobody
 * foresees. */
static inline struct key_text key_text_padded(struct slice bytes)
{
	size_t n = min_size(bytes.len, 16);
	uint64_t first = n < 8 ? ~(UINT64_MAX << 8 * n) : UINT64_MAX;
	uint64_t last = n > 8 ? UINT64_MAX >> 8 * (16 - n) : 0;
	return (struct key_text){load_u64(bytes.data) & first,
	                         load_u64(bytes.data + 8) & last};
}

/* Keeps the bytes as a pointer.  Length, field and head are one store, as they are
 * one load: a load waits for smaller stores to have left the processor. */
static inline void key_set(struct inverter_key *key, uint8_t field,
                           struct slice bytes, uint64_t first)
{
	key->bytes = bytes.data;
	store_u64((uint8_t *)key + offsetof(struct inverter_key, len),
	          first << 16 | (uint64_t)field << 8 | (uint8_t)bytes.len);
}

static inline struct inverter_key key_of(uint8_t field, struct slice bytes)
{
	struct inverter_key key;
	key_set(&key, field, bytes, key_text(bytes).first);
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

/* Of keys of over 16 bytes. */
uint32_t key_hash_long(uint8_t field, struct slice bytes);

/* Two products of the first 16 bytes, and one more to mix them. */
static inline uint32_t key_hash(uint8_t field, struct slice bytes,
                                struct key_text text)
{
	if (bytes.len > 16)
		return key_hash_long(field, bytes);
	uint64_t hash = text.first * 0x9E3779B185EBCA87 ^
	                (text.last + bytes.len + ((uint64_t)field << 8)) *
	                0xC2B2AE3D27D4EB4F;
	return (uint32_t)((hash ^ hash >> 32) * 0x165667B19E3779F9 >> 32);
}

#endif
