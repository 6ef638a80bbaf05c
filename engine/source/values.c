#include "source/values.h"

#include "base/white.h"

static bool is_mark(uint8_t c, const char *marks)
{
	return c == '\n' || (c && strchr(marks, c));
}

void values_append(struct buffer *out, struct slice list, const char *marks)
{
	for (size_t at = 0, n; at < list.len; at += n + 1) {
		for (n = 0; at + n < list.len && !is_mark(list.data[at + n], marks);)
			n++;
		struct slice value = white_trim(slice_of(list.data + at, n));
		if (!value.len)
			continue;
		buffer_append(out, value.data, value.len);
		buffer_byte(out, '\n');
	}
}
