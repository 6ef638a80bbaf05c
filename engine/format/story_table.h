/* story_table.h — which docs of a segment tell the same story?
 *
 * The chunk `stry`: a story for each doc that has one, and for each story its name
 * and its docs in the order in which they were given.  Its name is the hash of the
 * id of its first article, so that segments can speak of one story without knowing
 * of each other: equal names are one story.  What a newer segment has found out of
 * older ones, which never change, it says by links (two names are one story) and by
 * the ids of articles that had no story until then.
 *
 * The chunk `skch`: a sketch of every doc (build/sketch.h), for articles that come
 * later.
 */
#ifndef NS_FORMAT_STORY_TABLE_H
#define NS_FORMAT_STORY_TABLE_H

#include "base/mem.h"
#include "format/layout.h"

/* Of an id, as the name of a story; of a URL: never 0. */
uint64_t story_name(struct slice text);

/* Of a doc; all of it 0: it has none. */
struct sketch {
	uint8_t value[SKETCH_BYTES];
};

enum story_array { STORY_OF, STORY_END, STORY_DOC, STORY_ARRAYS };

struct story_table {
	uint32_t n_stories, n_adopted, n_links, n_members, doc_count;
	const uint8_t *names;         /* u64[n_stories] */
	const uint8_t *links;         /* two u64 each */
	const uint8_t *array[STORY_ARRAYS];
	uint8_t width[STORY_ARRAYS];
	struct slice adopted;         /* texts */
	const uint8_t *sketches;      /* SKETCH_BYTES each; NULL: none */
};

/* Chunks whose data is NULL are not there.  They must outlive it and be followed by
 * CHUNK_PADDING readable bytes. */
int story_table_open(struct story_table *out, struct slice sketches,
                     struct slice stories, uint32_t doc_count,
                     const char *place, struct ns_error *err);

/* 1 + the number of the doc's story; 0: it has none here. */
uint32_t story_table_of(const struct story_table *table, uint32_t doc);
uint64_t story_table_name(const struct story_table *table, uint32_t story);
/* Its docs are members [*from, *end). */
void story_table_members(const struct story_table *table, uint32_t story,
                         uint32_t *from, uint32_t *end);
uint32_t story_table_member(const struct story_table *table, uint32_t member);

struct story_link {
	uint64_t from, to; /* names; to: the one that was first */
};
struct story_link story_table_link(const struct story_table *table, uint32_t i);

/* Do docs and stories say the same of each other? */
int story_table_check(const struct story_table *table, const char *place,
                      struct ns_error *err);

/* ---- writing ------------------------------------------------------------- */

struct story_draft {
	uint32_t *of;          /* by doc: 1 + story; 0: none */
	uint32_t doc_count, n_stories;
	uint64_t *names;
	const uint32_t *docs;  /* all docs as they were given */
	struct buffer links;   /* names, as in the chunk */
	struct buffer adopted; /* texts */
	uint32_t n_links, n_adopted;
};

/* Appends the chunk; nothing where there is nothing to say. */
void story_table_write(const struct story_draft *draft, struct buffer *out);

#endif
