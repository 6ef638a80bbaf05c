#include "feed/xml_mend_inside.h"

#include "base/ascii.h"

#include <strings.h>

static bool is_name_start(uint8_t c)
{
	return ascii_letter(c) || c == '_' || c >= 0x80;
}

static bool is_name(uint8_t c)
{
	return is_name_start(c) || ascii_digit(c) || c == '-' ||
	       c == '.' || c == ':';
}

/* ---- elements ------------------------------------------------------------------ */

struct slice mend_open_name(const struct xml_mend *m, uint32_t i)
{
	return slice_of(m->names.data + m->starts[i],
	                m->starts[i + 1] - m->starts[i]);
}

static void put_end(struct xml_mend *m)
{
	struct slice name = mend_open_name(m, --m->depth);
	buffer_text(&m->out, "</");
	buffer_append(&m->out, name.data, name.len);
	buffer_byte(&m->out, '>');
	m->names.len = m->starts[m->depth];
}

/* As libxml2 takes names: of ASCII, with one colon at most. */
static void put_name(struct buffer *out, struct slice name)
{
	bool colon = false;
	for (size_t i = 0; i < name.len; i++) {
		uint8_t c = name.data[i];
		bool good = c < 0x80;
		if (c == ':') {
			good = !colon && i + 1 < name.len && i > 0 &&
			       is_name_start(name.data[i + 1]);
			colon = true;
		}
		buffer_byte(out, good ? c : '_');
	}
}

static void push_name(struct xml_mend *m, struct slice name)
{
	put_name(&m->names, name);
	m->starts[++m->depth] = (uint32_t)m->names.len;
}

void mend_open_first(struct xml_mend *m)
{
	buffer_text(&m->out, "<x>");
	push_name(m, slice_of("x", 1));
}

/* The end tag of this name: what is open in its element ends too; where nothing
 * of that name is open it means nothing. */
static void end_element(struct xml_mend *m, struct slice name)
{
	uint32_t before = m->depth, i;
	push_name(m, name);
	struct slice wanted = mend_open_name(m, before);
	for (i = before; i > 1 && !slice_equal(mend_open_name(m, i - 1), wanted); i--)
		;
	m->depth = before;
	m->names.len = m->starts[before];
	if (i <= 1) {
		xml_mend_note(&m->damage, m->line, "</%.*s> ends nothing",
		              (int)name.len, name.data);
		return;
	}
	if (i < before) {
		struct slice open = mend_open_name(m, before - 1);
		xml_mend_note(&m->damage, m->line, "</%.*s> before the end of "
		              "<%.*s>", (int)name.len, name.data, (int)open.len,
		              open.data);
	}
	while (m->depth >= i)
		put_end(m);
}

static size_t name_length(const struct piece *p, size_t from)
{
	size_t n = 0;
	while (from + n < p->n && n <= XML_NAME_MAX && is_name(p->data[from + n]))
		n++;
	return n;
}

static void put_text_of(struct xml_mend *m, struct piece *p)
{
	mend_put_character(m, p->data[p->at]);
	p->at++;
}

static bool is_open(const struct xml_mend *m, struct slice name)
{
	for (uint32_t i = 1; i < m->depth; i++)
		if (slice_equal(mend_open_name(m, i), name))
			return true;
	return false;
}

static void end_tag(struct xml_mend *m, struct piece *p)
{
	size_t from = p->at + 2, n = name_length(p, from), end = from + n;
	while (end < p->n && end - from < 2 * XML_NAME_MAX &&
	       p->data[end] != '>' && p->data[end] != '<')
		end++;
	while (end < p->n && (p->data[end] & 0xC0) == 0x80)
		end++; /* not within a character */
	struct slice name = slice_of(p->data + from, n);
	if (end == p->n && !p->last) {
		p->waits = true;
		return;
	}
	if (end == p->n && !is_open(m, name)) { /* it is cut off */
		p->at = end;
		return;
	}
	if (!n || n > XML_NAME_MAX || !is_name_start(p->data[from])) {
		put_text_of(m, p);
		return;
	}
	end_element(m, name);
	end += end < p->n && p->data[end] == '>';
	mend_leave_out(m, p->data + p->at, end - p->at);
	p->at = end;
}

/* Where the tag ends, behind '>', or where it is too long or cut off, which is
 * not *whole; 0: another begins before. */
static size_t tag_end(const struct piece *p, size_t from, bool *whole)
{
	*whole = false;
	uint8_t quote = 0;
	size_t i = from;
	for (; i < p->n && i - p->at <= XML_TAG_MAX; i++) {
		uint8_t c = p->data[i];
		if (c == '<')
			return 0;
		if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '>') {
			*whole = true;
			return i + 1;
		} else if ((c == '"' || c == '\'') && p->data[i - 1] == '=')
			quote = c;
		else if ((c == '"' || c == '\'') && mend_is_white(p->data[i - 1]))
			quote = c;
	}
	return i;
}

