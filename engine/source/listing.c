#include "source/listing.h"

#include "source/furniture.h"
#include "source/white.h"

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
	return c >= 0x80 || (c >= '0' && c <= '9') ||
	       (uint8_t)((c | 0x20) - 'a') < 26;
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

static int finish(struct outlet *outlet, struct draft *draft,
                  struct recent *recent, struct ns_error *err)
{
	recent->n = 0;
	return draft_give(draft, outlet, err);
}

static void add_text(struct draft *draft, struct recent *recent,
                     struct slice text, uint64_t number)
{
	if (!draft->title.len) {
		/* its place is the title's, whatever stood before */
		draft->first_line = number;
		buffer_append(&draft->title, text.data, text.len);
	} else if (is_fragment(recent, &draft->body, text)) {
		draft->furniture++;
		return;
	} else {
		add_paragraph(recent, &draft->body, text);
	}
	draft_extend(draft, number);
}

static int add_line(struct outlet *outlet, struct draft *draft,
                    struct recent *recent, const struct line *line,
                    struct ns_error *err)
{
	struct slice text, rest;
	TRY(draft_take(draft, line, &text, err));
	switch (furniture_classify(text, !draft->title.len, &rest)) {
	case KIND_BLANK:
		break;
	case KIND_CLOSING:
		draft_extend(draft, line->number);
		buffer_append(&draft->section, rest.data, rest.len);
		return finish(outlet, draft, recent, err);
	case KIND_FURNITURE:
		draft->furniture++;
		break;
	case KIND_LINK:
		draft_extend(draft, line->number);
		if (rest.len)
			draft_append(&draft->links, rest);
		break;
	case KIND_CAPTION:
		draft_extend(draft, line->number);
		draft_append(&draft->captions, rest);
		break;
	case KIND_TEXT:
		add_text(draft, recent, text, line->number);
		break;
	}
	return draft_status(draft) == NS_E_NOMEM ? err_nomem(err) : NS_OK;
}

int listing_read(struct outlet *outlet, struct lines *lines,
                 struct draft *draft, struct ns_error *err)
{
	struct recent recent = {.n = 0};
	struct line line;
	draft_clear(draft);
	for (;;) {
		TRY(lines_next(lines, &line, err));
		if (line.state == LINE_END)
			break;
		TRY(add_line(outlet, draft, &recent, &line, err));
	}
	if (draft->title.len || draft_status(draft) != NS_OK)
		return finish(outlet, draft, &recent, err);
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
		prefix = slice_of(prefix.data + len, prefix.len - len);
	}
	return false;
}
