#include "format/container.h"

#include "base/crc32c.h"
#include "base/varint.h"

#define XXH_STATIC_LINKING_ONLY
#include <xxhash.h>

static const char names[CHUNKS][5] = {
	[CHUNK_INFO] = "info",
	[CHUNK_LEXICON_KEYS] = "lxkt",
	[CHUNK_LEXICON_OFFSETS] = "lxof",
	[CHUNK_LEXICON_BLOCKS] = "lxbl",
	[CHUNK_POSTINGS] = "post",
	[CHUNK_POSITIONS] = "posn",
	[CHUNK_PAIRS] = "pair",
	[CHUNK_LENGTHS_TEXT] = "lntx",
	[CHUNK_LENGTHS_TITLE] = "lnti",
	[CHUNK_DATE] = "date",
	[CHUNK_SECTION] = "sect",
	[CHUNK_RANK] = "rank",
	[CHUNK_SKETCHES] = "skch",
	[CHUNK_STORIES] = "stry",
	[CHUNK_HEAD_INDEX] = "hdix",
	[CHUNK_HEADS] = "head",
	[CHUNK_DICTIONARY] = "dict",
	[CHUNK_BODY_INDEX] = "bdix",
	[CHUNK_BODIES] = "body",
};

static const uint8_t end_magic[4] = {0xF2, 0xF5, 0xE5, 0xF5};

const char *chunk_name(enum chunk chunk)
{
	return names[chunk];
}

static bool may_be_absent(unsigned chunk)
{
	return chunk == CHUNK_PAIRS ||
	       (chunk >= CHUNK_RANK && chunk <= CHUNK_STORIES) ||
	       chunk >= CHUNK_DICTIONARY;
}

/* ---- reading ------------------------------------------------------------- */

static int check_header(struct slice file, const char *place, bool verify,
                        struct ns_error *err)
{
	if (file.len < HEADER_SIZE + FOOTER_SIZE)
		return err_corrupt(err, place, (int64_t)file.len,
		                   "the file ends early");
	if (memcmp(file.data, SEGMENT_MAGIC, 8))
		return err_corrupt(err, place, 0, "is no segment");
	if (verify && load_u32(file.data + 60) != crc32c(0, file.data, 60))
		return err_corrupt(err, place, 0, "the header is damaged");
	if (load_u16(file.data + 8) != FORMAT_MAJOR)
		return err_at(err, NS_E_VERSION, place, -1, 0,
		              FORMAT_OTHER(load_u16(file.data + 8)),
		              load_u16(file.data + 8), FORMAT_MAJOR);
	return NS_OK;
}

static int check_footer(const uint8_t *footer, struct slice file,
                        const char *place, bool verify, struct ns_error *err)
{
	int64_t at = (int64_t)(file.len - FOOTER_SIZE);
	if (memcmp(footer + 56, end_magic, sizeof end_magic))
		return err_corrupt(err, place, at, "the file ends early");
	if (verify && load_u32(footer + 60) != crc32c(0, footer, 60))
		return err_corrupt(err, place, at, "the footer is damaged");
	if (load_u64(footer + 32) != file.len)
		return err_corrupt(err, place, at, "has a wrong length");
	return NS_OK;
}

/* The chunk with this name behind chunk number `last`, or CHUNKS. */
static unsigned chunk_of(const uint8_t *name, int last)
{
	for (unsigned i = (unsigned)(last + 1); i < CHUNKS; i++)
		if (!memcmp(name, names[i], 4))
			return i;
	return CHUNKS;
}

static int read_entry(struct container *out, const uint8_t *entry,
                      uint64_t table, uint64_t *next, int *last,
                      const char *place, struct ns_error *err)
{
	unsigned chunk = chunk_of(entry, *last);
	uint64_t offset = load_u64(entry + 8), len = load_u64(entry + 16);
	if (chunk == CHUNKS)
		return err_corrupt(err, place, -1,
		                   "the table of chunks is out of order");
	if (offset != *next || offset > table || len > table - offset ||
	    table - offset - len < CHUNK_PADDING)
		return err_corrupt(err, place, (int64_t)offset,
		                   "%s: lies outside of the file",
		                   names[chunk]);
	*next = (offset + len + CHUNK_PADDING + CHUNK_ALIGN - 1) &
	        ~(uint64_t)(CHUNK_ALIGN - 1);
	*last = (int)chunk;
	out->chunk[chunk] = slice_of(out->file.data + offset, (size_t)len);
	out->crc[chunk] = load_u32(entry + 24);
	return NS_OK;
}

