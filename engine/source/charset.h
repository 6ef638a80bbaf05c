/* charset.h — which encoding are these bytes in, and what is their text?
 *
 * What wins, from the first that says something:
 *
 *   a byte order mark   of UTF-8, UTF-16, UTF-32
 *   zero bytes          UTF-16 without a mark: units in one byte order that are
 *                       text, of which some are ASCII
 *   the label           of a header, a <meta>, an XML declaration, read as browsers
 *                       do (charset_labels.h); an unknown one is none
 *   UTF-8               where the sequences of it outnumber all else that is not
 *                       ASCII: such a file has faults, it is not in another encoding
 *   libuchardet         asked where there are enough such bytes (detect.h)
 *   windows-1252
 *
 * A label is overruled where it cannot be: UTF-16 of bytes without zeros (browsers
 * do that too); UTF-8 of bytes that are not; and anything but UTF-8 of bytes that
 * are it beyond chance, which browsers do not: who saved a page as UTF-8 left the
 * <meta> in it as it was.
 */
#ifndef NS_SOURCE_CHARSET_H
#define NS_SOURCE_CHARSET_H

#include "base/mem.h"

/* A name that iconv knows, "UTF-8" too; static.  NULL: memory ended.
 * declared: a label or NULL.  whole: no byte follows the prefix. */
const char *charset_of(struct slice prefix, const char *declared, bool whole);

/* UTF-16 or UTF-32, by a mark or by zeros; NULL: neither.  Such text does not look
 * like text to who counts zeros. */
const char *charset_wide(struct slice prefix);

/* Appends bytes to out as UTF-8.  Bad bytes and NULs become U+FFFD, each counted in
 * *repairs; a byte order mark at the start is left out.  charset: what charset_of or
 * charset_named (charset_labels.h) returned; NULL is NS_E_NOMEM.
 * NS_OK, NS_E_NOMEM, NS_E_LIMIT (out is full), or NS_E_USAGE (the system has no
 * such encoding). */
int charset_decode(struct slice bytes, const char *charset, struct buffer *out,
                   uint32_t *repairs);

#endif
