#include "feed/wikitext_pairs.h"

#include "base/ascii_case.h"
#include "base/white.h"
#include "feed/xml_reference.h"
#include "source/character.h"

#include <strings.h>

struct open_link {
	size_t close;             /* where its "]]" is */
	size_t mark;              /* bytes of its output before it */
	bool piped;
	enum wikitext_space space;
};

/* A source being written out. */
struct writer {
	struct wikitext *w;
	const uint8_t *data;
	size_t at, n, pair;       /* the next pair at or behind `at` */
	struct open_link open[WIKITEXT_DEPTH];
	size_t depth;
	size_t captions_at;       /* depth of the file that is open; 0: none */
	bool external;            /* inside of [http://… */
	bool heading, row, head_row, cell_piped;
	size_t cell;              /* where in the line it begins */
	unsigned tables;
	struct wikitext_missing missing;
	struct buffer *lines, *captions, *topics;
};

static struct buffer *target(struct writer *t)
{
	return t->captions_at ? &t->w->caption : &t->w->line;
}

static void put(struct writer *t, const void *data, size_t n)
{
	buffer_append(target(t), data, n);
}

static bool is_ahead(const struct writer *t, const char *string)
{
	size_t n = strlen(string);
	return t->n - t->at >= n && !memcmp(t->data + t->at, string, n);
}

/* ---- lines --------------------------------------------------------------------- */

/* A line without white space at its ends and in a row. */
static void give(struct buffer *line, struct buffer *out)
{
	size_t n = 0;
	for (size_t i = 0; i < line->len; i++) {
		bool blank = line->data[i] <= ' ';
		if (blank && n && line->data[n - 1] == ' ')
			continue;
		line->data[n++] = blank ? ' ' : line->data[i];
	}
	struct slice text = white_trim(slice_of(line->data, n));
	if (text.len && out) {
		buffer_append(out, text.data, text.len);
		buffer_byte(out, '\n');
	}
	line->len = 0;
}

static void end_line(struct writer *t)
{
	struct buffer *line = &t->w->line;
	while (t->heading && line->len && (line->data[line->len - 1] == '=' ||
	                                   line->data[line->len - 1] <= ' '))
		line->len--;
	give(line, t->lines);
	t->depth = 0;
	t->external = t->heading = false;
	t->cell = 0;
}

static void begin_cell(struct writer *t)
{
	put(t, " ", 1);
	t->cell = t->w->line.len;
	t->cell_piped = false;
}

/* What stands at the start of a line of a table. */
static bool table_line(struct writer *t)
{
	uint8_t c = t->data[t->at];
	uint8_t next = t->at + 1 < t->n ? t->data[t->at + 1] : 0;
	if (c == '{' && next == '|')
		t->tables++;
	else if (!t->tables || (c != '|' && c != '!'))
		return false;
	else if (c == '|' && next == '}')
		t->tables--;
	bool attributes = c == '{' || (c == '|' && (next == '-' || next == '}'));
	if (attributes) {
		end_line(t);
		t->row = false;
		t->at += 2;
		while (c == '{' || next == '-') {
			if (t->at == t->n || t->data[t->at] == '\n')
				break;
			t->at++;
		}
		return true;
	}
	t->at += c == '|' && next == '+' ? 2 : 1;
	t->row = true;
	t->head_row = c == '!';
	begin_cell(t);
	return true;
}

/* A row of a table is one line; a link that has not ended has no end. */
static void newline(struct writer *t)
{
	if (t->captions_at || (t->row && t->tables))
		put(t, " ", 1);
	else
		end_line(t);
	if (!t->captions_at)
		t->depth = 0;
	t->external = false;
}

static void begin_line(struct writer *t)
{
	while (t->at < t->n && (t->data[t->at] == ' ' || t->data[t->at] == '\t'))
		t->at++;
	if (t->at == t->n || t->captions_at || table_line(t))
		return;
	const char *marks = is_ahead(t, "----") ? "-" : "*#:;";
	if (t->data[t->at] == '=') {
		t->heading = true;
		marks = "=";
	}
	while (t->at < t->n && memchr(marks, t->data[t->at], strlen(marks)))
		t->at++;
}

/* ---- links ----------------------------------------------------------------------- */

