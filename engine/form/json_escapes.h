/* json_escapes.h — which \u escapes of a line stand for no character? which NaN?
 *
 * Half a surrogate pair is none, and neither is \u0000, since no text has a NUL
 * byte.  yajl swallows the character behind a lone high half and writes a lone
 * low half as bytes that are not UTF-8; so the line is mended before yajl sees
 * it, in place, since \ufffd has the same length:
 *
 *     "\ud83d\ude00 \ud83d! \\ud83d"  →  "\ud83d\ude00 \ufffd! \\ud83d"
 */
#ifndef NS_FORM_JSON_ESCAPES_H
#define NS_FORM_JSON_ESCAPES_H

#include "base/base.h"

/* Returns how many escapes became \ufffd. */
uint32_t json_escapes_mend(uint8_t *line, size_t n);

/* Python writes a number that is none as NaN, which is no JSON: outside of strings it
 * becomes "" here, and -Infinity, which no article has, stays.  Returns how many. */
uint32_t json_nan_mend(uint8_t *line, size_t n);

#endif
