#include "format/segment.h"

#include <inttypes.h>

#include "base/varint.h"

static int open_lists(struct segment *segment, struct ns_error *err)
{
	const struct slice *chunk = segment->container.chunk;
	uint32_t n = segment->info.doc_count;
	segment->postings = (struct postings_source){
		.post = chunk[CHUNK_POSTINGS], .posn = chunk[CHUNK_POSITIONS],
		.doc_count = n, .place = segment->name,
		.lengths = {chunk[CHUNK_LENGTHS_TEXT].data,
		            chunk[CHUNK_LENGTHS_TITLE].data}};
	segment->lengths[FIELD_TEXT] = chunk[CHUNK_LENGTHS_TEXT];
	segment->lengths[FIELD_TITLE] = chunk[CHUNK_LENGTHS_TITLE];
	for (unsigned field = FIELD_TEXT; field <= FIELD_TITLE; field++)
		if (segment->lengths[field].len != 2 * (size_t)n)
			return err_corrupt(err, segment->name, -1,
			                   "lengths of a wrong size");
	TRY(pair_table_open(&segment->pairs, chunk[CHUNK_PAIRS],
	                    segment->name, err));
	return lexicon_open(&segment->lexicon, chunk[CHUNK_LEXICON_KEYS],
	                    chunk[CHUNK_LEXICON_OFFSETS],
	                    chunk[CHUNK_LEXICON_BLOCKS], n, segment->name, err);
}

static int open_columns(struct segment *segment, struct ns_error *err)
{
	const struct slice *chunk = segment->container.chunk;
	uint32_t n = segment->info.doc_count;
	TRY(column_read_dates(&segment->dates, chunk[CHUNK_DATE], n,
	                      segment->name, err));
	TRY(column_read_sections(&segment->sections, chunk[CHUNK_SECTION],
	                         n, segment->name, err));
	TRY(story_table_open(&segment->stories, chunk[CHUNK_SKETCHES],
	                     chunk[CHUNK_STORIES], n, segment->name, err));
	bool ordered = segment->info.flags & INFO_ORDERED;
	if (ordered != (chunk[CHUNK_RANK].data != NULL))
		return err_corrupt(err, segment->name, -1,
		                   ordered ? "the ranks are missing"
		                           : "ranks that info denies");
	return ordered ? column_read_ranks(&segment->ranks, chunk[CHUNK_RANK],
	                                   n, segment->name, err)
	               : NS_OK;
}

static int open_stores(struct segment *segment, struct ns_error *err)
{
	const struct slice *chunk = segment->container.chunk;
	uint32_t n = segment->info.doc_count;
	segment->has_bodies = segment->info.flags & INFO_STORED;
	TRY(store_open(&segment->heads, chunk[CHUNK_HEAD_INDEX],
	               chunk[CHUNK_HEADS], slice_of(NULL, 0), n, segment->name,
	               err));
	bool complete = chunk[CHUNK_BODIES].data && chunk[CHUNK_BODY_INDEX].data;
	if (segment->has_bodies != complete)
		return err_corrupt(err, segment->name, -1,
		                   "the text is missing");
	if (!segment->has_bodies)
		return NS_OK;
	return store_open(&segment->bodies, chunk[CHUNK_BODY_INDEX],
	                  chunk[CHUNK_BODIES], chunk[CHUNK_DICTIONARY], n,
	                  segment->name, err);
}

int segment_open(struct segment *out, struct slice file, const char *name,
                 bool verify, struct ns_error *err)
{
	*out = (struct segment){0};
	snprintf(out->name, sizeof out->name, "%s", name);
	TRY(container_open(&out->container, file, out->name, verify, err));
	TRY(info_read(&out->info, out->container.chunk[CHUNK_INFO], out->name,
	              err));
	int status = open_lists(out, err);
	if (status == NS_OK)
		status = open_columns(out, err);
	if (status == NS_OK)
		status = open_stores(out, err);
	if (status != NS_OK)
		segment_release(out);
	return status;
}

void segment_release(struct segment *segment)
{
	lexicon_release(&segment->lexicon);
	store_release(&segment->heads);
	store_release(&segment->bodies);
}

uint32_t segment_length(const struct segment *segment, unsigned field,
                        uint32_t doc)
{
	return load_u16(segment->lengths[field].data + 2 * (size_t)doc);
}

int segment_by_rank(const struct segment *segment, uint32_t *docs,
                    struct ns_error *err)
{
	uint32_t n = segment->info.doc_count;
	memset(docs, 0xff, n * sizeof *docs);
	for (uint32_t doc = 0; doc < n; doc++) {
		uint32_t rank = segment_rank(segment, doc);
		if (rank >= n || docs[rank] != UINT32_MAX)
			return err_corrupt(err, segment->name, -1,
			                   "rank: %" PRIu32 " is %s", rank,
			                   rank >= n ? "too large"
			                             : "that of two docs");
		docs[rank] = doc;
	}
	return NS_OK;
}

void segment_view_release(struct segment_view *view)
{
	store_view_release(&view->head);
	store_view_release(&view->body);
}

static int read_texts(const struct segment *segment, struct slice record,
                      ns_text *const *texts, size_t n, struct ns_error *err)
{
	for (size_t i = 0; i < n; i++) {
		struct slice text;
		TRY(store_text(&record, &text, segment->name, err));
		texts[i]->data = (const char *)text.data;
		texts[i]->size = text.len;
	}
	if (record.len)
		return err_corrupt(err, segment->name, -1,
		                   "store: bytes behind a record");
	return NS_OK;
}

int segment_head(const struct segment *segment, struct segment_view *view,
                 uint32_t doc, struct ns_article *out, struct ns_error *err)
{
	struct slice record;
	ns_text *const texts[] = {&out->id, &out->title, &out->section,
		&out->author, &out->url, &out->lang, &out->source,
		&out->topics, &out->places};
	TRY(store_get(&segment->heads, &view->head, doc, &record, err));
	out->date = column_date(&segment->dates, doc);
	out->date_is_day = column_date_is_day(&segment->dates, doc);
	return read_texts(segment, record, texts, ARRAY_LEN(texts), err);
}

int segment_body(const struct segment *segment, struct segment_view *view,
                 uint32_t doc, struct ns_article *out, struct ns_error *err)
{
	struct slice record;
	ns_text *const texts[] = {&out->body, &out->captions, &out->links};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		*texts[i] = (ns_text){0};
	if (!segment->has_bodies)
		return NS_OK;
	TRY(store_get(&segment->bodies, &view->body, doc, &record, err));
	return read_texts(segment, record, texts, ARRAY_LEN(texts), err);
}
