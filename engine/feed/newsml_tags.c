#include "feed/newsml.h"

#include "base/ascii_case.h"
#include "base/white.h"
#include "source/values.h"

static bool is_class(const struct xml_element *e, const char *word)
{
	struct slice value = {NULL, 0};
	return xml_attribute(e, "", "class", &value) &&
	       ascii_is(white_trim(value), word);
}

static struct slice attribute(const struct xml_element *e, const char *name)
{
	struct slice value = {NULL, 0};
	xml_attribute(e, "", name, &value);
	return white_trim(value);
}

/* ---- what attributes say ------------------------------------------------- */

static void read_meta(struct newsml *n, const struct xml_element *e)
{
	static const char *const days[] = {"publication_year",
		"publication_month", "publication_day_of_month"};
	static const char *const sections[] = {"print_section", "dsk", NULL,
		"online_sections"};
	struct slice name = attribute(e, "name");
	struct slice value = attribute(e, "content");
	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		if (!ascii_is(name, days[i]) || value.len > 4)
			continue;
		n->day[i] = 0;
		for (size_t k = 0; k < value.len; k++)
			if (ascii_digit(value.data[k]))
				n->day[i] = 10 * n->day[i] + value.data[k] - '0';
	}
	for (size_t i = 0; i < ARRAY_LEN(sections); i++)
		if (sections[i] && ascii_is(name, sections[i]))
			newsml_put(n, RANK_SECTION, 1 + (int)i, &n->draft->section,
			    white_trim(slice_cut(&value, ';')));
	if (ascii_is(name, "keywords"))
		values_append(&n->draft->topics, value, VALUES_TOPICS);
}

static void read_pubdata(struct newsml *n, const struct xml_element *e)
{
	struct draft *draft = n->draft;
	struct slice url = attribute(e, "ex-ref");
	newsml_put_date(n, n->rank, attribute(e, "date.publication"));
	newsml_put(n, RANK_SECTION, 3, &draft->section,
	    attribute(e, "position.section"));
	if (!draft->url.len)
		buffer_append(&draft->url, url.data, url.len);
}

static void read_property(struct newsml *n, const struct xml_element *e)
{
	struct slice name = attribute(e, "FormalName");
	struct slice value = attribute(e, "Value");
	if (ascii_is(name, "City") || ascii_is(name, "Country"))
		newsml_put_kind(n, KIND_WRITTEN, value);
	if (ascii_is(name, "Keyword"))
		newsml_put_kind(n, KIND_TOPIC, value);
}

/* What is said where no <name> is inside: a topic's code is one of a list that is
 * known, a place's is one of the agency's own, a literal refers to <assert>. */
static void read_subject(struct newsml *n, const struct xml_element *e,
                         enum newsml_kind kind)
{
	struct buffer *code = &n->buffers[NEWSML_CODE];
	struct slice value = {NULL, 0};
	n->kind = kind;
	n->named = false;
	if (kind == KIND_CREATOR)
		value = attribute(e, "literal");
	if (kind == KIND_TOPIC)
		value = attribute(e, "qcode");
	if (kind == KIND_TOPIC && !value.len)
		value = attribute(e, "FormalName");
	buffer_clear(code);
	buffer_append(code, value.data, value.len);
}

