/* places.h — where in its docs does a term stand?
 *
 * One unit holds the positions of the docs of one block (FORMAT.md, "posn"): a
 * unit of over 32 values is cut into groups of 64, each with a width of its own,
 * so that a phrase can decode the groups of a candidate doc alone.  Groups of 64
 * take 9.5 bits a position on newswire, as much as groups of 32 and less than
 * byte codes (11.4).
 */
#ifndef NS_FORMAT_PLACES_H
#define NS_FORMAT_PLACES_H

#include "base/mem.h"
#include "base/varint.h"
#include "format/layout.h"

/* Appends a unit of n docs with the given tfs; positions in their order. */
void places_write(const uint32_t *tfs, unsigned n, const uint32_t *positions,
                  struct buffer *out);

/* Reads sum(tfs) positions into out and moves reader behind them. */
bool places_read(struct reader *reader, const uint32_t *tfs, unsigned n,
                 uint64_t total, uint32_t *out);

/* The fewest bytes that a unit of `total` positions can have: a bound to check
 * before memory is taken for it. */
size_t places_least_bytes(uint64_t total);

#endif
