/* store.h — here is a doc: what did its article say?
 *
 * Records of articles in zstd blocks (FORMAT.md, "Heads and bodies").  A writer
 * takes records in doc order and gives finished blocks; a store finds the block
 * of a doc, unpacks it and points at the record.
 */
#ifndef NS_FORMAT_STORE_H
#define NS_FORMAT_STORE_H

#include "base/mem.h"
#include "format/layout.h"

struct store {
	struct slice index, data;
	uint32_t n_blocks, doc_count;
	void *dictionary;  /* ZSTD_DDict, or NULL; owned */
	const char *place;
};

/* dictionary: the bytes of the chunk, or empty. */
int store_open(struct store *out, struct slice index, struct slice data,
               struct slice dictionary, uint32_t doc_count, const char *place,
               struct ns_error *err);
void store_release(struct store *store);

/* A reader's memory: the block it unpacked last.  Zeroed: none. */
struct store_view {
	struct buffer raw;
	uint32_t block; /* + 1; 0: none */
	void *context;  /* ZSTD_DCtx */
};
void store_view_release(struct store_view *view);

/* The record of doc; *out points into view, until it is used again. */
int store_get(const struct store *store, struct store_view *view, uint32_t doc,
              struct slice *out, struct ns_error *err);

/* Reads a `text` of a record. */
int store_text(struct slice *record, struct slice *out, const char *place,
               struct ns_error *err);

struct store_writer {
	struct buffer raw, ends;   /* of the block being filled */
	struct buffer first_docs, offsets;
	uint32_t n_blocks, n_docs, block_docs;
	uint64_t bytes;            /* of all blocks so far */
	size_t close_at;
	void *context, *dictionary;/* ZSTD_CCtx, ZSTD_CDict */
	struct buffer packed;
};

int store_writer_init(struct store_writer *writer, size_t close_at,
                      struct slice dictionary, struct ns_error *err);
void store_writer_release(struct store_writer *writer);

/* Appends the record of the next doc.  Where that closes a block, its bytes are
 * appended to out. */
int store_writer_add(struct store_writer *writer, struct slice record,
                     struct buffer *out, struct ns_error *err);

/* Closes the last block (appended to out) and writes the index chunk. */
int store_writer_finish(struct store_writer *writer, struct buffer *out,
                        struct buffer *index, struct ns_error *err);

/* Trains a dictionary on records laid end to end, sizes[n].  Empty where they
 * come to less than DICT_SAMPLE_MIN. */
int store_train(const uint8_t *samples, const size_t *sizes, size_t n,
                struct buffer *out, struct ns_error *err);

#endif