/* What the part before ':' means. */
static enum wikitext_space space_of(const struct wikitext *w, struct slice link)
{
	static const char *const files[] = {"file", "image", "media"};
	const uint8_t *colon = memchr(link.data, ':', min_size(link.len,
	                              WIKITEXT_NAME_MAX + 1));
	if (!colon)
		return WIKITEXT_PAGE;
	struct slice name = white_trim(slice_of(link.data,
	                               (size_t)(colon - link.data)));
	if (ascii_is_any(name, files, ARRAY_LEN(files)))
		return WIKITEXT_FILE;
	if (ascii_is(name, "category"))
		return WIKITEXT_CATEGORY;
	for (size_t i = 0; i < w->n_names; i++)
		if (ascii_is(name, w->names[i].name))
			return w->names[i].space;
	return WIKITEXT_PAGE;
}

/* The category that a link names.  A title has no mark-up: what has (a template
 * that makes it) or is too long names none. */
static void take_category(struct writer *t, struct slice link)
{
	struct buffer *out = t->topics;
	const uint8_t *end = memchr(link.data, '|', min_size(link.len,
		WIKITEXT_NAME_MAX + 1 + WIKITEXT_TITLE_MAX + 1));
	const uint8_t *colon = memchr(link.data, ':', link.len);
	size_t taken = 1, at = (size_t)(colon + 1 - link.data);
	if (end)
		link.len = (size_t)(end - link.data);
	if (link.len < at || link.len - at > WIKITEXT_TITLE_MAX)
		return;
	link = white_trim(slice_from(link, at));
	for (size_t i = 0; i < link.len; i++)
		if (link.data[i] < ' ' || strchr("[]{}<>", link.data[i]))
			return;
	for (size_t i = 0; i < link.len; i += taken) {
		uint32_t character = link.data[i];
		struct slice rest = slice_from(link, i);
		taken = 1;
		if (link.data[i] == '_')
			buffer_byte(out, ' ');
		else if (link.data[i] == '&' && xml_reference(rest, &character,
		         &taken) == REFERENCE_KNOWN && character > ' ')
			character_append(out, character);
		else
			buffer_append(out, link.data + i, taken);
	}
	if (link.len)
		buffer_byte(out, '\n');
}

static void open_link(struct writer *t, size_t close)
{
	struct slice link = slice_of(t->data + t->at + 2, close - t->at - 2);
	enum wikitext_space space = space_of(t->w, link);
	t->at += 2;
	if (space == WIKITEXT_CATEGORY)
		take_category(t, link);
	if (t->depth == WIKITEXT_DEPTH)
		return;
	if (space == WIKITEXT_FILE && t->captions_at)
		space = WIKITEXT_CATEGORY;
	struct open_link *open = &t->open[t->depth++];
	if (space == WIKITEXT_FILE) {
		t->captions_at = t->depth;
		buffer_clear(&t->w->caption);
	}
	*open = (struct open_link){close, target(t)->len, false, space};
}

/* "thumb", "left", "200px" say how a picture is shown. */
static bool is_option(struct slice text)
{
	static const char *const words[] = {"thumb", "thumbnail", "left", "right",
		"center", "centre", "none", "frame", "framed", "frameless", "border",
		"upright", "mini", "miniatur", "links", "rechts"};
	text = white_trim(text);
	if (!text.len)
		return true;
	if (text.len > 2 && !memcmp(text.data + text.len - 2, "px", 2))
		return true;
	if (memchr(text.data, '=', min_size(text.len, 10)))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (text.len == strlen(words[i]) &&
		    !memcmp(text.data, words[i], text.len))
			return true;
	return false;
}

/* "de:Titel": the same page in another language. */
static bool is_language(struct slice link)
{
	size_t n = 0;
	while (n < link.len && ((link.data[n] >= 'a' && link.data[n] <= 'z') ||
	                        (n && link.data[n] == '-')))
		n++;
	return n >= 2 && n <= 12 && n < link.len && link.data[n] == ':';
}

