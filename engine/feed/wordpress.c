#include "feed/wordpress.h"

#include "base/ascii.h"
#include "base/ascii_case.h"
#include "base/white.h"

enum {
	NAME_MAX_BYTES = 24,
	CODE_MAX = 4096, /* bytes of attributes, and of what is inside */
};

enum kind {
	KIND_NONE, /* no shortcode that is known */
	KIND_CAPTION,
	KIND_EMPTY,   /* nothing of it is text, to its end, if it has one */
	KIND_WRAPPER, /* what is inside is text */
};

struct code {
	char name[NAME_MAX_BYTES + 1];
	enum kind kind;
	bool closing;
	size_t len;                /* with its brackets */
	struct slice attributes;
};

static enum kind kind_of(const char *name)
{
	static const char *const empty[] = {"gallery", "embed", "audio", "video",
		"playlist", "youtube", "vimeo", "soundcloud", "gist",
		"slideshow", "contact-form", "contact-form-7"};
	static const char *const wrappers[] = {"vc_", "et_pb_", "fusion_"};
	if (!strcmp(name, "caption") || !strcmp(name, "wp_caption"))
		return KIND_CAPTION;
	for (size_t i = 0; i < ARRAY_LEN(empty); i++)
		if (!strcmp(name, empty[i]))
			return KIND_EMPTY;
	for (size_t i = 0; i < ARRAY_LEN(wrappers); i++)
		if (!strncmp(name, wrappers[i], strlen(wrappers[i])))
			return KIND_WRAPPER;
	return KIND_NONE;
}

static size_t name_at(struct slice text, char out[NAME_MAX_BYTES + 1])
{
	size_t n = 0;
	while (n < text.len && n < NAME_MAX_BYTES &&
	       (ascii_letter(text.data[n]) || ascii_digit(text.data[n]) ||
	        text.data[n] == '_' || text.data[n] == '-')) {
		out[n] = (char)text.data[n];
		n++;
	}
	out[n] = '\0';
	return n;
}

/* The first ']' with no '[' before it, as WordPress has it; text.len: none. */
static size_t bracket_in(struct slice text)
{
	for (size_t i = 0; i < text.len && i < CODE_MAX; i++)
		if (text.data[i] == ']' || text.data[i] == '[')
			return text.data[i] == ']' ? i : text.len;
	return text.len;
}

/* The shortcode at the start of text, which begins with '['. */
static struct code code_at(struct slice text)
{
	struct code code = {.kind = KIND_NONE};
	struct slice rest = slice_from(text, 1);
	code.closing = rest.len && rest.data[0] == '/';
	rest = slice_from(rest, code.closing);
	rest = slice_from(rest, name_at(rest, code.name));
	enum kind kind = kind_of(code.name);
	if (kind == KIND_NONE || !rest.len || (rest.data[0] > ' ' &&
	    rest.data[0] != ']' && rest.data[0] != '/'))
		return code;
	size_t end = bracket_in(rest);
	if (end == rest.len)
		return code;
	code.kind = kind;
	code.attributes = slice_of(rest.data, end);
	code.len = text.len - rest.len + end + 1;
	return code;
}

/* What a code that has an end holds: its bytes with the end, or 0.  What is between
 * is short, and begins no other of that name. */
static size_t end_of(struct slice text, const char *name)
{
	char end[NAME_MAX_BYTES + 4], begin[NAME_MAX_BYTES + 2];
	snprintf(end, sizeof end, "[/%s]", name);
	snprintf(begin, sizeof begin, "[%s", name);
	size_t n = min_size(text.len, CODE_MAX);
	const uint8_t *at = n ? memmem(text.data, n, end, strlen(end)) : NULL;
	size_t inside = at ? (size_t)(at - text.data) : 0;
	if (!at || (inside && memmem(text.data, inside, begin, strlen(begin))))
		return 0;
	return inside + strlen(end);
}

/* caption="…", as the text was written before it was put inside. */
static struct slice caption_in(struct slice attributes)
{
	static const char name[] = "caption=";
	const uint8_t *at = attributes.len ? memmem(attributes.data,
		attributes.len, name, sizeof name - 1) : NULL;
	if (!at)
		return slice_of(NULL, 0);
	size_t from = (size_t)(at - attributes.data) + sizeof name - 1;
	struct slice value = slice_from(attributes, from);
	if (!value.len || (value.data[0] != '"' && value.data[0] != '\''))
		return slice_of(NULL, 0);
	const uint8_t *end = memchr(value.data + 1, value.data[0],
	                            value.len - 1);
	return slice_of(value.data + 1, end ? (size_t)(end - value.data) - 1
	                                    : value.len - 1);
}

static void put_caption(const struct code *code, struct buffer *out)
{
	struct slice text = caption_in(code->attributes);
	if (code->closing) {
		buffer_text(out, "</figcaption></figure>");
		return;
	}
	buffer_text(out, "<figure><figcaption>");
	buffer_append(out, text.data, text.len);
	buffer_byte(out, ' ');
}

/* Bytes of the shortcode at the start of text that are done with; 0: it is none. */
static size_t take_code(struct slice text, struct buffer *out)
{
	struct code code = code_at(text);
	size_t inside = 0;
	if (code.kind == KIND_NONE)
		return 0;
	struct slice behind = slice_from(text, code.len);
	if (code.kind == KIND_CAPTION &&
	    (code.closing || end_of(behind, code.name)))
		put_caption(&code, out);
	if (code.kind == KIND_EMPTY && !code.closing)
		inside = end_of(behind, code.name);
	buffer_byte(out, ' ');
	return code.len + inside;
}

/* Bytes of the line ends at the start of text that part paragraphs; 0: none do. */
static size_t empty_line_at(struct slice text)
{
	size_t n = 0, lines = 0;
	while (n < text.len && (text.data[n] == '\n' || text.data[n] == '\r' ||
	                        text.data[n] == ' ')) {
		lines += text.data[n] == '\n';
		n++;
	}
	return lines > 1 ? n : 0;
}

uint32_t wordpress_html(struct slice post, struct buffer *out)
{
	uint32_t codes = 0;
	for (size_t i = 0; i < post.len;) {
		struct slice rest = slice_from(post, i);
		uint8_t c = rest.data[0];
		bool escaped = c == '[' && rest.len > 1 && rest.data[1] == '[';
		size_t n = c == '\n' ? empty_line_at(rest) : 0;
		if (n)
			buffer_text(out, "<br><br>");
		else if (c == '[' && !escaped && (!i || post.data[i - 1] != '['))
			codes += (n = take_code(rest, out)) > 0;
		if (!n)
			buffer_byte(out, c);
		i += n ? n : 1;
	}
	return codes;
}

/* ---- what is no article ------------------------------------------------------ */

bool wordpress_is_no_post(struct slice type)
{
	static const char *const types[] = {"attachment", "nav_menu_item",
		"revision", "custom_css", "customize_changeset", "oembed_cache",
		"user_request", "wp_block", "wp_template", "wp_template_part",
		"wp_global_styles", "wp_navigation"};
	return ascii_is_any(white_trim(type), types, ARRAY_LEN(types));
}

bool wordpress_is_unprinted(struct slice status)
{
	static const char *const states[] = {"draft", "auto-draft", "pending",
		"trash"};
	return ascii_is_any(white_trim(status), states, ARRAY_LEN(states));
}
