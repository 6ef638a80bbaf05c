#include "format/story_table.h"

#include "base/bits.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { WIDTH_MAX = 32 };

uint64_t story_name(struct slice text)
{
	uint64_t hash = XXH3_64bits(text.data, text.len);
	return hash ? hash : 1;
}

/* ---- reading ------------------------------------------------------------- */

static uint32_t value_at(const struct story_table *table, enum story_array array,
                         uint32_t i)
{
	return (uint32_t)bits_get(table->array[array], i, table->width[array]);
}

static bool read_array(struct story_table *out, enum story_array array,
                       uint32_t n, struct reader *reader)
{
	out->array[array] = reader_bytes(reader,
	                                 bits_bytes(n, out->width[array]));
	return !reader->bad;
}

/* Bytes of texts; each takes one at least. */
static bool read_adopted(struct story_table *out, struct reader *reader)
{
	out->adopted = slice_of(reader->next, reader_left(reader));
	for (uint32_t i = 0; i < out->n_adopted && !reader->bad; i++) {
		size_t len = (size_t)reader_varint(reader);
		if (!len || len > NS_ID_MAX || !reader_bytes(reader, len))
			return false;
	}
	return !reader->bad && !reader_left(reader);
}

static bool read(struct story_table *out, struct slice chunk)
{
	struct reader reader = reader_of(chunk);
	out->n_stories = reader_u32(&reader);
	out->n_adopted = reader_u32(&reader);
	out->n_links = reader_u32(&reader);
	for (unsigned i = 0; i < STORY_ARRAYS; i++) {
		out->width[i] = reader_u8(&reader);
		if (out->width[i] > WIDTH_MAX)
			return false;
	}
	if (reader_u8(&reader) || reader.bad || out->n_stories > out->doc_count)
		return false;
	out->names = reader_bytes(&reader, 8 * (size_t)out->n_stories);
	out->links = reader_bytes(&reader, 16 * (size_t)out->n_links);
	if (!read_array(out, STORY_OF, out->doc_count, &reader) ||
	    !read_array(out, STORY_END, out->n_stories, &reader))
		return false;
	if (out->n_stories)
		out->n_members = value_at(out, STORY_END, out->n_stories - 1);
	return out->n_members <= out->doc_count &&
	       read_array(out, STORY_DOC, out->n_members, &reader) &&
	       read_adopted(out, &reader);
}

int story_table_open(struct story_table *out, struct slice sketches,
                     struct slice stories, uint32_t doc_count,
                     const char *place, struct ns_error *err)
{
	*out = (struct story_table){.doc_count = doc_count,
	                            .sketches = sketches.data};
	if (sketches.data && sketches.len != (size_t)doc_count * SKETCH_BYTES)
		return err_corrupt(err, place, -1, "skch: impossible sizes");
	if (!stories.data)
		return NS_OK;
	if (!sketches.data || !read(out, stories))
		return err_corrupt(err, place, -1, "stry: impossible sizes");
	return NS_OK;
}

uint32_t story_table_of(const struct story_table *table, uint32_t doc)
{
	if (!table->n_stories)
		return 0;
	uint32_t story = value_at(table, STORY_OF, doc);
	return story <= table->n_stories ? story : 0;
}

uint64_t story_table_name(const struct story_table *table, uint32_t story)
{
	return load_u64(table->names + 8 * (size_t)story);
}

void story_table_members(const struct story_table *table, uint32_t story,
                         uint32_t *from, uint32_t *end)
{
	*end = min_u32(value_at(table, STORY_END, story), table->n_members);
	*from = story ? min_u32(value_at(table, STORY_END, story - 1), *end) : 0;
}

uint32_t story_table_member(const struct story_table *table, uint32_t member)
{
	return min_u32(value_at(table, STORY_DOC, member),
	               table->doc_count - 1);
}

struct story_link story_table_link(const struct story_table *table, uint32_t i)
{
	const uint8_t *link = table->links + 16 * (size_t)i;
	return (struct story_link){load_u64(link), load_u64(link + 8)};
}

