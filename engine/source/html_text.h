/* html_text.h — which of a page's paragraphs are the article?
 */
#ifndef NS_SOURCE_HTML_TEXT_H
#define NS_SOURCE_HTML_TEXT_H

#include "source/html_blocks.h"

enum html_use {
	USE_NONE,
	USE_TEXT,
	USE_CAPTION,
};

/* What the passes keep of one page; the memory serves the next. */
struct html_text {
	struct html_blocks blocks;
	int64_t *sums;      /* of values, before each block */
	uint8_t *uses;      /* enum html_use, a block each */
	size_t sum_room, use_room;
	uint32_t chosen;    /* the element that holds the article */
};

void html_text_init(struct html_text *text);
void html_text_release(struct html_text *text);

/* Marks the tree and says of each block in nodes [from, end) what it is.
 * headline: the element that is the headline, or 0.
 * Errors: NS_E_NOMEM, NS_E_LIMIT. */
int html_text_find(struct html_text *text, struct html_tree *tree,
                   uint32_t from, uint32_t end, uint32_t headline,
                   struct ns_error *err);

#endif
