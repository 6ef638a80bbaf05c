#include "index/manifest.h"

#include <errno.h>

#include "base/crc32c.h"
#include "base/varint.h"

enum { HEAD = 32, REF = 64, TAIL = 4 };

void manifest_release(struct manifest *manifest)
{
	mem_free(manifest->segments);
	*manifest = (struct manifest){0};
}

uint64_t manifest_living(const struct manifest *manifest)
{
	uint64_t n = 0;
	for (uint32_t i = 0; i < manifest->n_segments; i++)
		n += manifest->segments[i].doc_count -
		     manifest->segments[i].n_dead;
	return n;
}

static void content_name(const char *kind, const uint8_t id[8],
                         char out[SEGMENT_NAME_SIZE])
{
	uint64_t head = 0;
	for (unsigned i = 0; i < 8; i++)
		head = head << 8 | id[i];
	snprintf(out, SEGMENT_NAME_SIZE, "%s-%016llx", kind,
	         (unsigned long long)head);
}

void manifest_segment_name(const struct manifest_segment *segment,
                           char out[SEGMENT_NAME_SIZE])
{
	content_name("seg", segment->id, out);
}

void manifest_deletes_name(const struct manifest_segment *segment,
                           char out[SEGMENT_NAME_SIZE])
{
	content_name("del", segment->deletes, out);
}

bool manifest_names(const struct manifest *manifest, const char *name)
{
	char own[SEGMENT_NAME_SIZE];
	for (uint32_t i = 0; i < manifest->n_segments; i++) {
		const struct manifest_segment *segment = &manifest->segments[i];
		manifest_segment_name(segment, own);
		if (!strcmp(own, name))
			return true;
		manifest_deletes_name(segment, own);
		if (segment->n_dead && !strcmp(own, name))
			return true;
	}
	return false;
}

void manifest_name(uint64_t generation, char out[SEGMENT_NAME_SIZE])
{
	snprintf(out, SEGMENT_NAME_SIZE, "commit-%016llx",
	         (unsigned long long)generation);
}

uint64_t manifest_parse_name(const char *name)
{
	uint64_t generation = 0;
	if (strncmp(name, "commit-", 7) || strlen(name) != 7 + 16)
		return 0;
	for (const char *c = name + 7; *c; c++) {
		const char *digits = "0123456789abcdef";
		const char *digit = strchr(digits, *c);
		if (!digit)
			return 0;
		generation = generation << 4 | (uint64_t)(digit - digits);
	}
	return generation;
}

int manifest_newest(int dir, const char *place, uint64_t *out,
                    struct ns_error *err)
{
	struct io_names names;
	*out = 0;
	TRY(io_list(dir, &names, place, err));
	for (size_t i = 0; i < names.n; i++)
		*out = max_u64(*out, manifest_parse_name(names.names[i]));
	io_names_release(&names);
	return NS_OK;
}

static bool parse_segment(struct reader *reader,
                          struct manifest_segment *out)
{
	static const uint8_t none[8];
	memcpy(out->id, reader_bytes(reader, 16), 16);
	out->length = reader_u64(reader);
	out->footer_crc = reader_u32(reader);
	out->doc_count = reader_u32(reader);
	memcpy(out->deletes, reader_bytes(reader, 8), 8);
	out->deletes_crc = reader_u32(reader);
	out->n_dead = reader_u32(reader);
	bool clean = !reader_u64(reader);
	clean &= !reader_u64(reader);
	if (!out->n_dead && (out->deletes_crc || memcmp(out->deletes, none, 8)))
		return false;
	return clean && out->n_dead <= out->doc_count;
}

static int parse(struct manifest *out, struct slice bytes, uint64_t generation,
                 const char *place, bool verify, struct ns_error *err)
{
	struct reader reader = reader_of(bytes);
	const uint8_t *magic = reader_bytes(&reader, 8);
	uint16_t major = reader_u16(&reader);
	reader_u16(&reader);
	uint32_t n = reader_u32(&reader);
	out->generation = reader_u64(&reader);
	out->previous = reader_u64(&reader);
	if (reader.bad || memcmp(magic, MANIFEST_MAGIC, 8))
		return err_corrupt(err, place, 0, "is no manifest");
	if (verify && load_u32(bytes.data + bytes.len - TAIL) !=
	              crc32c(0, bytes.data, bytes.len - TAIL))
		return err_corrupt(err, place, 0, "is damaged");
	if (major != FORMAT_MAJOR)
		return err_at(err, NS_E_VERSION, place, -1, 0,
		              FORMAT_OTHER(major),
		              major, FORMAT_MAJOR);
	if (n > MANIFEST_SEGMENTS_MAX ||
	    bytes.len != HEAD + (size_t)n * REF + TAIL ||
	    out->generation != generation || out->previous >= generation)
		return err_corrupt(err, place, 12, "has impossible numbers");
	out->segments = mem_zero((size_t)n + 1, sizeof *out->segments);
	if (!out->segments)
		return err_nomem(err);
	out->n_segments = n;
	for (uint32_t i = 0; i < n; i++)
		if (!parse_segment(&reader, &out->segments[i]))
			return err_corrupt(err, place, -1,
			                   "has impossible numbers");
	return NS_OK;
}

