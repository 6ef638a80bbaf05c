/* character.h — which bytes are this character, and which character was this byte?
 *
 * Numbers of characters stand in references ("&#8217;") and escapes.  Those from 128
 * to 159 are controls that nobody means: writers of windows-1252 took its bytes for
 * numbers.
 */
#ifndef NS_SOURCE_CHARACTER_H
#define NS_SOURCE_CHARACTER_H

#include "base/mem.h"

/* As UTF-8: 1 to 4 bytes.  character: below 0x200000. */
size_t character_put(uint32_t character, uint8_t out[4]);
void character_append(struct buffer *out, uint32_t character);

/* What windows-1252 has at 0x80 to 0x9F; 0: nothing. */
uint32_t character_of_1252(uint32_t byte);

#endif
