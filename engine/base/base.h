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

/* What stands behind the first n of its bytes.  NULL + 0 is undefined in C17. */
static inline struct slice slice_from(struct slice text, size_t n)
{
	assert(n <= text.len);
	return slice_of(n ? text.data + n : text.data, text.len - n);
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

/* Are n bytes the same?  Most that we compare are words: two loads that overlap
 * are less than a call.  No byte behind the n is read. */
static inline bool bytes_equal(const uint8_t *a, const uint8_t *b, size_t n)
{
	uint64_t x, y, v, w;
	uint32_t p, q, r, s;
	if (n > 16)
		return !memcmp(a, b, n);
	if (n >= 8) {
		memcpy(&x, a, 8);
		memcpy(&y, b, 8);
		memcpy(&v, a + n - 8, 8);
		memcpy(&w, b + n - 8, 8);
		return !((x ^ y) | (v ^ w));
	}
	if (n >= 4) {
		memcpy(&p, a, 4);
		memcpy(&q, b, 4);
		memcpy(&r, a + n - 4, 4);
		memcpy(&s, b + n - 4, 4);
		return !((p ^ q) | (r ^ s));
	}
	return !n || (a[0] == b[0] && a[n / 2] == b[n / 2] &&
	              a[n - 1] == b[n - 1]);
}

/* Copies n bytes to where none of them lies.  As above. */
static inline void bytes_copy(uint8_t *to, const uint8_t *from, size_t n)
{
	uint64_t x, v;
	uint32_t p, r;
	if (n > 16) {
		memcpy(to, from, n);
	} else if (n >= 8) {
		memcpy(&x, from, 8);
		memcpy(&v, from + n - 8, 8);
		memcpy(to, &x, 8);
		memcpy(to + n - 8, &v, 8);
	} else if (n >= 4) {
		memcpy(&p, from, 4);
		memcpy(&r, from + n - 4, 4);
		memcpy(to, &p, 4);
		memcpy(to + n - 4, &r, 4);
	} else if (n) {
		to[0] = from[0];
		to[n / 2] = from[n / 2];
		to[n - 1] = from[n - 1];
	}
}

static inline bool slice_equal(struct slice a, struct slice b)
{
	return a.len == b.len && bytes_equal(a.data, b.data, a.len);
}

static inline bool slice_begins(struct slice text, const char *with)
{
	size_t n = strlen(with);
	return text.len >= n && !memcmp(text.data, with, n);
}

/* Takes what stands before the next mark off the front of *rest, and the mark; all of
 * it where there is none. */
static inline struct slice slice_cut(struct slice *rest, char mark)
{
	const uint8_t *end = rest->len ? memchr(rest->data, mark, rest->len) : NULL;
	size_t n = end ? (size_t)(end - rest->data) : rest->len;
	struct slice front = slice_of(rest->data, n);
	*rest = slice_from(*rest, n + (end != NULL));
	return front;
}

static inline bool slice_is_any(struct slice text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (slice_equal(text, slice_of(words[i], strlen(words[i]))))
			return true;
	return false;
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
