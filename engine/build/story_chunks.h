/* story_chunks.h — the chunks `skch` and `stry` of a segment (FORMAT.md). */
#ifndef NS_BUILD_STORY_CHUNKS_H
#define NS_BUILD_STORY_CHUNKS_H

#include "build/docs.h"
#include "format/container.h"

/* Docs as they were given, as they stand, and what the numbers of those are. */
struct story_order {
	const uint32_t *given, *standing, *new_doc;
	uint32_t n;
};

/* draft: by place in order->given; it is put in the order of docs. */
int story_chunks_write(struct container_writer *file, struct docs *docs,
                       const struct story_order *order,
                       struct story_draft *draft, struct ns_error *err);

#endif
