#include "source/draft.h"

#include "base/utf8.h"
#include "date/date.h"
#include "base/white.h"

/* The parts of an article that grow; scratch is none of them. */
enum { PARTS = 11 };

static void parts_of(struct draft *draft, struct buffer *out[PARTS])
{
	struct buffer *const parts[PARTS] = {
		&draft->id, &draft->title, &draft->body, &draft->captions,
		&draft->links, &draft->section, &draft->author, &draft->url,
		&draft->lang, &draft->topics, &draft->places};
	memcpy(out, parts, sizeof parts);
}

void draft_init(struct draft *draft)
{
	struct buffer *parts[PARTS];
	*draft = (struct draft){.date = NS_NO_DATE};
	parts_of(draft, parts);
	for (size_t i = 0; i < PARTS; i++)
		buffer_init(parts[i], NS_ARTICLE_MAX);
	buffer_init(&draft->scratch, NS_ARTICLE_MAX);
}

void draft_clear(struct draft *draft)
{
	struct buffer *parts[PARTS];
	parts_of(draft, parts);
	for (size_t i = 0; i < PARTS; i++)
		buffer_clear(parts[i]);
	draft->date = NS_NO_DATE;
	draft->date_is_day = draft->date_dropped = false;
	draft->first_line = draft->last_line = 0;
	draft->repairs = draft->furniture = draft->attachments = 0;
}

void draft_release(struct draft *draft)
{
	struct buffer *parts[PARTS];
	parts_of(draft, parts);
	for (size_t i = 0; i < PARTS; i++)
		buffer_release(parts[i]);
	buffer_release(&draft->scratch);
}

int draft_take(struct draft *draft, const struct line *line, struct slice *out,
               struct ns_error *err)
{
	*out = slice_of(line->data, line->len);
	int status = NS_E_LIMIT;
	if (line->state != LINE_OVERLONG)
		status = utf8_clean(out, &draft->scratch, &draft->repairs);
	if (status == NS_E_NOMEM)
		return err_nomem(err);
	if (status == NS_E_LIMIT) {
		draft->body.status = NS_E_LIMIT;
		draft_extend(draft, line->number);
		*out = slice_of(line->data, 0);
	}
	*out = white_trim(*out);
	return NS_OK;
}

void draft_extend(struct draft *draft, uint64_t number)
{
	if (!draft->first_line)
		draft->first_line = number;
	draft->last_line = number;
}

void draft_append(struct buffer *part, struct slice text)
{
	buffer_append(part, text.data, text.len);
	buffer_byte(part, '\n');
}

bool draft_read_date(struct slice text, struct slice language, int64_t *date,
                     bool *is_day)
{
	struct date parsed;
	bool fine = date_parse_data(text, language, &parsed);
	*date = fine ? parsed.seconds : NS_NO_DATE;
	*is_day = fine && parsed.day;
	return fine || !white_trim(text).len;
}

void draft_date(struct draft *draft, struct slice text)
{
	struct slice language = slice_of(draft->lang.data, draft->lang.len);
	int64_t date;
	bool is_day, known = draft_read_date(text, language, &date, &is_day);
	if (date != NS_NO_DATE) {
		draft->date = date;
		draft->date_is_day = is_day;
	}
	draft->date_dropped = draft->date == NS_NO_DATE && !known;
}

int draft_status(const struct draft *draft)
{
	const struct buffer *parts[PARTS];
	int status = NS_OK;
	parts_of((struct draft *)draft, (struct buffer **)parts);
	for (size_t i = 0; i < PARTS; i++)
		if (status != NS_E_NOMEM && parts[i]->status != NS_OK)
			status = parts[i]->status;
	return status;
}

static ns_text text_of(const struct buffer *buffer)
{
	return (ns_text){(const char *)buffer->data, buffer->len};
}

static uint32_t clamp(uint64_t line)
{
	return (uint32_t)min_u64(line, UINT32_MAX);
}

/* Borrows from the draft. */
static struct source_article article_of(const struct draft *draft)
{
	return (struct source_article){
		.article = {
			.id = text_of(&draft->id),
			.title = text_of(&draft->title),
			.body = text_of(&draft->body),
			.section = text_of(&draft->section),
			.author = text_of(&draft->author),
			.url = text_of(&draft->url),
			.lang = text_of(&draft->lang),
			.topics = text_of(&draft->topics),
			.places = text_of(&draft->places),
			.captions = text_of(&draft->captions),
			.links = text_of(&draft->links),
			.date = draft->date,
			.date_is_day = draft->date_is_day,
		},
		.first_line = clamp(draft->first_line),
		.last_line = clamp(draft->last_line),
		.repairs = draft->repairs,
		.furniture = draft->furniture,
		.attachments = draft->attachments,
		.date_dropped = draft->date_dropped,
	};
}

int draft_give(struct draft *draft, struct outlet *outlet, struct ns_error *err)
{
	struct source_article article = article_of(draft);
	int status = draft_status(draft);
	if (status == NS_E_LIMIT)
		status = outlet_tell(outlet, SOURCE_REFUSED, SOURCE_LARGE_ARTICLE,
		                     draft->first_line, NULL, err);
	else if (status == NS_OK)
		status = outlet_give(outlet, &article, err);
	else
		status = err_nomem(err);
	draft_clear(draft);
	return status;
}
