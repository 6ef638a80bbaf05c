#include "page/html_title.h"

#include "base/ascii.h"
#include "base/white.h"

enum {
	PARTS_MAX = 3,     /* of a title that are taken off */
	HEADINGS_MAX = 64, /* that are compared with the title */
};

/* The letters and digits of a text, in one case: what two titles share though
 * signs and blanks differ. */
static void letters_of(struct buffer *out, struct slice text)
{
	buffer_clear(out);
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.data[i];
		bool sign = c == 0xE2 && i + 2 < text.len &&
		            text.data[i + 1] == 0x80;
		if (sign)
			i += 2;
		else if (c >= 0x80 || ascii_digit(c))
			buffer_byte(out, c);
		else if (ascii_letter(c))
			buffer_byte(out, c | 0x20);
	}
}

struct titles {
	struct html_facts *facts;
	const struct html_tree *tree;
	struct buffer text, heading, letters, other;
	bool missing, ended; /* no title is known yet; memory has ended */
};

/* A buffer that is cleared forgets that memory ended. */
static void look(struct titles *t, const struct buffer *buffer)
{
	t->ended |= buffer->status == NS_E_NOMEM;
}

static void text_of(struct titles *t, uint32_t node, struct buffer *out)
{
	const struct html_tree *tree = t->tree;
	buffer_clear(out);
	struct buffer *raw = &t->other;
	buffer_clear(raw);
	for (uint32_t i = node; i < tree->nodes[node].end; i++) {
		enum html_tag tag = (enum html_tag)tree->nodes[i].tag;
		if (tag == HTML_BR)
			buffer_byte(raw, ' ');
		if (i > node && html_tag_kind(tag) & KIND_UNSEEN)
			i = tree->nodes[i].end - 1;
		if (tree->nodes[i].tag != HTML_TEXT || raw->len > 4096)
			continue;
		struct slice text = html_text_of(tree, i);
		buffer_append(raw, text.data, text.len);
	}
	html_text_append(out, slice_of(raw->data, raw->len));
	look(t, raw);
	look(t, out);
}

static void compare_letters(struct titles *t, struct slice a, struct slice b)
{
	letters_of(&t->letters, a);
	letters_of(&t->other, b);
	look(t, &t->letters);
	look(t, &t->other);
}

/* Whether text says what `title` does, or a good part of it. */
static bool is_part(struct titles *t, struct slice text, struct slice title)
{
	compare_letters(t, text, title);
	const struct buffer *a = &t->letters, *b = &t->other;
	return a->len >= 8 && b->len >= a->len &&
	       memmem(b->data, b->len, a->data, a->len);
}

static bool is_same(struct titles *t, struct slice text, struct slice title)
{
	compare_letters(t, text, title);
	return t->letters.len && slice_equal(
		slice_of(t->letters.data, t->letters.len),
		slice_of(t->other.data, t->other.len));
}

/* ---- the site's name --------------------------------------------------------------- */

static size_t separator_at(struct slice title, size_t i)
{
	static const char *const signs[] = {" | ", " - ", " – ", " — ", " :: ",
		" » ", " · ", " • ", " / ", " << ", " : ", "|", "_"};
	for (size_t k = 0; k < ARRAY_LEN(signs); k++) {
		size_t n = strlen(signs[k]);
		if (i + n <= title.len && !memcmp(title.data + i, signs[k], n))
			return n;
	}
	return 0;
}

/* Takes off the last part, or the first, if it is the site's name. */
static struct slice without_part(struct titles *t, struct slice title)
{
	struct slice site = slice_of(t->facts->site.data, t->facts->site.len);
	size_t last = 0, width = 0;
	for (size_t i = 1; i < title.len; i++) {
		size_t n = separator_at(title, i);
		if (!n)
			continue;
		last = i;
		width = n;
		i += n - 1;
	}
	if (!width)
		return title;
	struct slice front = slice_of(title.data, last);
	struct slice back = slice_from(title, last + width);
	if (site.len && (is_same(t, back, site) || is_part(t, site, back)))
		return front;
	if (site.len)
		return is_same(t, front, site) ? back : title;
	uint32_t before = html_words(front), behind = html_words(back);
	bool shorter = before >= 3 && behind <= 5 && behind < before;
	return t->missing && shorter ? front : title;
}

