/* html_fragment.h — what does a piece of HTML say, as plain text?
 *
 * For HTML that is wholly an article's (a feed's content:encoded, a wiki's
 * note): nothing is taken for furniture, but for what no reader sees (scripts,
 * styles, forms' buttons).  html_text.h finds the article in a whole page.
 */
#ifndef NS_PAGE_HTML_FRAGMENT_H
#define NS_PAGE_HTML_FRAGMENT_H

#include "page/html_blocks.h"

/* What a fragment is read with; kept from one to the next. */
struct html_fragment {
	struct html_tree tree;
	struct html_blocks blocks;
};

void html_fragment_init(struct html_fragment *fragment);
void html_fragment_release(struct html_fragment *fragment);

/* Appends the paragraphs of html, which is UTF-8, each ended by '\n', to
 * *paragraphs, and those inside of <figcaption> and <caption> to *captions
 * (NULL: left out).  Whether all fitted, the buffers' sticky status says.
 * Errors: NS_E_NOMEM, NS_E_LIMIT (html_tree.h: hostile HTML). */
int html_fragment_text(struct html_fragment *fragment, struct slice html,
                       struct buffer *paragraphs, struct buffer *captions,
                       struct ns_error *err);

#endif
