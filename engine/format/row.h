/* row.h — how are numbers of b bits in a row read fast?
 *
 * "bits(n, b)" of FORMAT.md: value i at bits [i·b, (i+1)·b).  16 values take 2·b
 * bytes, so a row of vectors starts at a byte each time: the bytes of each value
 * are brought to its lane by a shuffle, then shifted and masked.  A shuffle brings
 * four bytes, which hold a value of up to 25 bits at any bit; wider ones, which are
 * rare, are read one by one.
 */
#ifndef NS_FORMAT_ROW_H
#define NS_FORMAT_ROW_H

#include "base/bits.h"
#include "base/cpu.h"

enum { ROW_SLACK = 16 }; /* numbers that may be written behind the last */

/* Reads n values of width ≤ 32 bits; out has room for ROW_SLACK more.  Reads up to
 * 64 bytes behind the last value: chunks are padded by as much. */
void row_read(const uint8_t *bytes, size_t n, unsigned width, uint32_t *out);

/* The same at a level of instructions that the machine has. */
void row_read_at(enum cpu_level level, const uint8_t *bytes, size_t n,
                 unsigned width, uint32_t *out);

#endif
