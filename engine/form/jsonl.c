#include "form/jsonl.h"

#include "base/utf8.h"
#include "date/date.h"
#include "form/json_escapes.h"
#include "source/values.h"
#include "base/white.h"

#include <yajl/yajl_parse.h>

/* glue: what stands between the values of a list; NULL: none may be given. */
static const struct {
	const char *name, *glue;
} keys[JSONL_FIELDS] = {
	[JSONL_ID] = {"id", NULL},
	[JSONL_TITLE] = {"title", NULL},
	[JSONL_BODY] = {"body", "\n"},
	[JSONL_DATE] = {"date", NULL},
	[JSONL_SECTION] = {"section", ", "},
	[JSONL_AUTHOR] = {"author", ", "},
	[JSONL_URL] = {"url", NULL},
	[JSONL_LANG] = {"lang", ", "},
	[JSONL_TOPICS] = {"topics", "\n"},
	[JSONL_PLACES] = {"places", "\n"},
};

/* ---- what yajl calls: 1 goes on, 0 ends the line --------------------------- */

static int refuse(struct jsonl *j, enum source_reason why, const char *detail)
{
	j->refused = true;
	j->why = why;
	snprintf(j->detail, sizeof j->detail, "%s", detail);
	return 0;
}

static int refuse_value(struct jsonl *j)
{
	if (!j->depth)
		return refuse(j, SOURCE_BAD_JSON, "no object; wanted is one article "
		              "a line, {\"title\": \"…\", \"body\": \"…\"}");
	return refuse(j, SOURCE_BAD_VALUE, keys[j->field].name);
}

/* Whether a value that begins now is one of ours. */
static bool is_wanted(const struct jsonl *j)
{
	return j->depth == 0 || (j->depth == 1 && j->field != JSONL_FIELDS) ||
	       (j->list && j->depth == 2);
}

/* Topics and places come in many shapes: what is no text of them is skipped, for no
 * article is to be lost for it. */
static bool is_skipped(const struct jsonl *j)
{
	return j->depth && (j->field == JSONL_TOPICS || j->field == JSONL_PLACES);
}

static int take_scalar(struct jsonl *j, const void *data, size_t n)
{
	if (!is_wanted(j))
		return 1;
	if (!j->depth)
		return refuse_value(j);
	size_t start = j->fields[j->field].start;
	if (j->list && j->values.len > start)
		buffer_text(&j->values, keys[j->field].glue);
	if (j->field == JSONL_TOPICS && !j->list)
		values_append(&j->values, slice_of(data, n), VALUES_TOPICS);
	else if (j->field == JSONL_PLACES && !j->list)
		values_append(&j->values, slice_of(data, n), VALUES_PLACES);
	else
		buffer_append(&j->values, data, n);
	j->fields[j->field].len = j->values.len - start;
	return j->values.status == NS_OK;
}

static int on_string(void *context, const unsigned char *data, size_t n)
{
	return take_scalar(context, data, n);
}

static int on_number(void *context, const char *data, size_t n)
{
	return take_scalar(context, data, n);
}

static int on_null(void *context)
{
	struct jsonl *j = context;
	return j->depth ? 1 : refuse_value(j);
}

static int on_boolean(void *context, int value)
{
	(void)value;
	struct jsonl *j = context;
	return is_wanted(j) && !is_skipped(j) ? refuse_value(j) : 1;
}

static int deepen(struct jsonl *j)
{
	if (++j->depth <= JSONL_DEPTH)
		return 1;
	char detail[64];
	snprintf(detail, sizeof detail, "nested deeper than %d", JSONL_DEPTH);
	return refuse(j, SOURCE_BAD_JSON, detail);
}

static int on_start_map(void *context)
{
	struct jsonl *j = context;
	if (j->depth && is_wanted(j) && !is_skipped(j))
		return refuse_value(j);
	return deepen(j);
}

static int on_start_array(void *context)
{
	struct jsonl *j = context;
	if (is_wanted(j) && !(j->list && is_skipped(j))) {
		if (!j->depth || j->list || !keys[j->field].glue)
			return refuse_value(j);
		j->list = true;
	}
	return deepen(j);
}

static int on_end(void *context)
{
	struct jsonl *j = context;
	if (--j->depth == 1)
		j->list = false;
	return 1;
}

static_assert((int)JSONL_FIELDS == FIELDS && (int)JSONL_PLACES == FIELD_PLACES,
              "keys are parts in the order of fields.h");

/* Whether the key is the one for this part: the map's, else its own name, but not
 * where the map gives that to another part. */
static bool is_key(const struct field_map *map, int part, struct slice key)
{
	struct slice own = slice_of(keys[part].name, strlen(keys[part].name));
	if (!map)
		return slice_equal(key, own);
	if (map->names[part].len)
		return slice_equal(key, map->names[part]);
	for (int i = 0; i < FIELDS; i++)
		if (slice_equal(key, map->names[i]))
			return false;
	return slice_equal(key, own);
}

static int on_key(void *context, const unsigned char *key, size_t n)
{
	struct jsonl *j = context;
	if (j->depth != 1)
		return 1;
	j->field = JSONL_FIELDS;
	for (int i = 0; i < JSONL_FIELDS; i++) {
		if (!is_key(j->map, i, slice_of(key, n)))
			continue;
		j->field = (enum jsonl_field)i;
		j->told |= i == JSONL_TITLE || i == JSONL_BODY;
		j->fields[i].start = j->values.len;
		j->fields[i].len = 0;
		break;
	}
	return 1;
}

