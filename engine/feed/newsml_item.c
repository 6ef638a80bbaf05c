#include "feed/newsml.h"

#include "base/ascii_case.h"
#include "base/white.h"
#include "feed/feed_text.h"
#include "source/values.h"

enum { VALUES_COMPARED = 2048 };

static void swap(struct buffer *a, struct buffer *b)
{
	struct buffer held = *a;
	*a = *b;
	*b = held;
}

/* HTML that passes the bounds of its reader is not read. */
static int forgive(struct newsml *n, int status)
{
	if (status != NS_E_LIMIT)
		return status;
	n->hostile = true;
	return NS_OK;
}

/* ---- values -------------------------------------------------------------- */

/* A value of this rank stands for those of lower ones. */
void newsml_put(struct newsml *n, enum newsml_rank which, int rank,
                struct buffer *out, struct slice value)
{
	if (!value.len || rank <= n->ranks[which])
		return;
	n->ranks[which] = rank;
	buffer_clear(out);
	buffer_append(out, value.data, value.len);
}

void newsml_put_lang(struct newsml *n, int rank, struct slice value)
{
	newsml_put(n, RANK_LANG, rank, &n->draft->lang, white_trim(value));
}

static void add_name(struct buffer *out, struct slice name)
{
	if (!name.len)
		return;
	if (out->len)
		buffer_text(out, ", ");
	buffer_append(out, name.data, name.len);
}

/* Midnight without a zone is what those write who know the day alone. */
static struct slice without_midnight(struct slice date)
{
	static const char *const ends[] = {"T000000", "T00:00:00"};
	date = white_trim(date);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (ascii_ends(date, ends[i]))
			date.len -= strlen(ends[i]);
	return date;
}

void newsml_put_date(struct newsml *n, int rank, struct slice text)
{
	struct draft *draft = n->draft;
	int64_t held = draft->date;
	text = without_midnight(text);
	if (!text.len || (held != NS_NO_DATE && rank <= n->ranks[RANK_DATE]))
		return;
	draft->date = NS_NO_DATE;
	draft_date(draft, text);
	if (draft->date != NS_NO_DATE) {
		n->ranks[RANK_DATE] = rank;
	} else if (held != NS_NO_DATE) { /* date_is_day is still of it */
		draft->date = held;
		draft->date_dropped = false;
	}
}

/* Each value once: of hostile numbers of them those of the first kilobytes. */
static void add_value(struct buffer *out, struct slice value)
{
	size_t n = min_size(out->len, VALUES_COMPARED);
	struct slice held = slice_of(out->data, n);
	while (held.len) {
		struct slice line = slice_cut(&held, '\n');
		if (line.len == value.len && value.len &&
		    !memcmp(line.data, value.data, line.len))
			return;
	}
	values_append(out, value, "");
}

void newsml_put_kind(struct newsml *n, enum newsml_kind kind,
                     struct slice value)
{
	struct draft *draft = n->draft;
	switch (kind) {
	case KIND_TOPIC:
		add_value(&draft->topics, value);
		break;
	case KIND_PLACE:
		add_value(&draft->places, value);
		break;
	case KIND_WRITTEN:
		add_value(&n->buffers[NEWSML_WRITTEN], value);
		break;
	case KIND_PERSON:
		add_name(&n->buffers[NEWSML_PEOPLE], value);
		break;
	case KIND_ORG:
		add_name(&n->buffers[NEWSML_ORGS], value);
		break;
	case KIND_CREATOR:
		newsml_put(n, RANK_AUTHOR, 1, &draft->author, value);
		break;
	case KIND_NONE:
		break;
	}
}

/* "Burns, John F; Filkins, Dexter": John F Burns, Dexter Filkins. */
static void put_turned(struct newsml *n, struct slice names)
{
	struct buffer *out = &n->buffers[NEWSML_CODE];
	buffer_clear(out);
	while (names.len) {
		struct slice given = white_trim(slice_cut(&names, ';'));
		struct slice family = white_trim(slice_cut(&given, ','));
		given = white_trim(given);
		add_name(out, given.len ? given : family);
		if (given.len) {
			buffer_byte(out, ' ');
			buffer_append(out, family.data, family.len);
		}
	}
	newsml_put(n, RANK_AUTHOR, n->rank, &n->draft->author, buffer_slice(out));
}

