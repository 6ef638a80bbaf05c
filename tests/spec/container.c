#include "tests/spec/container.h"

#include <string.h>

#include "tests/spec/file.h"

static const char *const chunk_names[CHUNKS] = {
	"info", "lxkt", "lxof", "lxbl", "post", "posn", "pair", "lntx", "lnti",
	"date", "sect", "rank", "skch", "stry", "hdix", "head", "dict", "bdix",
	"body"};

struct table { uint64_t offset; uint32_t n; };

static void header_check(struct bytes file)
{
	struct in in = in_of(file, 0, "header");
	opening_check(&in, 'I');
	zeros(&in, 48);
	must(u32(&in) == crc32c(file.at, 60), "CRC of the header");
}

static struct table footer_read(struct bytes file, const uint8_t id[16],
                                uint32_t footer_crc)
{
	uint8_t hash[16];
	size_t foot = file.size - 64;
	content_hash((struct bytes){file.at, foot}, hash);
	struct in in = in_of(file, foot, "footer");
	struct table out = {.offset = u64(&in)};
	out.n = u32(&in);
	uint32_t table_crc = u32(&in);
	const uint8_t *own_id = take(&in, 16);
	must(!memcmp(own_id, hash, 16), "id is the XXH3-128");
	must(!memcmp(own_id, id, 16), "id is that of the manifest");
	must(u64(&in) == file.size, "length in the footer");
	zeros(&in, 16);
	must(u32(&in) == 0xF5E5F5F2, "bytes F2 F5 E5 F5");
	uint32_t crc = u32(&in);
	must(crc == crc32c(file.at + foot, 60), "CRC of the footer");
	must(crc == footer_crc, "CRC of the footer in the manifest");

	must(out.offset % 64 == 0 && out.offset + 32ull * out.n == foot,
	     "place of the table");
	must(crc32c(file.at + out.offset, 32 * out.n) == table_crc,
	     "CRC of the table");
	return out;
}

static void chunks_read(struct segment *seg, struct bytes file,
                        struct table table)
{
	struct in in = in_of(file, table.offset, "table");
	size_t at = 64, kind = 0;
	for (uint32_t i = 0; i < table.n; i++, kind++) {
		const char *name = (const char *)take(&in, 4);
		while (kind < CHUNKS && memcmp(name, chunk_names[kind], 4))
			kind++;
		must(kind < CHUNKS, "chunks are known and in order");
		zeros(&in, 4);
		uint64_t offset = u64(&in), size = u64(&in);
		must(offset == at && size <= table.offset - at,
		     "place of a chunk");
		must(u32(&in) == crc32c(file.at + at, size), "CRC of a chunk");
		zeros(&in, 4);
		seg->chunks[kind] = (struct bytes){file.at + at, size};
		at = (at + size + 64 + 63) / 64 * 64;
		struct in padding = in_of(file, offset + size, "padding");
		zeros(&padding, at - offset - size);
	}
	must(at == table.offset, "the table follows the last chunk");
	for (kind = 0; kind < DICT; kind++)
		must(seg->chunks[kind].at || kind == PAIR ||
		     (kind >= RANK && kind <= STRY),
		     "no chunk is missing");
}

void container_read(struct segment *seg, struct bytes file, const uint8_t id[16],
                    uint32_t footer_crc)
{
	must(file.size >= 128, "a segment has a header and a footer");
	header_check(file);
	chunks_read(seg, file, footer_read(file, id, footer_crc));
}
