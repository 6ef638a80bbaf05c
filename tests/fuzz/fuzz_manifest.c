/* fuzz_manifest.c — do manifests and deletes hold against any bytes?
 *
 * Input: bytes of the manifest (u16), the manifest, then a file of deletes for
 * its first segment.  Both are read with and without checksums; the file calls
 * are answered from memory.  With flag 0x8000 in the length, checksums are put
 * right first, so that what a check looks at behind them is tried as well.
 */
#include <errno.h>

#include "base/crc32c.h"
#include "tests/fuzz/fuzz.h"
#include "index/deletes.h"

/* ---- one file, in memory ------------------------------------------------- */

static struct slice file;
static size_t at;

static int memory_open(int dir, const char *path, int flags, mode_t mode)
{
	(void)dir, (void)path, (void)flags, (void)mode;
	at = 0;
	return 1000;
}

static int memory_close(int handle)
{
	(void)handle;
	return 0;
}

static ssize_t memory_read(int handle, void *out, size_t n)
{
	(void)handle;
	n = min_size(n, file.len - at);
	if (n)
		memcpy(out, file.data + at, n);
	at += n;
	return (ssize_t)n;
}

static ssize_t memory_pread(int handle, void *out, size_t n, off_t offset)
{
	at = min_size((size_t)offset, file.len);
	return memory_read(handle, out, n);
}

static int memory_fstat(int handle, struct stat *out)
{
	(void)handle;
	*out = (struct stat){.st_mode = S_IFREG,
	                     .st_size = (off_t)file.len};
	return 0;
}

/* ---- the target ---------------------------------------------------------- */

static void put_right(struct slice bytes)
{
	uint8_t *data = (uint8_t *)(uintptr_t)bytes.data;
	if (bytes.len > 4)
		store_u32(data + bytes.len - 4, crc32c(0, data, bytes.len - 4));
}

static void check_manifest(const struct manifest *manifest)
{
	char name[SEGMENT_NAME_SIZE];
	uint64_t docs = 0;
	for (uint32_t i = 0; i < manifest->n_segments; i++) {
		const struct manifest_segment *segment = &manifest->segments[i];
		manifest_segment_name(segment, name);
		ASSERT_REL(manifest_names(manifest, name), ==, true);
		ASSERT_REL(manifest_parse_name(name), ==, 0);
		docs += segment->doc_count;
	}
	ASSERT_REL(manifest_living(manifest), <=, docs);
	manifest_name(manifest->generation, name);
	ASSERT_REL(manifest_parse_name(name), ==, manifest->generation);
}

static bool read_deletes(const struct manifest_segment *segment,
                         struct slice bytes, bool verify)
{
	const uint8_t *bitmap;
	uint64_t n = 0;
	if (deletes_parse(segment, bytes, verify, &bitmap, NULL) != NS_OK)
		return false;
	for (uint32_t doc = 0; doc < segment->doc_count; doc++)
		n += deletes_has(bitmap, doc);
	if (verify)
		ASSERT_REL(n, ==, segment->n_dead);
	return true;
}

/* Reads the manifest, then the deletes of its first segment. */
static bool read_both(struct slice bytes, struct slice deletes, bool verify,
                      bool right)
{
	struct manifest manifest;
	uint64_t generation = bytes.len >= 24 ? load_u64(bytes.data + 16) : 0;
	file = bytes;
	if (manifest_read(&manifest, 0, generation, verify, NULL) != NS_OK)
		return false;
	check_manifest(&manifest);
	bool good = true;
	if (manifest.n_segments && deletes.len) {
		struct manifest_segment segment = manifest.segments[0];
		if (right && deletes.len > 4)
			segment.deletes_crc = load_u32(deletes.data +
			                               deletes.len - 4);
		good = read_deletes(&segment, deletes, verify);
	}
	manifest_release(&manifest);
	return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader reader = {data, data + size, false};
	struct io_table table = io_system;
	table.open = memory_open;
	table.close = memory_close;
	table.read = memory_read;
	table.pread = memory_pread;
	table.fstat = memory_fstat;
	uint16_t head = reader_u16(&reader);
	bool right = head & 0x8000;
	struct slice bytes = fuzz_exact(&reader, head & 0x7fff);
	struct slice deletes = fuzz_exact(&reader, reader_left(&reader));
	if (right) {
		put_right(bytes);
		put_right(deletes);
	}
	io_set_table(&table);
	fuzz_sound = read_both(bytes, deletes, true, right);
	read_both(bytes, deletes, false, right);
	io_set_table(NULL);
	fuzz_free(bytes);
	fuzz_free(deletes);
	return 0;
}
