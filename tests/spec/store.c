#include "tests/spec/store.h"

#include <stdlib.h>

#include <zstd.h>

#include "tests/spec/file.h"

struct store {
	struct bytes index, data, dict;
	unsigned n_texts;  /* of a doc */
	struct bytes *ids; /* where the first text goes, or NULL */
};

/* The texts of a block, in memory of their own; returns its size as stored. */
static size_t block_unpack(ZSTD_DCtx *zstd, const struct store *store,
                           uint64_t at, struct bytes *out)
{
	struct in block = in_of(store->data, at, "stored block");
	uint32_t size = u32(&block), packed = u32(&block);
	uint32_t crc = u32(&block);
	const uint8_t *frame = take(&block, packed);
	must(crc == crc32c(frame, packed), "CRC of a stored block");
	must(size <= 32u << 20, "raw_len is at most 32 MiB");
	must(ZSTD_getFrameContentSize(frame, packed) == size,
	     "a frame with its content size");
	uint8_t *raw = room(size, 1);
	must(ZSTD_decompress_usingDict(zstd, raw, size, frame, packed,
	     store->dict.at, store->dict.size) == size, "a zstd frame");
	*out = (struct bytes){raw, size};
	return 12 + packed;
}

/* Docs [doc, next). */
static void block_read(const struct store *store, struct bytes raw, uint32_t doc,
                       uint32_t next)
{
	struct in ends = in_of(raw, 0, "raw block"), record = ends;
	must(u32(&ends) == next - doc && next > doc, "docs of a block");
	take(&record, 4 + 4ull * (next - doc));
	const uint8_t *base = record.at;
	for (; doc < next; doc++) {
		for (unsigned i = 0; i < store->n_texts; i++) {
			struct bytes got = text(&record);
			if (store->ids && !i)
				store->ids[doc] = got;
		}
		must(record.at == base + u32(&ends), "end of a record");
	}
	must(record.at == record.end, "a block ends with its records");
}

static void blocks_read(const struct store *store, uint32_t doc_count)
{
	struct in in = in_of(store->index, 0, "hdix or bdix");
	uint32_t n = u32(&in), doc = 0;
	zeros(&in, 4);
	struct in first = {in.at, take(&in, 4ull * n) + 4ull * n, "first_doc"};
	zeros(&in, n % 2 * 4);
	must(!n || !u32(&first), "the first block starts with doc 0");
	ZSTD_DCtx *zstd = ZSTD_createDCtx();
	uint64_t at = u64(&in);
	must(zstd && at == 0, "the first block starts at 0");
	for (uint32_t k = 0; k < n; k++) {
		uint32_t next = k + 1 < n ? u32(&first) : doc_count;
		struct bytes raw;
		at += block_unpack(zstd, store, at, &raw);
		block_read(store, raw, doc, next);
		doc = next;
		if (!store->ids)
			free((void *)raw.at);
		must(u64(&in) == at, "offset of a stored block");
	}
	must(doc == doc_count && at == store->data.size, "all docs are stored");
	must(in.at == in.end, "hdix and bdix end with the offsets");
	ZSTD_freeDCtx(zstd);
}

void store_read(struct segment *seg, bool with_bodies)
{
	const struct bytes *chunks = seg->chunks;
	seg->ids = room(seg->doc_count, sizeof *seg->ids);
	struct store heads = {chunks[HDIX], chunks[HEAD], {0}, 9, seg->ids};
	struct store bodies = {chunks[BDIX], chunks[BODY], chunks[DICT], 3,
	                       NULL};
	blocks_read(&heads, seg->doc_count);
	if (with_bodies)
		blocks_read(&bodies, seg->doc_count);
}
