/* base.h — what does every file of the engine take for granted?
 *
 * Fixed-width types, borrowed bytes, and assertions that print both values.
 * An assertion states what only a bug can break.  Bytes of a file, words of a
 * user and answers of the system are never asserted: they are checked, and
 * become an ns_error (err.h).
 */
#ifndef NS_BASE_BASE_H
#define NS_BASE_BASE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nsindex.h"

/* Borrowed bytes. */
struct slice {
	const uint8_t *data;
	size_t len;
};

static inline struct slice slice_of(const void *data, size_t len)
{
	return (struct slice){(const uint8_t *)data, len};
}

static inline struct slice slice_text(ns_text text)
{
	return slice_of(text.data, text.size);
}

/* Byte order, shorter first among equals: the order of the lexicon. */
static inline int slice_compare(struct slice a, struct slice b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n ? memcmp(a.data, b.data, n) : 0;
	if (order)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

static inline bool slice_equal(struct slice a, struct slice b)
{
	return a.len == b.len && (!a.len || !memcmp(a.data, b.data, a.len));
}

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

static inline uint32_t min_u32(uint32_t a, uint32_t b) { return a < b ? a : b; }
static inline uint32_t max_u32(uint32_t a, uint32_t b) { return a > b ? a : b; }
static inline uint64_t min_u64(uint64_t a, uint64_t b) { return a < b ? a : b; }
static inline uint64_t max_u64(uint64_t a, uint64_t b) { return a > b ? a : b; }
static inline size_t min_size(size_t a, size_t b) { return a < b ? a : b; }

#ifdef NDEBUG
#define ASSERT_REL(a, op, b) ((void)0)
#else
/* ASSERT_REL(i, <, n) says "i (7) < n (5)" before it aborts. */
#define ASSERT_REL(a, op, b)                                                   \
	do {                                                                   \
		long long left_ = (long long)(a), right_ = (long long)(b);     \
		if (!(left_ op right_)) {                                      \
			fprintf(stderr, "%s:%d: %s (%lld) %s %s (%lld) is false\n", \
			        __FILE__, __LINE__, #a, left_, #op, #b, right_); \
			abort();                                               \
		}                                                              \
	} while (0)
#endif

#endif
