/* html_dateline.h — does a line near the headline say a date?
 *
 * "Published 2017-04-06 by Jane Doe": where nothing in the page's tags says when
 * it was printed, the short lines from DATELINE_BEFORE blocks before the headline
 * to DATELINE_BEHIND behind it are looked through for words that date.h
 * understands, the longest run first.  Not the whole page: articles speak of other
 * days than their own.
 */
#ifndef NS_PAGE_HTML_DATELINE_H
#define NS_PAGE_HTML_DATELINE_H

#include "page/html_blocks.h"

enum { DATELINE_BEFORE = 3, DATELINE_BEHIND = 6, DATELINE_WORDS = 25 };

/* blocks: of the whole page; headline: an element, or 0: the page's start; language:
 * of date.h.  A part of blocks->text, or an empty slice. */
struct slice html_dateline_find(const struct html_blocks *blocks,
                                uint32_t headline, struct slice language);

#endif