static const yajl_callbacks callbacks = {
	.yajl_null = on_null,
	.yajl_boolean = on_boolean,
	.yajl_number = on_number,
	.yajl_string = on_string,
	.yajl_start_map = on_start_map,
	.yajl_map_key = on_key,
	.yajl_end_map = on_end,
	.yajl_start_array = on_start_array,
	.yajl_end_array = on_end,
};

/* ---- a line ----------------------------------------------------------------- */

static void explain(struct jsonl *j, yajl_handle parser, struct slice line)
{
	if (j->refused || j->values.status != NS_OK)
		return;
	size_t at = yajl_get_bytes_consumed(parser);
	unsigned char *message = yajl_get_error(parser, 0, line.data, line.len);
	size_t n = min_size(strcspn((const char *)message, ".\n"), 100);
	refuse(j, SOURCE_BAD_JSON, "");
	snprintf(j->detail, sizeof j->detail, "%.*s, byte %zu of the line",
	         (int)n, (const char *)message, at);
}

/* No variable of this function may change between setjmp and longjmp. */
static int parse_guarded(struct jsonl *const j, const struct slice line)
{
	if (setjmp(j->memory.failed))
		return NS_E_NOMEM;
	const yajl_handle parser = yajl_alloc(&callbacks, &j->memory.functions, j);
	yajl_config(parser, yajl_dont_validate_strings, 1);
	if (yajl_parse(parser, line.data, line.len) != yajl_status_ok ||
	    yajl_complete_parse(parser) != yajl_status_ok)
		explain(j, parser, line);
	return NS_OK;
}

static int parse(struct jsonl *j, struct slice line)
{
	buffer_clear(&j->values);
	memset(j->fields, 0, sizeof j->fields);
	j->field = JSONL_FIELDS;
	j->depth = 0;
	j->list = j->refused = j->told = false;
	int status = parse_guarded(j, line);
	json_memory_release(&j->memory);
	if (status == NS_OK && !j->refused)
		status = j->values.status;
	return status;
}

static ns_text value_of(const struct jsonl *j, enum jsonl_field field)
{
	if (!j->fields[field].len)
		return (ns_text){0};
	return (ns_text){(const char *)j->values.data + j->fields[field].start,
	                 j->fields[field].len};
}

static int give(struct outlet *outlet, const struct jsonl *j, uint64_t number,
                uint32_t repairs, struct ns_error *err)
{
	if (!j->told)
		return outlet_tell(outlet, SOURCE_REFUSED, SOURCE_NO_TEXT, number,
		                   "--map title=KEY,body=KEY says which keys they "
		                   "are", err);
	uint32_t at = (uint32_t)min_u64(number, UINT32_MAX);
	struct source_article article = {
		.article = {
			.id = value_of(j, JSONL_ID),
			.title = value_of(j, JSONL_TITLE),
			.body = value_of(j, JSONL_BODY),
			.section = value_of(j, JSONL_SECTION),
			.author = value_of(j, JSONL_AUTHOR),
			.url = value_of(j, JSONL_URL),
			.lang = value_of(j, JSONL_LANG),
			.topics = value_of(j, JSONL_TOPICS),
			.places = value_of(j, JSONL_PLACES),
			.date = NS_NO_DATE,
		},
		.first_line = at, .last_line = at, .repairs = repairs,
	};
	struct slice text = slice_text(value_of(j, JSONL_DATE));
	struct date date;
	if (date_parse(text, slice_text(article.article.lang), &date)) {
		article.article.date = date.seconds;
		article.article.date_is_day = date.day;
	} else {
		article.date_dropped = white_trim(text).len > 0;
	}
	return outlet_give(outlet, &article, err);
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
		return outlet_tell(outlet, SOURCE_REFUSED, SOURCE_LONG_LINE,
		                   line->number, NULL, err);
	if (status != NS_OK)
		return err_nomem(err);
	if (!white_trim(text).len)
		return NS_OK;
	uint8_t *bytes = text.data == line->data ? line->data : j->scratch.data;
	repairs += json_escapes_mend(bytes, text.len);
	status = parse(j, text);
	if (status == NS_E_NOMEM)
		return err_nomem(err);
	if (status == NS_E_LIMIT)
		return outlet_tell(outlet, SOURCE_REFUSED, SOURCE_LARGE_ARTICLE,
		                   line->number, NULL, err);
	if (j->refused)
		return outlet_tell(outlet, SOURCE_REFUSED, j->why, line->number,
		                   j->detail, err);
	return give(outlet, j, line->number, repairs, err);
}

void jsonl_init(struct jsonl *jsonl)
{
	memset(jsonl, 0, sizeof *jsonl);
	json_memory_init(&jsonl->memory);
	buffer_init(&jsonl->scratch, NS_ARTICLE_MAX);
	buffer_init(&jsonl->values, NS_ARTICLE_MAX);
}

void jsonl_release(struct jsonl *jsonl)
{
	json_memory_release(&jsonl->memory);
	buffer_release(&jsonl->scratch);
	buffer_release(&jsonl->values);
}

int jsonl_read(struct outlet *outlet, struct lines *lines, struct jsonl *jsonl,
               struct ns_error *err)
{
	struct line line;
	for (;;) {
		TRY(lines_next(lines, &line, err));
		if (line.state == LINE_END)
			return NS_OK;
		TRY(jsonl_take(outlet, jsonl, &line, err));
	}
}
