#include "page/html_blocks.h"

#include "base/white.h"
#include "source/character.h"

/* ---- characters ------------------------------------------------------------- */

/* U+00AD, U+200B–200F, U+2060, U+FEFF and the like say nothing between the
 * letters of a word; their bytes, or 0. */
static size_t nothing_at(struct slice text)
{
	const uint8_t *s = text.data;
	if (text.len >= 2 && s[0] == 0xC2 && s[1] == 0xAD)
		return 2;
	if (text.len < 3)
		return 0;
	uint32_t three = (uint32_t)s[0] << 16 | (uint32_t)s[1] << 8 | s[2];
	bool nothing = (three >= 0xE2808B && three <= 0xE2808F) ||
	               three == 0xE281A0 || three == 0xEFBBBF;
	return nothing ? 3 : 0;
}

static bool is_plain(uint8_t c)
{
	return c > ' ' && c < 0x7F;
}

/* Takes one character that is not plain; *blank: it is white. */
static size_t take_odd(struct buffer *out, struct slice text, bool *blank)
{
	const uint8_t *s = text.data;
	size_t n = nothing_at(text);
	if (n)
		return n;
	n = white_at(text);
	if (n || s[0] < ' ' || s[0] == 0x7F) {
		*blank = true;
		return n ? n : 1;
	}
	if (*blank && out->len)
		buffer_byte(out, ' ');
	*blank = false;
	if (s[0] == 0xC2 && text.len > 1 && s[1] < 0xA0) {
		uint32_t meant = character_of_1252(s[1]);
		if (meant)
			character_append(out, meant);
		return 2;
	}
	n = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
	n = min_size(n, text.len);
	buffer_append(out, s, n);
	return n;
}

/* *blank: white space stands before what comes next. */
static void append_text(struct buffer *out, struct slice text, bool *blank)
{
	for (size_t i = 0, run; i < text.len; i += run) {
		run = 0;
		while (i + run < text.len && is_plain(text.data[i + run]))
			run++;
		if (!run) {
			run = take_odd(out, slice_from(text, i), blank);
			continue;
		}
		if (*blank && out->len)
			buffer_byte(out, ' ');
		*blank = false;
		buffer_append(out, text.data + i, run);
	}
}

void html_text_append(struct buffer *out, struct slice text)
{
	bool blank = false;
	append_text(out, text, &blank);
}

static bool is_cjk(uint8_t lead)
{
	return lead >= 0xE3 && lead <= 0xED && lead != 0xE1;
}

uint32_t html_words(struct slice text)
{
	uint32_t words = 0, halves = 0;
	bool inside = false;
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.data[i];
		bool cjk = is_cjk(c);
		halves += cjk;
		if (c <= ' ' || cjk)
			inside = false;
		else if (!inside && (c < 0x80 || c >= 0xC0)) {
			inside = true;
			words++;
		}
	}
	return words + (halves + 1) / 2;
}

/* ---- blocks ----------------------------------------------------------------- */

/* The block in the making. */
struct flow {
	struct html_blocks *blocks;
	const struct html_tree *tree;
	bool broken, blank;
	unsigned lines; /* <br> since the last text */
	int status;
};

static void begin(struct flow *f, uint32_t node)
{
	struct html_blocks *blocks = f->blocks;
	f->status = mem_grow((void **)&blocks->items, &blocks->room,
	                     blocks->n + 1, sizeof *blocks->items, NULL);
	if (f->status != NS_OK)
		return;
	if (blocks->text.len)
		buffer_byte(&blocks->text, '\n');
	blocks->items[blocks->n++] = (struct html_block){
		.first = node, .element = f->tree->nodes[node].block,
		.at = (uint32_t)blocks->text.len,
	};
	f->broken = f->blank = false;
}

static bool is_blank(struct slice text)
{
	return !white_trim_start(text).len;
}

static void take_text(struct flow *f, uint32_t node)
{
	struct html_blocks *blocks = f->blocks;
	const struct html_node *n = &f->tree->nodes[node];
	struct slice text = html_text_of(f->tree, node);
	if (is_blank(text)) {
		f->blank = true;
		return;
	}
	if (!blocks->n || f->lines > 1 ||
	    blocks->items[blocks->n - 1].element != n->block)
		f->broken = true;
	f->blank |= f->lines > 0;
	f->lines = 0;
	if (f->broken)
		begin(f, node);
	if (f->status != NS_OK)
		return;
	struct html_block *block = &blocks->items[blocks->n - 1];
	size_t before = blocks->text.len;
	if (before == block->at) {
		text = white_trim_start(text);
		f->blank = false;
	}
	append_text(&blocks->text, text, &f->blank);
	uint32_t words = html_words(slice_of(blocks->text.data + before,
	                                     blocks->text.len - before));
	block->words += words;
	if (n->marks & HTML_IN_LINK)
		block->linked += words;
	block->n = (uint32_t)blocks->text.len - block->at;
}

static uint32_t take_node(struct flow *f, uint32_t i)
{
	const struct html_node *node = &f->tree->nodes[i];
	if (node->tag == HTML_TEXT) {
		if (!(node->marks & HTML_LEFT_OUT))
			take_text(f, i);
		return i + 1;
	}
	if (node->tag == HTML_BR)
		f->lines++;
	unsigned kind = html_tag_kind(node->tag);
	if (kind & KIND_IS_BLOCK)
		f->broken = true;
	if (kind & KIND_UNSEEN || node->marks & HTML_LEFT_OUT)
		return node->end;
	return i + 1;
}

int html_blocks_collect(struct html_blocks *blocks,
                        const struct html_tree *tree, uint32_t from,
                        uint32_t end, struct ns_error *err)
{
	struct flow flow = {.blocks = blocks, .tree = tree, .broken = true};
	blocks->n = 0;
	buffer_clear(&blocks->text);
	buffer_reserve(&blocks->text, 1); /* blocks without a byte lie there too */
	TRY(buffer_check(&blocks->text, err));
	for (uint32_t i = from; i < end && flow.status == NS_OK;)
		i = take_node(&flow, i);
	if (flow.status != NS_OK)
		return err_nomem(err);
	return buffer_check(&blocks->text, err);
}

void html_blocks_init(struct html_blocks *blocks)
{
	*blocks = (struct html_blocks){0};
	buffer_init(&blocks->text, NS_ARTICLE_MAX * 2);
}

void html_blocks_release(struct html_blocks *blocks)
{
	mem_free(blocks->items);
	buffer_release(&blocks->text);
	html_blocks_init(blocks);
}

size_t html_blocks_at(const struct html_blocks *blocks, uint32_t node)
{
	size_t low = 0, high = blocks->n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (blocks->items[middle].first < node)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