int manifest_read(struct manifest *out, int dir, uint64_t generation,
                  bool verify, struct ns_error *err)
{
	char name[SEGMENT_NAME_SIZE];
	struct buffer bytes;
	*out = (struct manifest){0};
	manifest_name(generation, name);
	buffer_init(&bytes, HEAD + MANIFEST_SEGMENTS_MAX * REF + TAIL);
	int status = io_read_file(dir, name, bytes.max, &bytes, err);
	if (status == NS_E_IO && errno == ENOENT)
		status = err_at(err, NS_E_MISSING, name, -1, 0, "is gone");
	if (status == NS_E_LIMIT)
		status = err_corrupt(err, name, -1, "is too large");
	if (status == NS_OK)
		status = parse(out, slice_of(bytes.data, bytes.len), generation,
		               name, verify, err);
	buffer_release(&bytes);
	if (status != NS_OK)
		manifest_release(out);
	return status;
}

static void fill(const struct manifest *manifest, struct buffer *out)
{
	buffer_append(out, MANIFEST_MAGIC, 8);
	buffer_u16(out, FORMAT_MAJOR);
	buffer_u16(out, FORMAT_MINOR);
	buffer_u32(out, manifest->n_segments);
	buffer_u64(out, manifest->generation);
	buffer_u64(out, manifest->previous);
	for (uint32_t i = 0; i < manifest->n_segments; i++) {
		const struct manifest_segment *segment = &manifest->segments[i];
		buffer_append(out, segment->id, 16);
		buffer_u64(out, segment->length);
		buffer_u32(out, segment->footer_crc);
		buffer_u32(out, segment->doc_count);
		buffer_append(out, segment->deletes, 8);
		buffer_u32(out, segment->deletes_crc);
		buffer_u32(out, segment->n_dead);
		buffer_zeros(out, 16);
	}
	if (out->status == NS_OK)
		buffer_u32(out, crc32c(0, out->data, out->len));
}

static int write_tmp(int dir, const char *name, const struct buffer *bytes,
                     bool synced, struct ns_error *err)
{
	int file = io_open(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
	                   0666);
	if (file < 0)
		return err_io(err, name, "create");
	int status = io_write(file, bytes->data, bytes->len, name, err);
	if (status == NS_OK && synced)
		status = io_sync(file, name, err);
	if (status != NS_OK) {
		io_close(&file);
		return status;
	}
	return io_close_written(&file, name, err);
}

/* The last step: from the rename on the commit may be seen by others. */
static int publish(const struct manifest *manifest, int dir, const char *place,
                   const char *tmp, bool synced, struct ns_error *err)
{
	char name[SEGMENT_NAME_SIZE];
	manifest_name(manifest->generation, name);
	TRY(io_rename_new(dir, tmp, name, err));
	if (!synced || io_table()->fsync(dir) == 0)
		return NS_OK;
	int failure = errno;
	io_table()->unlink(dir, name);
	io_table()->fsync(dir);
	return err_at(err, NS_E_DURABILITY, place, -1, 0,
	              "the outcome is unknown: the folder could not be synced "
	              "(%s); the index is either the old or the new one",
	              strerror(failure));
}

int manifest_write(const struct manifest *manifest, int dir, const char *place,
                   bool synced, struct ns_error *err)
{
	char tmp[64];
	struct buffer bytes;
	snprintf(tmp, sizeof tmp, "tmp-commit-%016llx",
	         (unsigned long long)manifest->generation);
	buffer_init(&bytes, HEAD + MANIFEST_SEGMENTS_MAX * REF + TAIL);
	fill(manifest, &bytes);
	int status = buffer_check(&bytes, err);
	if (status == NS_OK && synced)
		status = io_sync(dir, place, err);
	if (status == NS_OK)
		status = write_tmp(dir, tmp, &bytes, synced, err);
	if (status == NS_OK)
		status = publish(manifest, dir, place, tmp, synced, err);
	if (status != NS_OK)
		io_table()->unlink(dir, tmp);
	buffer_release(&bytes);
	return status;
}
