/* date_plain.h — what does this date say in the digits that the rest reads?
 *
 * ٦ أبريل ٢٠١٧، ６日, ६ अप्रैल २०१७, ๖ เมษายน ๒๕๖๐: the digits of Arabic, Persian,
 * Devanagari, Bengali and Thai and the wide ones of the east become those of ASCII,
 * the Arabic comma and the wide colon the usual ones; marks that only tell which way
 * a line runs go.
 */
#ifndef NS_DATE_DATE_PLAIN_H
#define NS_DATE_DATE_PLAIN_H

#include "base/base.h"

/* Bytes of the digit at the start of text, and which it is; 0: there is none. */
size_t date_digit_at(struct slice text, char *digit);

/* The text written plainly: itself, where it is so, else in *out, which has room for
 * as many bytes. */
struct slice date_plain(struct slice text, char *out);

#endif
