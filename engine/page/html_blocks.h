/* html_blocks.h — which paragraphs would a reader see?
 *
 * A block is text that no block element, rule or empty line (two <br>) cuts:
 * what a browser sets as one paragraph.  White space is one blank, as a browser
 * has it; zero-width spaces and soft hyphens go; U+0080–009F, which only
 * &#128;–&#159; can write, are the characters of windows-1252 that were meant.
 */
#ifndef NS_PAGE_HTML_BLOCKS_H
#define NS_PAGE_HTML_BLOCKS_H

#include "page/html_tree.h"

struct html_block {
	uint32_t first;    /* its first node of text */
	uint32_t element;  /* the block element around it */
	uint32_t at, n;    /* bytes of blocks->text */
	uint32_t words;    /* counted by blanks; two of China's or Japan's
	                      characters, or of Korea's syllables, are one */
	uint32_t linked;   /* words of these inside of links */
};

struct html_blocks {
	struct html_block *items;
	size_t n, room;
	struct buffer text;
};

void html_blocks_init(struct html_blocks *blocks);
void html_blocks_release(struct html_blocks *blocks);

/* The blocks of nodes [from, end), what is HTML_LEFT_OUT or unseen left out.
 * Errors: NS_E_NOMEM, NS_E_LIMIT. */
int html_blocks_collect(struct html_blocks *blocks,
                        const struct html_tree *tree, uint32_t from,
                        uint32_t end, struct ns_error *err);

/* The first block that begins at a node or behind it; blocks->n: none does. */
size_t html_blocks_at(const struct html_blocks *blocks, uint32_t node);

static inline struct slice html_block_text(const struct html_blocks *blocks,
                                           size_t i)
{
	const struct html_block *block = &blocks->items[i];
	return slice_of(blocks->text.data + block->at, block->n);
}

/* Appends text as a block has it: white space made one blank. */
void html_text_append(struct buffer *out, struct slice text);

/* Words as a block counts them. */
uint32_t html_words(struct slice text);

#endif
