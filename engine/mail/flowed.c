#include "mail/flowed.h"

static size_t cut_quotes(struct slice *line)
{
	size_t n = 0;
	while (n < line->len && line->data[n] == '>')
		n++;
	size_t stuffed = n < line->len && line->data[n] == ' ';
	*line = slice_from(*line, n + stuffed);
	return n;
}

static void put_quotes(struct buffer *out, size_t depth, bool empty)
{
	for (size_t i = 0; i < depth; i++)
		buffer_byte(out, '>');
	if (depth && !empty)
		buffer_byte(out, ' ');
}

/* Ends a paragraph whose last line was flowed. */
static void end_open(struct buffer *out)
{
	while (out->len && out->data[out->len - 1] == ' ')
		out->len--;
	buffer_byte(out, '\n');
}

void flowed_join(struct slice text, bool delsp, struct buffer *out)
{
	bool open = false;
	size_t depth = 0;
	while (text.len) {
		struct slice line = slice_cut(&text, '\n');
		if (line.len && line.data[line.len - 1] == '\r')
			line.len--;
		size_t quotes = cut_quotes(&line);
		bool signature = slice_equal(line, slice_of("-- ", 3));
		bool flowed = !signature && line.len &&
		              line.data[line.len - 1] == ' ';
		if (open && (signature || !line.len || quotes != depth)) {
			end_open(out);
			open = false;
		}
		if (!open)
			put_quotes(out, quotes, !line.len);
		line.len -= flowed && delsp;
		buffer_append(out, line.data, line.len);
		if (!flowed)
			buffer_byte(out, '\n');
		open = flowed;
		depth = quotes;
	}
	if (open)
		end_open(out);
}
