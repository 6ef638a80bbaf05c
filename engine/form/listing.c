#include "form/listing.h"

#include "base/ascii.h"
#include "form/furniture.h"
#include "base/white.h"

/* The newest paragraphs of a body, as places in it. */
struct recent {
	struct {
		size_t start, len;
	} paragraphs[FRAGMENT_BACK];
	size_t n; /* ever added; the newest is at (n - 1) % FRAGMENT_BACK */
};

/* Letters and digits; all beyond ASCII counts as such: what matters is that
 * spaces and the punctuation of a sentence do not. */
static bool is_wordlike(uint8_t c)
{
	return c >= 0x80 || ascii_digit(c) || ascii_letter(c);
}

static bool is_end_of(struct slice line, const uint8_t *paragraph, size_t len)
{
	if (line.len > len)
		return false;
	size_t start = len - line.len;
	if (memcmp(paragraph + start, line.data, line.len) != 0)
		return false;
	return line.len >= FRAGMENT_MIN ||
	       (start > 0 && is_wordlike(paragraph[start - 1]) &&
	        is_wordlike(line.data[0]));
}

static bool is_fragment(const struct recent *recent, const struct buffer *body,
                        struct slice line)
{
	size_t n = min_size(recent->n, FRAGMENT_BACK);
	for (size_t i = 0; i < n; i++)
		if (is_end_of(line, body->data + recent->paragraphs[i].start,
		              recent->paragraphs[i].len))
			return true;
	return false;
}

static void add_paragraph(struct recent *recent, struct buffer *body,
                          struct slice line)
{
	size_t start = body->len;
	draft_append(body, line);
	if (body->status != NS_OK)
		return;
	size_t slot = recent->n++ % FRAGMENT_BACK;
	recent->paragraphs[slot].start = start;
	recent->paragraphs[slot].len = line.len;
}

/* The page at hand. */
struct page {
	struct outlet *outlet;
	struct draft *draft;
	struct rules *rules;  /* NULL: those of furniture.h */
	bool before;          /* nothing has opened an article yet */
	struct recent recent;
};

static int finish(struct page *page, struct ns_error *err)
{
	page->recent.n = 0;
	return draft_give(page->draft, page->outlet, err);
}

/* The article before ends where another one opens; what has no title yet is
 * part of the one that comes. */
static int open_article(struct page *page, struct ns_error *err)
{
	page->before = false;
	return page->draft->title.len ? finish(page, err) : NS_OK;
}

static void add_title(struct draft *draft, struct slice text, uint64_t number)
{
	/* its place is the title's, whatever stood before */
	draft->first_line = number;
	buffer_append(&draft->title, text.data, text.len);
	draft_extend(draft, number);
}

static void add_text(struct page *page, struct slice text, uint64_t number)
{
	struct draft *draft = page->draft;
	if (!draft->title.len) {
		add_title(draft, text, number);
	} else if (is_fragment(&page->recent, &draft->body, text)) {
		draft->furniture++;
	} else {
		add_paragraph(&page->recent, &draft->body, text);
		draft_extend(draft, number);
	}
}

/* What belongs to an article and is none of its text. */
static void add_fact(struct draft *draft, enum line_kind kind, struct slice rest,
                     uint64_t number)
{
	draft_extend(draft, number);
	if (!rest.len)
		return;
	if (kind == KIND_LINK)
		draft_append(&draft->links, rest);
	else if (kind == KIND_CAPTION)
		draft_append(&draft->captions, rest);
	else if (kind == KIND_DATE)
		draft_date(draft, rest);
	else if (kind == KIND_AUTHOR && !draft->author.len)
		buffer_append(&draft->author, rest.data, rest.len);
	else if (kind != KIND_AUTHOR && !draft->section.len)
		buffer_append(&draft->section, rest.data, rest.len);
}

static int classify(const struct page *page, struct slice text,
                    enum line_kind *out, struct slice *rest, struct ns_error *err)
{
	if (!page->rules) {
		*out = furniture_classify(text, !page->draft->title.len, rest);
		return NS_OK;
	}
	TRY(rules_classify(page->rules, text, out, rest, err));
	bool opens = *out == KIND_TITLE || *out == KIND_OPENING;
	if (page->before && !opens && *out != KIND_BLANK)
		*out = KIND_FURNITURE;
	return NS_OK;
}

static int add_line(struct page *page, const struct line *line,
                    struct ns_error *err)
{
	struct draft *draft = page->draft;
	struct slice text, rest;
	TRY(draft_take(draft, line, &text, err));
	enum line_kind kind;
	TRY(classify(page, text, &kind, &rest, err));
	switch (kind) {
	case KIND_BLANK:
		break;
	case KIND_FURNITURE:
		draft->furniture++;
		break;
	case KIND_TEXT:
		add_text(page, text, line->number);
		break;
	case KIND_CLOSING:
		add_fact(draft, kind, rest, line->number);
		return finish(page, err);
	case KIND_OPENING:
		TRY(open_article(page, err));
		add_fact(draft, kind, rest, line->number);
		break;
	case KIND_TITLE:
		TRY(open_article(page, err));
		add_title(draft, rest, line->number);
		break;
	case KIND_LINK:
	case KIND_CAPTION:
	case KIND_SECTION:
	case KIND_DATE:
	case KIND_AUTHOR:
		add_fact(draft, kind, rest, line->number);
		break;
	}
	return draft_status(draft) == NS_E_NOMEM ? err_nomem(err) : NS_OK;
}

int listing_read(struct outlet *outlet, struct lines *lines,
                 struct draft *draft, struct rules *rules,
                 struct ns_error *err)
{
	struct page page = {.outlet = outlet, .draft = draft, .rules = rules,
	                    .before = rules && rules_open_articles(rules)};
	struct line line;
	draft_clear(draft);
	for (;;) {
		TRY(lines_next(lines, &line, err));
		if (line.state == LINE_END)
			break;
		TRY(add_line(&page, &line, err));
	}
	if (draft->title.len || draft_status(draft) != NS_OK)
		return finish(&page, err);
	return NS_OK;
}

bool listing_is(struct slice prefix)
{
	while (prefix.len) {
		const uint8_t *newline = memchr(prefix.data, '\n', prefix.len);
		size_t len = newline ? (size_t)(newline - prefix.data)
		                     : prefix.len;
		struct slice rest, line = white_trim(slice_of(prefix.data, len));
		if (furniture_classify(line, true, &rest) == KIND_CLOSING)
			return true;
		len += newline != NULL;
		prefix = slice_from(prefix, len);
	}
	return false;
}
