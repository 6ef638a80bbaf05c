#include "feed/newsml_names.h"

#include "base/ascii_case.h"

static const struct {
	enum newsml_part in;
	const char *name;
	enum newsml_part part;
	int rank;
} elements[] = {
	{NEWSML_NONE, "nitf", NEWSML_NITF, 0},
	{NEWSML_NONE, "newsitem", NEWSML_ITEM, 0},
	{NEWSML_NONE, "packageitem", NEWSML_PACKAGE, 0},

	{NEWSML_ITEM, "headline", NEWSML_TITLE, 3},
	{NEWSML_ITEM, "hl1", NEWSML_TITLE, 2},
	{NEWSML_ITEM, "title", NEWSML_TITLE, 1},
	{NEWSML_ITEM, "hl2", NEWSML_SUBHEAD, 0},
	{NEWSML_ITEM, "subheadline", NEWSML_SUBHEAD, 0},
	{NEWSML_ITEM, "byline", NEWSML_AUTHOR, 3},
	{NEWSML_ITEM, "by", NEWSML_AUTHOR, 3},
	{NEWSML_ITEM, "creator", NEWSML_CREATOR, 1},
	{NEWSML_ITEM, "dateline", NEWSML_CAPTION, 0},
	{NEWSML_ITEM, "tagline", NEWSML_CAPTION, 0},
	{NEWSML_ITEM, "abstract", NEWSML_SUMMARY, 0},
	{NEWSML_ITEM, "description", NEWSML_SUMMARY, 0},
	{NEWSML_ITEM, "text", NEWSML_TEXT, 0},
	{NEWSML_ITEM, "body.content", NEWSML_CONTENT, 0},
	{NEWSML_ITEM, "inlinexml", NEWSML_CARRIER, 0},
	{NEWSML_ITEM, "inlinedata", NEWSML_CARRIER, 0},
	{NEWSML_ITEM, "datacontent", NEWSML_CARRIER, 0},
	{NEWSML_ITEM, "encoding", NEWSML_ENCODING, 0},
	{NEWSML_ITEM, "meta", NEWSML_META, 0},
	{NEWSML_ITEM, "doc-id", NEWSML_DOC_ID, 0},
	{NEWSML_ITEM, "date.issue", NEWSML_ISSUE, 6},
	{NEWSML_ITEM, "pubdata", NEWSML_PUBDATA, 4},
	{NEWSML_ITEM, "versioncreated", NEWSML_DATE, 8},
	{NEWSML_ITEM, "thisrevisioncreated", NEWSML_DATE, 8},
	{NEWSML_ITEM, "contentmodified", NEWSML_DATE, 7},
	{NEWSML_ITEM, "contentcreated", NEWSML_DATE, 5},
	{NEWSML_ITEM, "firstcreated", NEWSML_DATE, 3},
	{NEWSML_ITEM, "identified-content", NEWSML_ABOUT, 0},
	{NEWSML_ITEM, "keyword", NEWSML_KEYWORD, 0},
	{NEWSML_ITEM, "keywordline", NEWSML_KEYWORDS, 0},
	{NEWSML_ITEM, "evloc", NEWSML_EVLOC, 0},
	{NEWSML_ITEM, "tobject.subject", NEWSML_TOBJECT, 0},
	{NEWSML_ITEM, "subject", NEWSML_SUBJECT, 0},
	{NEWSML_ITEM, "subjectmatter", NEWSML_SUBJECT, 0},
	{NEWSML_ITEM, "subjectdetail", NEWSML_SUBJECT, 0},
	{NEWSML_ITEM, "located", NEWSML_LOCATED, 0},
	{NEWSML_ITEM, "language", NEWSML_LANGUAGE, 0},
	{NEWSML_ITEM, "property", NEWSML_PROPERTY, 0},
	{NEWSML_ITEM, "codes", NEWSML_CODES, 0},
	/* whose <name>, <headline> or <title> is not the article's */
	{NEWSML_ITEM, "administrativemetadata", NEWSML_SKIP, 0},
	{NEWSML_ITEM, "assert", NEWSML_SKIP, 0},
	{NEWSML_ITEM, "derivedfrom", NEWSML_SKIP, 0},
	{NEWSML_ITEM, "link", NEWSML_SKIP, 0},
	{NEWSML_ITEM, "partmeta", NEWSML_SKIP, 0},
	{NEWSML_ITEM, "remotecontent", NEWSML_SKIP, 0},
	{NEWSML_ITEM, "rightsinfo", NEWSML_SKIP, 0},
	{NEWSML_ITEM, "topicset", NEWSML_SKIP, 0},

	{NEWSML_ABOUT, "location", NEWSML_PLACE, 0},
	{NEWSML_ABOUT, "person", NEWSML_PERSON, 0},
	{NEWSML_ABOUT, "org", NEWSML_ORG, 0},
	{NEWSML_ABOUT, "classifier", NEWSML_CLASSIFIER, 0},
	{NEWSML_ABOUT, "keyword", NEWSML_KEYWORD, 0},
	{NEWSML_ABOUT, "evloc", NEWSML_EVLOC, 0},
	{NEWSML_SUBJECT, "name", NEWSML_NAME, 0},
	{NEWSML_CODES, "code", NEWSML_CODE_OF, 0},
	{NEWSML_AUTHOR, "byttl", NEWSML_SKIP, 0},

	{NEWSML_CONTENT, "nitf", NEWSML_NITF, 0},
	{NEWSML_CONTENT, "body.head", NEWSML_ITEM, 0},
	{NEWSML_CONTENT, "html", NEWSML_HTML, 0},
	{NEWSML_CONTENT, "block", NEWSML_BLOCK, 0},
	{NEWSML_CONTENT, "media-caption", NEWSML_CAPTION, 0},
	{NEWSML_CONTENT, "figcaption", NEWSML_CAPTION, 0},
	{NEWSML_CONTENT, "caption", NEWSML_CAPTION, 0},
	{NEWSML_CONTENT, "media-metadata", NEWSML_SKIP, 0},
	{NEWSML_CONTENT, "media-object", NEWSML_SKIP, 0},
	{NEWSML_CONTENT, "media-producer", NEWSML_SKIP, 0},
	{NEWSML_CONTENT, "media-reference", NEWSML_SKIP, 0},
	{NEWSML_CONTENT, "head", NEWSML_SKIP, 0},
	{NEWSML_CONTENT, "script", NEWSML_SKIP, 0},
	{NEWSML_CONTENT, "style", NEWSML_SKIP, 0},
};

