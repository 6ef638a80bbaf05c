#include "index/deletes.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/crc32c.h"
#include "base/varint.h"

size_t deletes_bitmap_size(uint32_t doc_count)
{
	return ((size_t)doc_count + 63) / 64 * 8;
}

size_t deletes_file_size(uint32_t doc_count)
{
	return DELETES_HEAD + deletes_bitmap_size(doc_count) + DELETES_TAIL;
}

static uint32_t count(const uint8_t *bitmap, uint32_t doc_count)
{
	uint64_t n = 0;
	for (size_t i = 0; i < deletes_bitmap_size(doc_count); i += 8)
		n += (unsigned)__builtin_popcountll(load_u64(bitmap + i));
	return (uint32_t)n;
}

int deletes_fill(struct manifest_segment *segment, const uint8_t *bitmap,
                 struct buffer *out, struct ns_error *err)
{
	segment->n_dead = count(bitmap, segment->doc_count);
	ASSERT_REL(segment->n_dead, >, 0u);
	buffer_append(out, DELETES_MAGIC, 8);
	buffer_u16(out, FORMAT_MAJOR);
	buffer_u16(out, FORMAT_MINOR);
	buffer_u32(out, segment->doc_count);
	buffer_append(out, segment->id, sizeof segment->id);
	buffer_u32(out, segment->n_dead);
	buffer_u32(out, 0);
	buffer_append(out, bitmap, deletes_bitmap_size(segment->doc_count));
	TRY(buffer_check(out, err));
	segment->deletes_crc = crc32c(0, out->data, out->len);
	buffer_u32(out, segment->deletes_crc);
	TRY(buffer_check(out, err));
	XXH128_canonical_t id;
	XXH128_canonicalFromHash(&id, XXH3_128bits(out->data, out->len));
	memcpy(segment->deletes, id.digest, sizeof segment->deletes);
	return NS_OK;
}

static int parse_head(const struct manifest_segment *segment,
                      struct slice file, const char *name, struct ns_error *err)
{
	struct reader reader = reader_of(file);
	const uint8_t *magic = reader_bytes(&reader, 8);
	uint16_t major = reader_u16(&reader);
	reader_u16(&reader);
	if (memcmp(magic, DELETES_MAGIC, 8))
		return err_corrupt(err, name, 0, "does not say who is dead");
	if (major != FORMAT_MAJOR)
		return err_at(err, NS_E_VERSION, name, -1, 0,
		              FORMAT_OTHER(major),
		              major, FORMAT_MAJOR);
	bool good = reader_u32(&reader) == segment->doc_count;
	good &= !memcmp(reader_bytes(&reader, 16), segment->id, 16);
	good &= reader_u32(&reader) == segment->n_dead;
	good &= reader_u32(&reader) == 0;
	return good ? NS_OK : err_corrupt(err, name, 12,
	                                  "belongs to another segment");
}

/* Bits behind the last doc would be counted, and stand for nothing. */
static bool ends_clean(const uint8_t *bitmap, uint32_t doc_count)
{
	for (uint64_t doc = doc_count; doc % 64; doc++)
		if (bitmap[doc >> 3] >> (doc & 7) & 1)
			return false;
	return true;
}

int deletes_parse(const struct manifest_segment *segment, struct slice file,
                  bool verify, const uint8_t **bitmap, struct ns_error *err)
{
	char name[SEGMENT_NAME_SIZE];
	manifest_deletes_name(segment, name);
	if (file.len != deletes_file_size(segment->doc_count))
		return err_corrupt(err, name, -1, "has a wrong length");
	const uint8_t *end = file.data + file.len - DELETES_TAIL;
	if (verify && (load_u32(end) != segment->deletes_crc ||
	               crc32c(0, file.data, file.len - DELETES_TAIL) !=
	               segment->deletes_crc))
		return err_corrupt(err, name, -1, "is damaged");
	TRY(parse_head(segment, file, name, err));
	*bitmap = file.data + DELETES_HEAD;
	if (verify && (count(*bitmap, segment->doc_count) != segment->n_dead ||
	               !ends_clean(*bitmap, segment->doc_count)))
		return err_corrupt(err, name, DELETES_HEAD,
		                   "marks another number of docs than it says");
	return NS_OK;
}
