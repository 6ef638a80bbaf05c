#include "mail/mail_header.h"

#include "base/ascii_case.h"
#include "base/white.h"

static const char *const names[MAIL_FIELDS] = {
	[MAIL_SUBJECT] = "Subject",
	[MAIL_FROM] = "From",
	[MAIL_DATE] = "Date",
	[MAIL_NEWSGROUPS] = "Newsgroups",
	[MAIL_LIST_ID] = "List-Id",
	[MAIL_MESSAGE_ID] = "Message-ID",
	[MAIL_ARCHIVED_AT] = "Archived-At",
	[MAIL_CONTENT_LANGUAGE] = "Content-Language",
	[MAIL_KEYWORDS] = "Keywords",
	[MAIL_CONTENT_LENGTH] = "Content-Length",
	[MAIL_CONTENT_TYPE] = "Content-Type",
	[MAIL_CONTENT_CODING] = "Content-Transfer-Encoding",
	[MAIL_CONTENT_DISPOSITION] = "Content-Disposition",
	[MAIL_CONTENT_LOCATION] = "Content-Location",
};

void mail_header_init(struct mail_header *header)
{
	for (int i = 0; i < MAIL_FIELDS; i++)
		buffer_init(&header->fields[i], MAIL_FIELD_MAX);
	header->open = MAIL_FIELDS;
}

void mail_header_release(struct mail_header *header)
{
	for (int i = 0; i < MAIL_FIELDS; i++)
		buffer_release(&header->fields[i]);
}

void mail_header_clear(struct mail_header *header)
{
	for (int i = 0; i < MAIL_FIELDS; i++)
		buffer_clear(&header->fields[i]);
	header->open = MAIL_FIELDS;
}

int mail_header_status(const struct mail_header *header)
{
	for (int i = 0; i < MAIL_FIELDS; i++)
		if (header->fields[i].status == NS_E_NOMEM)
			return NS_E_NOMEM;
	return NS_OK;
}

size_t mail_field_name(struct slice line)
{
	size_t n = 0, end;
	while (n < line.len && line.data[n] > ' ' && line.data[n] < 0x7F &&
	       line.data[n] != ':')
		n++;
	for (end = n; end < line.len && (line.data[end] == ' ' ||
	                                 line.data[end] == '\t'); end++)
		;
	return end < line.len && line.data[end] == ':' ? n : 0;
}

static enum mail_field field_of(struct slice name)
{
	for (int i = 0; i < MAIL_FIELDS; i++)
		if (ascii_is(name, names[i]))
			return (enum mail_field)i;
	return MAIL_FIELDS;
}

static bool is_white(uint8_t c)
{
	return c == ' ' || c == '\t';
}

/* What fits. */
static void append(struct buffer *value, struct slice text)
{
	if (value->len)
		buffer_byte(value, ' ');
	text = white_trim(text);
	buffer_append(value, text.data,
	              min_size(text.len, value->max - value->len));
}

enum mail_header_line mail_header_take(struct mail_header *header,
                                       struct slice line)
{
	size_t n;
	if (!line.len)
		return MAIL_LINE_BLANK;
	if (is_white(line.data[0])) {
		if (header->open != MAIL_FIELDS)
			append(&header->fields[header->open], line);
		return MAIL_LINE_TAKEN;
	}
	n = mail_field_name(line);
	if (!n)
		return MAIL_LINE_TEXT;
	enum mail_field field = field_of(slice_of(line.data, n));
	header->open = MAIL_FIELDS;
	if (field == MAIL_FIELDS ||
	    (header->fields[field].len && field != MAIL_KEYWORDS))
		return MAIL_LINE_TAKEN;
	if (header->fields[field].len)
		buffer_byte(&header->fields[field], ',');
	while (line.data[n] != ':')
		n++;
	append(&header->fields[field],
	       slice_from(line, n + 1));
	header->open = field;
	return MAIL_LINE_TAKEN;
}

struct slice mail_header_value(const struct mail_header *header,
                               enum mail_field field)
{
	const struct buffer *value = &header->fields[field];
	return white_trim(slice_of(value->data, value->len));
}

struct slice mail_header_word(const struct mail_header *header,
                              enum mail_field field)
{
	struct slice value = mail_header_value(header, field);
	const uint8_t *end = value.len ? memchr(value.data, ';', value.len) : NULL;
	if (end)
		value.len = (size_t)(end - value.data);
	return white_trim(value);
}

/* The end of what begins at text[at], outside of quotes at the ';'. */
static size_t parameter_end(struct slice text, size_t at)
{
	bool quoted = false;
	for (; at < text.len; at++) {
		if (text.data[at] == '"')
			quoted = !quoted;
		else if (text.data[at] == '\\' && quoted)
			at++;
		else if (text.data[at] == ';' && !quoted)
			break;
	}
	return min_size(at, text.len);
}

static void copy_value(struct slice value, char *out, size_t size)
{
	size_t n = 0;
	value = white_trim(value);
	bool quoted = value.len && value.data[0] == '"';
	for (size_t i = quoted; i < value.len; i++) {
		uint8_t c = value.data[i];
		if (quoted && c == '"')
			break;
		if (!quoted && (is_white(c) || c == '('))
			break;
		if (quoted && c == '\\' && i + 1 < value.len)
			c = value.data[++i];
		if (n + 1 == size) {
			n = 0;
			break;
		}
		out[n++] = (char)c;
	}
	out[n] = '\0';
}

void mail_header_parameter(const struct mail_header *header,
                           enum mail_field field, const char *name, char *out,
                           size_t size)
{
	struct slice text = mail_header_value(header, field);
	size_t len = strlen(name), at = parameter_end(text, 0);
	out[0] = '\0';
	while (at < text.len) {
		size_t end = parameter_end(text, at + 1);
		struct slice one = white_trim(slice_of(text.data + at + 1,
		                                       end - at - 1));
		at = end;
		if (one.len <= len || !ascii_begins(one, name))
			continue;
		one = white_trim(slice_from(one, len));
		if (one.len && one.data[0] == '=') {
			copy_value(slice_from(one, 1), out, size);
			return;
		}
	}
}