static void put_author(struct newsml *n, struct slice line)
{
	if (ascii_begins(line, "by "))
		line = white_trim_start(slice_from(line, 3));
	if (line.len && line.data[line.len - 1] == ',') /* behind it: <byttl> */
		line.len--;
	if (n->rank == 2)
		put_turned(n, line);
	else
		newsml_put(n, RANK_AUTHOR, n->rank, &n->draft->author, line);
}

/* ---- what ends ----------------------------------------------------------- */

/* A name inside of a subject, or the code of one without. */
static void end_subject(struct newsml *n)
{
	if (!n->named)
		newsml_put_kind(n, n->kind,
		                white_trim(buffer_slice(&n->buffers[NEWSML_CODE])));
}

static void take_name(struct newsml *n, struct slice line)
{
	if (line.len && !n->named)
		newsml_put_kind(n, n->kind, line);
	n->named |= line.len > 0;
}

static void take_line(struct newsml *n, enum newsml_part part,
                      struct slice line)
{
	struct draft *draft = n->draft;
	struct slice code = buffer_slice(&n->buffers[NEWSML_CODE]);
	switch (part) {
	case NEWSML_TITLE:
		newsml_put(n, RANK_TITLE, n->rank, &draft->title, line);
		break;
	case NEWSML_AUTHOR:
		put_author(n, line);
		break;
	case NEWSML_CAPTION:
		if (line.len)
			draft_append(&draft->captions, line);
		break;
	case NEWSML_DATE:
		newsml_put_date(n, n->rank, line);
		break;
	case NEWSML_KEYWORDS:
		values_append(&draft->topics, line, VALUES_TOPICS);
		break;
	case NEWSML_NAME:
		take_name(n, line);
		break;
	case NEWSML_KEYWORD:
		newsml_put_kind(n, KIND_TOPIC, line);
		break;
	case NEWSML_CLASSIFIER:
		newsml_put_kind(n, KIND_TOPIC, line.len ? line : white_trim(code));
		break;
	case NEWSML_PLACE:
		newsml_put_kind(n, KIND_PLACE, line);
		break;
	case NEWSML_PERSON:
		newsml_put_kind(n, KIND_PERSON, line);
		break;
	case NEWSML_ORG:
		newsml_put_kind(n, KIND_ORG, line);
		break;
	default:
		break;
	}
}

int newsml_item_take(struct newsml *n, enum newsml_part part,
                     struct ns_error *err)
{
	struct buffer *value = &n->buffers[NEWSML_VALUE];
	struct buffer *line = &n->buffers[NEWSML_LINE];
	if (part == NEWSML_SUBJECT)
		end_subject(n);
	if (!newsml_is_field(part))
		return NS_OK;
	if (value->status != NS_OK) {
		n->draft->body.status = value->status;
		return NS_OK;
	}
	TRY(forgive(n, feed_line(&n->html, buffer_slice(value),
	                         part == NEWSML_TITLE ? MARKUP_UNKNOWN
	                                              : MARKUP_NONE,
	                         line, err)));
	if (line->status != NS_OK)
		n->draft->body.status = line->status;
	else
		take_line(n, part, buffer_slice(line));
	return NS_OK;
}

int newsml_item_text(struct newsml *n, struct ns_error *err)
{
	struct buffer *body = &n->buffers[NEWSML_BODY];
	struct buffer *longest = &n->buffers[NEWSML_LONGEST];
	struct slice value = buffer_slice(&n->buffers[NEWSML_VALUE]);
	if (n->plain)
		TRY(forgive(n, feed_paragraphs(&n->html, value, MARKUP_UNKNOWN,
		                               body, &n->draft->captions, err)));
	n->plain = false;
	if (body->status != NS_OK)
		n->draft->body.status = body->status;
	if (body->len > longest->len)
		swap(body, longest);
	buffer_clear(body);
	return NS_OK;
}

