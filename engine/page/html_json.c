#include "page/html_json.h"

#include "source/character.h"

#include <libxml/HTMLparser.h>
#include <yajl/yajl_parse.h>

enum {
	LIST_MAX = 8 << 10,
	PEOPLE_MAX = 1 << 20,
	TITLED_MIN = 8, /* bytes of a headline that is looked for in the title */
};

static const char *const keys[LD_AUTHOR_IDS] = {
	"@type", "headline", "name", "datePublished", "author",
	"articleSection", "inLanguage", "url", "articleBody", "@id",
	"dateCreated", "dateModified", "itemListElement",
	"keywords", "contentLocation", "locationCreated",
};

/* ---- entities ------------------------------------------------------------------ */

static void append_character(struct buffer *out, unsigned c)
{
	bool none = !c || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000);
	character_append(out, none ? 0xFFFD : c);
}

/* name: what stands between '&' and ';'. */
static bool decode_entity(const char *name, unsigned *out)
{
	if (name[0] == '#') {
		bool hex = name[1] == 'x' || name[1] == 'X';
		char *end;
		unsigned long c = strtoul(name + (hex ? 2 : 1), &end,
		                          hex ? 16 : 10);
		*out = c > 0x10FFFF ? 0xFFFD : (unsigned)c;
		return !*end && name[1];
	}
	const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
	if (entity)
		*out = entity->value;
	return entity;
}

void html_unescape(struct buffer *out, struct slice text)
{
	for (size_t i = 0; i < text.len;) {
		const uint8_t *s = text.data + i;
		const uint8_t *amp = memchr(s, '&', text.len - i);
		size_t plain = amp ? (size_t)(amp - s) : text.len - i;
		buffer_append(out, s, plain);
		i += plain;
		if (!amp)
			break;
		char name[12];
		size_t n = 0;
		while (i + 1 + n < text.len && n < sizeof name - 1 &&
		       amp[1 + n] != ';' && amp[1 + n] > ' ') {
			name[n] = (char)amp[1 + n];
			n++;
		}
		name[n] = 0;
		unsigned c;
		bool closed = i + 1 + n < text.len && amp[1 + n] == ';';
		if (n && closed && decode_entity(name, &c)) {
			append_character(out, c);
			i += n + 2;
		} else {
			buffer_byte(out, '&');
			i++;
		}
	}
}

/* ---- what yajl calls ------------------------------------------------------------ */

static struct html_json_frame *top(struct html_json *j)
{
	return j->depth && j->depth <= LD_DEPTH ? &j->frames[j->depth - 1]
	                                        : NULL;
}

/* Ends in "Article", or is one of two others, maybe behind an address. */
static bool is_article(struct slice type)
{
	static const char *const ends[] = {"Article", "BlogPosting", "Report"};
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		size_t n = strlen(ends[i]);
		if (type.len >= n && !memcmp(type.data + type.len - n, ends[i],
		                             n))
			return true;
	}
	return false;
}

static bool is_listed(int field)
{
	return field == LD_KEYWORDS || field == LD_LOCATION || field == LD_WRITTEN_AT;
}

/* Puts a value into a field of a frame: the first, but several authors, and of
 * lists what LIST_MAX holds. */
static void put(struct html_json *j, struct html_json_frame *frame, int field,
                struct slice value)
{
	struct html_json_value *to = &frame->fields[field], old = *to;
	if (field == LD_TYPE) {
		frame->article |= is_article(value);
		return;
	}
	bool listed = is_listed(field) && frame->list;
	const char *between = listed ? "" : field == LD_AUTHOR_IDS ? "\n" : ", ";
	bool more = (field == LD_AUTHOR || field == LD_AUTHOR_IDS) &&
	            old.len < HTML_AUTHORS_MAX;
	more |= listed && old.len < LIST_MAX;
	if ((old.len && !more) || !buffer_reserve(&j->values, old.len))
		return;
	to->at = old.len ? old.at : j->values.len;
	if (old.len && old.at + old.len != j->values.len) {
		to->at = j->values.len;
		buffer_append(&j->values, j->values.data + old.at, old.len);
	}
	if (old.len)
		buffer_append(&j->values, between, strlen(between));
	buffer_append(&j->values, value.data, value.len);
	if (listed)
		buffer_byte(&j->values, '\n');
	to->len = j->values.len - to->at;
}

static int on_string(void *context, const unsigned char *data, size_t n)
{
	struct html_json *j = context;
	struct html_json_frame *frame = top(j);
	if (frame && frame->field != LD_FIELDS)
		put(j, frame, frame->field, slice_of(data, n));
	return j->values.status == NS_OK;
}

