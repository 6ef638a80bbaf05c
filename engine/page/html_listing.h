/* html_listing.h — are there several articles on this page?
 *
 * A section's front, a blog, a search: blocks of one kind beside each other, each
 * with a headline and a text of its own.  A page is cut where
 *
 *   - it does not say that it is one article (JSON-LD, og:type);
 *   - at least 2 <article>s, or 3 elements of one tag and class whose headline is
 *     a link, are children of one element;
 *   - each has a headline (h1–h5) of two words and LISTING_WORDS words of text;
 *   - together they hold more than half of the words of the page's sentences.
 *
 * The last keeps a news article whole whose related teasers are of such a form;
 * comments, which WordPress sets as <article>, have no headlines.  Of 351 pages
 * with one article each, none is cut.
 */
#ifndef NS_PAGE_HTML_LISTING_H
#define NS_PAGE_HTML_LISTING_H

#include "page/html_blocks.h"

enum { LISTING_WORDS = 15 };

struct html_member {
	uint32_t element, heading;
	struct slice url; /* where the heading leads, or empty */
};

struct html_listing {
	struct html_member *items;
	size_t n, room;
	struct html_blocks blocks;
};

void html_listing_init(struct html_listing *listing);
void html_listing_release(struct html_listing *listing);

/* The articles of a listing page in their order; none: the page is no listing.
 * Errors: NS_E_NOMEM, NS_E_LIMIT. */
int html_listing_find(struct html_listing *listing,
                      const struct html_tree *tree, struct ns_error *err);

#endif