static void read_evloc(struct newsml *n, const struct xml_element *e)
{
	static const char *const names[] = {"city", "county-dist", "state-prov",
		"iso-cc"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		newsml_put_kind(n, KIND_PLACE, attribute(e, names[i]));
}

static void read_tobject(struct newsml *n, const struct xml_element *e)
{
	static const char *const names[] = {"tobject.subject.type",
		"tobject.subject.matter", "tobject.subject.detail"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		newsml_put_kind(n, KIND_TOPIC, attribute(e, names[i]));
}

static void read_context(struct newsml *n, const struct xml_element *e,
                         int rank)
{
	struct slice lang = attribute(e, "lang");
	xml_attribute(e, "xml", "lang", &lang);
	newsml_put_lang(n, rank, lang);
}

/* An article of RCV1 says all this; what is in one says its language. */
static void read_item(struct newsml *n, const struct xml_element *e)
{
	struct slice id = attribute(e, "itemid");
	read_context(n, e, 1);
	if (n->depth != n->in_item)
		return;
	buffer_append(&n->draft->id, id.data, id.len);
	newsml_put_date(n, 2, attribute(e, "date"));
}

static void read_doc_id(struct newsml *n, const struct xml_element *e)
{
	struct slice id = attribute(e, "id-string");
	if (n->nitf && !n->draft->id.len)
		buffer_append(&n->draft->id, id.data, id.len);
}

/* Bytes that are written in letters are no text. */
static bool is_coded(const struct xml_element *e, const char *name)
{
	return ascii_ends(attribute(e, name), "base64");
}

static enum newsml_part tag_of_text(struct newsml *n, enum newsml_part part,
                                    const struct xml_element *e)
{
	switch (part) {
	case NEWSML_CARRIER:
		if (is_coded(e, "encoding"))
			return NEWSML_SKIP;
		n->plain = true;
		buffer_clear(&n->buffers[NEWSML_VALUE]);
		return NEWSML_CONTENT;
	case NEWSML_TEXT: /* of RCV1; others have one in <RevisionId> */
		return n->depth == n->in_item + 1 ? NEWSML_CONTENT : NEWSML_SKIP;
	case NEWSML_HTML:
		read_context(n, e, 2);
		return NEWSML_CONTENT;
	case NEWSML_BLOCK:
		return is_class(e, "lead_paragraph") ||
		       is_class(e, "online_lead_paragraph") ? NEWSML_LEAD
		                                            : NEWSML_CONTENT;
	case NEWSML_SUBHEAD: /* the same headline in other words */
		return is_class(e, "online_headline") ? NEWSML_SKIP : part;
	default:
		return part;
	}
}

static enum newsml_part tag_of_value(struct newsml *n, enum newsml_part part,
                                     const struct xml_element *e)
{
	struct slice value;
	switch (part) {
	case NEWSML_AUTHOR:
		if (is_class(e, "normalized_byline"))
			n->rank = 2;
		return part;
	case NEWSML_KEYWORD:
		newsml_put_kind(n, KIND_TOPIC, attribute(e, "key"));
		return part;
	case NEWSML_CLASSIFIER:
		value = attribute(e, "value");
		buffer_append(&n->buffers[NEWSML_CODE], value.data, value.len);
		return part;
	case NEWSML_SUBJECT:
		read_subject(n, e, newsml_subject_kind(attribute(e, "type")));
		return part;
	case NEWSML_LOCATED:
		read_subject(n, e, KIND_WRITTEN);
		return NEWSML_SUBJECT;
	case NEWSML_CREATOR:
		read_subject(n, e, KIND_CREATOR);
		return NEWSML_SUBJECT;
	case NEWSML_CODES:
		n->kind = newsml_codes_kind(attribute(e, "class"));
		return part;
	default:
		return tag_of_text(n, part, e);
	}
}

enum newsml_part newsml_tag(struct newsml *n, enum newsml_part part,
                                 const struct xml_element *e)
{
	switch (part) {
	case NEWSML_ITEM:
		read_item(n, e);
		return part;
	case NEWSML_NITF:
		n->nitf |= n->depth == n->in_item;
		read_context(n, e, 2);
		return NEWSML_ITEM;
	case NEWSML_META:
		read_meta(n, e);
		return part;
	case NEWSML_DOC_ID:
		read_doc_id(n, e);
		return part;
	case NEWSML_ISSUE:
		newsml_put_date(n, n->rank, attribute(e, "norm"));
		return part;
	case NEWSML_PUBDATA:
		read_pubdata(n, e);
		return part;
	case NEWSML_EVLOC:
		read_evloc(n, e);
		return part;
	case NEWSML_TOBJECT:
		read_tobject(n, e);
		return part;
	case NEWSML_LANGUAGE:
		newsml_put_lang(n, 3, attribute(e, "tag"));
		newsml_put_lang(n, 3, attribute(e, "FormalName"));
		return part;
	case NEWSML_PROPERTY:
		read_property(n, e);
		return part;
	case NEWSML_CODE_OF:
		newsml_put_kind(n, n->kind, attribute(e, "code"));
		return part;
	case NEWSML_ENCODING:
		return is_coded(e, "Notation") ? NEWSML_SKIP : NEWSML_ITEM;
	default:
		return tag_of_value(n, part, e);
	}
}
