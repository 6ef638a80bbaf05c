#include "source/source.h"

static const char *const formats[SOURCE_FORMATS] = {
	[SOURCE_AUTO] = "auto",
	[SOURCE_LISTING] = "listing",
	[SOURCE_JSONL] = "jsonl",
	[SOURCE_JSON] = "json",
	[SOURCE_TREC] = "trec",
	[SOURCE_FEED] = "feed",
	[SOURCE_CSV] = "csv",
	[SOURCE_TSV] = "tsv",
	[SOURCE_MAIL] = "mail",
	[SOURCE_HTML] = "html",
	[SOURCE_WARC] = "warc",
	[SOURCE_MEDIAWIKI] = "mediawiki",
	[SOURCE_NEWSML] = "newsml",
	[SOURCE_TEXT] = "text",
};

static const char *const reasons[SOURCE_REASONS] = {
	[SOURCE_UNREADABLE] = "unreadable",
	[SOURCE_BINARY] = "no text",
	[SOURCE_CHARSET] = "unknown encoding",
	[SOURCE_EMPTY] = "no article in it",
	[SOURCE_SPECIAL] = "no regular file",
	[SOURCE_LINK] = "a link to a folder or to nothing",
	[SOURCE_INDEX] = "the index itself",
	[SOURCE_LONG_LINE] = "line over 16 MiB",
	[SOURCE_LARGE_ARTICLE] = "article over 16 MiB",
	[SOURCE_BAD_JSON] = "bad JSON",
	[SOURCE_BAD_XML] = "bad XML",
	[SOURCE_BAD_HTML] = "HTML of too many tags",
	[SOURCE_REDIRECT] = "redirect",
	[SOURCE_NO_ARTICLE] = "page that is no article",
	[SOURCE_BAD_VALUE] = "value that is no text",
	[SOURCE_COLUMNS] = "columns that do not fit",
	[SOURCE_BAD_ROW] = "bad row",
	[SOURCE_NO_TEXT] = "neither title nor body",
	[SOURCE_LONG_ID] = "id over 255 bytes",
	[SOURCE_NOT_TAKEN] = "not taken by the index",
	[SOURCE_PACKED] = "cannot be unpacked",
	[SOURCE_PACKED_KIND] = "a kind of archive that is not read",
	[SOURCE_PACKED_DEEP] = "packed too deep",
	[SOURCE_PACKED_LIMIT] = "over the limits of unpacking",
	[SOURCE_ENCRYPTED] = "encrypted",
	[SOURCE_DAMAGED] = "damaged",
	[SOURCE_BAD_RECORD] = "bad record",
	[SOURCE_BAD_HTTP] = "bad HTTP answer",
	[SOURCE_CODING] = "a coding that is not read",
	[SOURCE_CUT] = "cut off",
	[SOURCE_NO_PAGE] = "a record without a page",
	[SOURCE_STATUS] = "an HTTP status without a page",
	[SOURCE_TYPE] = "a type without articles",
};
static_assert(NS_ARTICLE_MAX == 16u << 20 && NS_ID_MAX == 255u,
              "the reasons name these limits");

const char *source_format_name(enum source_format format)
{
	return formats[format];
}

bool source_format_parse(const char *name, enum source_format *out)
{
	for (int i = 0; i < SOURCE_FORMATS; i++) {
		if (strcmp(formats[i], name) != 0)
			continue;
		*out = (enum source_format)i;
		return true;
	}
	return false;
}

const char *source_reason_name(enum source_reason reason)
{
	return reasons[reason];
}

bool source_reason_is_routine(enum source_reason reason)
{
	return reason == SOURCE_REDIRECT || reason == SOURCE_NO_ARTICLE ||
	       reason == SOURCE_NO_PAGE || reason == SOURCE_STATUS ||
	       reason == SOURCE_TYPE;
}
