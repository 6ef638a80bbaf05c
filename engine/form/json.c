#include "form/json.h"

#include "base/white.h"

enum { KEY_MOST = 16 };

static const char *const lists[] = {"items", "articles", "entries", "stories",
	"documents", "docs", "posts", "results", "hits", "data", "news", "rows"};
/* what services put around such a list: {"response": {"docs": […]}} */
static const char *const wraps[] = {"response", "result", "results", "hits",
	"data"};

/* Where a byte stands.  depth counts the brackets that are open. */
struct scanner {
	uint32_t depth;
	bool string, escaped;  /* within a string; behind its backslash */
	char key[KEY_MOST];    /* the last string in an object that may hold lists */
	size_t key_len;        /* more than KEY_MOST: another */
	bool wrapped;          /* within an object that is under a key of wraps */
	bool listed;           /* the list under a key has begun */
};

static bool is_key(const struct scanner *s, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(names[i]) == s->key_len &&
		    !memcmp(names[i], s->key, s->key_len))
			return true;
	return false;
}

/* Whether strings may be keys of lists here. */
static bool holds_keys(const struct scanner *s)
{
	return s->depth == 1 || (s->depth == 2 && s->wrapped);
}

static void step_string(struct scanner *s, uint8_t c)
{
	if (s->escaped) {
		s->escaped = false;
	} else if (c == '\\') {
		s->escaped = true;
	} else if (c == '"') {
		s->string = false;
		return;
	}
	if (!holds_keys(s))
		return;
	if (s->key_len < KEY_MOST)
		s->key[s->key_len] = (char)c;
	s->key_len++;
}

static void step(struct scanner *s, uint8_t c)
{
	if (s->string) {
		step_string(s, c);
	} else if (c == '"') {
		s->string = true;
		if (holds_keys(s))
			s->key_len = 0;
	} else if (c == '{' || c == '[') {
		if (s->depth == 1)
			s->wrapped = c == '{' && is_key(s, wraps,
			                                ARRAY_LEN(wraps));
		s->depth++;
	} else if ((c == '}' || c == ']') && s->depth) {
		s->depth--;
	}
}

/* Whether this byte opened a list of articles. */
static bool opens_list(const struct scanner *s, uint8_t c)
{
	return c == '[' && !s->string &&
	       (s->depth == 2 || (s->depth == 3 && s->wrapped)) &&
	       is_key(s, lists, ARRAY_LEN(lists));
}

/* How many brackets are open around the objects that are articles: 0 where they
 * stand one behind the other, 1 in a list, 2 in a list under a key, 3 where that
 * is wrapped. */
static uint32_t depth_of(struct slice prefix)
{
	struct scanner s = {0};
	size_t i = 0;
	while (i < prefix.len && prefix.data[i] <= ' ')
		i++;
	if (i < prefix.len && prefix.data[i] == '[')
		return 1;
	for (; i < prefix.len; i++) {
		step(&s, prefix.data[i]);
		if (opens_list(&s, prefix.data[i]))
			return s.depth;
		if (!s.depth)
			return 0;
	}
	return 0;
}

void json_init(struct json *json)
{
	buffer_init(&json->object, NS_ARTICLE_MAX);
}

void json_release(struct json *json)
{
	buffer_release(&json->object);
}

/* The document at hand. */
struct document {
	struct outlet *outlet;
	struct json *json;
	struct jsonl *jsonl;
	struct scanner scanner;
	uint32_t around;       /* depth_of it */
	bool inside;           /* an object that is an article */
	uint64_t line, first;  /* at hand; where the object began */
};

static int give(struct document *d, struct ns_error *err)
{
	struct buffer *object = &d->json->object;
	if (object->status == NS_E_NOMEM)
		return err_nomem(err);
	struct line line = {
		.state = object->status == NS_OK ? LINE_READ : LINE_OVERLONG,
		.data = object->data, .len = object->len, .number = d->first,
	};
	int status = jsonl_take(d->outlet, d->jsonl, &line, err);
	buffer_clear(object);
	return status;
}

/* Is this the list, where the objects lie in one under a key? */
static bool enters(struct document *d, uint8_t c)
{
	struct scanner *s = &d->scanner;
	if (d->around >= 2 && s->depth == d->around && opens_list(s, c))
		s->listed = true;
	if (s->depth < d->around)
		s->listed = false;
	return c == '{' && !s->string && s->depth == d->around + 1 &&
	       (d->around < 2 || s->listed);
}

/* Takes the bytes up to the end of an object, or all. */
static int take(struct document *d, struct slice bytes, size_t *taken,
                struct ns_error *err)
{
	size_t i = 0, start = 0;
	for (bool ended = false; i < bytes.len && !ended; i++) {
		uint8_t c = bytes.data[i];
		d->line += c == '\n';
		step(&d->scanner, c);
		if (!d->inside && enters(d, c)) {
			d->inside = true;
			d->first = d->line;
			start = i;
		}
		ended = d->inside && d->scanner.depth == d->around;
	}
	*taken = i;
	if (!d->inside)
		return NS_OK;
	buffer_append(&d->json->object, bytes.data + start, i - start);
	if (d->scanner.depth != d->around)
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
	d.around = depth_of(bytes);
	buffer_clear(&json->object);
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

bool json_is(struct slice prefix)
{
	struct scanner s = {0};
	struct slice text = white_trim_start(prefix);
	if (text.len && text.data[0] == '[') {
		text = white_trim_start(slice_from(text, 1));
		return text.len && text.data[0] == '{';
	}
	if (!text.len || text.data[0] != '{')
		return false;
	/* a line of JSON closes what it opens, unless it is the only one, a list;
	 * where it is damaged, the next one opens something again, and no list of
	 * articles has begun */
	size_t i = 0;
	while (i < text.len && text.data[i] != '\n')
		step(&s, text.data[i++]);
	if (i == text.len)
		return depth_of(text) > 0;
	struct slice next = white_trim_start(slice_from(text, i));
	if (!next.len)
		return depth_of(text) > 0;
	return s.depth > 0 && (next.data[0] != '{' || depth_of(text) >= 2);
}
