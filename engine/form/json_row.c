#include "form/json_row.h"

#include "base/white.h"
#include "form/json_scan.h"

/* Takes a value off the front of what stands within a list; none at its end. */
static struct slice cut_value(struct slice *rest)
{
	struct json_scan s = {0};
	size_t n = 0;
	while (n < rest->len && (s.depth || s.string ||
	       (rest->data[n] != ',' && rest->data[n] != ']')))
		json_scan_step(&s, rest->data[n++]);
	struct slice value = white_trim(slice_of(rest->data, n));
	bool comma = n < rest->len && rest->data[n] == ',';
	*rest = comma ? slice_from(*rest, n + 1) : (struct slice){0};
	return value;
}

bool json_row_object(struct slice columns, struct slice row, struct buffer *out)
{
	columns = slice_from(columns, columns.len > 0);
	row = slice_from(row, row.len > 0);
	buffer_clear(out);
	for (;;) {
		struct slice name = cut_value(&columns), value = cut_value(&row);
		if (!name.len || !value.len) {
			buffer_text(out, out->len ? "}" : "{}");
			return !name.len && !value.len;
		}
		bool string = name.data[0] == '"';
		buffer_byte(out, out->len ? ',' : '{');
		buffer_text(out, string ? "" : "\"");
		for (size_t i = 0; i < name.len; i++)
			if (string || name.data[i] != '"') /* ["a", "b"] of levels */
				buffer_byte(out, name.data[i]);
		buffer_text(out, string ? ":" : "\":");
		buffer_append(out, value.data, value.len);
	}
}
