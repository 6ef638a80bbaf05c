/* block.h — how do 256 docs and frequencies become few bytes?
 *
 * A block takes the cheapest of run, FOR, patched FOR and bitset (FORMAT.md,
 * "post", has the bytes).  By count on newswire (19.7 M postings): FOR alone 6.2
 * bits a doc in full blocks, with patches 5.6; frequencies 3.5 and 2.5.  Bitsets
 * cost 0.2 bits against patched FOR and are kept for speed: membership is one
 * bit test, and counts become popcounts.
 */
#ifndef NS_FORMAT_BLOCK_H
#define NS_FORMAT_BLOCK_H

#include "base/mem.h"
#include "format/layout.h"
#include "format/patched.h"

enum {
	DOCS_RUN = 0x00,
	DOCS_PATCHED = 0x20,
	DOCS_BITSET = 0x80,
	BITSET_WORDS_MAX = 127,
	TFS_PATCHED = 0x80,
};

/* Appends the docs of a block and returns their encoding.  `before` is the doc
 * before the block + 1 (0 for the first). */
uint8_t block_write_docs(const uint32_t docs[BLOCK_DOCS], uint32_t before,
                         struct buffer *out);
uint8_t block_write_tfs(const uint32_t tfs[BLOCK_DOCS], struct buffer *out);

/* Decode from [data, limit); *end is the first byte behind.  False where the
 * bytes cannot be, where the last doc is not `last`.  Up to 64 bytes behind
 * limit may be read, never used. */
bool block_read_docs(uint8_t enc, const uint8_t *data, const uint8_t *limit,
                     uint32_t before, uint32_t last, uint32_t docs[BLOCK_DOCS],
                     const uint8_t **end);
bool block_read_tfs(uint8_t enc, const uint8_t *data, const uint8_t *limit,
                    uint32_t tfs[BLOCK_DOCS], const uint8_t **end);

/* ---- a block as it lies ------------------------------------------------ */

/* 256 values that stay packed: a value costs a few loads.  Who wants over a
 * dozen of a block reads all. */
struct block_values {
	const uint8_t *packed;
	uint8_t width;
	struct patches patches;
};

/* Finds the parts; false where they pass limit.  Indexes that do not rise are
 * found by block_read_* alone: here they give wrong values, no more. */
bool block_open_values(struct block_values *out, unsigned width, bool patched,
                       const uint8_t *data, const uint8_t *limit,
                       const uint8_t **end);
/* The frequencies of a block: tf − 1. */
bool block_open_tfs(struct block_values *out, uint8_t enc, const uint8_t *data,
                    const uint8_t *limit, const uint8_t **end);
/* All docs of gaps; false where they do not rise from `before` to `last`. */
bool block_decode_docs(const struct block_values *gaps, uint32_t before,
                       uint32_t last, uint32_t docs[BLOCK_DOCS]);
bool block_decode_tfs(const struct block_values *values,
                      uint32_t tfs[BLOCK_DOCS]);
/* Value i < BLOCK_DOCS, modulo 2³². */
uint32_t block_value(const struct block_values *values, unsigned i);

#endif
