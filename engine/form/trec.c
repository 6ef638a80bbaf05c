#include "form/trec.h"

#include "base/ascii_case.h"
#include "base/utf8.h"
#include "source/charset.h"
#include "base/white.h"

void trec_init(struct trec *trec)
{
	*trec = (struct trec){0};
	buffer_init(&trec->markup, NS_ARTICLE_MAX);
	trec_elements_init(&trec->elements);
}

void trec_release(struct trec *trec)
{
	buffer_release(&trec->markup);
	trec_elements_release(&trec->elements);
}

enum edge { EDGE_NONE, EDGE_OPENS, EDGE_CLOSES };

static bool is_name(struct slice text, const char *name)
{
	size_t n = strlen(name);
	if (!ascii_begins(text, name))
		return false;
	return text.len == n || text.data[n] == '>' ||
	       white_at(slice_of(text.data + n, 1));
}

/* What the "<" at the start of text is to an article. */
static enum edge edge_of(struct slice text)
{
	bool closes = text.len > 1 && text.data[1] == '/';
	size_t skip = 1u + closes;
	if (text.len < skip)
		return EDGE_NONE;
	text = slice_from(text, skip);
	if (!is_name(text, "DOC") && !is_name(text, "REUTERS"))
		return EDGE_NONE;
	return closes ? EDGE_CLOSES : EDGE_OPENS;
}

/* The next edge in a line, from *at on, where it is then; else *at is its end. */
static enum edge find_edge(struct slice line, size_t *at)
{
	while (*at < line.len) {
		const uint8_t *mark = memchr(line.data + *at, '<', line.len - *at);
		if (!mark)
			break;
		*at = (size_t)(mark - line.data);
		enum edge edge = edge_of(slice_of(mark, line.len - *at));
		if (edge != EDGE_NONE)
			return edge;
		++*at;
	}
	*at = line.len;
	return EDGE_NONE;
}

/* Makes the markup UTF-8: it is as a rule.  A collection of ASCII in which a stray
 * byte is not was written by machines that meant Latin-1 or windows-1252. */
static int decode(struct trec *trec, struct slice *markup)
{
	struct draft *draft = trec->draft;
	if (utf8_prefix(markup->data, markup->len) == markup->len)
		return NS_OK;
	buffer_clear(&draft->scratch);
	TRY(charset_decode(*markup, charset_of(*markup, NULL, true),
	                   &draft->scratch, &draft->repairs));
	*markup = slice_of(draft->scratch.data, draft->scratch.len);
	return NS_OK;
}

/* The file ended before this article did. */
static int refuse_cut(struct outlet *outlet, struct draft *draft,
                      struct ns_error *err)
{
	uint64_t line = draft->first_line;
	draft_clear(draft);
	return outlet_tell(outlet, SOURCE_REFUSED, SOURCE_CUT, line,
	                   "the file ends within this article", err);
}

/* Hands over what was gathered, if an article was begun.  EDGE_NONE: the file ends. */
static int finish(struct outlet *outlet, struct trec *trec, enum edge edge,
                  struct ns_error *err)
{
	struct draft *draft = trec->draft;
	if (!draft->first_line)
		return NS_OK;
	trec->unclosed |= edge == EDGE_OPENS;
	struct slice markup = slice_of(trec->markup.data, trec->markup.len);
	int status = trec->markup.status;
	if (status == NS_OK)
		status = decode(trec, &markup);
	if (status == NS_OK)
		trec_elements_read(&trec->elements, markup, draft);
	else
		draft->body.status = status;
	buffer_clear(&trec->markup);
	if (status == NS_OK && edge == EDGE_NONE && !trec->unclosed &&
	    !trec->elements.whole)
		return refuse_cut(outlet, draft, err);
	return draft_give(draft, outlet, err);
}

static int read_line(struct outlet *outlet, struct trec *trec,
                     const struct line *line, struct ns_error *err)
{
	struct slice text = slice_of(line->data, line->len);
	struct draft *draft = trec->draft;
	size_t from = 0, at = 0;
	for (;;) {
		enum edge edge = find_edge(text, &at);
		if (draft->first_line) {
			buffer_append(&trec->markup, text.data + from, at - from);
			draft->last_line = line->number;
		}
		from = at;
		if (edge == EDGE_NONE)
			break;
		TRY(finish(outlet, trec, edge, err));
		if (edge == EDGE_OPENS)
			draft_extend(draft, line->number);
		at++;
	}
	if (draft->first_line)
		buffer_byte(&trec->markup, '\n');
	return trec->markup.status == NS_E_NOMEM ? err_nomem(err) : NS_OK;
}

/* Its article is too large, or it is refused itself. */
static int read_overlong(struct outlet *outlet, struct trec *trec,
                         const struct line *line, struct ns_error *err)
{
	if (!trec->draft->first_line)
		return outlet_tell(outlet, SOURCE_REFUSED, SOURCE_LONG_LINE,
		                   line->number, NULL, err);
	trec->markup.status = NS_E_LIMIT;
	return NS_OK;
}

int trec_read(struct outlet *outlet, struct lines *lines, struct trec *trec,
              struct draft *draft, struct ns_error *err)
{
	trec->draft = draft;
	trec->unclosed = false;
	draft_clear(draft);
	buffer_clear(&trec->markup);
	for (;;) {
		struct line line;
		TRY(lines_next(lines, &line, err));
		if (line.state == LINE_END)
			break;
		TRY(line.state == LINE_OVERLONG
		    ? read_overlong(outlet, trec, &line, err)
		    : read_line(outlet, trec, &line, err));
	}
	return finish(outlet, trec, EDGE_NONE, err);
}

bool trec_is(struct slice prefix)
{
	prefix = white_trim_start(prefix);
	while (prefix.len && prefix.data[0] == '<') {
		if (edge_of(prefix) == EDGE_OPENS)
			return true;
		if (prefix.len < 2 ||
		    (prefix.data[1] != '!' && prefix.data[1] != '?'))
			return false;
		const uint8_t *end = memchr(prefix.data, '>', prefix.len);
		if (!end)
			return false;
		size_t n = (size_t)(end + 1 - prefix.data);
		prefix = white_trim_start(slice_from(prefix, n));
	}
	return false;
}
