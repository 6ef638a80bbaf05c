#include "form/trec_tags.h"

#include "base/ascii.h"

static bool is_white(uint8_t c)
{
	return c == ' ' || (c >= 9 && c <= 13);
}

static bool is_name(uint8_t c)
{
	return ascii_letter(c) || ascii_digit(c) || c == '-' || c == '_' ||
	       c == '.' || c == ':';
}

/* The name at text[at…] in capitals, cut off at TAG_NAME_MAX; where it ends. */
static size_t read_name(struct slice text, size_t at, char *name)
{
	size_t n = 0;
	for (; at < text.len && is_name(text.data[at]); at++) {
		uint8_t c = text.data[at];
		if (c >= 'a' && c <= 'z')
			c = (uint8_t)(c - 'a' + 'A');
		if (n < TAG_NAME_MAX)
			name[n++] = (char)c;
	}
	name[n] = '\0';
	return at;
}

size_t tags_at(struct slice text, struct tag *out)
{
	text.len = min_size(text.len, TAG_LIMIT);
	bool ends = text.len > 1 && text.data[1] == '/';
	size_t at = 1u + ends;
	if (at >= text.len || !ascii_letter(text.data[at]))
		return 0;
	at = read_name(text, at, out->name);
	size_t start = at;
	if (at < text.len && !is_white(text.data[at]) && text.data[at] != '>' &&
	    text.data[at] != '/')
		return 0;
	while (at < text.len && text.data[at] != '>' && text.data[at] != '<')
		at++;
	if (at == text.len || text.data[at] != '>')
		return 0;
	out->kind = ends ? TAG_ENDS : TAG_BEGINS;
	out->attributes = slice_of(text.data + start, at - start);
	return at + 1;
}

static const uint8_t *find(const uint8_t *from, const uint8_t *end,
                           const char *what)
{
	return memmem(from, (size_t)(end - from), what, strlen(what));
}

/* Bytes of what begins with "<!" or "<?" and says nothing; 0: it is text. */
static size_t skip_declaration(struct tags *tags, const uint8_t *at)
{
	const uint8_t *close;
	size_t left = (size_t)(tags->end - at);
	if (left >= 4 && !memcmp(at, "<!--", 4)) {
		close = tags->no_comment_ends ? NULL
		                              : find(at + 4, tags->end, "-->");
		tags->no_comment_ends = !close;
		return close ? (size_t)(close - at) + 3 : 0;
	}
	if (left < 3 || (at[1] != '?' && !(at[1] == '!' && ascii_letter(at[2]))))
		return 0;
	close = memchr(at, '>', min_size(left, TAG_LIMIT));
	return close ? (size_t)(close - at) + 1 : 0;
}

/* Of the markup at `at`: its bytes; 0: it is text.  Declarations are TAG_TEXT
 * without text. */
static size_t markup_at(struct tags *tags, const uint8_t *at, struct tag *out)
{
	size_t n = tags_at(slice_of(at, (size_t)(tags->end - at)), out);
	if (n)
		return n;
	out->kind = TAG_TEXT;
	return skip_declaration(tags, at);
}

void tags_init(struct tags *tags, struct slice text)
{
	*tags = (struct tags){text.data, text.data + text.len, false};
}

void tags_next(struct tags *tags, struct tag *out)
{
	const uint8_t *from = tags->next, *at = from;
	out->kind = TAG_NONE;
	out->text = slice_of(from, 0);
	while (from < tags->end) {
		size_t n = 0;
		at = memchr(at, '<', (size_t)(tags->end - at));
		if (!at)
			at = tags->end;
		else
			n = markup_at(tags, at, out);
		if (at < tags->end && !n) { /* text; it may end here */
			at++;
			continue;
		}
		if (at > from) {
			out->kind = TAG_TEXT;
			out->text = slice_of(from, (size_t)(at - from));
			tags->next = at;
			return;
		}
		from = tags->next = at = at + n;
		if (out->kind != TAG_TEXT)
			return;
		out->kind = TAG_NONE;
	}
}

/* The value at text[*at…], quoted or not; *at behind it. */
static struct slice read_value(struct slice text, size_t *at)
{
	size_t start = *at, i = start;
	if (i < text.len && (text.data[i] == '"' || text.data[i] == '\'')) {
		uint8_t quote = text.data[i++];
		start = i;
		while (i < text.len && text.data[i] != quote)
			i++;
		*at = min_size(i + 1, text.len);
	} else {
		while (i < text.len && !is_white(text.data[i]))
			i++;
		*at = i;
	}
	return slice_of(text.data + start, i - start);
}

static size_t skip_white(struct slice text, size_t at)
{
	while (at < text.len && is_white(text.data[at]))
		at++;
	return at;
}

struct slice tags_attribute(struct slice attributes, const char *name)
{
	char found[TAG_NAME_MAX + 1];
	size_t at = 0;
	while (at < attributes.len) {
		if (!ascii_letter(attributes.data[at])) {
			at++;
			continue;
		}
		at = skip_white(attributes, read_name(attributes, at, found));
		if (at == attributes.len || attributes.data[at] != '=')
			continue;
		at = skip_white(attributes, at + 1);
		struct slice value = read_value(attributes, &at);
		if (!strcmp(found, name))
			return value;
	}
	return slice_of(NULL, 0);
}
