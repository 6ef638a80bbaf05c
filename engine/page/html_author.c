#include "page/html_author.h"

#include "base/ascii_case.h"
#include "base/white.h"
#include "page/html_byline.h"

enum {
	TEXT_MAX = 200, /* bytes of an element that is a name and little more */
	UNCASED_WORDS = 4,
};

static bool says_author(struct slice class)
{
	static const char *const names[] = {"author", "authors", "byline",
		"author-name", "author_name", "authorname", "author__name",
		"author-link", "article-author", "article__author",
		"article-byline", "article__byline", "post-author",
		"entry-author", "story-author", "story-byline", "byline-name",
		"byline__name", "byline-author", "byline__author",
		"byline-content", "news-author"};
	for (size_t i = 0, n; i < class.len; i += n + 1) {
		struct slice rest = slice_from(class, i);
		for (n = 0; n < rest.len && rest.data[n] > ' ';)
			n++;
		if (ascii_is_any(slice_of(rest.data, n), names, ARRAY_LEN(names)))
			return true;
	}
	return false;
}

/* The text of an element in one line; what is longer than TEXT_MAX is cut. */
static void text_of(const struct html_tree *tree, uint32_t node,
                    struct buffer *out)
{
	uint32_t end = tree->nodes[node].end, block = tree->nodes[node].block;
	buffer_clear(out);
	for (uint32_t i = node + 1; i < end && out->len < TEXT_MAX; i++) {
		if (tree->nodes[i].tag != HTML_TEXT ||
		    (tree->nodes[i].marks & HTML_LEFT_OUT))
			continue;
		/* "<span>By</span><span>Ann Bee</span>" has two words */
		if (out->len)
			buffer_text(out, tree->nodes[i].block == block ? " "
			                                               : " | ");
		block = tree->nodes[i].block;
		html_text_append(out, html_text_of(tree, i));
	}
}

/* "Von Anna Müller", but "Von Trapp, Maria"; "Author: Ann Bee". */
static struct slice without_label(struct slice text)
{
	static const char *const labels[] = {"by ", "by: ", "von ", "par ",
		"por ", "door ", "av ", "af ", "author: ", "autor: ",
		"Автор: ", "Текст: "};
	text = white_trim(text);
	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		size_t n = strlen(labels[i]);
		if (text.len > n && ascii_begins(text, labels[i]))
			return white_trim_start(slice_from(text, n));
	}
	return text;
}

/* Of a script without capitals (Hebrew, and what UTF-8 has behind it). */
static bool is_uncased(struct slice text)
{
	size_t words = 1;
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.data[i];
		if (c < 0x80 && c != ' ')
			return false;
		words += c == ' ';
	}
	return text.len && text.data[0] >= 0xD7 && words <= UNCASED_WORDS;
}

/* "About the Author", "Written By", "More From" have capitals as names do. */
static bool is_label(struct slice names)
{
	static const char *const words[] = {"about", "author", "authors", "by",
		"the", "more", "from", "follow", "posted", "share", "view",
		"read", "written", "staff", "all", "our", "contributor"};
	while (names.len)
		if (ascii_is_any(slice_cut(&names, ' '), words, ARRAY_LEN(words)))
			return true;
	return false;
}

static struct slice name_in(struct slice text)
{
	size_t end = 0;
	text = without_label(text);
	while (end < text.len && !strchr(",;|()/:@0123456789", text.data[end]))
		end++;
	struct slice whole = white_trim_end(slice_of(text.data, end));
	if (is_uncased(whole))
		return whole;
	struct slice names = html_byline_names(text);
	return is_label(names) ? slice_of(NULL, 0) : names;
}

/* The node behind the last that is looked at. */
static uint32_t end_of(const struct html_blocks *blocks, uint32_t headline)
{
	size_t last = html_blocks_at(blocks, headline) + BYLINE_BEHIND;
	if (!headline || !blocks->n)
		return 0;
	return blocks->items[min_size(last, blocks->n - 1)].first;
}

void html_author_find(const struct html_tree *tree,
                      const struct html_blocks *blocks, uint32_t headline,
                      struct buffer *out)
{
	uint32_t end = end_of(blocks, headline);
	buffer_clear(out);
	for (uint32_t i = headline; i < end; i++) {
		if (tree->nodes[i].tag == HTML_TEXT ||
		    !says_author(html_value_of(tree, i, ATTR_CLASS)))
			continue;
		text_of(tree, i, out);
		if (out->status != NS_OK)
			return;
		struct slice name = name_in(buffer_slice(out));
		if (name.len)
			memmove(out->data, name.data, name.len);
		out->len = name.len;
		if (name.len)
			return;
	}
}
