#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

#include "base/crc32c.h"
#include "base/varint.h"
#include "format/store.h"
#include "format/zstd_memory.h"

int store_open(struct store *out, struct slice index, struct slice data,
               struct slice dictionary, uint32_t doc_count, const char *place,
               struct ns_error *err)
{
	struct reader reader = reader_of(index);
	*out = (struct store){.index = index, .data = data,
	                      .doc_count = doc_count, .place = place};
	out->n_blocks = reader_u32(&reader);
	uint64_t n = out->n_blocks;
	if (reader.bad || n > doc_count || (doc_count && !n) ||
	    index.len != 8 + 4 * (n + n % 2) + 8 * (n + 1))
		return err_corrupt(err, place, -1,
		                   "store: an index of a wrong size");
	if (!dictionary.len)
		return NS_OK;
	out->dictionary = ZSTD_createDDict_advanced(
		dictionary.data, dictionary.len, ZSTD_dlm_byRef, ZSTD_dct_auto,
		zstd_memory);
	return out->dictionary ? NS_OK
		: err_corrupt(err, place, -1, "store: an unusable dictionary "
		              "(or memory ended)");
}

void store_release(struct store *store)
{
	ZSTD_freeDDict(store->dictionary);
	store->dictionary = NULL;
}

void store_view_release(struct store_view *view)
{
	buffer_release(&view->raw);
	ZSTD_freeDCtx(view->context);
	view->context = NULL;
	view->block = 0;
}

static uint32_t first_doc(const struct store *store, uint32_t block)
{
	return block < store->n_blocks
		? load_u32(store->index.data + 8 + 4 * (size_t)block)
		: store->doc_count;
}

static uint64_t block_offset(const struct store *store, uint32_t block)
{
	size_t firsts = 4 * ((size_t)store->n_blocks + store->n_blocks % 2);
	return load_u64(store->index.data + 8 + firsts + 8 * (size_t)block);
}

static int corrupt(const struct store *store, uint32_t block, const char *what,
                   struct ns_error *err)
{
	return err_corrupt(err, store->place, -1, "store: %s in block %u", what,
	                   block);
}

/* The packed bytes of a block, checked against its head. */
static int find_packed(const struct store *store, uint32_t block,
                       uint32_t *raw_len, struct slice *packed,
                       struct ns_error *err)
{
	uint64_t start = block_offset(store, block);
	uint64_t end = block_offset(store, block + 1);
	if (start > end || end > store->data.len || end - start < 12)
		return corrupt(store, block, "a wrong offset", err);
	const uint8_t *head = store->data.data + start;
	*raw_len = load_u32(head);
	*packed = slice_of(head + 12, load_u32(head + 4));
	if (*raw_len > RAW_MAX || packed->len != end - start - 12)
		return corrupt(store, block, "a wrong size", err);
	if (load_u32(head + 8) != crc32c(0, packed->data, packed->len))
		return corrupt(store, block, "a wrong checksum", err);
	if (ZSTD_getFrameContentSize(packed->data, packed->len) != *raw_len)
		return corrupt(store, block, "a frame of a wrong size", err);
	return NS_OK;
}

static int unpack(const struct store *store, struct store_view *view,
                  uint32_t block, struct ns_error *err)
{
	uint32_t raw_len = 0;
	struct slice packed = {0};
	view->block = 0;
	TRY(find_packed(store, block, &raw_len, &packed, err));
	if (!view->context)
		view->context = ZSTD_createDCtx_advanced(zstd_memory);
	view->raw.max = RAW_MAX;
	buffer_clear(&view->raw);
	uint8_t *raw = buffer_reserve(&view->raw, raw_len);
	if (!view->context || !raw)
		return err_nomem(err);
	size_t got = ZSTD_decompress_usingDDict(
		view->context, raw, raw_len, packed.data, packed.len,
		store->dictionary);
	if (ZSTD_getErrorCode(got) == ZSTD_error_memory_allocation)
		return err_nomem(err);
	if (got != raw_len)
		return corrupt(store, block, "bytes that do not unpack", err);
	view->raw.len = raw_len;
	view->block = block + 1;
	return NS_OK;
}

static uint32_t block_of(const struct store *store, uint32_t doc)
{
	uint32_t low = 0, high = store->n_blocks;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (first_doc(store, middle) <= doc)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? low - 1 : 0;
}

int store_get(const struct store *store, struct store_view *view, uint32_t doc,
              struct slice *out, struct ns_error *err)
{
	if (doc >= store->doc_count || !store->n_blocks)
		return corrupt(store, 0, "no such doc", err);
	uint32_t block = block_of(store, doc);
	uint32_t first = first_doc(store, block);
	if (view->block != block + 1)
		TRY(unpack(store, view, block, err));
	struct reader reader = reader_of(slice_of(view->raw.data,
	                                          view->raw.len));
	uint32_t n = reader_u32(&reader);
	const uint8_t *ends = n <= RAW_MAX / 4
		? reader_bytes(&reader, 4 * (size_t)n) : NULL;
	if (!ends || doc < first || doc - first >= n ||
	    first_doc(store, block + 1) - first != n)
		return corrupt(store, block, "a wrong number of records", err);
	uint32_t i = doc - first;
	uint32_t start = i ? load_u32(ends + 4 * (size_t)i - 4) : 0;
	uint32_t end = load_u32(ends + 4 * (size_t)i);
	if (start > end || end > reader_left(&reader) ||
	    (i + 1 == n && end != reader_left(&reader)))
		return corrupt(store, block, "a wrong end of a record", err);
	*out = slice_of(reader.next + start, end - start);
	return NS_OK;
}

int store_text(struct slice *record, struct slice *out, const char *place,
               struct ns_error *err)
{
	struct reader reader = reader_of(*record);
	uint64_t len = reader_varint(&reader);
	if (reader.bad || len > reader_left(&reader))
		return err_corrupt(err, place, -1,
		                   "store: a text longer than its record");
	*out = slice_of(reader.next, (size_t)len);
	*record = slice_of(reader.next + len,
	                   reader_left(&reader) - (size_t)len);
	return NS_OK;
}