/* Of an attribute up to `end` or the byte `until`, white where that is 0. */
static void put_value(struct xml_mend *m, struct piece *p, size_t end,
                      uint8_t until)
{
	buffer_byte(&m->out, '"');
	while (p->at < end && p->data[p->at] != until &&
	       !(until == 0 && mend_is_white(p->data[p->at]))) {
		uint8_t c = p->data[p->at];
		if (c == '&') {
			mend_put_reference(m, p, end);
			continue;
		}
		m->line += c == '\n';
		if (c == '"')
			mend_put_character(m, c);
		else if (c < 0x20 && c != '\n')
			mend_put_control(m, c);
		else
			buffer_byte(&m->out, c);
		p->at++;
	}
	p->at += until && p->at < end;
	buffer_byte(&m->out, '"');
}

static void skip_white(struct xml_mend *m, struct piece *p, size_t end)
{
	for (; p->at < end && mend_is_white(p->data[p->at]); p->at++) {
		if (p->data[p->at] == '\n')
			buffer_byte(&m->out, '\n');
		m->line += p->data[p->at] == '\n';
	}
}

static void put_attribute(struct xml_mend *m, struct piece *p, size_t end)
{
	size_t n = 1;
	while (p->at + n < end && is_name(p->data[p->at + n]))
		n++;
	buffer_byte(&m->out, ' ');
	put_name(&m->out, slice_of(p->data + p->at, n));
	buffer_byte(&m->out, '=');
	p->at += n;
	skip_white(m, p, end);
	if (p->at == end || p->data[p->at] != '=') {
		buffer_text(&m->out, "\"\"");
		return;
	}
	p->at++;
	skip_white(m, p, end);
	uint8_t quote = p->at < end ? p->data[p->at] : 0;
	bool quoted = quote == '"' || quote == '\'';
	p->at += quoted;
	put_value(m, p, end, quoted ? quote : 0);
}

/* What stands between a tag's name and its end: values get quotes, and as many
 * attributes as any tag needs are kept. */
static void put_attributes(struct xml_mend *m, struct piece *p, size_t end)
{
	for (int n = 0; p->at < end;) {
		skip_white(m, p, end);
		if (p->at == end)
			break;
		if (is_name_start(p->data[p->at]) && n++ < XML_ATTRIBUTES)
			put_attribute(m, p, end);
		else
			p->at++;
	}
}

static void start_tag(struct xml_mend *m, struct piece *p)
{
	size_t from = p->at + 1, n = name_length(p, from), after = from + n;
	if (after == p->n && !p->last && n <= XML_NAME_MAX) {
		p->waits = true;
		return;
	}
	bool tag = n <= XML_NAME_MAX && after < p->n &&
	           (mend_is_white(p->data[after]) || p->data[after] == '>' ||
	            (p->data[after] == '/' &&
	             (after + 1 == p->n || p->data[after + 1] == '>')));
	bool whole = false;
	size_t end = tag ? tag_end(p, after, &whole) : 0;
	if (end == p->n && !whole && !p->last) {
		p->waits = true;
		return;
	}
	if (!end || (end == p->n && !whole)) {
		put_text_of(m, p);
		return;
	}
	if (m->depth == XML_DEPTH) {
		xml_mend_note(&m->damage, m->line, "nested deeper than %d",
		              XML_DEPTH);
		m->full = true;
		return;
	}
	push_name(m, slice_of(p->data + from, n));
	struct slice name = mend_open_name(m, m->depth - 1);
	buffer_byte(&m->out, '<');
	buffer_append(&m->out, name.data, name.len);
	bool empty = whole && p->data[end - 2] == '/';
	if (whole) {
		p->at = after;
		put_attributes(m, p, end - 1 - empty);
		p->at = end;
	} else {
		xml_mend_note(&m->damage, m->line, "a tag over 64 KiB");
		m->state = MEND_SKIP;
		m->opened = m->line;
		p->at = after;
	}
	buffer_byte(&m->out, '>');
	if (empty)
		put_end(m);
}

/* ---- what begins with <! or <? -------------------------------------------------- */

static bool begins(const struct piece *p, const char *with)
{
	size_t n = strlen(with);
	return p->n - p->at >= n &&
	       !strncasecmp((const char *)p->data + p->at, with, n);
}

static void declaration(struct xml_mend *m, struct piece *p)
{
	if (p->n - p->at < 9 && !p->last) {
		p->waits = true;
		return;
	}
	m->opened = m->line;
	m->brackets = 0;
	m->quote = 0;
	if (begins(p, "<!--")) {
		m->state = MEND_COMMENT;
		p->at += 4;
	} else if (begins(p, "<![CDATA[")) {
		m->state = MEND_CDATA;
		p->at += 9;
	} else if (begins(p, "<!DOCTYPE")) {
		m->state = MEND_DOCTYPE;
		p->at += 9;
	} else if (p->at + 2 < p->n && is_name_start(p->data[p->at + 2])) {
		m->state = MEND_SKIP;
		p->at += 2;
	} else {
		put_text_of(m, p);
	}
}

void mend_markup(struct xml_mend *m, struct piece *p)
{
	if (p->n - p->at < 2) {
		if (p->last)
			put_text_of(m, p);
		else
			p->waits = true;
		return;
	}
	uint8_t c = p->data[p->at + 1];
	if (c == '/') {
		end_tag(m, p);
	} else if (c == '!') {
		declaration(m, p);
	} else if (c == '?') {
		m->opened = m->line;
		m->state = MEND_SKIP;
		p->at += 2;
	} else if (is_name_start(c)) {
		start_tag(m, p);
	} else {
		put_text_of(m, p);
	}
}
