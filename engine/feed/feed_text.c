#include "feed/feed_text.h"

#include "base/ascii.h"
#include "base/white.h"
#include "feed/xml_reference.h"

#include <strings.h>

/* A tag of HTML that is written inside of texts. */
static bool is_tag(struct slice text)
{
	static const char tags[] =
		" a abbr acronym address article b big blockquote body br center "
		"cite code dd del div dl dt em embed figcaption figure font form "
		"h1 h2 h3 h4 h5 h6 head hr html i iframe img ins li link meta "
		"object ol p pre q s script section small span strike strong style "
		"sub sup svg table tbody td th tr tt u ul video ";
	char name[16] = " ";
	size_t at = 1, n = 1;
	at += at < text.len && text.data[at] == '/';
	if (text.len - at >= 3 && !memcmp(text.data + at, "!--", 3))
		return true;
	for (; at < text.len && n < sizeof name - 2; at++, n++) {
		uint8_t c = text.data[at];
		if (!ascii_letter(c) && !(n > 1 && c >= '1' && c <= '6'))
			break;
		name[n] = (char)(c | 0x20);
	}
	if (n == 1 || at == text.len || !memchr(" />\t\r\n", text.data[at], 6))
		return false;
	name[n] = ' ';
	return strstr(tags, name) != NULL;
}

static bool is_html(struct slice value)
{
	for (size_t i = 0; i < value.len; i++) {
		uint32_t character;
		size_t taken;
		uint8_t c = value.data[i];
		struct slice rest = slice_from(value, i);
		if (c == '<' && is_tag(rest))
			return true;
		if (c == '&' && xml_reference(rest, &character, &taken) ==
		    REFERENCE_KNOWN)
			return true;
	}
	return false;
}

static void lines_of(struct slice value, struct buffer *out)
{
	while (value.len) {
		struct slice line = white_trim(slice_cut(&value, '\n'));
		if (line.len) {
			buffer_append(out, line.data, line.len);
			buffer_byte(out, '\n');
		}
	}
}

int feed_paragraphs(struct html_fragment *html, struct slice value,
                    enum feed_markup markup, struct buffer *out,
                    struct buffer *captions, struct ns_error *err)
{
	if (markup == MARKUP_UNKNOWN)
		markup = is_html(value) ? MARKUP_HTML : MARKUP_NONE;
	if (markup == MARKUP_HTML)
		return html_fragment_text(html, value, out, captions, err);
	lines_of(value, out);
	return NS_OK;
}

/* White space becomes one space, at the ends none. */
static void join(struct buffer *out)
{
	size_t n = 0;
	for (size_t i = 0; i < out->len;) {
		size_t white = white_at(slice_of(out->data + i, out->len - i));
		if (!white)
			out->data[n++] = out->data[i++];
		else if (n && out->data[n - 1] != ' ')
			out->data[n++] = ' ';
		i += white;
	}
	out->len = n - (n && out->data[n - 1] == ' ');
}

int feed_line(struct html_fragment *html, struct slice value,
              enum feed_markup markup, struct buffer *out,
              struct ns_error *err)
{
	buffer_clear(out);
	TRY(feed_paragraphs(html, value, markup, out, out, err));
	join(out);
	return NS_OK;
}
