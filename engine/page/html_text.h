/* html_text.h — which of a page's paragraphs are the article?
 *
 * 1. Each block (html_blocks.h) has a value: its words outside of links, where it
 *    has WORDS_GOOD of them or ends as a sentence; half of them in a list or
 *    without a sentence's end; less than nothing where more than half of its words
 *    are links; -1 where it is shorter.  A block between two that are worth
 *    nothing, one of them links, counts a quarter: such are teasers.
 * 2. Elements whose names say that they are furniture or comments (html_hints.h),
 *    or that hold facts in a few words, are left out, unless they hold half of what
 *    the page is worth; comments below an article, and hidden ones, always.
 * 3. The innermost element with the largest sum holds the article.
 * 4. Its blocks are used behind the headline, if more is worth something behind
 *    than before it, from the first to the last that is worth something, but not
 *    those that are mostly links.
 *
 * Measured (tests/extraction.c; F1 of article-extraction-benchmark, readability,
 * newspaper), each rule left out alone:
 *
 *     all rules                        .968  .933  .939
 *     without 1's quarter              .958  .918  .936
 *     10 words for 6 in 1              .966  .934  .931
 *     without 2, furniture             .927  .915  .907
 *                comments only         .952  .922  .928
 *                hidden                .962  .928  .937
 *                facts                 .961  .934  .933
 *                "unless they hold"    .667  .706  .785
 *     captions as text                 .960  .936  .936
 *     without 3                        .964  .935  .932
 *     without 4, headline              .964  .933  .938
 *                first to last         .966  .936  .939
 *                links                 .966  .938  .940
 *
 * Beside them the text of all <p> has .841, .843, .811.  Rejected: the run of
 * blocks with the largest sum for first to last (.962, .932, .931 where first to
 * last had .966, .934, .931): a list of links inside of a text cut off what came
 * behind it.
 */
#ifndef NS_PAGE_HTML_TEXT_H
#define NS_PAGE_HTML_TEXT_H

#include "page/html_blocks.h"

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
