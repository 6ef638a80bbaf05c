#include "form/trec_elements.h"

#include "base/ascii_case.h"
#include "form/sgml_entities.h"
#include "form/trec_date.h"
#include "base/white.h"
#include "source/values.h"

enum trec_part {
	PART_ID, PART_TITLE, PART_AUTHOR, PART_DATE, PART_FILEID, PART_SECTION,
	PART_TOPICS, PART_PLACES, PART_URL, PART_LANG, PART_CAPTION
};

struct trec_element {
	const char *name;
	enum trec_part part;
	bool inside;       /* means this inside of the text too */
	const char *label; /* of a list */
};

static const struct trec_element elements[] = {
	{"DOCNO", PART_ID, false, NULL},
	{"HEADLINE", PART_TITLE, true, NULL},
	{"HEAD", PART_TITLE, true, NULL},
	{"HL", PART_TITLE, true, NULL},
	{"TI", PART_TITLE, true, NULL},
	{"TTL", PART_TITLE, true, NULL},
	{"TITLE", PART_TITLE, true, NULL},
	{"DOCTITLE", PART_TITLE, true, NULL},
	{"HEDLINE", PART_TITLE, true, NULL},
	{"BYLINE", PART_AUTHOR, true, NULL},
	{"AUTHOR", PART_AUTHOR, true, NULL},
	{"AU", PART_AUTHOR, false, NULL},
	{"DATE", PART_DATE, false, NULL},
	{"DATE1", PART_DATE, false, NULL},
	{"PUBDATE", PART_DATE, false, NULL},
	{"DATE_TIME", PART_DATE, false, NULL},
	{"DD", PART_DATE, false, NULL},
	{"FILEID", PART_FILEID, false, NULL},
	{"SECTION", PART_SECTION, false, NULL},
	{"USDEPT", PART_SECTION, true, NULL},
	{"URL", PART_URL, false, NULL},
	{"LANG", PART_LANG, false, NULL},
	{"LANGUAGE", PART_LANG, false, NULL},
	{"CAPTION", PART_CAPTION, true, NULL},
	{"GRAPHIC", PART_CAPTION, true, NULL},
	{"DATELINE", PART_CAPTION, true, NULL},
	{"TOPICS", PART_TOPICS, false, "Topics"},
	{"PLACES", PART_PLACES, false, "Places"},
	{"PEOPLE", PART_CAPTION, false, "People"},
	{"ORGS", PART_CAPTION, false, "Organizations"},
	{"EXCHANGES", PART_CAPTION, false, "Exchanges"},
	{"COMPANIES", PART_CAPTION, false, "Companies"},
};

static const char *const texts[] = {"TEXT", "LP", "LEADPARA", "BODY", "SUMMARY"};
static const char *const blocks[] = {
	"P", "BR", "DIV", "LI", "UL", "OL", "H1", "H2", "H3", "H4", "H5", "H6",
	"TABLE", "TR", "TABLEROW", "BLOCKQUOTE",
};
static const char *const styles[] = {
	"B", "I", "U", "A", "EM", "STRONG", "SUP", "SUB", "FONT", "SPAN", "TT",
	"SMALL", "BIG",
};

static const char *find(const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(names[i], name))
			return names[i];
	return NULL;
}
#define FIND(names, name) find(names, ARRAY_LEN(names), name)

static const struct trec_element *element_of(const struct trec_elements *e,
                                             const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(elements); i++)
		if (!strcmp(elements[i].name, name) &&
		    (elements[i].inside || !e->text) &&
		    (e->reuters || !elements[i].label))
			return &elements[i];
	return NULL;
}

/* ---- values ---------------------------------------------------------------- */

static struct slice cut_at(struct slice text, char mark)
{
	const uint8_t *at = text.len ? memchr(text.data, mark, text.len) : NULL;
	if (at)
		text.len = (size_t)(at - text.data);
	return white_trim_end(text);
}

/* "By Janie Gabb, Reuters" */
static struct slice author_of(struct slice text)
{
	static const char *const trades[] = {
		"Reuters", "Writer", "Writers", "Correspondent", "Correspondents",
	};
	if (ascii_begins(text, "by "))
		text = white_trim_start(slice_from(text, 3));
	const uint8_t *comma = text.len ? memrchr(text.data, ',', text.len) : NULL;
	for (size_t i = 0; comma && i < ARRAY_LEN(trades); i++)
		if (ascii_ends(text, trades[i]))
			return slice_of(text.data, (size_t)(comma - text.data));
	return text;
}

