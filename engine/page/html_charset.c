#include "page/html_charset.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "source/charset.h"
#include "source/charset_labels.h"

/* Where word (in lower case) begins in text, or its length. */
static size_t find(struct slice text, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i + n <= text.len; i++) {
		size_t k = 0;
		while (k < n && ascii_lower(text.data[i + k]) == (uint8_t)word[k])
			k++;
		if (k == n)
			return i;
	}
	return text.len;
}

static struct slice after(struct slice text, size_t n)
{
	return slice_from(text, n);
}

static bool is_label(uint8_t c)
{
	c = ascii_lower(c);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
	       c == '_' || c == ':' || c == '.';
}

bool html_charset_label(struct slice tag, const char *key,
                        char out[HTML_LABEL_MAX])
{
	size_t at = find(tag, key);
	if (at == tag.len)
		return false;
	tag = after(tag, at + strlen(key));
	size_t i = 0, from;
	bool equals = false;
	while (i < tag.len && !is_label(tag.data[i]) && i < 16)
		equals |= tag.data[i++] == '=';
	for (from = i; i < tag.len && is_label(tag.data[i]);)
		i++;
	if (!equals || i - from >= HTML_LABEL_MAX ||
	    !charset_named(slice_of(tag.data + from, i - from)))
		return false;
	memcpy(out, tag.data + from, i - from);
	out[i - from] = 0;
	return true;
}

/* Tags that begin with '<' and `name`; the next, or an empty slice. */
static struct slice next_tag(struct slice *left, const char *name)
{
	for (;;) {
		const uint8_t *open = left->len ?
			memchr(left->data, '<', left->len) : NULL;
		if (!open)
			return slice_of(NULL, 0);
		*left = after(*left, (size_t)(open - left->data));
		size_t n = min_size(left->len, 1024);
		struct slice tag = slice_of(left->data, n);
		if (n > 4 && !memcmp(tag.data, "<!--", 4)) {
			const uint8_t *end = memmem(left->data, left->len,
			                            "-->", 3);
			*left = after(*left, end ? (size_t)(end - left->data)
			                         : left->len);
			continue;
		}
		size_t len = find(slice_of(tag.data, min_size(n, 8)), name);
		*left = after(*left, 1);
		if (!len && n > strlen(name))
			return slice_of(tag.data, find(tag, ">"));
	}
}

bool html_charset_declared(struct slice page, char label[HTML_LABEL_MAX])
{
	struct slice left = slice_of(page.data,
	                             min_size(page.len, HTML_META_WITHIN));
	struct slice start = slice_of(page.data, min_size(page.len, 256));
	size_t xml = find(start, "<?xml");
	if (xml < start.len) {
		start = after(start, xml);
		start.len = find(start, "?>");
		if (html_charset_label(start, "encoding", label))
			return true;
	}
	for (;;) {
		struct slice tag = next_tag(&left, "<meta");
		if (!tag.data)
			return false;
		if (html_charset_label(tag, "charset", label))
			return true;
	}
}

int html_charset_decode(struct slice *page, const char *http,
                        struct buffer *scratch, uint32_t *repairs,
                        struct ns_error *err)
{
	char label[HTML_LABEL_MAX];
	if (http && !charset_named(slice_of(http, strlen(http))))
		http = NULL;
	if (!http && html_charset_declared(*page, label))
		http = label;
	const char *name = charset_of(*page, http, true);
	buffer_clear(scratch);
	if (name && !strcmp(name, "UTF-8")) {
		utf8_clean(page, scratch, repairs);
		return buffer_check(scratch, err);
	}
	int status = charset_decode(*page, name, scratch, repairs);
	if (status == NS_E_NOMEM)
		return err_nomem(err);
	if (status == NS_E_USAGE)
		return err_set(err, status, "the system has no %s", name);
	*page = slice_of(scratch->data, scratch->len);
	return buffer_check(scratch, err);
}