static int read_table(struct container *out, const uint8_t *footer,
                      const char *place, bool verify, struct ns_error *err)
{
	uint64_t table = load_u64(footer), n = load_u32(footer + 8);
	uint64_t end = out->file.len - FOOTER_SIZE;
	if (n > CHUNKS || table > end || end - table != n * ENTRY_SIZE)
		return err_corrupt(err, place, (int64_t)table,
		                   "the table of chunks has a wrong size");
	const uint8_t *entry = out->file.data + table;
	if (verify && load_u32(footer + 12) !=
	              crc32c(0, entry, (size_t)n * ENTRY_SIZE))
		return err_corrupt(err, place, (int64_t)table,
		                   "the table of chunks is damaged");
	uint64_t next = HEADER_SIZE;
	int last = -1;
	for (uint64_t i = 0; i < n; i++, entry += ENTRY_SIZE)
		TRY(read_entry(out, entry, table, &next, &last, place, err));
	if (next != table)
		return err_corrupt(err, place, (int64_t)table,
		                   "the table of chunks is not behind them");
	for (unsigned i = 0; i < CHUNKS; i++)
		if (!out->chunk[i].data && !may_be_absent(i))
			return err_corrupt(err, place, -1,
			                   "the chunk %s is missing", names[i]);
	return NS_OK;
}

int container_open(struct container *out, struct slice file, const char *place,
                   bool verify, struct ns_error *err)
{
	*out = (struct container){.file = file};
	TRY(check_header(file, place, verify, err));
	const uint8_t *footer = file.data + file.len - FOOTER_SIZE;
	TRY(check_footer(footer, file, place, verify, err));
	memcpy(out->id, footer + 16, sizeof out->id);
	out->footer_crc = load_u32(footer + 60);
	return read_table(out, footer, place, verify, err);
}

static bool all_zero(const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bytes[i])
			return false;
	return true;
}

void container_forget(const struct container *container)
{
	if (container->mapped)
		io_forget(container->file.data, container->file.len);
}

/* The state wants 64-byte alignment: it lies somewhere in a larger block. */
static XXH3_state_t *align_hash(void *block)
{
	return (XXH3_state_t *)(((uintptr_t)block + 63) & ~(uintptr_t)63);
}

enum { HASH_BLOCK = sizeof(XXH3_state_t) + 64, PIECE = 4 << 20 };

/* Adds bytes to the id, and to a checksum. */
static uint32_t check_bytes(const struct container *container,
                            XXH3_state_t *hash, const uint8_t *bytes, size_t n)
{
	uint32_t crc = 0;
	for (size_t at = 0; at < n; at += PIECE) {
		size_t piece = min_size(PIECE, n - at);
		XXH3_128bits_update(hash, bytes + at, piece);
		crc = crc32c(crc, bytes + at, piece);
		if (piece == PIECE)
			container_forget(container);
	}
	return crc;
}

static int check_chunks(const struct container *container, XXH3_state_t *hash,
                        const char *place, struct ns_error *err)
{
	const struct slice file = container->file;
	const uint8_t *next = file.data;
	for (unsigned i = 0; i < CHUNKS; i++) {
		struct slice chunk = container->chunk[i];
		if (!chunk.data)
			continue;
		/* what lies between them */
		check_bytes(container, hash, next, (size_t)(chunk.data - next));
		if (check_bytes(container, hash, chunk.data, chunk.len) !=
		    container->crc[i])
			return err_corrupt(err, place,
			                   chunk.data - file.data,
			                   "%s: is damaged", names[i]);
		next = chunk.data + chunk.len;
	}
	const uint8_t *footer = file.data + file.len - FOOTER_SIZE;
	check_bytes(container, hash, next, (size_t)(footer - next));
	if (!all_zero(file.data + 12, 48) || !all_zero(footer + 40, 16))
		return err_corrupt(err, place, 12,
		                   "bytes that must be zero are not");
	return NS_OK;
}

int container_check(const struct container *container, const char *place,
                    struct ns_error *err)
{
	uint8_t block[HASH_BLOCK];
	XXH3_state_t *hash = align_hash(block);
	XXH128_canonical_t id;
	XXH3_128bits_reset(hash);
	TRY(check_chunks(container, hash, place, err));
	XXH128_canonicalFromHash(&id, XXH3_128bits_digest(hash));
	if (memcmp(id.digest, container->id, sizeof container->id))
		return err_corrupt(err, place, -1,
		                   "its contents do not have its id");
	return NS_OK;
}

/* ---- writing ------------------------------------------------------------- */

static XXH3_state_t *hash_of(const struct container_writer *writer)
{
	return align_hash(writer->hash);
}

/* Bytes go to the file through the hash, in pieces of PENDING. */
enum { PENDING = 1 << 18 };