static int open_frame(struct html_json *j, bool list)
{
	int field = LD_FIELDS;
	struct html_json_frame *outer = top(j);
	if (outer && list)
		field = outer->field;
	j->depth++;
	if (top(j))
		*top(j) = (struct html_json_frame){.field = field,
		                                   .list = list};
	return 1;
}

static int on_start_map(void *context)
{
	return open_frame(context, false);
}

static int on_start_array(void *context)
{
	return open_frame(context, true);
}

static int on_key(void *context, const unsigned char *key, size_t n)
{
	struct html_json *j = context;
	struct html_json_frame *frame = top(j);
	if (!frame)
		return 1;
	frame->field = LD_FIELDS;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (strlen(keys[i]) == n && !memcmp(keys[i], key, n))
			frame->field = (int)i;
	return 1;
}

static struct slice bytes_of(const struct html_json *j,
                             struct html_json_value value)
{
	return value.len ? slice_of(j->values.data + value.at, value.len)
	                 : slice_of(NULL, 0);
}

/* Copied first: putting it may move the values. */
static int hand_up(struct html_json *j, struct html_json_frame *outer,
                   int field, struct html_json_value value)
{
	if (!value.len || field == LD_FIELDS)
		return 1;
	buffer_clear(&j->clean);
	struct slice bytes = bytes_of(j, value);
	buffer_append(&j->clean, bytes.data, bytes.len);
	if (j->clean.status != NS_OK)
		return 0;
	put(j, outer, field, slice_of(j->clean.data, j->clean.len));
	return j->values.status == NS_OK;
}

/* ---- people ---------------------------------------------------------------------- */

/* As many as there is room for. */
static void keep_person(struct html_json *j, const struct html_json_frame *f)
{
	struct slice id = bytes_of(j, f->fields[LD_ID]);
	struct slice name = bytes_of(j, f->fields[LD_NAME]);
	if (!id.len || !name.len)
		return;
	buffer_append(&j->people, id.data, id.len);
	buffer_byte(&j->people, '\n');
	buffer_append(&j->people, name.data, name.len);
	buffer_byte(&j->people, '\n');
}

/* (A name or an id with an escaped line end in it fits no other.) */
static struct slice name_of(const struct html_json *j, struct slice id)
{
	struct slice people = slice_of(j->people.data, j->people.len);
	while (people.len) {
		struct slice other = slice_cut(&people, '\n');
		struct slice name = slice_cut(&people, '\n');
		if (slice_equal(other, id))
			return name;
	}
	return slice_of(NULL, 0);
}

int html_json_name_authors(struct html_json *j)
{
	struct html_json_value ids = j->best.fields[LD_AUTHOR_IDS];
	if (!j->best_depth || !ids.len || j->best.fields[LD_AUTHOR].len)
		return NS_OK;
	struct buffer copy; /* of them, as putting may move the values */
	buffer_init(&copy, NS_ARTICLE_MAX);
	struct slice left = bytes_of(j, ids);
	buffer_append(&copy, left.data, left.len);
	left = slice_of(copy.data, copy.len);
	while (left.len) {
		struct slice name = name_of(j, slice_cut(&left, '\n'));
		if (name.len)
			put(j, &j->best, LD_AUTHOR, name);
	}
	int status = copy.status == NS_E_NOMEM ? NS_E_NOMEM : NS_OK;
	buffer_release(&copy);
	return status;
}

/* ---- what yajl calls of ends ------------------------------------------------------ */

static bool is_in_list(const struct html_json *j)
{
	for (unsigned i = 0; i < j->depth && i < LD_DEPTH; i++)
		if (j->frames[i].field == LD_LIST && !j->frames[i].list)
			return true;
	return false;
}

/* The frame is an article that closes at depth: is it that of the page? */
static void weigh(struct html_json *j, const struct html_json_frame *frame,
                  unsigned depth)
{
	struct slice headline = bytes_of(j, frame->fields[LD_HEADLINE]);
	bool titled = headline.len >= TITLED_MIN && j->title.len &&
	              memmem(j->title.data, j->title.len, headline.data,
	                     headline.len);
	bool better = !j->best_depth || titled > j->best_titled ||
	              (titled == j->best_titled && depth < j->best_depth);
	if (!better)
		return;
	j->best = *frame;
	j->best_depth = depth;
	j->best_titled = titled;
}

