#include "form/json_parts.h"

#include "base/ascii_case.h"
#include "source/values.h"

#include <limits.h>
#include <yajl/yajl_parse.h>

/* What stands between the values of a list; NULL: there may be one. */
static const char *const glues[FIELDS] = {
	[FIELD_BODY] = "\n", [FIELD_SECTION] = ", ", [FIELD_AUTHOR] = ", ",
	[FIELD_LANG] = ", ", [FIELD_TOPICS] = "\n", [FIELD_PLACES] = "\n",
};

/* ---- what yajl calls: 1 goes on, 0 ends the line --------------------------- */

static int refuse(struct json_parts *j, enum source_reason why, const char *detail)
{
	j->refused = true;
	j->why = why;
	snprintf(j->detail, sizeof j->detail, "%s", detail);
	return 0;
}

enum {
	RANK_NONE = INT_MAX,
	RANK_WRAPPED = 1 << 16 /* more than all ranks of keys that are not */
};

static void skip_value(struct json_parts *j)
{
	j->field = FIELDS;
	j->list = j->inner = false;
	j->object = 0;
}

/* Topics and places come in many shapes: what is no text of them is skipped, for no
 * article is to be lost for it. */
static bool is_skipped(const struct json_parts *j)
{
	return j->depth && (j->field == FIELD_TOPICS || j->field == FIELD_PLACES);
}

/* A value that is none of its part. */
static int refuse_value(struct json_parts *j)
{
	if (!j->depth)
		return refuse(j, SOURCE_BAD_JSON, "no object; wanted is one article "
		              "a line, {\"title\": \"…\", \"body\": \"…\"}");
	if (is_skipped(j) && j->list)
		return 1;
	if (!j->value.rank && !is_skipped(j))
		return refuse(j, SOURCE_BAD_VALUE, field_name(j->field));
	skip_value(j);
	return 1;
}

/* Whether a value that begins now is one of ours. */
static bool is_wanted(const struct json_parts *j)
{
	if (!j->depth || j->field == FIELDS)
		return !j->depth;
	if (j->object)
		return j->depth == j->object && j->inner;
	return j->depth == j->level + j->list;
}

static int take_scalar(struct json_parts *j, const void *data, size_t n)
{
	if (!is_wanted(j))
		return 1;
	if (!j->depth)
		return refuse_value(j);
	j->taken = true;
	j->inner = false;
	if (j->list && j->value.len) {
		if (!glues[j->field])
			return refuse_value(j);
		buffer_text(&j->values, glues[j->field]);
	}
	if (j->field == FIELD_TOPICS && !j->list)
		values_append(&j->values, slice_of(data, n), VALUES_TOPICS);
	else if (j->field == FIELD_PLACES && !j->list)
		values_append(&j->values, slice_of(data, n), VALUES_PLACES);
	else
		buffer_append(&j->values, data, n);
	j->value.len = j->values.len - j->value.start;
	return j->values.status == NS_OK;
}

static int on_string(void *context, const unsigned char *data, size_t n)
{
	return take_scalar(context, data, n);
}

/* The numbers of authors and of tags are keys of somebody's database. */
static int on_number(void *context, const char *data, size_t n)
{
	struct json_parts *j = context;
	bool key = j->field == FIELD_AUTHOR ||
	           (j->field == FIELD_TOPICS && j->value.rank);
	return j->depth && key ? 1 : take_scalar(j, data, n);
}

static int on_null(void *context)
{
	struct json_parts *j = context;
	return j->depth ? 1 : refuse_value(j);
}

static int on_boolean(void *context, int value)
{
	(void)value;
	struct json_parts *j = context;
	return is_wanted(j) && !is_skipped(j) ? refuse_value(j) : 1;
}

static int deepen(struct json_parts *j)
{
	if (++j->depth <= JSON_DEPTH)
		return 1;
	char detail[64];
	snprintf(detail, sizeof detail, "nested deeper than %d", JSON_DEPTH);
	return refuse(j, SOURCE_BAD_JSON, detail);
}

static int on_start_map(void *context)
{
	struct json_parts *j = context;
	if (j->wrapper && j->depth == 1) {
		j->level = 2;
		j->action = j->acting;
	}
	j->wrapper = false;
	if (j->depth && is_wanted(j)) {
		j->object = j->depth + 1;
		j->inner = j->taken = false;
	}
	return deepen(j);
}

static int on_start_array(void *context)
{
	struct json_parts *j = context;
	j->wrapper = false;
	if (is_wanted(j) && !(j->list && is_skipped(j))) {
		if (!j->depth || j->list || j->object)
			return refuse_value(j) && deepen(j);
		j->list = true;
	}
	return deepen(j);
}

