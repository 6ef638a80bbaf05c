#define ZDICT_STATIC_LINKING_ONLY
#define ZSTD_STATIC_LINKING_ONLY
#include <zdict.h>
#include <zstd.h>

#include "base/crc32c.h"
#include "base/varint.h"
#include "format/store.h"
#include "format/zstd_memory.h"

enum { LEVEL = 3 };

int store_writer_init(struct store_writer *writer, size_t close_at,
                      struct slice dictionary, struct ns_error *err)
{
	*writer = (struct store_writer){.close_at = close_at};
	struct buffer *const buffers[] = {&writer->raw, &writer->ends,
		&writer->first_docs, &writer->offsets, &writer->packed};
	for (size_t i = 0; i < ARRAY_LEN(buffers); i++)
		buffer_init(buffers[i], SIZE_MAX);
	writer->context = ZSTD_createCCtx_advanced(zstd_memory);
	if (!writer->context)
		return err_nomem(err);
	if (!dictionary.len)
		return NS_OK;
	writer->dictionary = ZSTD_createCDict_advanced(
		dictionary.data, dictionary.len, ZSTD_dlm_byRef, ZSTD_dct_auto,
		ZSTD_getCParams(LEVEL, ZSTD_CONTENTSIZE_UNKNOWN, dictionary.len),
		zstd_memory);
	return writer->dictionary ? NS_OK : err_nomem(err);
}

void store_writer_release(struct store_writer *writer)
{
	struct buffer *const buffers[] = {&writer->raw, &writer->ends,
		&writer->first_docs, &writer->offsets, &writer->packed};
	for (size_t i = 0; i < ARRAY_LEN(buffers); i++)
		buffer_release(buffers[i]);
	ZSTD_freeCCtx(writer->context);
	ZSTD_freeCDict(writer->dictionary);
	writer->context = writer->dictionary = NULL;
}

static int pack(struct store_writer *writer, struct buffer *out,
                struct ns_error *err)
{
	struct buffer *packed = &writer->packed;
	size_t raw_len = writer->raw.len, bound = ZSTD_compressBound(raw_len);
	buffer_clear(packed);
	uint8_t *room = buffer_reserve(packed, bound);
	if (!room)
		return err_nomem(err);
	size_t got = writer->dictionary
		? ZSTD_compress_usingCDict(writer->context, room, bound,
		                           writer->raw.data, raw_len,
		                           writer->dictionary)
		: ZSTD_compressCCtx(writer->context, room, bound,
		                    writer->raw.data, raw_len, LEVEL);
	if (ZSTD_isError(got))
		return err_nomem(err);
	buffer_u32(out, (uint32_t)raw_len);
	buffer_u32(out, (uint32_t)got);
	buffer_u32(out, crc32c(0, room, got));
	buffer_append(out, room, got);
	writer->bytes += 12 + got;
	return buffer_check(out, err);
}

/* Puts the table of ends before the records, packs, and starts anew. */
static int close_block(struct store_writer *writer, struct buffer *out,
                       struct ns_error *err)
{
	if (!writer->block_docs)
		return NS_OK;
	size_t table = 4 + writer->ends.len, records = writer->raw.len;
	buffer_zeros(&writer->raw, table);
	TRY(buffer_check(&writer->raw, err));
	TRY(buffer_check(&writer->ends, err));
	memmove(writer->raw.data + table, writer->raw.data, records);
	store_u32(writer->raw.data, writer->block_docs);
	memcpy(writer->raw.data + 4, writer->ends.data, writer->ends.len);
	buffer_u32(&writer->first_docs, writer->n_docs - writer->block_docs);
	buffer_u64(&writer->offsets, writer->bytes);
	TRY(pack(writer, out, err));
	buffer_clear(&writer->raw);
	buffer_clear(&writer->ends);
	writer->block_docs = 0;
	writer->n_blocks++;
	return NS_OK;
}

int store_writer_add(struct store_writer *writer, struct slice record,
                     struct buffer *out, struct ns_error *err)
{
	buffer_append(&writer->raw, record.data, record.len);
	buffer_u32(&writer->ends, (uint32_t)writer->raw.len);
	TRY(buffer_check(&writer->raw, err));
	writer->block_docs++;
	writer->n_docs++;
	return writer->raw.len >= writer->close_at
		? close_block(writer, out, err) : NS_OK;
}

int store_writer_finish(struct store_writer *writer, struct buffer *out,
                        struct buffer *index, struct ns_error *err)
{
	TRY(close_block(writer, out, err));
	buffer_u64(&writer->offsets, writer->bytes);
	TRY(buffer_check(&writer->first_docs, err));
	TRY(buffer_check(&writer->offsets, err));
	buffer_u32(index, writer->n_blocks);
	buffer_u32(index, 0);
	buffer_append(index, writer->first_docs.data, writer->first_docs.len);
	if (writer->n_blocks % 2)
		buffer_u32(index, 0);
	buffer_append(index, writer->offsets.data, writer->offsets.len);
	return buffer_check(index, err);
}

/* Parameters are fixed rather than searched for.  55 MB of news, seconds and bytes of
 * bodies: the library's search 1.06 and 21,406,286; k 30 0.41 and 21,411,644, 50 0.41
 * and 21,370,540, 200 0.44 and 21,449,144, 1000 0.44 and 21,509,644; of 50, with every
 * fifth position looked at and fewer samples at the end (accel 5), 0.35 and
 * 21,393,791. */
int store_train(const uint8_t *samples, const size_t *sizes, size_t n,
                struct buffer *out, struct ns_error *err)
{
	uint8_t *room = buffer_reserve(out, DICT_SIZE);
	if (!room)
		return err_nomem(err);
	const ZDICT_fastCover_params_t how = {
		.k = 50, .d = 8, .f = 20, .splitPoint = 1, .accel = 5,
		.zParams.compressionLevel = LEVEL};
	size_t got = ZDICT_trainFromBuffer_fastCover(room, DICT_SIZE, samples,
	                                             sizes, (unsigned)n, how);
	if (ZSTD_getErrorCode(got) == ZSTD_error_memory_allocation)
		return err_nomem(err);
	/* too little, or too little in common: no dictionary then */
	if (!ZDICT_isError(got))
		out->len += got;
	return NS_OK;
}
