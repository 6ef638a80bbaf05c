#include "source/link.h"

#include "base/ascii_case.h"

/* A colon before any other sign ends a scheme. */
static bool has_scheme(struct slice link)
{
	for (size_t i = 0; i < link.len; i++) {
		uint8_t c = link.data[i];
		if (c == ':')
			return i > 0;
		if (!ascii_letter(c) && !ascii_digit(c) && c != '+' &&
		    c != '-' && c != '.')
			return false;
	}
	return false;
}

static size_t find(struct slice text, size_t from, const char *signs)
{
	while (from < text.len &&
	       !(text.data[from] && strchr(signs, text.data[from])))
		from++;
	return from;
}

static struct slice front(struct slice text, size_t n)
{
	return slice_of(text.data, n);
}

/* The folder of a path that begins at `root`, without the last of its names for
 * each ../ that link begins with, which loses it. */
static struct slice folder_of(struct slice path, size_t root,
                              struct slice *link)
{
	const uint8_t *slash = memrchr(path.data + root, '/', path.len - root);
	size_t n = slash ? (size_t)(slash - path.data) : root;
	for (;;) {
		size_t skip = slice_begins(*link, "../") ? 3 :
		              slice_begins(*link, "./") ? 2 : 0;
		if (!skip)
			return front(path, n);
		*link = slice_from(*link, skip);
		slash = skip == 3 && n > root
			? memrchr(path.data + root, '/', n - root) : NULL;
		n = slash ? (size_t)(slash - path.data) : skip == 3 ? root : n;
	}
}

void link_join(struct slice link, struct slice base, struct buffer *out)
{
	size_t scheme = ascii_begins(base, "http://") ? 5 :
	                ascii_begins(base, "https://") ? 6 : 0;
	if (link.len && scheme && !has_scheme(link)) {
		size_t root = find(base, scheme + 2, "/?#");
		struct slice path = front(base, find(base, root, "?#"));
		struct slice before = path; /* ?query, #part */
		if (slice_begins(link, "//"))
			before = front(base, scheme);
		else if (link.data[0] == '/')
			before = front(base, root);
		else if (link.data[0] == '#')
			before = front(base, find(base, root, "#"));
		else if (link.data[0] != '?')
			before = folder_of(path, root, &link);
		buffer_append(out, before.data, before.len);
		if (!link.len || !strchr("/?#", link.data[0]))
			buffer_byte(out, '/');
	}
	buffer_append(out, link.data, link.len);
}
