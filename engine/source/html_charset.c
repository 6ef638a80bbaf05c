#include "source/html_charset.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>

/* Labels without their signs, and what iconv calls what browsers take them
 * for. */
static const struct {
	const char *label, *name;
} labels[] = {
	{"utf8", "UTF-8"}, {"unicode11utf8", "UTF-8"},
	{"utf16", "UTF-8"}, {"utf16le", "UTF-8"}, {"utf16be", "UTF-8"},
	{"ascii", "CP1252"}, {"usascii", "CP1252"}, {"latin1", "CP1252"},
	{"l1", "CP1252"}, {"iso88591", "CP1252"}, {"cp1252", "CP1252"},
	{"windows1252", "CP1252"}, {"xcp1252", "CP1252"},
	{"iso88592", "ISO-8859-2"}, {"latin2", "ISO-8859-2"},
	{"iso88593", "ISO-8859-3"}, {"iso88594", "ISO-8859-4"},
	{"iso88595", "ISO-8859-5"}, {"iso88596", "ISO-8859-6"},
	{"iso88597", "ISO-8859-7"}, {"iso88598", "ISO-8859-8"},
	{"iso88598i", "ISO-8859-8"}, {"iso88599", "CP1254"},
	{"latin5", "CP1254"}, {"iso885910", "ISO-8859-10"},
	{"iso885911", "CP874"}, {"tis620", "CP874"}, {"windows874", "CP874"},
	{"iso885913", "ISO-8859-13"}, {"iso885914", "ISO-8859-14"},
	{"iso885915", "ISO-8859-15"}, {"latin9", "ISO-8859-15"},
	{"iso885916", "ISO-8859-16"}, {"ibm866", "CP866"}, {"cp866", "CP866"},
	{"koi8r", "KOI8-R"}, {"koi8", "KOI8-R"}, {"koi8u", "KOI8-U"},
	{"macintosh", "MACINTOSH"}, {"windows1250", "CP1250"},
	{"cp1250", "CP1250"}, {"windows1251", "CP1251"}, {"cp1251", "CP1251"},
	{"windows1253", "CP1253"}, {"windows1254", "CP1254"},
	{"cp1254", "CP1254"}, {"windows1255", "CP1255"},
	{"windows1256", "CP1256"}, {"cp1256", "CP1256"},
	{"windows1257", "CP1257"}, {"windows1258", "CP1258"},
	{"gb2312", "GB18030"}, {"gbk", "GB18030"}, {"xgbk", "GB18030"},
	{"gb231280", "GB18030"}, {"chinese", "GB18030"},
	{"gb18030", "GB18030"}, {"big5", "BIG5-HKSCS"},
	{"big5hkscs", "BIG5-HKSCS"}, {"eucjp", "EUC-JP"}, {"xeucjp", "EUC-JP"},
	{"iso2022jp", "ISO-2022-JP"}, {"shiftjis", "CP932"}, {"sjis", "CP932"},
	{"xsjis", "CP932"}, {"mskanji", "CP932"}, {"windows31j", "CP932"},
	{"euckr", "CP949"}, {"ksc56011987", "CP949"}, {"windows949", "CP949"},
};

static uint8_t lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
}

static const char *known(struct slice label)
{
	char plain[24];
	size_t n = 0;
	for (size_t i = 0; i < label.len && n < sizeof plain - 1; i++) {
		uint8_t c = lower(label.data[i]);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			plain[n++] = (char)c;
	}
	plain[n] = 0;
	for (size_t i = 0; i < ARRAY_LEN(labels); i++)
		if (!strcmp(labels[i].label, plain))
			return labels[i].name;
	return NULL;
}

/* ---- what the page says ------------------------------------------------------ */

/* Where word (in lower case) begins in text, or its length. */
static size_t find(struct slice text, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i + n <= text.len; i++) {
		size_t k = 0;
		while (k < n && lower(text.data[i + k]) == (uint8_t)word[k])
			k++;
		if (k == n)
			return i;
	}
	return text.len;
}

static struct slice after(struct slice text, size_t n)
{
	return slice_of(text.data + n, text.len - n);
}

static bool is_label(uint8_t c)
{
	c = lower(c);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
	       c == '_' || c == ':' || c == '.';
}