int story_table_check(const struct story_table *table, const char *place,
                      struct ns_error *err)
{
	uint32_t last = 0, with_story = 0;
	for (uint32_t story = 0; story < table->n_stories; story++) {
		uint32_t end = value_at(table, STORY_END, story);
		if (end <= last || end > table->n_members)
			return err_corrupt(err, place, -1, "stry: story %u has "
			                   "no docs", story);
		for (; last < end; last++) {
			uint32_t doc = value_at(table, STORY_DOC, last);
			if (doc >= table->doc_count ||
			    value_at(table, STORY_OF, doc) != story + 1)
				return err_corrupt(err, place, -1, "stry: doc "
				                   "%u is in another story", doc);
		}
	}
	for (uint32_t doc = 0; table->n_stories && doc < table->doc_count; doc++)
		with_story += value_at(table, STORY_OF, doc) > 0;
	return with_story == table->n_members ? NS_OK
		: err_corrupt(err, place, -1, "stry: %u docs have a story that "
		              "%u are in", with_story, table->n_members);
}

/* ---- writing ------------------------------------------------------------- */

/* The largest value says how wide all are. */
static uint8_t *start_array(struct buffer *out, size_t head, unsigned array,
                            uint32_t n, unsigned width)
{
	size_t at = out->len;
	buffer_zeros(out, bits_bytes(n, width));
	if (out->status != NS_OK)
		return NULL;
	out->data[head + 12 + array] = (uint8_t)width;
	return out->data + at;
}

static void write_of(const struct story_draft *draft, size_t head,
                     struct buffer *out)
{
	unsigned width = bits_width32(draft->n_stories);
	uint8_t *row = start_array(out, head, STORY_OF, draft->doc_count, width);
	for (uint32_t doc = 0; row && doc < draft->doc_count; doc++)
		bits_put(row, doc, width, draft->of[doc]);
}

static void write_members(const struct story_draft *draft, uint32_t *ends,
                          size_t head, struct buffer *out)
{
	uint32_t n = draft->n_stories, sum = 0, most = 0;
	for (uint32_t i = 0; i < draft->doc_count; i++) {
		uint32_t doc = draft->docs[i];
		if (!draft->of[doc])
			continue;
		ends[draft->of[doc] - 1]++;
		most = max_u32(most, doc);
	}
	for (uint32_t i = 0; i < n; i++)
		sum = ends[i] += sum;
	unsigned width = bits_width32(sum);
	uint8_t *row = start_array(out, head, STORY_END, n, width);
	for (uint32_t i = 0; row && i < n; i++)
		bits_put(row, i, width, ends[i]);
	width = bits_width32(most);
	row = start_array(out, head, STORY_DOC, sum, width);
	/* from behind: each takes the last place that is left in its story */
	for (uint32_t i = draft->doc_count; row && i-- > 0;) {
		uint32_t doc = draft->docs[i];
		if (draft->of[doc])
			bits_put(row, --ends[draft->of[doc] - 1], width, doc);
	}
}

void story_table_write(const struct story_draft *draft, struct buffer *out)
{
	size_t head = out->len;
	if (!draft->n_stories && !draft->n_adopted && !draft->n_links)
		return;
	buffer_u32(out, draft->n_stories);
	buffer_u32(out, draft->n_adopted);
	buffer_u32(out, draft->n_links);
	buffer_zeros(out, 4);
	for (uint32_t i = 0; i < draft->n_stories; i++)
		buffer_u64(out, draft->names[i]);
	buffer_append(out, draft->links.data, draft->links.len);
	write_of(draft, head, out);
	uint32_t *ends = mem_zero((size_t)draft->n_stories + 1, sizeof *ends);
	if (!ends && out->status == NS_OK)
		out->status = NS_E_NOMEM;
	if (ends)
		write_members(draft, ends, head, out);
	mem_free(ends);
	buffer_append(out, draft->adopted.data, draft->adopted.len);
}
