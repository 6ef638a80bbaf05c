#include "feed/xml_mend_inside.h"

#include "base/utf8.h"
#include "feed/xml_reference.h"
#include "source/character.h"

#include <stdarg.h>

void xml_mend_note(struct xml_damage *damage, uint64_t line,
                   const char *format, ...)
{
	va_list arguments;
	if (damage->line)
		return;
	damage->line = line;
	va_start(arguments, format);
	vsnprintf(damage->what, sizeof damage->what, format, arguments);
	va_end(arguments);
}

/* ---- single bytes ------------------------------------------------------------ */

enum { PLAIN, LINE, CONTROL, OPEN, CLOSE, REFERENCE };

static const uint8_t kinds[256] = {
	[0] = CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
	CONTROL, CONTROL, ['\n'] = LINE, [11] = CONTROL, CONTROL,
	[14] = CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
	CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
	CONTROL, CONTROL, CONTROL,
	['<'] = OPEN, ['>'] = CLOSE, ['&'] = REFERENCE,
};

void mend_put_control(struct xml_mend *m, uint8_t c)
{
	if (mend_is_white(c))
		buffer_byte(&m->out, ' ');
	else
		buffer_text(&m->out, "\uFFFD");
	m->repairs += !mend_is_white(c);
}

/* Out of what is left out only the line ends remain. */
void mend_leave_out(struct xml_mend *m, const uint8_t *from, size_t n)
{
	const uint8_t *end = from + n;
	while (n && (from = memchr(from, '\n', (size_t)(end - from))) != NULL) {
		buffer_byte(&m->out, '\n');
		m->line++;
		if (++from == end)
			return;
	}
}

/* libxml2 takes a number for what it is even where it has met an error. */
void mend_put_character(struct xml_mend *m, uint32_t c)
{
	if (c == '<' || c == '>' || c == '&' || c == '"' || c == '\r')
		buffer_printf(&m->out, "&#%u;", c);
	else
		character_append(&m->out, c);
}

void mend_put_reference(struct xml_mend *m, struct piece *p, size_t end)
{
	struct slice rest = slice_of(p->data + p->at, end - p->at);
	uint32_t c;
	size_t taken = 1;
	switch (xml_reference(rest, &c, &taken)) {
	case REFERENCE_CUT:
		if (end == p->n && !p->last) {
			p->waits = true;
			return;
		}
		break;
	case REFERENCE_UNKNOWN:
		if (m->declares)
			xml_mend_note(&m->damage, m->line, "entities of the "
			              "document's own are not expanded: %.*s",
			              (int)taken, rest.data);
		break;
	case REFERENCE_KNOWN:
		mend_put_character(m, c);
		p->at += taken;
		return;
	case REFERENCE_NONE:
		break;
	}
	buffer_text(&m->out, "&#38;");
	p->at++;
}

/* ---- the states ------------------------------------------------------------------ */

static void text(struct xml_mend *m, struct piece *p)
{
	size_t from = p->at;
	while (p->at < p->n && kinds[p->data[p->at]] <= LINE)
		m->line += kinds[p->data[p->at++]];
	buffer_append(&m->out, p->data + from, p->at - from);
	if (p->at == p->n)
		return;
	uint8_t c = p->data[p->at];
	switch (kinds[c]) {
	case OPEN:
		mend_markup(m, p);
		break;
	case REFERENCE:
		mend_put_reference(m, p, p->n);
		break;
	case CLOSE: /* ]]> is an error of its own */
		mend_put_character(m, c);
		p->at++;
		break;
	default:
		mend_put_control(m, c);
		p->at++;
	}
}

/* Where this string is, from p->at on, or where it may begin at the end. */
static size_t find(const struct piece *p, const char *string, bool *found)
{
	size_t len = strlen(string), left = p->n - p->at;
	const uint8_t *at = memmem(p->data + p->at, left, string, len);
	*found = at != NULL;
	if (at)
		return (size_t)(at - p->data);
	return p->last ? p->n : p->n - min_size(left, len - 1);
}

static void put_cdata(struct xml_mend *m, const uint8_t *data, size_t n)
{
	if (!n)
		return;
	buffer_text(&m->out, "<![CDATA[");
	for (size_t i = 0; i < n;) {
		size_t from = i;
		while (i < n && (kinds[data[i]] != CONTROL))
			m->line += data[i++] == '\n';
		buffer_append(&m->out, data + from, i - from);
		if (i < n)
			mend_put_control(m, data[i++]);
	}
	buffer_text(&m->out, "]]>");
}

/* What began ends at `end`, by a string of three bytes, or goes on. */
static void step_past(struct xml_mend *m, struct piece *p, size_t end, bool found)
{
	p->at = found ? end + 3 : end;
	p->waits = !found;
	if (found)
		m->state = MEND_TEXT;
}

static void cdata(struct xml_mend *m, struct piece *p)
{
	bool found;
	size_t end = find(p, "]]>", &found);
	while (!found && end < p->n && end > p->at &&
	       (p->data[end] & 0xC0) == 0x80)
		end--;
	put_cdata(m, p->data + p->at, end - p->at);
	step_past(m, p, end, found);
}

static void comment(struct xml_mend *m, struct piece *p)
{
	bool found;
	size_t end = find(p, "-->", &found);
	mend_leave_out(m, p->data + p->at, end - p->at);
	step_past(m, p, end, found);
}

