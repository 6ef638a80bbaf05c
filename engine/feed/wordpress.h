/* wordpress.h — which HTML does WordPress show of what its export holds?
 *
 * An export (WXR) has posts as they were typed; what a feed or a page shows is made
 * of it when it is shown:
 *
 *   [caption width="3"]<img> Text[/caption]   a caption, as <figcaption>
 *   [gallery ids="1,2"] [audio …] [video …]   nothing, with what is inside
 *   [embed]https://…[/embed] …
 *   [vc_row] [/et_pb_text] [fusion_text] …    what page builders write around texts:
 *                                             the brackets go, the text stays
 *   an empty line                             parts paragraphs
 *
 * Other brackets are text ("[sic]"), as is "[[gallery]]", which is how WordPress
 * writes that one is meant.  Only exports are read so: in a feed of others a
 * bracket is what its writer put there.  Of the 186 items of the export that themes are
 * tested with (WPTT/theme-test-data) 78 are articles; 107 are pictures and entries of
 * menus, one is a draft.
 */
#ifndef NS_FEED_WORDPRESS_H
#define NS_FEED_WORDPRESS_H

#include "base/mem.h"

/* Appends a post's text as HTML; returns how many shortcodes of it are not text.
 * Whether all fitted, out's sticky status says. */
uint32_t wordpress_html(struct slice post, struct buffer *out);

/* Whether an export's wp:post_type or wp:status is one of what is no article: a
 * picture, an entry of a menu, an older text, a setting; never printed. */
bool wordpress_is_no_post(struct slice type);
bool wordpress_is_unprinted(struct slice status);

#endif
