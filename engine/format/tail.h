/* tail.h — how are fewer than 256 postings read?
 *
 * As byte-coded pairs or as columns of fixed width, whichever was shorter
 * (FORMAT.md, "tail").  Both readers of lists (postings.h, list.h) share this.
 */
#ifndef NS_FORMAT_TAIL_H
#define NS_FORMAT_TAIL_H

#include "base/varint.h"
#include "format/layout.h"

struct tail_shape {
	unsigned n;         /* postings, below BLOCK_DOCS */
	bool pairs;         /* too short for a mode byte */
	bool has_words;     /* frequencies stand beside the docs */
	uint32_t before;    /* the doc before the first + 1; 0: none */
	uint32_t doc_count;
};

/* Reads n docs, rising and below doc_count, and tfs (1…2³¹ − 1; all 1 where
 * there are none).  The other docs up to BLOCK_DOCS become UINT32_MAX, since a
 * search looks at all.  False where the bytes cannot be. */
bool tail_read(struct reader *reader, const struct tail_shape *shape,
               uint32_t docs[BLOCK_DOCS], uint32_t tfs[BLOCK_DOCS]);

#endif
