#include "source/charset.h"

#include "base/utf8.h"
#include "source/charset_labels.h"
#include "source/detect.h"
#include "source/transcode.h"

/* UTF-8 sequences that are no accident: of bytes that are labelled as a western
 * encoding (Ã© is rare there), and as any other. */
enum { CHANCE_WESTERN = 1, CHANCE_OTHERS = 4 };

/* uchardet is asked where so many bytes are beyond ASCII, and one of so many.  In
 * English, whose quotes are all that is not ASCII, they are at most 1 in 98 (it is
 * wrong there for 22 of 250 news articles), in Slovene at least 1 in 62. */
enum { DETECT_LEAST = 4, DETECT_SHARE = 64 };

/* Zero bytes are looked for in so many. */
enum { WIDE_MOST = 4096 };

static const char utf8[] = "UTF-8", western[] = "CP1252";

static const struct mark {
	const char *bytes;
	size_t len;
	const char *name;
} marks[] = {
	{"\xFF\xFE\0\0", 4, "UTF-32LE"}, /* before that of UTF-16 */
	{"\0\0\xFE\xFF", 4, "UTF-32BE"},
	{"\xEF\xBB\xBF", 3, utf8},
	{"\xFF\xFE", 2, "UTF-16LE"},
	{"\xFE\xFF", 2, "UTF-16BE"},
};

static const char *marked(struct slice prefix)
{
	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (prefix.len >= marks[i].len &&
		    !memcmp(prefix.data, marks[i].bytes, marks[i].len))
			return marks[i].name;
	return NULL;
}

/* ---- UTF-16 without a mark -------------------------------------------------- */

/* Whether units whose high byte is at `high` are text, and some ASCII. */
static bool is_wide(struct slice bytes, size_t high)
{
	size_t units = min_size(bytes.len, WIDE_MOST) / 2, ascii = 0;
	bool paired = false; /* the unit before was the first of two */
	for (size_t i = 0; i < units; i++) {
		uint8_t top = bytes.data[2 * i + high];
		uint8_t low = bytes.data[2 * i + 1 - high];
		bool second = top >= 0xDC && top <= 0xDF;
		if (second != paired)
			return false;
		paired = top >= 0xD8 && top <= 0xDB;
		bool control = !top && low < 0x20 && (low < 8 || low > 13) &&
		               low != 0x1B;
		if (control || (top == 0xFF && low >= 0xFE))
			return false;
		ascii += !top && low < 0x80;
	}
	return units > 1 && ascii > units / 32;
}

/* A few zeros among ASCII or UTF-8 are strays. */
static bool are_strays(struct slice bytes)
{
	struct utf8_facts facts = utf8_count(bytes);
	size_t printable = 0;
	for (size_t i = 0; i < bytes.len; i++)
		printable += (uint8_t)(bytes.data[i] - 0x20) < 0x5F;
	return facts.zeros <= bytes.len / 8 &&
	       (facts.good > facts.bad || printable > bytes.len / 5 * 4);
}

static const char *by_zeros(struct slice prefix)
{
	prefix.len = min_size(prefix.len, WIDE_MOST);
	if (!prefix.len || !memchr(prefix.data, 0, prefix.len) ||
	    are_strays(prefix))
		return NULL;
	return is_wide(prefix, 1) ? "UTF-16LE"
	     : is_wide(prefix, 0) ? "UTF-16BE" : NULL;
}

const char *charset_wide(struct slice prefix)
{
	const char *name = marked(prefix);
	return name && name != utf8 ? name : by_zeros(prefix);
}

/* ---- all others ------------------------------------------------------------- */

/* Where ASCII may be something else. */
static bool shifts(const char *name)
{
	return !strncmp(name, "ISO-2022", 8) || !strcmp(name, "UTF-7");
}

/* Whether the label can be true of these bytes. */
static bool believed(const char *label, const struct utf8_facts *facts)
{
	if (!strcmp(label, utf8))
		return facts->good >= facts->bad;
	if (!strncmp(label, "UTF-16", 6) || !strncmp(label, "UTF-32", 6))
		return facts->bad || facts->zeros;
	size_t chance = strcmp(label, western) ? CHANCE_OTHERS : CHANCE_WESTERN;
	return facts->bad || facts->good < chance;
}

static const char *shifted(struct slice prefix)
{
	const uint8_t *at = memchr(prefix.data, 0x1B, prefix.len);
	while (at) {
		size_t rest = prefix.len - (size_t)(at - prefix.data);
		if (rest >= 3 && at[1] == '$' && (at[2] == 'B' || at[2] == '@'))
			return "ISO-2022-JP";
		if (rest >= 4 && !memcmp(at + 1, "$)C", 3))
			return "ISO-2022-KR";
		at = memchr(at + 1, 0x1B, rest - 1);
	}
	return NULL;
}

/* Asks uchardet, from the line on in which the first byte beyond ASCII is. */
static const char *detected(struct slice prefix, const struct utf8_facts *facts)
{
	const char *name = NULL;
	size_t from = facts->ascii, beyond = 0;
	while (from && facts->ascii - from < DETECT_MOST / 2 &&
	       prefix.data[from - 1] != '\n')
		from--;
	struct slice part = slice_of(prefix.data + from,
	                             min_size(prefix.len - from, DETECT_MOST));
	for (size_t i = 0; i < part.len; i++)
		beyond += part.data[i] >> 7;
	if (beyond < DETECT_LEAST || beyond < part.len / DETECT_SHARE)
		return western;
	if (detect_charset(part, &name) != NS_OK)
		return NULL;
	return name ? name : western;
}

const char *charset_of(struct slice prefix, const char *declared, bool whole)
{
	const char *name = marked(prefix);
	if (name != utf8)
		name = charset_wide(prefix);
	if (name)
		return name;
	struct utf8_facts facts = utf8_count(prefix);
	if (facts.cut && whole)
		facts.bad++;
	if (declared)
		name = charset_named(slice_of(declared, strlen(declared)));
	if (name && believed(name, &facts)) {
		bool ascii = facts.ascii == prefix.len && !facts.zeros;
		return ascii && whole && !shifts(name) ? utf8 : name;
	}
	if (facts.good < facts.bad)
		return detected(prefix, &facts);
	name = facts.good || !prefix.len ? NULL : shifted(prefix);
	return name ? name : utf8;
}

static struct slice without_mark(struct slice bytes, const char *charset)
{
	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		const struct mark *mark = &marks[i];
		if (!strcmp(mark->name, charset) && bytes.len >= mark->len &&
		    !memcmp(bytes.data, mark->bytes, mark->len))
			return slice_from(bytes, mark->len);
	}
	return bytes;
}

int charset_decode(struct slice bytes, const char *charset, struct buffer *out,
                   uint32_t *repairs)
{
	if (!charset)
		return NS_E_NOMEM;
	bytes = without_mark(bytes, charset);
	if (!strcmp(charset, utf8)) {
		*repairs += utf8_repair(bytes, out);
		return out->status;
	}
	struct transcode transcode;
	size_t used;
	int status = transcode_open(&transcode, charset, NULL);
	if (status != NS_OK)
		return status;
	transcode_push(&transcode, bytes, true, out, &used, repairs);
	transcode_close(&transcode);
	return out->status;
}
