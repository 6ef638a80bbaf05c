#include "feed/newsml_text.h"

#include "base/ascii_case.h"
#include "base/white.h"

static const struct {
	const char *name;
	enum newsml_break kind;
} names[] = {
	{"p", BREAK_LINE}, {"br", BREAK_LINE}, {"block", BREAK_LINE},
	{"hl1", BREAK_LINE}, {"hl2", BREAK_LINE}, {"bq", BREAK_LINE},
	{"media", BREAK_LINE}, {"media-caption", BREAK_LINE},
	{"credit", BREAK_LINE}, {"note", BREAK_LINE}, {"fn", BREAK_LINE},
	{"div", BREAK_LINE}, {"section", BREAK_LINE}, {"article", BREAK_LINE},
	{"header", BREAK_LINE}, {"footer", BREAK_LINE}, {"aside", BREAK_LINE},
	{"figure", BREAK_LINE}, {"figcaption", BREAK_LINE},
	{"blockquote", BREAK_LINE}, {"ul", BREAK_LINE}, {"ol", BREAK_LINE},
	{"li", BREAK_LINE}, {"dl", BREAK_LINE}, {"dt", BREAK_LINE},
	{"dd", BREAK_LINE}, {"hr", BREAK_LINE}, {"h1", BREAK_LINE},
	{"h2", BREAK_LINE}, {"h3", BREAK_LINE}, {"h4", BREAK_LINE},
	{"h5", BREAK_LINE}, {"h6", BREAK_LINE}, {"table", BREAK_LINE},
	{"caption", BREAK_LINE}, {"tr", BREAK_LINE}, {"td", BREAK_SPACE},
	{"th", BREAK_SPACE}, {"pre", BREAK_PRE},
};

enum newsml_break newsml_break_of(const char *name)
{
	struct slice text = slice_of(name, strlen(name));
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (ascii_is(text, names[i].name))
			return names[i].kind;
	return BREAK_NONE;
}

/* The line at hand ends, if it has a character. */
static void end_line(struct buffer *out)
{
	const uint8_t *end = out->len ? memrchr(out->data, '\n', out->len) : NULL;
	size_t start = end ? (size_t)(end + 1 - out->data) : 0;
	if (start == out->len)
		return;
	struct slice line = white_trim(slice_of(out->data + start,
	                                        out->len - start));
	memmove(out->data + start, line.data, line.len);
	out->len = start + line.len;
	if (line.len)
		buffer_byte(out, '\n');
}

static void add_space(struct buffer *out)
{
	if (out->len && out->data[out->len - 1] > ' ')
		buffer_byte(out, ' ');
}

void newsml_text_break(struct buffer *out, enum newsml_break kind)
{
	if (kind == BREAK_SPACE)
		add_space(out);
	else if (kind != BREAK_NONE)
		end_line(out);
}

void newsml_text_add(struct buffer *out, struct slice text, bool pre)
{
	for (size_t at = 0, n; at < text.len; at += n) {
		for (n = 0; at + n < text.len && text.data[at + n] > ' ';)
			n++;
		if (n) {
			buffer_append(out, text.data + at, n);
			continue;
		}
		n = 1;
		if (pre && text.data[at] == '\n')
			end_line(out);
		else
			add_space(out);
	}
}
