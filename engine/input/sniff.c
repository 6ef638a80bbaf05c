#include "input/sniff.h"

#include "base/ascii_case.h"
#include "feed/feed_names.h"
#include "page/html_file.h"
#include "form/csv_header.h"
#include "form/json.h"
#include "form/listing.h"
#include "mail/mail.h"
#include "feed/mediawiki.h"
#include "feed/newsml.h"
#include "form/trec.h"
#include "web/warc.h"
#include "base/white.h"

static bool has_ending(const char *name, const char *ending)
{
	return ascii_ends(slice_of(name, strlen(name)), ending);
}

enum source_format sniff_format(struct slice prefix, const char *name)
{
	struct slice text = white_trim_start(prefix);
	if (json_is(prefix))
		return SOURCE_JSON;
	if (warc_is(prefix))
		return SOURCE_WARC;
	if (text.len && text.data[0] == '{' &&
	    (text.len < 2 || text.data[1] != '\\'))
		return SOURCE_JSONL;
	if (trec_is(prefix))
		return SOURCE_TREC;
	if (mediawiki_is(prefix))
		return SOURCE_MEDIAWIKI;
	if (newsml_is(prefix))
		return SOURCE_NEWSML;
	if (feed_is(prefix))
		return SOURCE_FEED;
	if (mail_is(prefix))
		return SOURCE_MAIL;
	if (listing_is(prefix))
		return SOURCE_LISTING;
	if (html_file_is(prefix, name))
		return SOURCE_HTML;
	if (has_ending(name, ".jsonl") || has_ending(name, ".ndjson") ||
	    has_ending(name, ".json"))
		return SOURCE_JSONL;
	if (has_ending(name, ".csv"))
		return SOURCE_CSV;
	if (has_ending(name, ".tsv") || has_ending(name, ".tab"))
		return SOURCE_TSV;
	uint8_t delimiter;
	if (csv_header_is(prefix, &delimiter))
		return delimiter == '\t' ? SOURCE_TSV : SOURCE_CSV;
	return SOURCE_TEXT;
}

const char *sniff_kind_of_none(struct slice prefix, const char *name)
{
	static const struct {
		const char *ending, *kind;
	} kinds[] = {
		{".js", "a program"}, {".mjs", "a program"},
		{".css", "a style sheet"}, {".svg", "a picture"},
	};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (has_ending(name, kinds[i].ending))
			return kinds[i].kind;
	struct slice text = white_trim_start(prefix);
	return slice_begins(text, "<?xml ") ? "XML of a kind that is not read" : NULL;
}

/* Backspace, tab, the line ends and escape (coloured logs) occur in texts. */
static bool is_control(uint8_t c)
{
	return (c < 0x20 && !(c >= 8 && c <= 13) && c != 0x1B) || c == 0x7F;
}

/* Up to its first empty line. */
static size_t mail_header_len(struct slice text)
{
	for (size_t i = 0; i + 1 < text.len; i++) {
		if (text.data[i] != '\n')
			continue;
		size_t cr = text.data[i + 1] == '\r';
		if (i + 1 + cr < text.len && text.data[i + 1 + cr] == '\n')
			return i;
	}
	return text.len;
}

bool sniff_is_text(struct slice prefix, enum source_format format)
{
	size_t n = min_size(prefix.len, SNIFF_BINARY), controls = 0;
	if (format == SOURCE_MAIL)
		n = mail_header_len(slice_of(prefix.data, n));
	if (format == SOURCE_WARC)
		return true;
	for (size_t i = 0; i < n; i++)
		controls += is_control(prefix.data[i]);
	if (format == SOURCE_TEXT && n && memchr(prefix.data, 0, n))
		return false;
	return controls <= 1 + n / 32;
}
