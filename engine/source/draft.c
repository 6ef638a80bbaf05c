#include "source/draft.h"

#include "base/utf8.h"
#include "source/white.h"

void draft_init(struct draft *draft)
{
	*draft = (struct draft){0};
	buffer_init(&draft->title, NS_ARTICLE_MAX);
	buffer_init(&draft->body, NS_ARTICLE_MAX);
	buffer_init(&draft->captions, NS_ARTICLE_MAX);
	buffer_init(&draft->links, NS_ARTICLE_MAX);
	buffer_init(&draft->section, NS_ARTICLE_MAX);
	buffer_init(&draft->scratch, NS_ARTICLE_MAX);
}

void draft_clear(struct draft *draft)
{
	buffer_clear(&draft->title);
	buffer_clear(&draft->body);
	buffer_clear(&draft->captions);
	buffer_clear(&draft->links);
	buffer_clear(&draft->section);
	draft->first_line = draft->last_line = 0;
	draft->repairs = draft->furniture = 0;
}

void draft_release(struct draft *draft)
{
	buffer_release(&draft->title);
	buffer_release(&draft->body);
	buffer_release(&draft->captions);
	buffer_release(&draft->links);
	buffer_release(&draft->section);
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

int draft_status(const struct draft *draft)
{
	const struct buffer *parts[] = {&draft->title, &draft->body,
		&draft->captions, &draft->links, &draft->section};
	int status = NS_OK;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
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

void draft_article(const struct draft *draft, struct source_article *out)
{
	*out = (struct source_article){
		.article = {
			.title = text_of(&draft->title),
			.body = text_of(&draft->body),
			.section = text_of(&draft->section),
			.captions = text_of(&draft->captions),
			.links = text_of(&draft->links),
			.date = NS_NO_DATE,
		},
		.first_line = clamp(draft->first_line),
		.last_line = clamp(draft->last_line),
		.repairs = draft->repairs,
		.furniture = draft->furniture,
	};
}