static void set(struct buffer *part, struct slice text)
{
	if (!part->len)
		buffer_append(part, text.data, text.len);
}

static void end_line(struct buffer *body)
{
	if (body->len && body->data[body->len - 1] != '\n')
		buffer_byte(body, '\n');
}

static void take_title(struct draft *draft, struct slice text)
{
	if (!draft->title.len) {
		set(&draft->title, text);
		return;
	}
	end_line(&draft->body);
	draft_append(&draft->body, text);
}

/* "27-MAR-1987 00:02:59.13RM", "9-APR-1987 00:00:00.00 # date added by S Finch",
 * "5-MAR-1987 605:12:19.11": the time without what sticks to it, or the day. */
static void take_reuters_date(struct draft *draft, struct slice text)
{
	struct slice day = cut_at(text, ' ');
	size_t n = day.len + (day.len < text.len);
	while (n < text.len && ((text.data[n] >= '0' && text.data[n] <= '9') ||
	                        text.data[n] == ':' || text.data[n] == '.'))
		n++;
	draft_date(draft, slice_of(text.data, n));
	if (draft->date_dropped)
		draft_date(draft, day);
}

static void take_date(struct trec_elements *e, enum trec_part part,
                      struct slice text)
{
	char day[TREC_DATE_SIZE];
	if (e->dated)
		return;
	bool known = part == PART_ID ? trec_date_docno(text, day)
		: part == PART_FILEID ? trec_date_fileid(text, day)
		: trec_date_numbers(text, day);
	if (known)
		draft_date(e->draft, slice_of(day, strlen(day)));
	else if (part == PART_DATE && e->reuters)
		take_reuters_date(e->draft, text);
	else if (part == PART_DATE)
		draft_date(e->draft, text);
	e->dated = part == PART_DATE && !e->draft->date_dropped;
}

static void take_caption(struct draft *draft, const char *label,
                         struct slice text)
{
	if (label)
		buffer_printf(&draft->captions, "%s: ", label);
	draft_append(&draft->captions, text);
}

/* Text without white around it, and one space for any white in it. */
static void take(struct trec_elements *e, enum trec_part part,
                 const char *label, struct slice text)
{
	struct draft *draft = e->draft;
	if (!text.len)
		return;
	switch (part) {
	case PART_ID:
		set(&draft->id, text);
		take_date(e, part, text);
		break;
	case PART_TITLE:
		take_title(draft, text);
		break;
	case PART_AUTHOR:
		set(&draft->author, author_of(text));
		break;
	case PART_DATE:
	case PART_FILEID:
		take_date(e, part, text);
		break;
	case PART_SECTION:
		set(&draft->section, cut_at(text, ';'));
		break;
	case PART_TOPICS:
		values_append(&draft->topics, text, ",");
		break;
	case PART_PLACES:
		values_append(&draft->places, text, ",");
		break;
	case PART_URL:
		set(&draft->url, text);
		break;
	case PART_LANG:
		set(&draft->lang, text);
		break;
	case PART_CAPTION:
		take_caption(draft, label, text);
		break;
	}
}

/* Each run of white becomes one space, in place; none at the ends. */
static struct slice fold_white(struct buffer *value)
{
	struct slice text = white_trim(slice_of(value->data, value->len));
	uint8_t *out = value->data;
	size_t n = 0;
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.data[i];
		bool white = c == ' ' || (c >= 9 && c <= 13);
		if (!white)
			out[n++] = c;
		else if (out[n - 1] != ' ')
			out[n++] = ' ';
	}
	return slice_of(out, n);
}

static void take_value(struct trec_elements *e, enum trec_part part,
                       const char *label)
{
	if (e->value.status != NS_OK)
		e->draft->body.status = e->value.status;
	else
		take(e, part, label, fold_white(&e->value));
	buffer_clear(&e->value);
}

static void take_attribute(struct trec_elements *e, enum trec_part part,
                           struct slice attributes, const char *name)
{
	sgml_entities_decode(tags_attribute(attributes, name), &e->value);
	take_value(e, part, NULL);
}

/* ---- tags ------------------------------------------------------------------ */

static void end_field(struct trec_elements *e)
{
	if (e->role == TREC_FIELD)
		take_value(e, e->field->part, e->field->label);
	e->field = NULL;
	e->role = e->unknown[0] ? TREC_LEFT_OUT : TREC_BODY;
}

static void begin_text(struct trec_elements *e, const char *text)
{
	end_field(e);
	e->unknown[0] = '\0';
	e->role = TREC_BODY;
	e->whole = false;
	end_line(&e->draft->body);
	if (!e->text || !strcmp(text, "TEXT"))
		e->text = text;
}

