/* html_charset.h — which label does a page give itself?
 *
 * That of <?xml encoding?> or of a <meta>, wherever in the first
 * HTML_META_WITHIN bytes it stands (browsers look at 1024; real pages put scripts
 * first), comments left out.  charset.h says when it is believed.
 */
#ifndef NS_PAGE_HTML_CHARSET_H
#define NS_PAGE_HTML_CHARSET_H

#include "base/mem.h"

enum { HTML_META_WITHIN = 256 << 10, HTML_LABEL_MAX = 40 };

/* The first label that charset_named knows; false: none. */
bool html_charset_declared(struct slice page, char label[HTML_LABEL_MAX]);

/* The label behind `key` '=' in text, if charset_named knows it. */
bool html_charset_label(struct slice text, const char *key,
                        char out[HTML_LABEL_MAX]);

/* Makes *page UTF-8: unchanged where it is, else a copy in scratch.  http: the
 * label that came with the page, which goes before its own, or NULL.  Adds to
 * *repairs how many U+FFFD were put for bytes that mean nothing.
 * Errors: NS_E_NOMEM, NS_E_LIMIT (scratch is too small). */
int html_charset_decode(struct slice *page, const char *http,
                        struct buffer *scratch, uint32_t *repairs,
                        struct ns_error *err);

#endif
