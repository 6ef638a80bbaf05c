#include "mail/mbox.h"

#include "base/ascii.h"
#include "mail/mail_header.h"
#include "base/white.h"

enum { FIELD_LOOK = 1024 };

static bool is_from(struct slice line)
{
	return line.len > 5 && !memcmp(line.data, "From ", 5);
}

static bool is_digit(struct slice text, size_t at)
{
	return at < text.len && ascii_digit(text.data[at]);
}

/* "12:30" and, after it, "2017". */
static bool has_date(struct slice line)
{
	size_t at = 0, digits = 0;
	while (at + 2 < line.len && !(is_digit(line, at) && is_digit(line, at + 2) &&
	                              line.data[at + 1] == ':'))
		at++;
	for (at += 3; at < line.len && digits < 4; at++)
		digits = is_digit(line, at) ? digits + 1 : 0;
	return digits == 4;
}

static struct slice first_line(struct slice text)
{
	const uint8_t *end = text.len ? memchr(text.data, '\n', text.len) : NULL;
	return slice_of(text.data, end ? (size_t)(end - text.data) : text.len);
}

static bool is_continuation(struct slice line)
{
	return line.len > 1 && (line.data[0] == ' ' || line.data[0] == '\t');
}

/* A field of a header: perhaps behind lines ">From …" that old mailers put there,
 * and, if the From_ line has a date, behind the rest of a field that was cut. */
static bool is_field(struct slice text, bool dated)
{
	struct slice line = first_line(text);
	while (line.len < text.len &&
	       (mbox_is_remote(line) || (dated && is_continuation(line)))) {
		text = slice_from(text, line.len + 1);
		line = first_line(text);
	}
	return mail_field_name(line) > 0;
}

bool mbox_is_remote(struct slice line)
{
	return line.len > 6 && !memcmp(line.data, ">From ", 6);
}

bool mbox_is(struct slice prefix)
{
	struct slice line = first_line(prefix);
	if (!is_from(line) || line.len == prefix.len)
		return false;
	return is_field(slice_from(prefix, line.len + 1), has_date(line));
}

int mbox_opens(struct lines *lines, struct slice line, bool after_blank,
               bool *out, struct ns_error *err)
{
	struct slice ahead;
	bool dated = has_date(line);
	*out = false;
	if (!is_from(line) || !(after_blank || dated))
		return NS_OK;
	TRY(lines_ahead(lines, FIELD_LOOK, &ahead, err));
	*out = is_field(ahead, dated);
	return NS_OK;
}

struct slice mbox_unquote(struct slice line)
{
	size_t n = 0;
	while (n < line.len && line.data[n] == '>')
		n++;
	if (n && is_from(slice_from(line, n)))
		return slice_from(line, 1);
	return line;
}

int mbox_length(struct lines *lines, struct slice value, uint64_t *out,
                struct ns_error *err)
{
	uint64_t length = 0;
	struct slice ahead;
	*out = 0;
	for (size_t i = 0; i < value.len; i++) {
		if (!is_digit(value, i) || length > MBOX_LOOK)
			return NS_OK;
		length = length * 10 + (uint64_t)(value.data[i] - '0');
	}
	if (!length || length + 16 > MBOX_LOOK)
		return NS_OK;
	TRY(lines_ahead(lines, length + 16, &ahead, err));
	if (ahead.len < length)
		return NS_OK;
	ahead = white_trim_start(slice_from(ahead, length));
	if (!ahead.len || is_from(ahead))
		*out = lines->bytes + length;
	return NS_OK;
}
