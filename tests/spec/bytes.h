/* bytes.h — how does FORMAT.md write bytes down?
 *
 * Its notation: what is taken from a row of bytes, and never over its end.  Made
 * to be compared, not to be fast: numbers are put together bit by bit.
 */
#ifndef NS_TESTS_SPEC_BYTES_H
#define NS_TESTS_SPEC_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes { const uint8_t *at; size_t size; };
struct in { const uint8_t *at, *end; const char *what; };

/* Says why the files are not as the page says, and ends with code 1. */
_Noreturn void die(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
void must(bool fact, const char *what);

struct in in_of(struct bytes bytes, uint64_t offset, const char *what);
const uint8_t *take(struct in *in, uint64_t n);
uint64_t take_int(struct in *in, unsigned size);
uint8_t u8(struct in *in);
uint32_t u32(struct in *in);
uint64_t u64(struct in *in);
void zeros(struct in *in, uint64_t n);
uint64_t varint(struct in *in);
struct bytes text(struct in *in);

/* n numbers of `width` bits, padded to a byte. */
void bits(struct in *in, size_t n, unsigned width, uint64_t *out);
/* The least width for these. */
unsigned width_of(const uint64_t *values, size_t n);
bool bit_of(struct bytes bitmap, uint64_t i);

/* Zeros for n things, one more than none. */
void *room(size_t n, size_t size);

#endif
