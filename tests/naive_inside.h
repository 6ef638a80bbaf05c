/* naive_inside.h — what naive.c and naive_articles.c share. */
#ifndef NS_TESTS_NAIVE_INSIDE_H
#define NS_TESTS_NAIVE_INSIDE_H

#include "naive.h"

struct spot {
	struct slice form, term;
	uint32_t position;
};

struct naive_field {
	struct spot *spots; /* by position */
	size_t n;
	uint32_t length;
};

struct naive_doc {
	const struct ns_article *article;
	struct naive_field fields[FIELD_TITLE + 1];
	struct slice values[FIELD_END]; /* of several: one a line */
	bool dead;         /* no hit */
	bool gone;         /* and in no segment: it counts in no statistics */
	uint32_t segment;  /* PENDING until it is committed */
};

struct naive {
	struct arena arena;
	struct analyzer *analyzer;
	struct naive_doc *docs;
	size_t n_docs, capacity;
	uint32_t n_segments; /* ever: their numbers rise with age */
};

#define PENDING UINT32_MAX

static inline void *must(void *block)
{
	if (!block)
		abort();
	return block;
}

static inline struct slice keep(struct arena *arena, struct slice bytes)
{
	return slice_of(must(arena_copy(arena, bytes.data, bytes.len)), bytes.len);
}

/* A value as its field holds it. */
struct slice naive_fold(struct naive *naive, struct arena *arena,
                        unsigned field, struct slice value);

#endif
