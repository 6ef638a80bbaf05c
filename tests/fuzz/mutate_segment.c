/* mutate_segment.c — how does a fuzzer damage a chunk and leave the file a file?
 *
 * libFuzzer's own mutations reach one chunk of a segment; the file is then put
 * together again around it, with the table and the footer that belong to it.  One
 * in sixteen hits the file as it lies.
 */
#include "format/container.h"
#include "tests/fuzz/fuzz.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most,
                               unsigned seed);

/* Pads to where the next chunk may begin. */
static void pad(struct buffer *out)
{
	buffer_zeros(out, CHUNK_PADDING);
	buffer_zeros(out, -out->len & (CHUNK_ALIGN - 1));
}

static void put_footer(const struct container *from, const struct buffer *table,
                       struct buffer *out)
{
	const uint8_t *old = from->file.data + from->file.len - FOOTER_SIZE;
	uint64_t at = out->len;
	buffer_append(out, table->data, table->len);
	buffer_u64(out, at);
	buffer_u32(out, (uint32_t)(table->len / ENTRY_SIZE));
	buffer_append(out, old + 12, 20);
	buffer_u64(out, out->len + 32); /* bytes of the file */
	buffer_append(out, old + 40, 24);
}

/* The file `from` with other contents of one chunk. */
static void rebuild(const struct container *from, unsigned changed,
                    struct slice with, struct buffer *out)
{
	struct buffer table;
	buffer_init(&table, SIZE_MAX);
	buffer_append(out, from->file.data, HEADER_SIZE);
	for (unsigned i = 0; i < CHUNKS; i++) {
		struct slice chunk = i == changed ? with : from->chunk[i];
		if (!from->chunk[i].data)
			continue;
		buffer_append(&table, chunk_name(i), 4);
		buffer_u32(&table, 0);
		buffer_u64(&table, out->len);
		buffer_u64(&table, chunk.len);
		buffer_u64(&table, 0);
		if (chunk.len)
			buffer_append(out, chunk.data, chunk.len);
		pad(out);
	}
	put_footer(from, &table, out);
	buffer_release(&table);
}

static size_t mutate_chunk(const struct container *from, unsigned chunk,
                           uint8_t *data, size_t size, size_t most)
{
	struct slice old = from->chunk[chunk];
	size_t room = old.len + min_size(64, most - size);
	uint8_t *bytes = fuzz_alloc(room);
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	if (old.len)
		memcpy(bytes, old.data, old.len);
	size_t n = LLVMFuzzerMutate(bytes, old.len, room);
	rebuild(from, chunk, slice_of(bytes, n), &out);
	free(bytes);
	if (out.status == NS_OK && out.len <= most) {
		memcpy(data, out.data, out.len);
		size = out.len;
	}
	buffer_release(&out);
	return size;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most,
                               unsigned seed)
{
	struct random random = {seed, seed};
	struct container container;
	uint8_t *copy = fuzz_alloc(size);
	if (size)
		memcpy(copy, data, size);
	unsigned chunk = random_below(&random, CHUNKS);
	if (!random_below(&random, 16) ||
	    container_open(&container, slice_of(copy, size), "fuzz", false,
	                   NULL) != NS_OK || !container.chunk[chunk].data)
		size = LLVMFuzzerMutate(data, size, most);
	else
		size = mutate_chunk(&container, chunk, data, size, most);
	free(copy);
	return size;
}
