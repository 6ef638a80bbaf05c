#include "build/story_chunks.h"

enum { PIECE = 1 << 16 };

static int append_sketch(struct container_writer *file, struct docs *docs,
                         uint32_t doc, struct buffer *piece,
                         struct ns_error *err)
{
	uint8_t *room = buffer_reserve(piece, SKETCH_BYTES);
	TRY(buffer_check(piece, err));
	TRY(spool_read_at(&docs->sketches, (uint64_t)doc * DOC_SKETCH, room,
	                  SKETCH_BYTES, err));
	piece->len += SKETCH_BYTES;
	if (piece->len < PIECE)
		return NS_OK;
	TRY(container_append(file, piece->data, piece->len, err));
	buffer_clear(piece);
	return NS_OK;
}

static int write_sketches(struct container_writer *file, struct docs *docs,
                          const struct story_order *order,
                          struct ns_error *err)
{
	struct buffer piece;
	int status = NS_OK;
	buffer_init(&piece, SIZE_MAX);
	TRY(spool_end(&docs->sketches, err));
	TRY(container_begin(file, CHUNK_SKETCHES, err));
	for (uint32_t i = 0; status == NS_OK && i < order->n; i++)
		status = append_sketch(file, docs, order->standing[i], &piece,
		                       err);
	if (status == NS_OK && piece.len)
		status = container_append(file, piece.data, piece.len, err);
	buffer_release(&piece);
	TRY(status);
	return container_end(file, err);
}

/* From places to docs. */
static int put_in_order(struct story_draft *draft,
                        const struct story_order *order, uint32_t *docs,
                        struct ns_error *err)
{
	uint32_t *of = mem_zero((size_t)order->n + 1, sizeof *of);
	if (!of)
		return err_nomem(err);
	for (uint32_t i = 0; i < order->n; i++) {
		docs[i] = order->new_doc[order->given[i]];
		of[docs[i]] = draft->of[i];
	}
	mem_free(draft->of);
	draft->of = of;
	draft->docs = docs;
	return NS_OK;
}

int story_chunks_write(struct container_writer *file, struct docs *docs,
                       const struct story_order *order,
                       struct story_draft *draft, struct ns_error *err)
{
	struct buffer chunk;
	TRY(write_sketches(file, docs, order, err));
	uint32_t *given = mem_zero((size_t)order->n + 1, sizeof *given);
	if (!given)
		return err_nomem(err);
	buffer_init(&chunk, SIZE_MAX);
	int status = put_in_order(draft, order, given, err);
	if (status == NS_OK) {
		story_table_write(draft, &chunk);
		status = buffer_check(&chunk, err);
	}
	if (status == NS_OK && chunk.len)
		status = container_chunk(file, CHUNK_STORIES, &chunk, err);
	draft->docs = NULL;
	mem_free(given);
	buffer_release(&chunk);
	return status;
}