static void skip(struct xml_mend *m, struct piece *p)
{
	const uint8_t *end = memchr(p->data + p->at, '>', p->n - p->at);
	size_t n = end ? (size_t)(end + 1 - p->data) - p->at : p->n - p->at;
	mend_leave_out(m, p->data + p->at, n);
	p->at += n;
	if (end)
		m->state = MEND_TEXT;
}

/* [ … ] may hold declarations, which hold quoted values. */
static void doctype(struct xml_mend *m, struct piece *p)
{
	size_t from = p->at;
	while (p->at < p->n && m->state == MEND_DOCTYPE && !p->waits) {
		uint8_t c = p->data[p->at];
		if (c == '<' && p->n - p->at < 8 && !p->last) {
			p->waits = true;
			break;
		}
		if (m->quote)
			m->quote = c == m->quote ? 0 : m->quote;
		else if (c == '"' || c == '\'')
			m->quote = c;
		else if (c == '[' || c == '<')
			m->brackets++;
		else if (c == ']' && m->brackets)
			m->brackets--;
		else if (c == '>' && !m->brackets)
			m->state = MEND_TEXT;
		else if (c == '>')
			m->brackets--;
		m->declares |= c == '<' && p->n - p->at >= 8 &&
		               !memcmp(p->data + p->at, "<!ENTITY", 8);
		p->at++;
	}
	mend_leave_out(m, p->data + from, p->at - from);
}

static void mend(struct xml_mend *m, struct piece *p)
{
	while (p->at < p->n && !p->waits && !m->full) {
		switch (m->state) {
		case MEND_TEXT:
			text(m, p);
			break;
		case MEND_CDATA:
			cdata(m, p);
			break;
		case MEND_COMMENT:
			comment(m, p);
			break;
		case MEND_DOCTYPE:
			doctype(m, p);
			break;
		case MEND_SKIP:
			skip(m, p);
			break;
		}
	}
}

/* ---- calls ----------------------------------------------------------------------- */

/* Bytes at the end that may be the start of a character. */
static size_t cut_character(const uint8_t *data, size_t n)
{
	for (size_t i = 1; i <= 3 && i <= n; i++) {
		uint8_t c = data[n - i];
		if (c < 0x80)
			return 0;
		if (c >= 0xC0)
			return i < (c >= 0xF0 ? 4u : c >= 0xE0 ? 3u : 2u) ? i : 0;
	}
	return 0;
}

static bool is_good(const uint8_t *data, size_t n)
{
	size_t good = 0;
	while (good < n) {
		good += utf8_prefix(data + good, n - good);
		if (good < n && data[good])
			return false;
		good += good < n; /* a NUL byte is a control like others */
	}
	return true;
}

/* What was open at the end. */
static void note_end(struct xml_mend *m)
{
	static const char *const whats[] = {
		[MEND_CDATA] = "CDATA", [MEND_COMMENT] = "a comment",
		[MEND_DOCTYPE] = "a DOCTYPE", [MEND_SKIP] = "a tag",
	};
	if (m->state != MEND_TEXT)
		xml_mend_note(&m->damage, m->opened, "%s that does not end",
		              whats[m->state]);
	if (m->depth <= 1)
		return;
	struct slice open = mend_open_name(m, m->depth - 1);
	xml_mend_note(&m->damage, m->line, "the end is missing, from inside of "
	              "<%.*s>", (int)open.len, open.data);
}

int xml_mend(struct xml_mend *m, struct slice bytes, bool last,
             struct ns_error *err)
{
	struct buffer *work = &m->work;
	struct piece piece = {.last = last};
	buffer_append(work, bytes.data, bytes.len);
	TRY(buffer_check(work, err));
	size_t cut = last ? 0 : cut_character(work->data, work->len);
	piece.n = work->len - cut;
	uint8_t tail[4];
	memcpy(tail, work->data ? work->data + piece.n : tail, cut);
	if (!is_good(work->data, piece.n)) {
		buffer_clear(&m->repaired);
		m->repairs += utf8_repair(slice_of(work->data, piece.n),
		                          &m->repaired);
		TRY(buffer_check(&m->repaired, err));
		buffer_clear(work);
		buffer_append(work, m->repaired.data, m->repaired.len);
		piece.n = work->len;
		buffer_append(work, tail, cut);
		TRY(buffer_check(work, err));
	}
	piece.data = work->data;
	mend(m, &piece);
	memmove(work->data, work->data + piece.at, work->len - piece.at);
	work->len -= piece.at;
	if (last)
		note_end(m);
	TRY(buffer_check(&m->names, err));
	return buffer_check(&m->out, err);
}

void xml_mend_clear(struct xml_mend *m)
{
	buffer_clear(&m->out);
	buffer_clear(&m->work);
	buffer_clear(&m->names);
	m->state = MEND_TEXT;
	m->line = 1;
	m->depth = 0;
	m->declares = m->full = false;
	m->repairs = 0;
	m->damage.line = 0;
	mend_open_first(m);
}

void xml_mend_init(struct xml_mend *m)
{
	enum { LIMIT = 64 << 20 };
	memset(m, 0, sizeof *m);
	buffer_init(&m->out, LIMIT);
	buffer_init(&m->work, LIMIT);
	buffer_init(&m->repaired, LIMIT);
	buffer_init(&m->names, (XML_DEPTH + 2) * (XML_NAME_MAX + 1));
}

void xml_mend_release(struct xml_mend *m)
{
	buffer_release(&m->out);
	buffer_release(&m->work);
	buffer_release(&m->repaired);
	buffer_release(&m->names);
}
