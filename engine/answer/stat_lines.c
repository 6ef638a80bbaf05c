#include "answer/stat_lines.h"

#include "answer/digits.h"

void stat_label(struct buffer *text, const char *name)
{
	buffer_printf(text, "%-*s", STAT_LABEL, name);
}

/* Text that was put behind `from` is moved right to fill `width`. */
static void align_right(struct buffer *text, size_t from, size_t width)
{
	char cell[64];
	size_t n = text->len - from;
	if (text->status != NS_OK || n >= width || n > sizeof cell)
		return;
	memcpy(cell, text->data + from, n);
	text->len = from;
	buffer_printf(text, "%*.*s", (int)width, (int)n, cell);
}

void stat_number(struct buffer *text, uint64_t value, size_t width)
{
	size_t from = text->len;
	digits_grouped(text, value);
	align_right(text, from, width);
}

void stat_percent(struct buffer *text, uint64_t part, uint64_t whole)
{
	size_t from = text->len;
	digits_percent(text, part, whole);
	align_right(text, from, STAT_PERCENT);
	buffer_text(text, " %");
}

void stat_number_line(struct buffer *text, const char *name, uint64_t value,
                      const char *unit)
{
	stat_label(text, name);
	digits_grouped(text, value);
	buffer_printf(text, "%s\n", unit);
}

void stat_share(struct buffer *text, const char *name, size_t width,
                uint64_t bytes, uint64_t whole)
{
	buffer_printf(text, "  %-*s", (int)width, name);
	stat_number(text, bytes, STAT_NUMBER);
	stat_percent(text, bytes, whole);
}
