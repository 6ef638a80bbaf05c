/* white.h — which characters at the ends of a line say nothing?
 *
 * Scraped pages pad with no-break spaces, zero-width spaces and stray byte order
 * marks; a line of them is as blank as an empty one.  White here is: ASCII space
 * and U+0009–000D, U+0085, U+00A0, U+1680, U+2000–200B, U+2028, U+2029, U+202F,
 * U+205F, U+3000, U+FEFF.
 */
#ifndef NS_BASE_WHITE_H
#define NS_BASE_WHITE_H

#include "base/base.h"

/* Bytes of the white character at the start of text, or 0. */
size_t white_at(struct slice text);

/* text without the white characters at its start, its end, both. */
struct slice white_trim_start(struct slice text);
struct slice white_trim_end(struct slice text);
struct slice white_trim(struct slice text);

#endif
