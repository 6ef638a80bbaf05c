/* segment.h — one segment, opened for reading.
 *
 * Ties the chunks of a file together.  Nothing is copied that can be pointed
 * at: the file is mapped by its owner (index/snapshot.h) and must outlive this.
 */
#ifndef NS_FORMAT_SEGMENT_H
#define NS_FORMAT_SEGMENT_H

#include "format/columns.h"
#include "format/container.h"
#include "format/info.h"
#include "format/lexicon.h"
#include "format/pair_table.h"
#include "format/postings.h"
#include "format/store.h"
#include "format/story_table.h"

struct segment {
	char name[24];  /* "seg-…", the place of errors */
	struct container container;
	struct info info;
	struct lexicon lexicon;
	struct postings_source postings;
	struct pair_table pairs;         /* of text */
	struct slice lengths[FIELD_END]; /* u16[doc_count], words fields */
	struct column dates, sections;
	struct column ranks; /* bits NULL: docs stand as they were given */
	struct story_table stories;
	struct store heads;
	struct store bodies; /* n_blocks 0 where text is not stored */
	bool has_bodies;
};

int segment_open(struct segment *out, struct slice file, const char *name,
                 bool verify, struct ns_error *err);
void segment_release(struct segment *segment);

/* For loops over a whole segment: step i; now and then what was read is forgotten
 * (container_forget). */
static inline void segment_forget(const struct segment *segment, uint32_t i)
{
	if (i % 8192 == 0)
		container_forget(&segment->container);
}

/* The length of a words field in doc, 0…LENGTH_MAX. */
uint32_t segment_length(const struct segment *segment, unsigned field,
                        uint32_t doc);

/* When was the article of doc given, among those of the segment?  (The segment's
 * rank_base goes before it.)  Bytes may lie: of two docs with one rank, and of ranks
 * that no doc has, segment_by_rank tells. */
static inline uint32_t segment_rank(const struct segment *segment, uint32_t doc)
{
	return segment->ranks.bits ? column_number(&segment->ranks, doc) : doc;
}

/* Fills docs[doc_count]: the doc of each rank. */
int segment_by_rank(const struct segment *segment, uint32_t *docs,
                    struct ns_error *err);

/* What is kept of a doc.  Texts of *out point into the views. */
struct segment_view {
	struct store_view head, body;
};
void segment_view_release(struct segment_view *view);

/* Fills id, title, section, author, url, lang, source and date. */
int segment_head(const struct segment *segment, struct segment_view *view,
                 uint32_t doc, struct ns_article *out, struct ns_error *err);
/* Fills body, captions and links; leaves them empty where text is not stored. */
int segment_body(const struct segment *segment, struct segment_view *view,
                 uint32_t doc, struct ns_article *out, struct ns_error *err);

#endif
