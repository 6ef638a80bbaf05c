#include "page/html_fragment.h"

void html_fragment_init(struct html_fragment *fragment)
{
	html_tree_init(&fragment->tree);
	html_blocks_init(&fragment->blocks);
}

void html_fragment_release(struct html_fragment *fragment)
{
	html_tree_release(&fragment->tree);
	html_blocks_release(&fragment->blocks);
}

int html_fragment_text(struct html_fragment *fragment, struct slice html,
                       struct buffer *paragraphs, struct buffer *captions,
                       struct ns_error *err)
{
	const struct html_tree *tree = &fragment->tree;
	const struct html_blocks *blocks = &fragment->blocks;
	TRY(html_tree_parse(&fragment->tree, html, err));
	TRY(html_blocks_collect(&fragment->blocks, tree, 0,
	                        (uint32_t)tree->n_nodes, err));
	for (size_t i = 0; i < blocks->n; i++) {
		uint32_t first = blocks->items[i].first;
		bool caption = tree->nodes[first].marks & HTML_IN_CAPTION;
		struct buffer *out = caption ? captions : paragraphs;
		if (!out)
			continue;
		struct slice text = html_block_text(blocks, i);
		buffer_append(out, text.data, text.len);
		buffer_byte(out, '\n');
	}
	return NS_OK;
}