static struct slice without_site(struct titles *t, struct slice title)
{
	for (int parts = 0; parts < PARTS_MAX; parts++) {
		struct slice left = without_part(t, title);
		if (left.len == title.len)
			break;
		title = left;
	}
	return title;
}

/* ---- the headline ------------------------------------------------------------------- */

/* Whether text is no more than the name of the site, as a logo is: it says less
 * than the title does without that name, and nothing of it. */
static bool is_logo(struct titles *t, struct slice text, struct slice rest)
{
	if (is_same(t, text, slice_of(t->facts->site.data,
	                              t->facts->site.len)))
		return true;
	compare_letters(t, text, rest);
	return t->letters.len < t->other.len && !is_part(t, text, rest);
}

/* The heading that says the most of the title, of which rest is what is left
 * without the site's name. */
static void find_heading(struct titles *t, struct slice title,
                         struct slice rest)
{
	const struct html_tree *tree = t->tree;
	size_t seen = 0, longest = 0;
	for (uint32_t i = 0; i < tree->n_nodes && seen < HEADINGS_MAX; i++) {
		enum html_tag tag = (enum html_tag)tree->nodes[i].tag;
		if (tag != HTML_H1 && tag != HTML_H2)
			continue;
		seen++;
		text_of(t, i, &t->heading);
		struct slice text = slice_of(t->heading.data, t->heading.len);
		if (!is_part(t, text, title) || t->letters.len <= longest)
			continue;
		size_t letters = t->letters.len;
		if (is_logo(t, text, rest))
			continue;
		longest = letters;
		t->facts->headline = i;
	}
	buffer_clear(&t->heading);
	if (t->facts->headline)
		text_of(t, t->facts->headline, &t->heading);
}

/* The only <h1> with words in it. */
static uint32_t only_heading(struct titles *t)
{
	const struct html_tree *tree = t->tree;
	uint32_t found = 0;
	for (uint32_t i = 0; i < tree->n_nodes; i++) {
		if (tree->nodes[i].tag != HTML_H1)
			continue;
		text_of(t, i, &t->heading);
		if (!t->heading.len)
			continue;
		if (found)
			return 0;
		found = i;
	}
	if (found)
		text_of(t, found, &t->heading);
	return found;
}

/* "| The Daily": a template whose first part was empty. */
static struct slice without_front_sign(struct slice title)
{
	while (title.len && strchr("|-:", title.data[0]))
		title = white_trim_start(slice_from(title, 1));
	return title;
}

static struct slice title_tag(struct titles *t)
{
	const struct html_tree *tree = t->tree;
	for (uint32_t i = 0; i < tree->n_nodes && !t->text.len; i++)
		if (tree->nodes[i].tag == HTML_TITLE)
			text_of(t, i, &t->text);
	return without_front_sign(slice_of(t->text.data, t->text.len));
}

static void find(struct titles *t)
{
	bool missing = t->missing;
	struct buffer *value = &t->facts->values[FACT_TITLE];
	struct slice title = slice_of(value->data, value->len);
	if (missing)
		title = title_tag(t);
	struct slice best = without_site(t, title);
	find_heading(t, title, best);
	if (t->facts->headline && (missing || best.len < title.len))
		best = slice_of(t->heading.data, t->heading.len);
	else if (missing && html_words(best) < 3 && only_heading(t))
		best = slice_of(t->heading.data, t->heading.len);
	buffer_clear(&t->letters);
	buffer_append(&t->letters, best.data, best.len);
	best = white_trim(slice_of(t->letters.data, t->letters.len));
	buffer_clear(value);
	buffer_append(value, best.data, best.len);
	look(t, value);
}

int html_title_find(struct html_facts *facts, const struct html_tree *tree,
                    bool missing, struct ns_error *err)
{
	struct titles t = {.facts = facts, .tree = tree, .missing = missing};
	struct buffer *all[] = {&t.text, &t.heading, &t.letters, &t.other};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		buffer_init(all[i], NS_ARTICLE_MAX);
	facts->headline = 0;
	find(&t);
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		look(&t, all[i]);
		buffer_release(all[i]);
	}
	return t.ended ? err_nomem(err) : NS_OK;
}