static int on_end_map(void *context)
{
	struct html_json *j = context;
	struct html_json_frame *frame = top(j);
	unsigned depth = j->depth--;
	struct html_json_frame *outer = top(j);
	if (!frame)
		return 1;
	if (frame->article && !is_in_list(j))
		weigh(j, frame, depth);
	keep_person(j, frame);
	if (!outer)
		return 1;
	if (outer->field == LD_AUTHOR && !frame->fields[LD_NAME].len)
		return hand_up(j, outer, LD_AUTHOR_IDS, frame->fields[LD_ID]);
	if (outer->field == LD_AUTHOR || outer->field == LD_LANG ||
	    outer->field == LD_SECTION || is_listed(outer->field))
		return hand_up(j, outer, outer->field, frame->fields[LD_NAME]);
	return 1;
}

static int on_end_array(void *context)
{
	struct html_json *j = context;
	struct html_json_frame *frame = top(j);
	j->depth--;
	struct html_json_frame *outer = top(j);
	if (!frame || !outer || frame->field == LD_FIELDS)
		return 1;
	outer->article |= frame->article && frame->field == LD_TYPE;
	if (frame->field == LD_AUTHOR &&
	    !hand_up(j, outer, LD_AUTHOR_IDS, frame->fields[LD_AUTHOR_IDS]))
		return 0;
	return hand_up(j, outer, frame->field, frame->fields[frame->field]);
}

static const yajl_callbacks callbacks = {
	.yajl_string = on_string,
	.yajl_start_map = on_start_map,
	.yajl_map_key = on_key,
	.yajl_end_map = on_end_map,
	.yajl_start_array = on_start_array,
	.yajl_end_array = on_end_array,
};

/* ---- a script ------------------------------------------------------------------- */

/* From the first bracket, line ends inside of strings made blanks. */
static void clean(struct buffer *out, struct slice script)
{
	static const char cdata[] = "<![CDATA[";
	const uint8_t *wrap = script.len ? memmem(script.data,
		min_size(script.len, 64), cdata, sizeof cdata - 1) : NULL;
	size_t i = wrap ? (size_t)(wrap - script.data) + sizeof cdata - 1 : 0;
	while (i < script.len && script.data[i] != '{' && script.data[i] != '[')
		i++;
	buffer_clear(out);
	buffer_append(out, script.data + i, script.len - i);
	for (size_t k = 0; k < out->len; k++)
		if (out->data[k] < ' ')
			out->data[k] = ' ';
}

/* No variable of this function may change between setjmp and longjmp. */
static int parse(struct html_json *const j, const struct slice text)
{
	if (setjmp(j->memory.failed))
		return NS_E_NOMEM;
	const yajl_handle parser = yajl_alloc(&callbacks, &j->memory.functions, j);
	yajl_config(parser, yajl_dont_validate_strings, 1);
	yajl_config(parser, yajl_allow_comments, 1);
	yajl_parse(parser, text.data, text.len);
	/* what a fault cut off ends there */
	while (j->depth && (top(j) && top(j)->list ? on_end_array(j)
	                                           : on_end_map(j)))
		;
	return NS_OK;
}

int html_json_read(struct html_json *json, struct slice script)
{
	struct buffer text;
	buffer_init(&text, NS_ARTICLE_MAX);
	clean(&text, script);
	json->depth = 0;
	int status = text.status == NS_E_NOMEM ? NS_E_NOMEM :
		parse(json, slice_of(text.data, text.len));
	json_memory_release(&json->memory);
	buffer_release(&text);
	if (json->values.status == NS_E_NOMEM ||
	    json->people.status == NS_E_NOMEM ||
	    json->clean.status == NS_E_NOMEM)
		status = NS_E_NOMEM;
	return status;
}

struct slice html_json_value(const struct html_json *json,
                             enum html_json_field field)
{
	if (!json->best_depth)
		return slice_of(NULL, 0);
	return bytes_of(json, json->best.fields[field]);
}

void html_json_clear(struct html_json *json, struct slice title)
{
	json->title = title;
	json->best_titled = false;
	buffer_clear(&json->values);
	buffer_clear(&json->people);
	json->best_depth = 0;
}

void html_json_init(struct html_json *json)
{
	memset(json, 0, sizeof *json);
	json_memory_init(&json->memory);
	buffer_init(&json->values, NS_ARTICLE_MAX);
	buffer_init(&json->people, PEOPLE_MAX);
	buffer_init(&json->clean, NS_ARTICLE_MAX);
}

void html_json_release(struct html_json *json)
{
	json_memory_release(&json->memory);
	buffer_release(&json->values);
	buffer_release(&json->people);
	buffer_release(&json->clean);
}
