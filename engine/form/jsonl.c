#include "form/jsonl.h"

#include "base/utf8.h"
#include "base/white.h"
#include "form/json_escapes.h"
#include "source/draft.h"

/* A title or a body as plain text, into a buffer of its own. */
static int plain_of(struct jsonl *j, enum field field, struct buffer *plain,
                    ns_text *out, struct ns_error *err)
{
	struct ns_error cause;
	*out = json_parts_value(&j->parts, field);
	if (!j->parts.fields[field].html)
		return NS_OK;
	buffer_clear(plain);
	int status = html_fragment_text(&j->fragment, slice_text(*out), plain, NULL,
	                                &cause);
	if (status == NS_E_NOMEM || plain->status == NS_E_NOMEM)
		return err_nomem(err);
	if (status != NS_OK || plain->status != NS_OK)
		return NS_OK; /* hostile: as it was */
	struct slice text = white_trim(buffer_slice(plain));
	for (size_t i = 0; field == FIELD_TITLE && i < plain->len; i++)
		if (plain->data[i] == '\n')
			plain->data[i] = ' ';
	*out = (ns_text){(const char *)text.data, text.len};
	return NS_OK;
}

static int give(struct outlet *outlet, struct jsonl *j, uint64_t number,
                uint32_t repairs, struct ns_error *err)
{
	bool acted = j->action && j->id.len;
	j->action = 0;
	if (!j->parts.told)
		return outlet_tell(outlet, SOURCE_REFUSED, SOURCE_NO_TEXT, number,
		                   "--map title=KEY,body=KEY says which keys they "
		                   "are", err);
	uint32_t at = (uint32_t)min_u64(number, UINT32_MAX);
	struct source_article article = {
		.article = {
			.id = acted ? (ns_text){(const char *)j->id.data, j->id.len}
			            : json_parts_value(&j->parts, FIELD_ID),
			.section = json_parts_value(&j->parts, FIELD_SECTION),
			.author = json_parts_value(&j->parts, FIELD_AUTHOR),
			.url = json_parts_value(&j->parts, FIELD_URL),
			.lang = json_parts_value(&j->parts, FIELD_LANG),
			.topics = json_parts_value(&j->parts, FIELD_TOPICS),
			.places = json_parts_value(&j->parts, FIELD_PLACES),
		},
		.first_line = at, .last_line = at, .repairs = repairs,
	};
	article.date_dropped = !draft_read_date(
		slice_text(json_parts_value(&j->parts, FIELD_DATE)),
		slice_text(article.article.lang), &article.article.date,
		&article.article.date_is_day);
	TRY(plain_of(j, FIELD_TITLE, &j->title, &article.article.title, err));
	TRY(plain_of(j, FIELD_BODY, &j->body, &article.article.body, err));
	return outlet_give(outlet, &article, err);
}

int jsonl_end(struct outlet *outlet, struct jsonl *j, struct ns_error *err)
{
	uint64_t number = j->action;
	j->action = 0;
	return !number ? NS_OK
	     : outlet_tell(outlet, SOURCE_REFUSED, SOURCE_BAD_JSON, number,
	                   "no article follows this action of _bulk", err);
}

/* The line is no article, and the one that an action waited for. */
static int refuse(struct outlet *outlet, struct jsonl *j, enum source_reason why,
                  const struct line *line, const char *detail,
                  struct ns_error *err)
{
	j->action = 0;
	return outlet_tell(outlet, SOURCE_REFUSED, why, line->number, detail, err);
}

/* The line says what becomes of the next one. */
static int take_action(struct outlet *outlet, struct jsonl *j, uint64_t number,
                       struct ns_error *err)
{
	TRY(jsonl_end(outlet, j, err));
	if (j->parts.action == JSON_DELETES)
		return outlet_tell(outlet, SOURCE_PASSED_OVER, SOURCE_EMPTY, number,
		                   "a deletion of _bulk", err);
	ns_text id = json_parts_value(&j->parts, FIELD_ID);
	buffer_clear(&j->id);
	buffer_append(&j->id, id.data, id.size);
	j->action = number;
	return j->id.status == NS_E_NOMEM ? err_nomem(err) : NS_OK;
}

int jsonl_take(struct outlet *outlet, struct jsonl *j, const struct line *line,
               struct ns_error *err)
{
	uint32_t repairs = 0;
	struct slice text = slice_of(line->data, line->len);
	int status = NS_E_LIMIT;
	if (line->state != LINE_OVERLONG)
		status = utf8_clean(&text, &j->scratch, &repairs);
	if (status == NS_E_LIMIT)
		return refuse(outlet, j, SOURCE_LONG_LINE, line, NULL, err);
	if (status != NS_OK)
		return err_nomem(err);
	if (!white_trim(text).len)
		return NS_OK;
	uint8_t *bytes = text.data == line->data ? line->data : j->scratch.data;
	repairs += json_escapes_mend(bytes, text.len);
	status = json_parts_read(&j->parts, text);
	if (status == NS_OK && j->parts.refused && j->parts.why == SOURCE_BAD_JSON &&
	    json_nan_mend(bytes, text.len))
		status = json_parts_read(&j->parts, text);
	if (status == NS_E_NOMEM)
		return err_nomem(err);
	if (status == NS_E_LIMIT)
		return refuse(outlet, j, SOURCE_LARGE_ARTICLE, line, NULL, err);
	if (j->parts.refused)
		return refuse(outlet, j, j->parts.why, line, j->parts.detail, err);
	if (j->parts.action)
		return take_action(outlet, j, line->number, err);
	return give(outlet, j, line->number, repairs, err);
}

void jsonl_init(struct jsonl *jsonl)
{
	memset(jsonl, 0, sizeof *jsonl);
	json_parts_init(&jsonl->parts);
	buffer_init(&jsonl->scratch, NS_ARTICLE_MAX);
	buffer_init(&jsonl->title, NS_ARTICLE_MAX);
	buffer_init(&jsonl->body, NS_ARTICLE_MAX);
	buffer_init(&jsonl->id, NS_ARTICLE_MAX);
	html_fragment_init(&jsonl->fragment);
}

void jsonl_release(struct jsonl *jsonl)
{
	json_parts_release(&jsonl->parts);
	buffer_release(&jsonl->scratch);
	buffer_release(&jsonl->title);
	buffer_release(&jsonl->body);
	buffer_release(&jsonl->id);
	html_fragment_release(&jsonl->fragment);
}

int jsonl_read(struct outlet *outlet, struct lines *lines, struct jsonl *jsonl,
               struct ns_error *err)
{
	struct line line;
	jsonl->action = 0;
	for (;;) {
		TRY(lines_next(lines, &line, err));
		if (line.state == LINE_END)
			return jsonl_end(outlet, jsonl, err);
		TRY(jsonl_take(outlet, jsonl, &line, err));
	}
}