static int write_pending(struct container_writer *writer, struct ns_error *err)
{
	TRY(buffer_check(&writer->pending, err));
	if (!writer->pending.len)
		return NS_OK;
	XXH3_128bits_update(hash_of(writer), writer->pending.data,
	                    writer->pending.len);
	TRY(io_write(writer->file, writer->pending.data, writer->pending.len,
	             writer->place, err));
	buffer_clear(&writer->pending);
	return NS_OK;
}

static int append(struct container_writer *writer, const void *data, size_t n,
                  struct ns_error *err)
{
	const uint8_t *bytes = data;
	writer->offset += n;
	while (n) {
		size_t part = min_size(n, PENDING - writer->pending.len);
		buffer_append(&writer->pending, bytes, part);
		bytes += part;
		n -= part;
		if (writer->pending.len == PENDING ||
		    writer->pending.status != NS_OK)
			TRY(write_pending(writer, err));
	}
	return NS_OK;
}

int container_writer_init(struct container_writer *writer, int file,
                          const char *place, struct ns_error *err)
{
	uint8_t header[HEADER_SIZE] = {0};
	*writer = (struct container_writer){.file = file, .place = place};
	buffer_init(&writer->table, CHUNKS * ENTRY_SIZE);
	buffer_init(&writer->pending, PENDING);
	writer->hash = mem_zero(1, HASH_BLOCK);
	if (!writer->hash)
		return err_nomem(err);
	XXH3_INITSTATE(hash_of(writer));
	XXH3_128bits_reset(hash_of(writer));
	memcpy(header, SEGMENT_MAGIC, 8);
	store_u16(header + 8, FORMAT_MAJOR);
	store_u16(header + 10, FORMAT_MINOR);
	store_u32(header + 60, crc32c(0, header, 60));
	return append(writer, header, sizeof header, err);
}

void container_writer_release(struct container_writer *writer)
{
	buffer_release(&writer->table);
	buffer_release(&writer->pending);
	mem_free(writer->hash);
	writer->hash = NULL;
}

int container_begin(struct container_writer *writer, enum chunk chunk,
                    struct ns_error *err)
{
	ASSERT_REL(writer->offset % CHUNK_ALIGN, ==, 0);
	buffer_append(&writer->table, names[chunk], 4);
	buffer_u32(&writer->table, 0);
	buffer_u64(&writer->table, writer->offset);
	writer->chunk_start = writer->offset;
	writer->crc = 0;
	writer->n_chunks++;
	return buffer_check(&writer->table, err);
}

int container_append(struct container_writer *writer, const void *data,
                     size_t n, struct ns_error *err)
{
	if (!n)
		return NS_OK;
	writer->crc = crc32c(writer->crc, data, n);
	return append(writer, data, n, err);
}

int container_end(struct container_writer *writer, struct ns_error *err)
{
	static const uint8_t zeros[CHUNK_PADDING + CHUNK_ALIGN];
	buffer_u64(&writer->table, writer->offset - writer->chunk_start);
	buffer_u32(&writer->table, writer->crc);
	buffer_u32(&writer->table, 0);
	TRY(buffer_check(&writer->table, err));
	size_t padding = CHUNK_PADDING + (-writer->offset & (CHUNK_ALIGN - 1));
	return append(writer, zeros, padding, err);
}

int container_chunk(struct container_writer *writer, enum chunk chunk,
                    const struct buffer *data, struct ns_error *err)
{
	TRY(container_begin(writer, chunk, err));
	TRY(container_append(writer, data->data, data->len, err));
	return container_end(writer, err);
}

int container_finish(struct container_writer *writer, uint8_t id[16],
                     uint32_t *footer_crc, uint64_t *length,
                     struct ns_error *err)
{
	uint8_t footer[FOOTER_SIZE] = {0};
	XXH128_canonical_t canonical;
	uint64_t table = writer->offset;
	TRY(append(writer, writer->table.data, writer->table.len, err));
	TRY(write_pending(writer, err));
	XXH128_canonicalFromHash(&canonical,
	                         XXH3_128bits_digest(hash_of(writer)));
	memcpy(id, canonical.digest, 16);
	*length = writer->offset + FOOTER_SIZE;
	store_u64(footer, table);
	store_u32(footer + 8, writer->n_chunks);
	store_u32(footer + 12, crc32c(0, writer->table.data,
	                              writer->table.len));
	memcpy(footer + 16, id, 16);
	store_u64(footer + 32, *length);
	memcpy(footer + 56, end_magic, sizeof end_magic);
	*footer_crc = crc32c(0, footer, 60);
	store_u32(footer + 60, *footer_crc);
	return io_write(writer->file, footer, sizeof footer, writer->place, err);
}
