/* place_widths.h — how wide are the positions of all docs of a unit?
 *
 * places_width (places.h) says it of one doc.  Who reads some docs of a unit needs
 * it of all before them, to know where theirs start.  The logarithm is the exponent
 * of a float: of two, the difference of their bits carries from the fractions.
 *
 * Most of the time goes into fetching 256 lengths from all over a column.  On
 * Sapphire Rapids phrases took 10.5 to 10.8 µs where they were loaded one by one,
 * 9.6 to 10.3 where they are gathered.
 */
#ifndef NS_FORMAT_PLACE_WIDTHS_H
#define NS_FORMAT_PLACE_WIDTHS_H

#include "base/cpu.h"
#include "format/places.h"

/* For the docs of shape: widths[i], and bits[i] = tf · width.  Behind the last, up
 * to a multiple of 16, docs and tfs are read and anything is written; 2 bytes
 * behind the lengths are read. */
typedef void place_widths(const struct places_shape *shape,
                          uint8_t widths[BLOCK_DOCS], uint32_t bits[BLOCK_DOCS]);

/* The fastest that may run at a level, usually that of cpu_level(). */
place_widths *place_widths_kernel(enum cpu_level level);

#endif