/* ---- an article ---------------------------------------------------------- */

/* The lines of the body without "LEAD:", and without the first of them where the
 * next one is the same but for that. */
static struct slice without_mark(struct newsml *n, struct slice body)
{
	struct slice rest = body;
	if (!slice_begins(body, "LEAD:"))
		return body;
	struct slice first = slice_cut(&rest, '\n');
	first = white_trim(slice_from(first, 5));
	struct slice next = rest;
	next = slice_cut(&next, '\n');
	if (!first.len || next.len != first.len ||
	    memcmp(next.data, first.data, next.len) != 0)
		return white_trim_start(slice_from(body, 5));
	n->draft->furniture = 1;
	return rest;
}

static void put_body(struct newsml *n)
{
	static const enum newsml_buffer order[] = {NEWSML_LONGEST, NEWSML_LEADS,
		NEWSML_SUMMARIES};
	struct buffer *out = &n->draft->body;
	struct slice text = {NULL, 0}, deck = buffer_slice(&n->buffers[NEWSML_DECK]);
	for (size_t i = 0; i < ARRAY_LEN(order) && !text.len; i++)
		text = without_mark(n, buffer_slice(&n->buffers[order[i]]));
	buffer_append(out, deck.data, deck.len);
	buffer_append(out, text.data, text.len);
}

static void put_list(struct buffer *captions, const char *label,
                     const struct buffer *names)
{
	if (!names->len)
		return;
	buffer_text(captions, label);
	draft_append(captions, buffer_slice(names));
}

static void put_day(struct newsml *n)
{
	char text[16];
	const int *day = n->day;
	if (n->draft->date != NS_NO_DATE || !day[0])
		return;
	int len = snprintf(text, sizeof text, "%04d-%02d-%02d", day[0], day[1],
	                   day[2]);
	newsml_put_date(n, 1, slice_of(text, (size_t)len));
}

int newsml_item_give(struct newsml *n, struct ns_error *err)
{
	struct draft *draft = n->draft;
	struct slice written = buffer_slice(&n->buffers[NEWSML_WRITTEN]);
	draft_extend(draft, max_u64(n->xml.line, draft->first_line));
	draft->repairs = xml_repairs(&n->xml) - n->repairs;
	put_day(n);
	put_list(&draft->captions, "People: ", &n->buffers[NEWSML_PEOPLE]);
	put_list(&draft->captions, "Organizations: ", &n->buffers[NEWSML_ORGS]);
	if (!draft->places.len)
		buffer_append(&draft->places, written.data, written.len);
	int status = draft->body.status;
	put_body(n);
	for (size_t i = 0; i < NEWSML_BUFFERS; i++)
		if (n->buffers[i].status != NS_OK && status != NS_E_NOMEM)
			status = n->buffers[i].status;
	if (status != NS_OK)
		draft->body.status = status;
	if (!n->hostile || draft->body.len || draft_status(draft) != NS_OK)
		return draft_give(draft, n->outlet, err);
	status = outlet_tell(n->outlet, SOURCE_REFUSED, SOURCE_BAD_HTML,
	                     draft->first_line, NULL, err);
	draft_clear(draft);
	return status;
}

void newsml_item_begin(struct newsml *n, const struct xml_element *e)
{
	for (size_t i = 0; i < NEWSML_BUFFERS; i++)
		buffer_clear(&n->buffers[i]);
	memset(n->ranks, 0, sizeof n->ranks);
	memset(n->day, 0, sizeof n->day);
	n->kind = KIND_NONE;
	n->named = n->plain = n->hostile = n->nitf = false;
	n->in_pre = 0;
	n->in_item = n->depth;
	n->repairs = xml_repairs(&n->xml);
	draft_clear(n->draft);
	draft_extend(n->draft, e->line);
}
