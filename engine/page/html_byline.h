/* html_byline.h — does a line below the headline say who wrote it?
 *
 * "By Ann Bee and Cee Dee, Staff Writers | April 6, 2017": where nothing in the
 * page's tags names an author, the short lines behind the headline are looked
 * through for one that begins with "By" and a name: words with a capital, at least
 * two, up to a comma, a date or a word without.  In the sets of real pages 38 more
 * pages have an author so, who is the right one in all; one has a word of his title
 * behind it, as nothing parts them in the page ("Howard BlumeStaff Writer").
 * English only, since "von" and "de" begin names, too.
 */
#ifndef NS_PAGE_HTML_BYLINE_H
#define NS_PAGE_HTML_BYLINE_H

#include "page/html_blocks.h"

enum { BYLINE_BEHIND = 20, BYLINE_WORDS = 16 };

/* blocks: of the whole page; headline: an element, or 0: then none is found.  A
 * part of blocks->text, or an empty slice. */
struct slice html_byline_find(const struct html_blocks *blocks,
                              uint32_t headline);

/* The names at the front of a line, or an empty slice. */
struct slice html_byline_names(struct slice line);

#endif
