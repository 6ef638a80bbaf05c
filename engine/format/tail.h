/* tail.h — how do fewer than 256 postings become bytes, and docs again?
 *
 * Up to four are byte-coded, each doc beside its frequency (FORMAT.md, "short"); more
 * are a column of gaps and one of frequencies, each of one width with exceptions
 * ("tail").  A third of the postings of a news archive stand in tails, and a query
 * reads one of nearly every word.  Byte codes, as tails once were, made a query of all
 * words take 5.2 µs in the median over 43,000 news articles, columns 3.5, and were
 * 0.3 % larger.
 */
#ifndef NS_FORMAT_TAIL_H
#define NS_FORMAT_TAIL_H

#include "base/mem.h"
#include "base/varint.h"
#include "format/layout.h"

struct tail_shape {
	unsigned n;         /* postings, below BLOCK_DOCS */
	bool is_short;      /* too few for columns */
	bool has_tfs;       /* frequencies stand beside the docs */
	uint32_t before;    /* the doc before the first + 1; 0: none */
	uint32_t doc_count; /* for reading */
};

/* Appends n docs and, where the field has them, frequencies. */
void tail_write(const struct tail_shape *shape, const uint32_t *docs,
                const uint32_t *tfs, struct buffer *out);

/* Reads n docs, rising and below doc_count, and tfs (1…2³¹ − 1; all 1 where
 * there are none).  The other docs up to BLOCK_DOCS become UINT32_MAX, since a
 * search looks at all.  False where the bytes cannot be. */
bool tail_read(struct reader *reader, const struct tail_shape *shape,
               uint32_t docs[BLOCK_DOCS], uint32_t tfs[BLOCK_DOCS]);

#endif
