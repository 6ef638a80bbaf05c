#include "web/header_field.h"

#include "base/ascii_case.h"

static bool is_white(uint8_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct slice trim(struct slice text)
{
	while (text.len && is_white(text.data[0])) {
		text.data++;
		text.len--;
	}
	while (text.len && is_white(text.data[text.len - 1]))
		text.len--;
	return text;
}

bool header_field_of(struct slice line, struct header_field *out)
{
	const uint8_t *colon = line.len ? memchr(line.data, ':', line.len) : NULL;
	if (!colon || is_white(line.data[0]))
		return false;
	size_t n = (size_t)(colon - line.data);
	out->name = trim(slice_of(line.data, n));
	out->value = trim(slice_of(colon + 1, line.len - n - 1));
	return out->name.len > 0;
}

bool header_field_is(const struct header_field *field, const char *name)
{
	return ascii_is(field->name, name);
}

int header_next(struct lines *lines, uint64_t from, struct slice *out,
                const char **fault, struct ns_error *err)
{
	struct line line;
	TRY(lines_next(lines, &line, err));
	*out = slice_of(line.data, line.len);
	if (line.state == LINE_END)
		*fault = "it ends within its header";
	else if (line.state == LINE_OVERLONG || lines->bytes - from > HEADER_MAX)
		*fault = "its header is over 1 MiB";
	if (*fault)
		*out = slice_of(NULL, 0);
	return NS_OK;
}

int header_read(struct lines *lines, uint64_t from, header_take *take,
                void *context, const char **fault, struct ns_error *err)
{
	for (;;) {
		struct slice line;
		struct header_field field;
		TRY(header_next(lines, from, &line, fault, err));
		if (!line.len)
			return NS_OK;
		if (header_field_of(line, &field))
			take(context, &field);
	}
}

bool header_number(struct slice text, uint64_t *out)
{
	uint64_t value = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned digit = text.data[i] - (unsigned)'0';
		if (digit > 9 || value > ((uint64_t)INT64_MAX - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	*out = value;
	return text.len > 0;
}

static struct slice until(struct slice text, uint8_t end)
{
	const uint8_t *at = text.len ? memchr(text.data, end, text.len) : NULL;
	return slice_of(text.data, at ? (size_t)(at - text.data) : text.len);
}

static void put(struct slice text, char *out, size_t size)
{
	text = trim(text);
	size_t n = min_size(text.len, size - 1);
	for (size_t i = 0; i < n; i++)
		out[i] = text.data[i] ? (char)ascii_lower(text.data[i]) : ' ';
	out[n] = '\0';
}

void header_word(struct slice value, char *out, size_t size)
{
	put(until(value, ';'), out, size);
}

void header_parameter(struct slice value, const char *name, char *out,
                      size_t size)
{
	*out = '\0';
	for (;;) {
		struct slice before = until(value, ';');
		if (before.len == value.len)
			return;
		value = slice_from(value, before.len + 1);
		struct slice one = until(value, ';'), key = until(one, '=');
		if (key.len == one.len || !ascii_is(trim(key), name))
			continue;
		one = trim(slice_from(one, key.len + 1));
		if (one.len >= 2 && one.data[0] == '"')
			one = until(slice_from(one, 1), '"');
		put(one, out, size);
		return;
	}
}