/* What an element is that the table does not have. */
static enum newsml_part unknown_in(enum newsml_part in)
{
	bool of_elements = in >= NEWSML_ABOUT;
	return of_elements ? NEWSML_SKIP : in;
}

enum newsml_part newsml_part_of(enum newsml_part in, const char *name,
                                int *rank)
{
	struct slice text = slice_of(name, strlen(name));
	for (size_t i = 0; i < ARRAY_LEN(elements); i++) {
		if (elements[i].in != in || !ascii_is(text, elements[i].name))
			continue;
		*rank = elements[i].rank;
		return elements[i].part;
	}
	return unknown_in(in);
}

/* "geoArea" of "cpnat:geoArea", or of an address that ends so. */
enum newsml_kind newsml_subject_kind(struct slice type)
{
	static const struct {
		const char *type;
		enum newsml_kind kind;
	} types[] = {
		{"geoarea", KIND_PLACE}, {"poi", KIND_PLACE},
		{"person", KIND_PERSON}, {"organisation", KIND_ORG},
		{"organization", KIND_ORG},
	};
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (ascii_ends(type, types[i].type))
			return types[i].kind;
	return KIND_TOPIC;
}

enum newsml_kind newsml_codes_kind(struct slice list)
{
	if (ascii_begins(list, "bip:countries:"))
		return KIND_PLACE;
	if (ascii_begins(list, "bip:topics:") ||
	    ascii_begins(list, "bip:industries:"))
		return KIND_TOPIC;
	return KIND_NONE;
}
