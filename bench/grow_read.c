/* grow_read.c — what of a line of JSON is its id, and what its body?
 *
 * What yajl reads, yajl writes again, so that all other parts are kept whatever
 * they are; where id and body lie is taken down on the way.  An id that is a
 * number becomes a string, since the number of a copy will stand behind it.
 */
#include "bench/grow.h"

#include <errno.h>
#include <stdlib.h>
#include <yajl/yajl_gen.h>
#include <yajl/yajl_parse.h>

#include "base/utf8.h"
#include "tools/cli.h"

static const char program[] = "nsbench";

enum part { OTHER, ID, TITLE, BODY };

struct reading {
	yajl_gen gen;
	struct grow_article article;
	enum part part; /* the value that comes next */
	unsigned depth;
	bool has_title;
};

/* ---- what yajl calls: 1 goes on, 0 ends the line --------------------------- */

static uint32_t written(const struct reading *r)
{
	const unsigned char *data;
	size_t n = 0;
	yajl_gen_get_buf(r->gen, &data, &n);
	return (uint32_t)n;
}

static int put(yajl_gen_status status)
{
	return status == yajl_gen_status_ok;
}

/* Behind the value's comma or colon there is only its opening quote. */
static int on_string(void *context, const unsigned char *data, size_t n)
{
	struct reading *r = context;
	struct grow_article *article = &r->article;
	uint32_t start = written(r) + 2;
	if (!put(yajl_gen_string(r->gen, data, n)))
		return 0;
	if (r->depth == 1 && r->part == ID) {
		article->id = start;
		article->id_end = written(r) - 1;
	} else if (r->depth == 1 && r->part == BODY) {
		article->body = start;
		article->body_end = written(r) - 1;
		article->body_size = (uint32_t)n;
	} else if (r->depth == 1 && r->part == TITLE) {
		r->has_title = n;
	}
	return 1;
}

static int on_number(void *context, const char *data, size_t n)
{
	struct reading *r = context;
	if (r->depth == 1 && r->part == ID)
		return on_string(r, (const unsigned char *)data, n);
	return put(yajl_gen_number(r->gen, data, n));
}

static int on_null(void *context)
{
	return put(yajl_gen_null(((struct reading *)context)->gen));
}

static int on_boolean(void *context, int value)
{
	return put(yajl_gen_bool(((struct reading *)context)->gen, value));
}

static int on_start_map(void *context)
{
	struct reading *r = context;
	r->depth++;
	return put(yajl_gen_map_open(r->gen));
}

static int on_end_map(void *context)
{
	struct reading *r = context;
	r->depth--;
	return put(yajl_gen_map_close(r->gen));
}

static int on_start_array(void *context)
{
	struct reading *r = context;
	r->depth++;
	return put(yajl_gen_array_open(r->gen));
}

static int on_end_array(void *context)
{
	struct reading *r = context;
	r->depth--;
	return put(yajl_gen_array_close(r->gen));
}

static int on_key(void *context, const unsigned char *key, size_t n)
{
	struct reading *r = context;
	if (r->depth == 1)
		r->part = n == 2 && !memcmp(key, "id", 2) ? ID
		        : n == 5 && !memcmp(key, "title", 5) ? TITLE
		        : n == 4 && !memcmp(key, "body", 4) ? BODY : OTHER;
	return put(yajl_gen_string(r->gen, key, n));
}

static const yajl_callbacks callbacks = {
	.yajl_null = on_null, .yajl_boolean = on_boolean,
	.yajl_number = on_number, .yajl_string = on_string,
	.yajl_start_map = on_start_map, .yajl_map_key = on_key,
	.yajl_end_map = on_end_map, .yajl_start_array = on_start_array,
	.yajl_end_array = on_end_array,
};

/* ---- lines ----------------------------------------------------------------- */

static bool parse(struct reading *r, const char *line, size_t n)
{
	yajl_gen_reset(r->gen, NULL);
	yajl_gen_clear(r->gen);
	r->article = (struct grow_article){0};
	r->part = OTHER;
	r->depth = 0;
	r->has_title = false;
	yajl_handle parser = yajl_alloc(&callbacks, NULL, r);
	bool good = parser &&
	            yajl_parse(parser, (const unsigned char *)line, n) ==
	            yajl_status_ok &&
	            yajl_complete_parse(parser) == yajl_status_ok;
	if (parser)
		yajl_free(parser);
	return good;
}

/* yajl turns half a surrogate pair into bytes that are no UTF-8. */
static bool take_line(struct grow_collection *out, struct reading *r,
                      const char *line, size_t n, const char *place)
{
	const unsigned char *data = NULL;
	size_t size = 0;
	bool good = parse(r, line, n) && r->article.id;
	yajl_gen_get_buf(r->gen, &data, &size);
	if (!good || utf8_prefix(data, size) < size) {
		cli_say(program, "%s: is no article with an id, in JSON and "
		        "UTF-8", place);
		return false;
	}
	if (!r->article.body_size && !r->has_title) {
		out->without_text++;
		return true;
	}
	return grow_keep(out, r->article, slice_of(data, size));
}

static bool take_lines(struct grow_collection *out, struct reading *r,
                       FILE *file, const char *path)
{
	char *line = NULL, place[4200];
	size_t capacity = 0, number = 0;
	bool good = true;
	ssize_t n;
	while (good && (n = getline(&line, &capacity, file)) >= 0) {
		snprintf(place, sizeof place, "%s:%zu", path, ++number);
		good = take_line(out, r, line, (size_t)n, place);
	}
	free(line);
	return good;
}

bool grow_read(struct grow_collection *out, const char *path)
{
	struct reading r = {.gen = yajl_gen_alloc(NULL)};
	FILE *file = r.gen ? fopen(path, "rb") : NULL;
	bool good = file;
	if (!file)
		cli_say(program, "%s: %s", path, strerror(errno));
	if (good) {
		good = take_lines(out, &r, file, path);
		if (good && ferror(file)) {
			cli_say(program, "%s: cannot be read", path);
			good = false;
		}
		fclose(file);
	}
	if (r.gen)
		yajl_gen_free(r.gen);
	return good;
}
