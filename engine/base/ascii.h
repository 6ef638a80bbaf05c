/* ascii.h — which bytes are letters and digits of ASCII?
 *
 * One byte, or eight at once: each byte's highest bit of the answer says it of that
 * byte.  A sum passes into that bit where the byte is not below a limit.
 */
#ifndef NS_BASE_ASCII_H
#define NS_BASE_ASCII_H

#include "base/base.h"

#define ASCII_ONES UINT64_C(0x0101010101010101)
#define ASCII_TOPS (ASCII_ONES << 7)

static inline bool ascii_letter(uint8_t byte)
{
	return (byte | 0x20u) - 'a' < 26;
}

static inline bool ascii_digit(uint8_t byte)
{
	return (unsigned)byte - '0' < 10;
}

static inline uint8_t ascii_lower(uint8_t byte)
{
	return (unsigned)byte - 'A' < 26 ? byte | 0x20 : byte;
}

static inline uint64_t ascii_letters(uint64_t bytes)
{
	uint64_t lower = (bytes | ASCII_ONES * 0x20) & ~ASCII_TOPS;
	return (lower + ASCII_ONES * (0x80 - 'a')) &
	       ~(lower + ASCII_ONES * (0x7F - 'z')) & ~bytes & ASCII_TOPS;
}

static inline uint64_t ascii_digits(uint64_t bytes)
{
	uint64_t low = bytes & ~ASCII_TOPS;
	return (low + ASCII_ONES * (0x80 - '0')) &
	       ~(low + ASCII_ONES * (0x7F - '9')) & ~bytes & ASCII_TOPS;
}

#endif
