/* html_charset.h — which characters are the bytes of this page?
 *
 * In this order: a byte order mark; the charset that came with the page (HTTP's
 * header); that of <?xml encoding?> or of a <meta>, wherever in the first
 * HTML_META_WITHIN bytes it stands; what the bytes look like.  Labels mean what
 * browsers take them for (WHATWG Encoding): iso-8859-1 is windows-1252, gb2312
 * is gb18030; those that they do not know are not believed.
 *
 * One thing differs from a browser, which has the bytes from the server: a page
 * whose bytes beyond ASCII are all good UTF-8 is UTF-8 whatever its <meta> says,
 * because scrapers save pages as UTF-8 and leave the <meta> as it was (3 of the
 * 640 pages this was written with; no page of those was hurt by it).
 */
#ifndef NS_SOURCE_HTML_CHARSET_H
#define NS_SOURCE_HTML_CHARSET_H

#include "base/mem.h"

enum { HTML_META_WITHIN = 256 << 10 };

/* What iconv calls the charset; http: the label that came with it, or NULL. */
const char *html_charset_of(struct slice page, const char *http);

/* Makes *page UTF-8: unchanged where it is, else a copy in scratch.  Adds to
 * *repairs how many U+FFFD were put for bytes that mean nothing.
 * Errors: NS_E_NOMEM, NS_E_LIMIT (scratch is too small). */
int html_charset_decode(struct slice *page, const char *http,
                        struct buffer *scratch, uint32_t *repairs,
                        struct ns_error *err);

#endif