static void close_link(struct writer *t)
{
	struct open_link open = t->open[--t->depth];
	struct buffer *out = target(t);
	size_t mark = min_size(open.mark, out->len);
	struct slice shown = slice_of(out->data + mark, out->len - mark);
	t->at = open.close + 2 > t->at ? open.close + 2 : t->at;
	if (t->captions_at == t->depth + 1) {
		if (open.piped && !is_option(shown))
			give(out, t->captions);
		buffer_clear(out);
		t->captions_at = 0;
	} else if (open.space == WIKITEXT_CATEGORY ||
	           (!open.piped && is_language(shown))) {
		out->len = mark;
	} else if (!open.piped && shown.len && shown.data[0] == ':') {
		memmove(out->data + mark, out->data + mark + 1, shown.len - 1);
		out->len--;
	}
}

/* What stands before the last '|' of a link is not shown; in a cell, before the
 * first. */
static void pipe_met(struct writer *t)
{
	struct buffer *out = target(t);
	bool next = t->at + 1 < t->n && t->data[t->at + 1] == '|';
	if (t->depth) {
		struct open_link *open = &t->open[t->depth - 1];
		out->len = min_size(open->mark, out->len);
		open->piped = true;
		t->at++;
	} else if (t->row && t->tables && next) {
		t->at += 2;
		begin_cell(t);
	} else if (t->row && t->tables && !t->cell_piped) {
		out->len = min_size(t->cell, out->len);
		t->cell_piped = true;
		t->at++;
	} else {
		put(t, "|", 1);
		t->at++;
	}
}

/* [http://example.org/ label] */
static void external(struct writer *t)
{
	static const char *const schemes[] = {"[http://", "[https://", "[//",
		"[ftp://", "[mailto:", "[news:"};
	bool known = false;
	for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
		known |= is_ahead(t, schemes[i]);
	if (!known) {
		put(t, "[", 1);
		t->at++;
		return;
	}
	while (t->at < t->n && t->data[t->at] > ' ' && t->data[t->at] != ']')
		t->at++;
	t->external = true;
}

/* ---- the rest ------------------------------------------------------------------------ */

/* The pair that opens at t->at, or NULL. */
static const struct wikitext_pair *pair_here(struct writer *t)
{
	const struct wikitext *w = t->w;
	while (t->pair < w->n_pairs && w->pairs[t->pair].open < t->at)
		t->pair++;
	if (t->pair == w->n_pairs || w->pairs[t->pair].open != t->at ||
	    !w->pairs[t->pair].close)
		return NULL;
	return &w->pairs[t->pair];
}

static void bracket(struct writer *t)
{
	const struct wikitext_pair *pair = pair_here(t);
	if (pair && t->data[t->at] == '[') {
		open_link(t, pair->close);
	} else if (pair) {
		t->at = pair->close + 2;
	} else if (t->data[t->at] == '[' && !is_ahead(t, "[[")) {
		external(t);
	} else {
		put(t, t->data + t->at, 1);
		t->at++;
	}
}

static void angle(struct writer *t)
{
	struct wikitext_tag tag = wikitext_tag_at(
		slice_of(t->data + t->at, t->n - t->at), &t->missing);
	if (tag.kind == TAG_NONE)
		put(t, "<", 1);
	t->at += tag.kind == TAG_NONE ? 1 : tag.taken;
	if (tag.kind == TAG_BREAK)
		newline(t);
	for (size_t i = 0; tag.kind == TAG_VERBATIM && i < tag.inside.len; i++)
		if (tag.inside.data[i] == '\n')
			newline(t);
		else
			put(t, tag.inside.data + i, 1);
}

static void reference(struct writer *t)
{
	uint32_t character;
	size_t taken = 1;
	uint8_t bytes[4];
	struct slice rest = slice_of(t->data + t->at, t->n - t->at);
	if (xml_reference(rest, &character, &taken) == REFERENCE_KNOWN) {
		put(t, bytes, character_put(character, bytes));
		t->at += taken;
	} else {
		put(t, "&", 1);
		t->at++;
	}
}

/* Two of them and more are bold and the like. */
static void apostrophes(struct writer *t)
{
	size_t n = 1;
	while (t->at + n < t->n && t->data[t->at + n] == '\'')
		n++;
	if (n == 1 || n == 4)
		put(t, "'", 1);
	t->at += n;
}

/* __NOTOC__ */
static void underscores(struct writer *t)
{
	size_t n = 2;
	while (is_ahead(t, "__") && t->at + n < t->n && n < 32 &&
	       t->data[t->at + n] >= 'A' && t->data[t->at + n] <= 'Z')
		n++;
	if (n > 2 && t->n - t->at >= n + 2 && t->data[t->at + n] == '_' &&
	    t->data[t->at + n + 1] == '_') {
		t->at += n + 2;
		return;
	}
	put(t, "_", 1);
	t->at++;
}

