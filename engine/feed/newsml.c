#include "feed/newsml.h"

#include "base/ascii_case.h"

/* The buffer for the lines of this part; NULL: it has none. */
static struct buffer *lines_of(struct newsml *n, enum newsml_part part)
{
	switch (part) {
	case NEWSML_CONTENT:
		return &n->buffers[NEWSML_BODY];
	case NEWSML_LEAD:
		return &n->buffers[NEWSML_LEADS];
	case NEWSML_SUMMARY:
		return &n->buffers[NEWSML_SUMMARIES];
	case NEWSML_SUBHEAD:
		return &n->buffers[NEWSML_DECK];
	default:
		return NULL;
	}
}

/* ---- tags in texts ------------------------------------------------------- */

/* A text without tags so far has one: what there was is lines in a tag. */
static void end_plain(struct newsml *n)
{
	struct buffer *value = &n->buffers[NEWSML_VALUE];
	n->plain = false;
	newsml_text_add(&n->buffers[NEWSML_BODY],
	                buffer_slice(value), false);
	buffer_clear(value);
}

static void begin_lines(struct newsml *n, enum newsml_part above,
                        enum newsml_part part, const char *name)
{
	struct buffer *around = lines_of(n, above), *out = lines_of(n, part);
	enum newsml_break kind = BREAK_NONE;
	if (around || out)
		kind = newsml_break_of(name);
	n->breaks[n->depth] = kind;
	if (around)
		newsml_text_break(around, kind);
	if (out && out != around)
		newsml_text_break(out, BREAK_LINE);
	if (kind == BREAK_PRE && !n->in_pre)
		n->in_pre = n->depth;
}

static void end_lines(struct newsml *n, enum newsml_part above,
                      enum newsml_part part, uint32_t depth)
{
	struct buffer *around = lines_of(n, above), *out = lines_of(n, part);
	if (around)
		newsml_text_break(around, n->breaks[depth]);
	if (out && out != around)
		newsml_text_break(out, BREAK_LINE);
	if (n->in_pre == depth)
		n->in_pre = 0;
}

/* ---- what xml.h calls ---------------------------------------------------- */

static int on_start(void *context, const struct xml_element *e,
                    struct ns_error *err)
{
	struct newsml *n = context;
	enum newsml_part above = n->parts[n->depth];
	int rank = 0;
	(void)err;
	if (n->plain && above == NEWSML_CONTENT)
		end_plain(n);
	n->depth++;
	ASSERT_REL(n->depth, <, ARRAY_LEN(n->parts));
	enum newsml_part part = newsml_part_of(above, e->name, &rank);
	if (above == NEWSML_NONE && part != NEWSML_NONE)
		newsml_item_begin(n, e);
	if (part != above || part == NEWSML_ITEM) {
		if (!newsml_is_field(above))
			n->rank = rank;
		if (newsml_is_field(part) && !newsml_is_field(above)) {
			buffer_clear(&n->buffers[NEWSML_VALUE]);
			buffer_clear(&n->buffers[NEWSML_CODE]);
		}
		part = newsml_tag(n, part, e);
	} else if (part == NEWSML_PLACE) {
		buffer_byte(&n->buffers[NEWSML_VALUE], ' ');
	}
	n->parts[n->depth] = part;
	begin_lines(n, above, part, e->name);
	return NS_OK;
}

static int on_text(void *context, struct slice text, struct ns_error *err)
{
	struct newsml *n = context;
	enum newsml_part part = n->parts[n->depth];
	struct buffer *lines = lines_of(n, part);
	(void)err;
	if (newsml_is_field(part) || (part == NEWSML_CONTENT && n->plain))
		buffer_append(&n->buffers[NEWSML_VALUE], text.data, text.len);
	else if (lines)
		newsml_text_add(lines, text, n->in_pre != 0);
	return NS_OK;
}

static int on_end(void *context, struct ns_error *err)
{
	struct newsml *n = context;
	uint32_t depth = n->depth--;
	enum newsml_part part = n->parts[depth], above = n->parts[n->depth];
	end_lines(n, above, part, depth);
	if (part == NEWSML_CONTENT && part != above)
		TRY(newsml_item_text(n, err));
	else if (part != above)
		TRY(newsml_item_take(n, part, err));
	if (n->in_item != depth)
		return NS_OK;
	n->in_item = 0;
	if (part != NEWSML_PACKAGE)
		return newsml_item_give(n, err);
	return outlet_tell(n->outlet, SOURCE_PASSED_OVER, SOURCE_NO_ARTICLE,
	                   n->draft->first_line, NULL, err);
}

/* ---- a document ---------------------------------------------------------- */

/* Of an article that does not end, for which no other place answers. */
static int check(const struct newsml *n, struct ns_error *err)
{
	bool failed = draft_status(n->draft) == NS_E_NOMEM;
	for (size_t i = 0; i < NEWSML_BUFFERS; i++)
		failed |= n->buffers[i].status == NS_E_NOMEM;
	return failed ? err_nomem(err) : NS_OK;
}

int newsml_read(struct outlet *outlet, struct lines *lines,
                struct draft *draft, struct newsml *n, struct ns_error *err)
{
	const struct xml_handler handler = {n, on_start, on_text, on_end};
	n->outlet = outlet;
	n->draft = draft;
	n->depth = n->in_item = n->in_pre = 0;
	n->parts[0] = NEWSML_NONE;
	n->plain = false;
	TRY(xml_read(&n->xml, lines, &handler, err));
	TRY(check(n, err));
	TRY(xml_tell(&n->xml, outlet, n->in_item ? draft->first_line : 0,
	             "an article that does not end", err));
	draft_clear(draft);
	return NS_OK;
}

void newsml_init(struct newsml *n)
{
	memset(n, 0, sizeof *n);
	xml_init(&n->xml);
	html_fragment_init(&n->html);
	for (size_t i = 0; i < NEWSML_BUFFERS; i++)
		buffer_init(&n->buffers[i], NS_ARTICLE_MAX);
}

void newsml_release(struct newsml *n)
{
	xml_release(&n->xml);
	html_fragment_release(&n->html);
	for (size_t i = 0; i < NEWSML_BUFFERS; i++)
		buffer_release(&n->buffers[i]);
}

bool newsml_is(struct slice prefix)
{
	static const char *const roots[] = {"nitf", "newsitem", "newsmessage",
		"newsml", "packageitem", NULL};
	return xml_root_is(prefix, roots);
}
