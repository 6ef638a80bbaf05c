#include "build/docs.h"

#include "format/columns.h"
#include "format/lexicon.h"

enum { AHEAD = 1 << 18 };
#define BODY_MASK (UINT64_MAX >> 1)

void docs_init(struct docs *docs, struct spool_maker *maker, size_t memory,
               bool stored)
{
	*docs = (struct docs){.stored = stored};
	size_t sketches = memory / 16, texts = memory - sketches;
	spool_init(&docs->heads, maker, stored ? texts / 8 : texts);
	spool_init(&docs->bodies, maker, texts - texts / 8);
	spool_init(&docs->sketches, maker, sketches);
}

void docs_release(struct docs *docs)
{
	mem_free(docs->items);
	spool_release(&docs->heads);
	spool_release(&docs->bodies);
	spool_release(&docs->sketches);
	docs->items = NULL;
	docs->n = docs->capacity = docs->n_dead = 0;
}

static int put_number(struct spool *spool, uint64_t value, struct ns_error *err)
{
	uint8_t bytes[VARINT_MAX];
	return spool_append(spool, bytes, varint_put(bytes, value), err);
}

/* The texts, each with its length before it, in one record. */
static int put_texts(struct spool *spool, const struct ns_text *const *texts,
                     size_t n, struct ns_error *err)
{
	uint64_t size = 0;
	for (size_t i = 0; i < n; i++)
		size += varint_size(texts[i]->size) + texts[i]->size;
	TRY(put_number(spool, size, err));
	for (size_t i = 0; i < n; i++) {
		TRY(put_number(spool, texts[i]->size, err));
		TRY(spool_append(spool, texts[i]->data, texts[i]->size, err));
	}
	return NS_OK;
}

static int put_record(struct spool *spool, struct slice record,
                      struct ns_error *err)
{
	TRY(put_number(spool, record.len, err));
	return spool_append(spool, record.data, record.len, err);
}

static int next_doc(struct docs *docs, int64_t date, bool is_day,
                    struct doc **out, struct ns_error *err)
{
	if (docs->n >= DOCS_MAX)
		return err_set(err, NS_E_LIMIT, "more than %u articles in one "
		               "segment", DOCS_MAX);
	TRY(mem_grow((void **)&docs->items, &docs->capacity, docs->n + 1,
	             sizeof *docs->items, err));
	*out = &docs->items[docs->n];
	**out = (struct doc){.date = date, .head = spool_size(&docs->heads),
	                     .body = spool_size(&docs->bodies) & BODY_MASK,
	                     .date_is_day = is_day,
	                     .rank = (uint32_t)docs->n & RANK_MASK};
	return NS_OK;
}

int docs_add_record(struct docs *docs, const struct doc_record *record,
                    struct ns_error *err)
{
	struct doc *doc = NULL;
	TRY(next_doc(docs, record->date, record->date_is_day, &doc, err));
	doc->rank = record->rank & RANK_MASK;
	for (unsigned i = 0; i < 2; i++)
		doc->length[i] = (uint16_t)record->length[i];
	TRY(put_record(&docs->heads, record->head, err));
	if (docs->stored)
		TRY(put_record(&docs->bodies, record->body, err));
	TRY(spool_append(&docs->sketches, record->sketch, DOC_SKETCH, err));
	docs->n++;
	return NS_OK;
}

/* Of the day of a date. */
static int64_t first_second(int64_t date)
{
	int64_t of_day = date % DAY_SECONDS;
	return date - of_day - (of_day < 0 ? DAY_SECONDS : 0);
}

int docs_add(struct docs *docs, const struct ns_article *article,
             struct ns_error *err)
{
	const struct ns_text *head[] = {
		&article->id, &article->title, &article->section,
		&article->author, &article->url, &article->lang,
		&article->source, &article->topics, &article->places,
	};
	const struct ns_text *body[] = {
		&article->body, &article->captions, &article->links,
	};
	struct doc *doc = NULL;
	bool is_day = article->date_is_day && article->date != NS_NO_DATE;
	TRY(next_doc(docs, is_day ? first_second(article->date) : article->date,
	             is_day, &doc, err));
	TRY(put_texts(&docs->heads, head, ARRAY_LEN(head), err));
	if (docs->stored)
		TRY(put_texts(&docs->bodies, body, ARRAY_LEN(body), err));
	docs->n++;
	return NS_OK;
}

