#include "page/html_listing.h"

#include "base/ascii.h"
#include "base/white.h"

enum {
	HEADING_WITHIN = 200, /* nodes of an element that are looked through */
	WORDS_SENTENCE = 8,
};

static bool is_heading(const struct html_node *node)
{
	return node->tag >= HTML_H1 && node->tag <= HTML_H5;
}

static struct slice link_of(const struct html_tree *tree, uint32_t heading)
{
	const struct html_node *h = &tree->nodes[heading];
	uint32_t i = heading;
	if (h->marks & HTML_IN_LINK)
		while (i && tree->nodes[i].tag != HTML_A)
			i = tree->nodes[i].parent;
	else
		while (i < h->end && tree->nodes[i].tag != HTML_A)
			i++;
	return i && i < h->end ? html_value_of(tree, i, ATTR_HREF)
	                       : slice_of(NULL, 0);
}

static bool has_words(const struct html_tree *tree, uint32_t node)
{
	uint32_t words = 0, end = tree->nodes[node].end;
	for (uint32_t i = node; i < end && words < 2; i++)
		if (tree->nodes[i].tag == HTML_TEXT)
			words += html_words(html_text_of(tree, i));
	return words >= 2;
}

/* The first heading of an element that has two words, or 0. */
static uint32_t heading_in(const struct html_tree *tree, uint32_t node)
{
	uint32_t end = min_u32(tree->nodes[node].end, node + HEADING_WITHIN);
	for (uint32_t i = node + 1; i < end; i++)
		if (is_heading(&tree->nodes[i]) && has_words(tree, i))
			return i;
	return 0;
}

static bool is_sentence(const struct html_block *block)
{
	return block->words >= WORDS_SENTENCE &&
	       block->linked * 2 <= block->words;
}

/* Words of the sentences of an element, those of its heading not counted. */
static uint32_t sentences_in(const struct html_listing *listing,
                             const struct html_tree *tree, uint32_t node,
                             uint32_t heading)
{
	const struct html_blocks *blocks = &listing->blocks;
	size_t end = html_blocks_at(blocks, tree->nodes[node].end);
	uint32_t words = 0;
	for (size_t i = html_blocks_at(blocks, node); i < end; i++)
		if (is_sentence(&blocks->items[i]) &&
		    blocks->items[i].element != heading)
			words += blocks->items[i].words;
	return words;
}

/* The first word of a class, its digits left out. */
static size_t kind_of(const struct html_tree *tree, uint32_t node, char *out,
                      size_t room)
{
	struct slice value = html_value_of(tree, node, ATTR_CLASS);
	size_t n = 0;
	value = white_trim_start(value);
	for (size_t i = 0; i < value.len && value.data[i] > ' '; i++)
		if (n < room && !ascii_digit(value.data[i]))
			out[n++] = (char)value.data[i];
	return n;
}

static bool is_alike(const struct html_tree *tree, uint32_t a, uint32_t b)
{
	char first[64], second[64];
	if (tree->nodes[a].tag != tree->nodes[b].tag)
		return false;
	if (tree->nodes[a].tag == HTML_ARTICLE)
		return true;
	size_t n = kind_of(tree, a, first, sizeof first);
	return n == kind_of(tree, b, second, sizeof second) &&
	       !memcmp(first, second, n);
}

static bool may_be_member(const struct html_node *node)
{
	switch ((enum html_tag)node->tag) {
	case HTML_ARTICLE:
	case HTML_DIV:
	case HTML_SECTION:
	case HTML_LI:
	case HTML_TD:
	case HTML_TR:
		return true;
	default:
		return false;
	}
}

/* Appends the members among the children of one element that are like the first
 * of them; returns their words. */
static int gather(struct html_listing *listing, const struct html_tree *tree,
                  uint32_t parent, uint32_t *words, struct ns_error *err)
{
	size_t first = listing->n;
	*words = 0;
	for (uint32_t i = parent + 1; i < tree->nodes[parent].end;
	     i = tree->nodes[i].end) {
		if (!may_be_member(&tree->nodes[i]) ||
		    (listing->n > first &&
		     !is_alike(tree, i, listing->items[first].element)))
			continue;
		uint32_t heading = heading_in(tree, i);
		struct slice url = heading ? link_of(tree, heading)
		                           : slice_of(NULL, 0);
		bool article = tree->nodes[i].tag == HTML_ARTICLE;
		uint32_t own = heading && (article || url.len)
			? sentences_in(listing, tree, i, heading) : 0;
		if (own < LISTING_WORDS)
			continue;
		TRY(mem_grow((void **)&listing->items, &listing->room,
		             listing->n + 1, sizeof *listing->items, err));
		listing->items[listing->n++] = (struct html_member){i, heading,
			url};
		*words += own;
	}
	return NS_OK;
}

static bool says_article(const struct html_tree *tree)
{
	for (uint32_t i = 0; i < tree->n_nodes; i++) {
		if (tree->nodes[i].tag != HTML_META)
			continue;
		struct slice name = html_value_of(tree, i, ATTR_PROPERTY);
		struct slice value = html_value_of(tree, i, ATTR_CONTENT);
		if (slice_equal(name, slice_of("og:type", 7)) &&
		    slice_equal(value, slice_of("article", 7)))
			return true;
	}
	return false;
}

/* Most pages are none, and are told so by a look at the tags. */
static bool may_be_listing(const struct html_tree *tree)
{
	size_t articles = 0, linked = 0;
	for (uint32_t i = 0; i < tree->n_nodes; i++) {
		articles += tree->nodes[i].tag == HTML_ARTICLE;
		linked += is_heading(&tree->nodes[i]) &&
		          link_of(tree, i).len > 0;
	}
	return (articles > 1 || linked > 2) && !says_article(tree);
}

static int search(struct html_listing *listing, const struct html_tree *tree,
                  struct ns_error *err)
{
	const struct html_blocks *blocks = &listing->blocks;
	uint32_t all = 0;
	for (size_t i = 0; i < blocks->n; i++)
		if (is_sentence(&blocks->items[i]))
			all += blocks->items[i].words;
	for (uint32_t i = 0; i < tree->n_nodes; i++) {
		uint32_t words = 0;
		listing->n = 0;
		if (tree->nodes[i].tag == HTML_TEXT)
			continue;
		TRY(gather(listing, tree, i, &words, err));
		if (!listing->n || words * 2 <= all)
			continue;
		bool article = tree->nodes[listing->items[0].element].tag ==
		               HTML_ARTICLE;
		if (listing->n >= (article ? 2 : 3))
			return NS_OK;
	}
	listing->n = 0;
	return NS_OK;
}

int html_listing_find(struct html_listing *listing,
                      const struct html_tree *tree, struct ns_error *err)
{
	listing->n = 0;
	if (!may_be_listing(tree))
		return NS_OK;
	TRY(html_blocks_collect(&listing->blocks, tree, 0,
	                        (uint32_t)tree->n_nodes, err));
	return search(listing, tree, err);
}

void html_listing_init(struct html_listing *listing)
{
	*listing = (struct html_listing){0};
	html_blocks_init(&listing->blocks);
}

void html_listing_release(struct html_listing *listing)
{
	mem_free(listing->items);
	html_blocks_release(&listing->blocks);
	html_listing_init(listing);
}