static void begin_article(struct trec_elements *e, const struct tag *tag)
{
	e->reuters = !strcmp(tag->name, "REUTERS");
	if (e->reuters) {
		take_attribute(e, PART_ID, tag->attributes, "NEWID");
		return;
	}
	take_attribute(e, PART_ID, tag->attributes, "ID");
	take_attribute(e, PART_TITLE, tag->attributes, "TITLE");
	take_attribute(e, PART_URL, tag->attributes, "URL");
}

/* A tag that names no part of an article. */
static void step_over(struct trec_elements *e, const struct tag *tag)
{
	bool style = FIND(styles, tag->name), block = FIND(blocks, tag->name);
	struct buffer *out = e->role == TREC_FIELD ? &e->value : &e->draft->body;
	if (e->role == TREC_LEFT_OUT || style)
		return;
	if (e->role == TREC_FIELD && e->field->label) {
		if (tag->kind == TAG_BEGINS && out->len)
			buffer_text(out, ", ");
	} else if (block && e->role == TREC_BODY) {
		end_line(out);
	} else if (out->len && out->data[out->len - 1] > ' ') {
		buffer_byte(out, ' ');
	}
	if (!block && e->role == TREC_BODY && !e->text &&
	    tag->kind == TAG_BEGINS) {
		strcpy(e->unknown, tag->name);
		e->role = TREC_LEFT_OUT;
	}
}

static void begin(struct trec_elements *e, const struct tag *tag)
{
	const char *text = FIND(texts, tag->name);
	const struct trec_element *element = element_of(e, tag->name);
	if (text) {
		begin_text(e, text);
	} else if (element) {
		end_field(e);
		e->role = TREC_FIELD;
		e->field = element;
	} else if (!strcmp(tag->name, "DOC") || !strcmp(tag->name, "REUTERS")) {
		begin_article(e, tag);
	} else {
		step_over(e, tag);
	}
}

static void end(struct trec_elements *e, const struct tag *tag)
{
	if (e->field && !strcmp(e->field->name, tag->name)) {
		end_field(e);
	} else if (FIND(texts, tag->name)) {
		end_field(e);
		if (e->text && !strcmp(e->text, tag->name))
			e->text = NULL;
		e->whole |= !strcmp(tag->name, "TEXT") ||
		            !strcmp(tag->name, "BODY");
	} else if (!strcmp(e->unknown, tag->name)) {
		e->unknown[0] = '\0';
		if (e->role == TREC_LEFT_OUT)
			e->role = TREC_BODY;
	} else {
		step_over(e, tag);
	}
}

/* ---- an article ------------------------------------------------------------ */

/* Text without its last word, where that is "Reuter". */
static struct slice cut_signature(struct slice text)
{
	size_t n = text.len - strlen("reuter");
	if (!ascii_ends(text, "reuter") || (n && text.data[n - 1] > ' '))
		return text;
	return white_trim_end(slice_of(text.data, n));
}

static void finish_body(struct trec_elements *e)
{
	struct buffer *body = &e->draft->body;
	struct slice text = white_trim(slice_of(body->data, body->len));
	if (e->reuters) {
		size_t before = text.len;
		text = cut_signature(text);
		e->draft->furniture += text.len < before;
	}
	if (text.len && text.data != body->data)
		memmove(body->data, text.data, text.len);
	body->len = text.len;
	end_line(body);
}

void trec_elements_read(struct trec_elements *e, struct slice markup,
                        struct draft *draft)
{
	struct tags tags;
	struct tag tag;
	buffer_clear(&e->value);
	*e = (struct trec_elements){.draft = draft, .value = e->value};
	tags_init(&tags, markup);
	for (;;) {
		tags_next(&tags, &tag);
		if (tag.kind == TAG_NONE)
			break;
		if (tag.kind == TAG_BEGINS)
			begin(e, &tag);
		else if (tag.kind == TAG_ENDS)
			end(e, &tag);
		else if (e->role == TREC_FIELD)
			sgml_entities_decode(tag.text, &e->value);
		else if (e->role == TREC_BODY &&
		         (e->text || white_trim_start(tag.text).len))
			sgml_entities_decode(tag.text, &draft->body);
	}
	end_field(e);
	finish_body(e);
}

void trec_elements_init(struct trec_elements *elements)
{
	*elements = (struct trec_elements){0};
	buffer_init(&elements->value, NS_ARTICLE_MAX);
}

void trec_elements_release(struct trec_elements *elements)
{
	buffer_release(&elements->value);
}