int docs_has_id(const struct docs *docs, uint32_t doc, struct slice id,
                bool *out, struct ns_error *err)
{
	/* the lengths of the record and of the id, then the id */
	uint8_t bytes[2 * VARINT_MAX + NS_ID_MAX];
	uint64_t from = docs->items[doc].head;
	size_t n = (size_t)min_u64(sizeof bytes,
	                           spool_size(&docs->heads) - from);
	TRY(spool_read_at(&docs->heads, from, bytes, n, err));
	struct reader reader = reader_of(slice_of(bytes, n));
	reader_varint(&reader);
	size_t len = (size_t)reader_varint(&reader);
	const uint8_t *own = reader_bytes(&reader, len);
	*out = !reader.bad && slice_equal(slice_of(own, len), id);
	return NS_OK;
}

bool docs_bury(struct docs *docs, uint32_t doc)
{
	bool lived = !docs->items[doc].dead;
	docs->items[doc].dead = true;
	docs->n_dead += lived;
	return lived;
}

uint64_t docs_url_key(struct slice url)
{
	return url.len && url.len <= KEY_MAX ? story_name(url) : 0;
}

/* ---- reading ------------------------------------------------------------- */

int docs_read(struct docs_reader *out, struct docs *docs, bool bodies,
              struct ns_error *err)
{
	*out = (struct docs_reader){.docs = docs, .bodies = bodies};
	buffer_init(&out->held, SIZE_MAX);
	return spool_end(bodies ? &docs->bodies : &docs->heads, err);
}

void docs_reader_release(struct docs_reader *reader)
{
	buffer_release(&reader->held);
}

static uint64_t start_of(const struct docs_reader *reader, uint32_t doc)
{
	const struct docs *docs = reader->docs;
	if (doc == docs->n)
		return spool_size(reader->bodies ? &docs->bodies : &docs->heads);
	return reader->bodies ? docs->items[doc].body : docs->items[doc].head;
}

static bool holds(const struct docs_reader *reader, uint64_t from, uint64_t end)
{
	return from >= reader->from && end <= reader->from + reader->held.len;
}

/* Holds the bytes [from, end), and more where reading goes on. */
static int hold(struct docs_reader *reader, const struct spool *spool,
                uint64_t from, uint64_t end, struct ns_error *err)
{
	struct buffer *held = &reader->held;
	if (from == reader->from + held->len)
		end = min_u64(max_u64(end, from + AHEAD), spool_size(spool));
	size_t n = (size_t)(end - from);
	buffer_clear(held);
	uint8_t *room = buffer_reserve(held, n);
	TRY(buffer_check(held, err));
	TRY(spool_read_at(spool, from, room, n, err));
	held->len = n;
	reader->from = from;
	return NS_OK;
}

int docs_record(struct docs_reader *reader, uint32_t doc, struct slice *out,
                struct ns_error *err)
{
	const struct spool *spool = reader->bodies ? &reader->docs->bodies
	                                           : &reader->docs->heads;
	uint64_t from = start_of(reader, doc), end = start_of(reader, doc + 1);
	const uint8_t *bytes = spool_at(spool, from);
	if (!bytes) {
		if (!holds(reader, from, end))
			TRY(hold(reader, spool, from, end, err));
		bytes = reader->held.data + (from - reader->from);
	}
	struct reader record = reader_of(slice_of(bytes, (size_t)(end - from)));
	size_t len = (size_t)reader_varint(&record);
	*out = slice_of(reader_bytes(&record, len), len);
	/* written by us, but disks are not ours */
	return !record.bad ? NS_OK
		: spool_damaged(err);
}