/* The label behind `key` '=' in a tag. */
static const char *label_in(struct slice tag, const char *key)
{
	size_t at = find(tag, key);
	if (at == tag.len)
		return NULL;
	tag = after(tag, at + strlen(key));
	size_t i = 0, from;
	bool equals = false;
	while (i < tag.len && !is_label(tag.data[i]) && i < 16)
		equals |= tag.data[i++] == '=';
	for (from = i; i < tag.len && is_label(tag.data[i]);)
		i++;
	return equals ? known(slice_of(tag.data + from, i - from)) : NULL;
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

static const char *declared(struct slice page)
{
	struct slice left = slice_of(page.data,
	                             min_size(page.len, HTML_META_WITHIN));
	struct slice start = slice_of(page.data, min_size(page.len, 256));
	size_t xml = find(start, "<?xml");
	const char *name = NULL;
	if (xml < start.len) {
		start = after(start, xml);
		name = label_in(slice_of(start.data, find(start, "?>")),
		                "encoding");
	}
	while (!name) {
		struct slice tag = next_tag(&left, "<meta");
		if (!tag.data)
			break;
		name = label_in(tag, "charset");
	}
	return name;
}

/* ---- what the bytes look like ------------------------------------------------ */

static bool is_ascii(struct slice page)
{
	for (size_t i = 0; i < page.len; i++)
		if (page.data[i] >= 0x80)
			return false;
	return true;
}

/* A NUL is a fault of the page, not of its charset; and a page may have been cut
 * inside of a character, if it has others. */
static bool is_utf8(struct slice page)
{
	size_t good = 0, last = page.len;
	while (good < page.len) {
		good += utf8_prefix(page.data + good, page.len - good);
		if (good == page.len || page.data[good])
			break;
		good++;
	}
	if (good == page.len)
		return true;
	while (last && page.len - last < 3 && page.data[last - 1] >= 0x80)
		last--;
	return good >= last && !is_ascii(slice_of(page.data, good));
}

const char *html_charset_of(struct slice page, const char *http)
{
	const uint8_t *b = page.data;
	if (page.len >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF)
		return "UTF-8";
	if (page.len >= 2 && b[0] == 0xFE && b[1] == 0xFF)
		return "UTF-16BE";
	if (page.len >= 2 && b[0] == 0xFF && b[1] == 0xFE)
		return "UTF-16LE";
	const char *name = http ? known(slice_of(http, strlen(http))) : NULL;
	if (name)
		return name;
	name = declared(page);
	bool escapes = name && !strcmp(name, "ISO-2022-JP");
	if (!escapes && (is_ascii(page) || is_utf8(page)))
		return "UTF-8";
	return name ? name : "CP1252";
}

/* ---- decoding ---------------------------------------------------------------- */

static void put_bad(struct buffer *out, uint32_t *repairs)
{
	buffer_append(out, "\xEF\xBF\xBD", 3);
	++*repairs;
}

static void decode(iconv_t converter, struct slice page, struct buffer *out,
                   uint32_t *repairs)
{
	char *in = (char *)(uintptr_t)page.data;
	size_t left = page.len;
	while (left && out->status == NS_OK) {
		enum { STEP = 64 << 10 };
		size_t room = STEP;
		char *to = (char *)buffer_reserve(out, STEP);
		if (!to)
			return;
		size_t result = iconv(converter, &in, &left, &to, &room);
		out->len += STEP - room;
		if (result != (size_t)-1 || errno == E2BIG)
			continue;
		put_bad(out, repairs);
		if (errno == EINVAL)
			return;
		in++;
		left--;
	}
}

int html_charset_decode(struct slice *page, const char *http,
                        struct buffer *scratch, uint32_t *repairs,
                        struct ns_error *err)
{
	const char *name = html_charset_of(*page, http);
	buffer_clear(scratch);
	if (strcmp(name, "UTF-8") != 0) {
		iconv_t converter = iconv_open("UTF-8", name);
		if (converter == (iconv_t)-1 && errno == ENOMEM)
			return err_nomem(err);
		if (converter != (iconv_t)-1) {
			decode(converter, *page, scratch, repairs);
			iconv_close(converter);
			*page = slice_of(scratch->data, scratch->len);
			return buffer_check(scratch, err);
		}
	}
	utf8_clean(page, scratch, repairs);
	return buffer_check(scratch, err);
}
