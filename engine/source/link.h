/* link.h — which address does a link on a page mean?
 *
 * Pages call themselves and others by a part of an address ("/2017/a.html"); where
 * a crawl says what the page's own was, the whole is known, and it must be: two
 * sites have a /2017/a.html each.  Of RFC 3986 5.2 what people write: an authority,
 * a path from the root or beside the page's, with ../ before it, a query.
 */
#ifndef NS_SOURCE_LINK_H
#define NS_SOURCE_LINK_H

#include "base/mem.h"

/* Appends link to out, made whole by base where it is no whole address and base, of
 * http or https, is. */
void link_join(struct slice link, struct slice base, struct buffer *out);

#endif
