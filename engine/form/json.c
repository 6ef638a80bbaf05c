#include "form/json.h"

#include "form/json_row.h"
#include "form/json_scan.h"

void json_init(struct json *json)
{
	buffer_init(&json->object, NS_ARTICLE_MAX);
	buffer_init(&json->columns, LINES_PEEK);
	buffer_init(&json->row, NS_ARTICLE_MAX);
}

void json_release(struct json *json)
{
	buffer_release(&json->object);
	buffer_release(&json->columns);
	buffer_release(&json->row);
}

/* The document at hand. */
struct document {
	struct outlet *outlet;
	struct json *json;
	struct jsonl *jsonl;
	struct json_scan scan;
	struct json_layout layout;
	bool inside;           /* an object that is an article */
	uint64_t line, first;  /* at hand; where the object began */
};

/* The row becomes the object that is handed over; false: it does not fit. */
static bool take_row(struct document *d)
{
	struct json *json = d->json;
	if (d->layout.kind != JSON_ROWS || json->object.status != NS_OK)
		return true;
	bool fits = json_row_object(
		buffer_slice(&json->columns),
		buffer_slice(&json->object), &json->row);
	struct buffer row = json->row;
	json->row = json->object;
	json->object = row;
	return fits;
}

static int give(struct document *d, struct ns_error *err)
{
	bool fits = take_row(d);
	struct buffer *object = &d->json->object;
	if (object->status == NS_E_NOMEM)
		return err_nomem(err);
	struct line line = {
		.state = object->status == NS_OK ? LINE_READ : LINE_OVERLONG,
		.data = object->data, .len = object->len, .number = d->first,
	};
	int status = fits ? jsonl_take(d->outlet, d->jsonl, &line, err)
		: outlet_tell(d->outlet, SOURCE_REFUSED, SOURCE_COLUMNS, d->first,
		              "more or fewer values than names", err);
	buffer_clear(object);
	return status;
}

/* Is this the list, where the objects lie in one under a key? */
static bool enters(struct document *d, uint8_t c)
{
	struct json_scan *s = &d->scan;
	uint32_t around = d->layout.around;
	if (around >= 2 && s->depth == around && json_scan_opened(s, c))
		s->listed = true;
	if (s->depth < around)
		s->listed = false;
	return c == (d->layout.kind == JSON_ROWS ? '[' : '{') && !s->string &&
	       s->depth == around + 1 && (around < 2 || s->listed);
}

/* Takes the bytes up to the end of an object, or all. */
static int take(struct document *d, struct slice bytes, size_t *taken,
                struct ns_error *err)
{
	size_t i = 0, start = 0;
	for (bool ended = false; i < bytes.len && !ended; i++) {
		uint8_t c = bytes.data[i];
		d->line += c == '\n';
		json_scan_step(&d->scan, c);
		if (!d->inside && enters(d, c)) {
			d->inside = true;
			d->first = d->line;
			start = i;
		}
		ended = d->inside && d->scan.depth == d->layout.around;
	}
	*taken = i;
	if (!d->inside)
		return NS_OK;
	buffer_append(&d->json->object, bytes.data + start, i - start);
	if (d->scan.depth != d->layout.around)
		return NS_OK;
	d->inside = false;
	return give(d, err);
}

int json_read(struct outlet *outlet, struct lines *lines, struct json *json,
              struct jsonl *jsonl, struct ns_error *err)
{
	struct document d = {.outlet = outlet, .json = json, .jsonl = jsonl,
	                     .line = 1};
	struct slice bytes;
	TRY(lines_peek(lines, &bytes, err));
	d.layout = json_layout_of(bytes);
	if (d.layout.kind == JSON_COLUMNS)
		return outlet_tell(outlet, SOURCE_REFUSED, SOURCE_BAD_VALUE, 1,
		                   "a table by columns; pandas writes articles by "
		                   "to_json(orient=\"records\", lines=True)", err);
	buffer_clear(&json->object);
	buffer_clear(&json->columns);
	buffer_append(&json->columns, d.layout.columns.data, d.layout.columns.len);
	if (json->columns.status != NS_OK)
		return err_nomem(err);
	jsonl->action = 0;
	do {
		size_t taken;
		TRY(lines_take(lines, SIZE_MAX, &bytes, err));
		for (struct slice left = bytes; left.len; left = slice_from(left, taken))
			TRY(take(&d, left, &taken, err));
	} while (bytes.len);
	TRY(jsonl_end(outlet, jsonl, err));
	if (d.inside)
		return outlet_tell(outlet, SOURCE_REFUSED, SOURCE_BAD_JSON,
		                   d.first, "the file ends within this object",
		                   err);
	return NS_OK;
}
