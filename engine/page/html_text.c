#include "page/html_text.h"

#include "page/html_hints.h"

enum {
	WORDS_GOOD = 6,
	ISOLATED = 4,
	ARTICLE_WORDS = 50, /* above readers' comments, that are an article */
};

/* ---- how much a block looks like a sentence of the article --------------------- */

static bool is_heading(enum html_tag tag)
{
	return tag >= HTML_H1 && tag <= HTML_H6;
}

static bool ends_sentence(struct slice text)
{
	if (!text.len)
		return false;
	uint8_t c = text.data[text.len - 1];
	return c == '.' || c == '!' || c == '?' || c == '"' || c == ':' ||
	       c == ')' || c >= 0x80;
}

static int64_t value_of(const struct html_tree *tree,
                        const struct html_blocks *blocks, size_t i)
{
	const struct html_block *b = &blocks->items[i];
	enum html_tag tag = (enum html_tag)tree->nodes[b->element].tag;
	int64_t own = (int64_t)b->words - b->linked;
	if (b->linked * 2 > b->words)
		return -(int64_t)min_u32(b->linked, 10);
	if (is_heading(tag))
		return 0;
	bool sentence = ends_sentence(html_block_text(blocks, i));
	if (own >= WORDS_GOOD || (sentence && own > 3))
		return tag == HTML_LI || !sentence ? own / 2 : own;
	return -1;
}

static int sum_values(struct html_text *text, const struct html_tree *tree,
                      bool positive, struct ns_error *err)
{
	const struct html_blocks *blocks = &text->blocks;
	TRY(mem_grow((void **)&text->sums, &text->sum_room, blocks->n + 1,
	             sizeof *text->sums, err));
	text->sums[0] = 0;
	int64_t before = 0, after = blocks->n ? value_of(tree, blocks, 0) : 0;
	for (size_t i = 0; i < blocks->n; i++) {
		int64_t value = after;
		after = i + 1 < blocks->n ? value_of(tree, blocks, i + 1) : 0;
		int64_t own = value;
		if (value > 0 && before <= 0 && after <= 0 && before + after < -2)
			value /= ISOLATED;
		before = own;
		if (positive && value < 0)
			value = 0;
		text->sums[i + 1] = text->sums[i] + value;
	}
	return NS_OK;
}

static int64_t sum_of(const struct html_text *text,
                      const struct html_tree *tree, uint32_t node)
{
	return text->sums[html_blocks_at(&text->blocks, tree->nodes[node].end)] -
	       text->sums[html_blocks_at(&text->blocks, node)];
}

/* ---- what is left out ---------------------------------------------------------- */

/* Is what stands between the headline and the node an article? */
static bool is_below_article(const struct html_text *text,
                             const struct html_tree *tree, uint32_t node,
                             uint32_t headline)
{
	uint32_t end = headline ? tree->nodes[headline].end : UINT32_MAX;
	return end <= node &&
	       text->sums[html_blocks_at(&text->blocks, node)] -
	       text->sums[html_blocks_at(&text->blocks, end)] >= ARTICLE_WORDS;
}

static void leave_out(struct html_text *text, struct html_tree *tree,
                      uint32_t from, uint32_t end, uint32_t headline)
{
	int64_t all = text->sums[text->blocks.n];
	for (uint32_t i = from; i < end;) {
		struct html_node *node = &tree->nodes[i];
		unsigned hints = node->tag == HTML_TEXT ? 0 :
			html_hints_of(tree, i);
		int64_t own = hints ? sum_of(text, tree, i) : 0;
		bool out = hints & HINT_HIDDEN;
		if (hints & (HINT_FURNITURE | HINT_COMMENTS) && own * 2 <= all)
			out = true;
		if (hints & HINT_COMMENTS &&
		    is_below_article(text, tree, i, headline))
			out = true;
		if (hints & HINT_FACTS && own <= 30)
			out = true;
		if (out) {
			node->marks |= HTML_LEFT_OUT;
			i = node->end;
			continue;
		}
		if (hints & HINT_CAPTION && own * 4 <= all)
			for (uint32_t k = i; k < node->end; k++)
				tree->nodes[k].marks |= HTML_IN_CAPTION;
		i++;
	}
}

/* ---- which element --------------------------------------------------------------- */

static uint32_t choose(const struct html_text *text,
                       const struct html_tree *tree, uint32_t from,
                       uint32_t end)
{
	uint32_t best = from;
	int64_t most = INT64_MIN;
	for (uint32_t i = from; i < end; i++) {
		if (!(html_tag_kind((enum html_tag)tree->nodes[i].tag) &
		      KIND_IS_BLOCK))
			continue;
		int64_t sum = sum_of(text, tree, i);
		if (sum >= most) {
			most = sum;
			best = i;
		}
	}
	return best;
}

/* From the first to the last block of the chosen element that has a value. */
static void find_run(const struct html_text *text,
                     const struct html_tree *tree, uint32_t headline,
                     size_t *first, size_t *last)
{
	const struct html_blocks *blocks = &text->blocks;
	const int64_t *sums = text->sums;
	size_t from = html_blocks_at(blocks, text->chosen);
	size_t end = html_blocks_at(blocks, tree->nodes[text->chosen].end);
	if (headline) {
		size_t below = html_blocks_at(blocks, tree->nodes[headline].end);
		if (below > from && below < end &&
		    sums[below] - sums[from] < sums[end] - sums[below])
			from = below;
	}
	*first = *last = from;
	for (size_t i = from; i < end; i++) {
		if (sums[i + 1] <= sums[i])
			continue;
		if (*last == from)
			*first = i;
		*last = i + 1;
	}
}

static int use_blocks(struct html_text *text, const struct html_tree *tree,
                      uint32_t headline, struct ns_error *err)
{
	const struct html_blocks *blocks = &text->blocks;
	TRY(mem_grow((void **)&text->uses, &text->use_room, blocks->n + 1, 1,
	             err));
	memset(text->uses, USE_NONE, blocks->n + 1);
	size_t first, last;
	find_run(text, tree, headline, &first, &last);
	for (size_t i = first; i < last; i++) {
		const struct html_block *b = &blocks->items[i];
		if (tree->nodes[b->first].marks & HTML_IN_CAPTION)
			text->uses[i] = USE_CAPTION;
		else if (b->linked * 2 <= b->words || b->words < 3)
			text->uses[i] = USE_TEXT;
	}
	return NS_OK;
}

int html_text_find(struct html_text *text, struct html_tree *tree,
                   uint32_t from, uint32_t end, uint32_t headline,
                   struct ns_error *err)
{
	TRY(html_blocks_collect(&text->blocks, tree, from, end, err));
	TRY(sum_values(text, tree, true, err));
	leave_out(text, tree, from, end, headline);
	TRY(html_blocks_collect(&text->blocks, tree, from, end, err));
	TRY(sum_values(text, tree, false, err));
	text->chosen = choose(text, tree, from, end);
	return use_blocks(text, tree, headline, err);
}

void html_text_init(struct html_text *text)
{
	*text = (struct html_text){0};
	html_blocks_init(&text->blocks);
}

void html_text_release(struct html_text *text)
{
	html_blocks_release(&text->blocks);
	mem_free(text->sums);
	mem_free(text->uses);
	html_text_init(text);
}
