#include "form/json_layout.h"

#include "base/ascii.h"
#include "base/white.h"
#include "form/json_scan.h"

/* ---- names of lists -------------------------------------------------------- */

static bool is_one_of(const struct json_scan *s, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(names[i]) == s->key_len &&
		    !memcmp(names[i], s->key, s->key_len))
			return true;
	return false;
}

bool json_scan_is_list(const struct json_scan *scan)
{
	static const char *const lists[] = {"items", "articles", "entries",
		"stories", "documents", "docs", "posts", "results", "hits", "data",
		"news", "rows"};
	return is_one_of(scan, lists, ARRAY_LEN(lists));
}

bool json_scan_is_wrap(const struct json_scan *scan)
{
	static const char *const wraps[] = {"response", "result", "results", "hits",
		"data"};
	return is_one_of(scan, wraps, ARRAY_LEN(wraps));
}

/* ---- how a document begins ------------------------------------------------- */

/* Whether text begins with these bytes; outside of strings there may be white between
 * them, and # is a number. */
static bool begins(struct slice text, const char *with)
{
	bool string = false;
	for (; *with; with++) {
		if (!string)
			text = white_trim_start(text);
		string ^= *with == '"';
		size_t n = 0;
		while (*with == '#' && n < text.len && ascii_digit(text.data[n]))
			n++;
		if (*with != '#')
			n = text.len && text.data[0] == (uint8_t)*with;
		if (!n)
			return false;
		text = slice_from(text, n);
	}
	return true;
}

/* Whether each value of the outermost object is one with the key "0" first, as far
 * as text goes. */
static bool are_columns(struct slice text)
{
	struct json_scan s = {0};
	uint32_t columns = 0;
	uint8_t last = 0; /* that is not white, outside of the values */
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.data[i];
		if (s.depth == 1 && !s.string && c > ' ') {
			bool value = last == ':';
			if (value && !begins(slice_from(text, i), "{\"0\":"))
				return false;
			columns += value;
			last = c;
		}
		json_scan_step(&s, c);
		if (!s.depth && i)
			break;
	}
	return columns > 0;
}

static uint32_t depth_of(struct slice text)
{
	struct json_scan s = {0};
	if (begins(text, "[") || begins(text, "{\"#\":{"))
		return 1;
	for (size_t i = 0; i < text.len; i++) {
		json_scan_step(&s, text.data[i]);
		if (json_scan_opened(&s, text.data[i]))
			return s.depth;
		if (!s.depth)
			return 0;
	}
	return 0;
}

struct json_layout json_layout_of(struct slice prefix)
{
	struct slice text = white_trim_start(prefix);
	if (begins(text, "{\"columns\":[")) {
		const uint8_t *list = memchr(text.data, '[', text.len);
		size_t n = (size_t)(list - text.data);
		return (struct json_layout){JSON_ROWS, 2, slice_from(text, n)};
	}
	if (begins(text, "{\"") && are_columns(text))
		return (struct json_layout){.kind = JSON_COLUMNS};
	return (struct json_layout){.around = depth_of(text)};
}

bool json_is(struct slice prefix)
{
	struct slice text = white_trim_start(prefix);
	if (begins(text, "[") || !begins(text, "{"))
		return begins(text, "[{");
	struct json_layout layout = json_layout_of(text);
	if (layout.kind != JSON_OBJECTS || begins(text, "{\"#\":{") ||
	    begins(text, "{\"data\":[{"))
		return true;
	/* a line of JSON closes what it opens, unless it is the only one, a list;
	 * where it is damaged, the next one opens something again, and no list of
	 * articles has begun */
	struct json_scan s = {0};
	struct slice rest = text, line = slice_cut(&rest, '\n');
	for (size_t i = 0; i < line.len; i++)
		json_scan_step(&s, line.data[i]);
	rest = white_trim_start(rest);
	if (!rest.len)
		return layout.around > 0;
	return s.depth > 0 && (rest.data[0] != '{' || layout.around >= 2);
}
