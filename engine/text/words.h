/* words.h — where do words begin and end in this text?
 *
 * The word boundaries of UAX #29 (rules WB4 to WB13b), over classes that are
 * derived from utf8proc's general categories, since utf8proc has no word-break
 * property: letters are L and Nl but ideographs and kana, digits are Nd,
 * connectors Pc, extenders M and Cf; the Mid classes, Katakana and Hebrew are
 * short lists.  Boundaries are found in the original bytes.
 *
 * What UAX #29 says of the news:
 *     don’t      one word (an apostrophe between letters)
 *     10:30      two words (a colon joins letters, not digits)
 *     1,204.50   one word
 *     U.S.       "U.S" and a stop; analyzer.c takes the stop in
 *     RT_com     one word
 *
 * A bad byte is no part of a word.
 */
#ifndef NS_TEXT_WORDS_H
#define NS_TEXT_WORDS_H

#include "base/base.h"

struct word {
	size_t start, end;  /* bytes of the text */
	bool ascii;         /* no byte ≥ 0x80 */
	bool digit;         /* holds a digit */
};

/* The first word that starts at or after `from`; false where there is none. */
bool words_next(struct slice text, size_t from, struct word *out);

#endif
