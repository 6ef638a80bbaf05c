/* html_hints.h — what do an element's names say it is?
 *
 * Words of class and id (cut at signs and at capitals: "relatedPosts", "c-share")
 * and the role.  A word is believed only where it says what the element *is*;
 * html_text.c still keeps an element that holds most of the page's text, because
 * <body class="has-sidebar comments-open"> is no sidebar.
 */
#ifndef NS_PAGE_HTML_HINTS_H
#define NS_PAGE_HTML_HINTS_H

#include "page/html_tree.h"

enum html_hint {
	HINT_FURNITURE = 1,  /* navigation, advertisements, shares, related */
	HINT_COMMENTS = 2,   /* what readers wrote */
	HINT_CAPTION = 4,
	HINT_FACTS = 8,      /* by whom and when: a line, not the text */
	HINT_CONTENT = 16,   /* "article-body", itemprop=articleBody */
	HINT_HIDDEN = 32,    /* not shown */
};

/* HINT_… of one element. */
unsigned html_hints_of(const struct html_tree *tree, uint32_t node);

#endif