/* The better value of a part stays; a worse one counts where that is empty. */
static void settle(struct json_parts *j)
{
	if (j->field == FIELDS)
		return;
	struct json_part *held = &j->fields[j->field];
	if (j->value.len ? !held->len || j->value.rank <= held->rank
	                 : j->value.rank == held->rank)
		*held = j->value;
	j->told |= j->field == FIELD_TITLE ||
	           (j->field == FIELD_BODY && (j->value.rank % RANK_WRAPPED == 0 ||
	            !field_is_summary(j->value.rank % RANK_WRAPPED - 1)));
	skip_value(j);
}

static int on_end(void *context)
{
	struct json_parts *j = context;
	j->depth--;
	if (j->object && j->depth == j->object - 1) {
		bool nested = j->depth > j->level + j->list;
		j->object = nested ? j->depth : 0;
		j->inner = false;
		if (!j->taken)
			return refuse_value(j);
	}
	if (j->depth <= j->level && !j->object)
		j->list = false;
	if (j->depth < j->level) {
		settle(j);
		j->level = 1;
	}
	return 1;
}

/* A key of an object that wraps a value. */
static void take_inner_key(struct json_parts *j, struct slice key)
{
	static const char *const inner[] = {"rendered", "name", "main", "original",
		"$date", "$oid", "$numberLong", "$numberInt"};
	j->inner = !j->taken && slice_is_any(key, inner, ARRAY_LEN(inner));
	j->value.html |= j->inner && slice_is_any(key, inner, 1 /* rendered */);
}

/* Whether an article may lie under this key, or in _bulk what becomes of the next. */
static bool is_wrapper(struct json_parts *j, struct slice key, bool known)
{
	static const char *const wrappers[] = {"_source", "doc", "fields",
		"attributes", "data", "row"};
	static const char *const actions[] = {"index", "create", "update", "delete"};
	if (j->action) /* it was none, with this key behind it */
		j->fields[FIELD_ID] = (struct json_part){.rank = RANK_NONE};
	bool first = j->first;
	j->first = false;
	j->action = j->acting = JSON_ACTS_NOT;
	if (known)
		return false;
	if (first && slice_is_any(key, actions, ARRAY_LEN(actions)))
		j->acting = key.data[0] == 'd' ? JSON_DELETES : JSON_STORES;
	return j->acting || slice_is_any(key, wrappers, ARRAY_LEN(wrappers));
}

static int on_key(void *context, const unsigned char *data, size_t n)
{
	struct json_parts *j = context;
	struct slice key = slice_of(data, n);
	if (j->object && j->depth == j->object)
		take_inner_key(j, key);
	if (j->depth != j->level)
		return 1;
	settle(j);
	int rank;
	enum field field = json_keys_find(&j->keys, key, &rank);
	rank += j->level > 1 ? RANK_WRAPPED : 0;
	if (j->level == 1)
		j->wrapper = is_wrapper(j, key, field != FIELDS);
	if (field == FIELDS || (j->action && field != FIELD_ID) ||
	    (j->fields[field].len && rank > j->fields[field].rank))
		return 1;
	j->field = field;
	j->value = (struct json_part){.start = j->values.len, .rank = rank,
	                                .html = ascii_ends(key, "html")};
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

/* ---- an object -------------------------------------------------------------- */

static void explain(struct json_parts *j, yajl_handle parser, struct slice line)
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
static int parse_guarded(struct json_parts *const j, const struct slice line)
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

int json_parts_read(struct json_parts *j, struct slice object)
{
	buffer_clear(&j->values);
	for (int i = 0; i < FIELDS; i++)
		j->fields[i] = (struct json_part){.rank = RANK_NONE};
	skip_value(j);
	j->depth = 0;
	j->level = 1;
	j->wrapper = j->taken = j->refused = j->told = false;
	j->first = true;
	j->action = j->acting = JSON_ACTS_NOT;
	int status = parse_guarded(j, object);
	json_memory_release(&j->memory);
	return status == NS_OK && !j->refused ? j->values.status : status;
}

ns_text json_parts_value(const struct json_parts *j, enum field field)
{
	if (!j->fields[field].len)
		return (ns_text){0};
	return (ns_text){(const char *)j->values.data + j->fields[field].start,
	                 j->fields[field].len};
}

void json_parts_init(struct json_parts *parts)
{
	memset(parts, 0, sizeof *parts);
	json_memory_init(&parts->memory);
	buffer_init(&parts->values, NS_ARTICLE_MAX);
}

void json_parts_release(struct json_parts *parts)
{
	json_memory_release(&parts->memory);
	buffer_release(&parts->values);
}
