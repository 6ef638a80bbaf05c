/* fuzz_store.c — does the store hold against any index and any blocks?
 *
 * Input: doc_count, bytes of the index, of the dictionary (u32), then index,
 * dictionary and blocks.  The checksum of each block is put right: a store
 * always looks at it, and zstd and the records behind it would see nothing.
 */
#include "base/crc32c.h"
#include "format/store.h"
#include "tests/fuzz/fuzz.h"

/* Checksums of the blocks that lie in the chunk. */
static void put_right(struct slice index, struct slice data)
{
	uint64_t n = index.len >= 8 ? load_u32(index.data) : 0;
	uint64_t at = 8 + 4 * (n + n % 2);
	for (uint64_t i = 0; i < n && at + 8 * (i + 1) <= index.len; i++) {
		uint64_t start = load_u64(index.data + at + 8 * i);
		if (start > data.len || data.len - start < 12)
			continue;
		uint8_t *head = (uint8_t *)(uintptr_t)data.data + start;
		uint32_t size = load_u32(head + 4);
		if (size <= data.len - start - 12)
			store_u32(head + 8, crc32c(0, head + 12, size));
	}
}

/* Reads the texts of a record; false where it is damaged. */
static bool read_record(struct slice record)
{
	struct slice text;
	uint64_t sum = 0;
	while (record.len) {
		if (store_text(&record, &text, "fuzz", NULL) != NS_OK)
			return false;
		for (size_t i = 0; i < text.len; i++)
			sum += text.data[i];
	}
	return sum < UINT64_MAX;
}

static bool read_all(const struct store *store)
{
	struct store_view view = {0};
	struct slice record;
	bool good = true;
	/* forwards, then a few in any order */
	for (uint32_t doc = 0; doc < min_u32(store->doc_count, 300); doc++)
		good &= store_get(store, &view, doc, &record, NULL) == NS_OK &&
		        read_record(record);
	uint32_t most = store->doc_count;
	const uint32_t others[] = {most / 2, most - 1, 0, most, UINT32_MAX};
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (store_get(store, &view, others[i], &record, NULL) == NS_OK)
			read_record(record);
	store_view_release(&view);
	return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader reader = {data, data + size, false};
	struct store store;
	uint32_t doc_count = min_u32(reader_u32(&reader), DOCS_MAX);
	uint32_t index_len = reader_u32(&reader);
	uint32_t dictionary_len = reader_u32(&reader);
	struct slice index = fuzz_chunk(&reader, index_len);
	struct slice dictionary = fuzz_chunk(&reader, dictionary_len);
	struct slice blocks = fuzz_rest(&reader);
	put_right(index, blocks);
	fuzz_sound = store_open(&store, index, blocks, dictionary, doc_count,
	                        "fuzz", NULL) == NS_OK && read_all(&store);
	store_release(&store);
	fuzz_free(index);
	fuzz_free(dictionary);
	fuzz_free(blocks);
	return 0;
}