/* "( , )" is what a template leaves. */
static void bracket_closed(struct writer *t)
{
	struct buffer *out = target(t);
	size_t n = out->len;
	while (n && memchr(" ,;:", out->data[n - 1], 4))
		n--;
	if (n && out->data[n - 1] == '(')
		out->len = n - 1;
	else
		put(t, ")", 1);
	t->at++;
}

static void closing(struct writer *t)
{
	if (!t->external)
		put(t, "]", 1);
	t->external = false;
	t->at++;
}

static void cell_of_head(struct writer *t)
{
	if (t->row && t->head_row && t->tables && is_ahead(t, "!!")) {
		t->at += 2;
		begin_cell(t);
		return;
	}
	put(t, "!", 1);
	t->at++;
}

static void step(struct writer *t)
{
	if (t->depth && t->at >= t->open[t->depth - 1].close) {
		close_link(t);
		return;
	}
	switch (t->data[t->at]) {
	case '\n':
		t->at++;
		newline(t);
		begin_line(t);
		break;
	case '[':
	case '{':
		bracket(t);
		break;
	case ']':
		closing(t);
		break;
	case '|':
		pipe_met(t);
		break;
	case '!':
		cell_of_head(t);
		break;
	case '<':
		angle(t);
		break;
	case '&':
		reference(t);
		break;
	case '\'':
		apostrophes(t);
		break;
	case '_':
		underscores(t);
		break;
	case ')':
		bracket_closed(t);
		break;
	}
}

static void run(struct writer *t)
{
	static const bool special[256] = {['\n'] = true, ['['] = true,
		['{'] = true, [']'] = true, ['|'] = true, ['!'] = true,
		['<'] = true, ['&'] = true, ['\''] = true, ['_'] = true,
		[')'] = true};
	begin_line(t);
	while (t->at < t->n) {
		size_t from = t->at;
		while (t->at < t->n && !special[t->data[t->at]])
			t->at++;
		put(t, t->data + from, t->at - from);
		if (t->at < t->n)
			step(t);
	}
	t->captions_at = 0;
	end_line(t);
}

int wikitext_lines(struct wikitext *w, struct slice source,
                   struct buffer *lines, struct buffer *captions,
                   struct buffer *topics, struct ns_error *err)
{
	ASSERT_REL(source.len, <=, NS_ARTICLE_MAX);
	TRY(wikitext_pair_up(w, source, err));
	struct writer writer = {
		.w = w, .data = source.data, .n = source.len,
		.lines = lines, .captions = captions, .topics = topics,
	};
	buffer_clear(&w->line);
	buffer_clear(&w->caption);
	run(&writer);
	TRY(buffer_check(&w->caption, err));
	return buffer_check(&w->line, err);
}

void wikitext_forget(struct wikitext *w)
{
	w->n_names = 0;
}

void wikitext_name(struct wikitext *w, struct slice name,
                   enum wikitext_space space)
{
	if (!name.len || name.len > WIKITEXT_NAME_MAX ||
	    w->n_names == WIKITEXT_NAMES)
		return;
	memcpy(w->names[w->n_names].name, name.data, name.len);
	w->names[w->n_names].name[name.len] = '\0';
	w->names[w->n_names++].space = space;
}

bool wikitext_is_named(const struct wikitext *w, struct slice title)
{
	for (size_t i = 0; i < w->n_names; i++) {
		size_t n = strlen(w->names[i].name);
		if (title.len > n && title.data[n] == ':' &&
		    !memcmp(w->names[i].name, title.data, n))
			return true;
	}
	return false;
}

void wikitext_init(struct wikitext *w)
{
	*w = (struct wikitext){0};
	buffer_init(&w->line, 2 * (size_t)NS_ARTICLE_MAX);
	buffer_init(&w->caption, 2 * (size_t)NS_ARTICLE_MAX);
}

void wikitext_release(struct wikitext *w)
{
	mem_free(w->pairs);
	mem_free(w->waiting);
	buffer_release(&w->line);
	buffer_release(&w->caption);
	wikitext_init(w);
}
