/* stories.h — which docs of all segments tell the same story?
 *
 * Every segment has stories of its own (format/story_table.h).  Those with equal names
 * are one, those that a link joins are one, and an article whose id a newer segment
 * gives had no story before and has the one named by its id now.  Where there is one
 * segment nothing has to be found out; of several, all names go through one table:
 * 0.1 µs each.  They take 24 bytes each, and 21 to 43 of the table until all are joined.
 *
 * The bytes may be hostile: what they say may be nonsense, but all of it stays within
 * the docs that are there, and each doc is in one story.
 */
#ifndef NS_INDEX_STORIES_H
#define NS_INDEX_STORIES_H

#include "format/segment.h"

#define STORY_NONE UINT32_MAX

/* A segment, and which docs of it are dead (deletes.h); older ones first. */
struct stories_part {
	const struct segment *segment;
	const uint8_t *dead;
	uint32_t first;              /* the number of its first story */
};

struct stories {
	struct stories_part *parts;  /* owned */
	uint32_t n_parts, n;         /* n: of all that are joined */
	struct stories_node {
		uint64_t name;       /* of the root: of the whole story */
		uint32_t parent;     /* once opened: the root */
		uint32_t next;       /* of the same story, in a ring */
		uint32_t adopted;    /* 1 + the place of an article; 0: none */
	} *nodes;
	struct stories_adopted {
		uint32_t part, doc, node;
	} *adopted;                  /* by part and doc */
	size_t n_adopted;
	uint64_t memory;             /* bytes of all that */
};

/* What segments say: names, of links two each; articles that had no story. */
struct stories_sum {
	uint64_t names, adopted;
};
void stories_count(struct stories_sum *sum, const struct story_table *table);
/* Bytes that stories_open takes of so many; about a half of them it gives back. */
uint64_t stories_memory(const struct stories_sum *sum);

/* What parts say of `first` is not looked at. */
int stories_open(struct stories *out, const struct stories_part *parts,
                 uint32_t n, struct ns_error *err);
void stories_release(struct stories *stories);

/* The story of a doc, or STORY_NONE; and the name of that, or 0. */
uint32_t stories_of(const struct stories *stories, uint32_t part, uint32_t doc);
uint64_t stories_name_of(const struct stories *stories, uint32_t part,
                         uint32_t doc);
static inline uint64_t stories_name(const struct stories *stories, uint32_t story)
{
	return stories->nodes[story].name;
}

/* Calls for each living doc of a story, in any order, until it returns false. */
typedef bool stories_fn(void *context, uint32_t part, uint32_t doc);
void stories_each(const struct stories *stories, uint32_t story,
                  stories_fn *call, void *context);

#endif
