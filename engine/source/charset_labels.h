/* charset_labels.h — what does somebody mean who writes "latin1"?
 *
 * The labels of the WHATWG's Encoding Standard, which is how browsers read them:
 * latin1 and ASCII are windows-1252, gb2312 is GB18030, Shift_JIS and EUC-KR have
 * Microsoft's additions.  A label is its letters and digits: people write
 * "iso8859_1", "utf 8" and "UTF-8;".  Added is what news of other kinds than pages
 * says: code pages of DOS, UTF-7, UTF-32, ISO-2022-KR (which browsers refuse as a
 * danger to scripts).  utf-16 without a mark is little-endian.
 *
 * No label, as if there were none: x-user-defined, replacement, hz-gb-2312 (glibc
 * has no HZ), unknown-8bit, x-unknown, default, binary.
 */
#ifndef NS_SOURCE_CHARSET_LABELS_H
#define NS_SOURCE_CHARSET_LABELS_H

#include "base/base.h"

/* A name that iconv knows, static; NULL: no label that means one. */
const char *charset_named(struct slice label);

#endif
