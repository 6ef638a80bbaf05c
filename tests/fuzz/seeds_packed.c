/* Packed files, as libarchive writes them: every archive and every layer. */
#include <archive.h>
#include <archive_entry.h>

#include "tests/fuzz/seeds.h"
#include "tests/scratch.h"

static const char *const formats[] = {"ustar", "pax", "gnutar", "v7tar", "cpio",
                                      "newc", "zip", "raw"};
static const char *const layers[] = {NULL, "gzip", "bzip2", "xz", "lzma", "zstd",
                                     "lz4", "compress"};

static void put(struct archive *archive, const char *name, const char *text)
{
	struct archive_entry *entry = archive_entry_new();
	archive_entry_set_pathname(entry, name);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_size(entry, (la_int64_t)strlen(text));
	if (archive_write_header(archive, entry) < ARCHIVE_WARN ||
	    archive_write_data(archive, text, strlen(text)) < 0)
		scratch_die("seeds: %s", archive_error_string(archive));
	archive_entry_free(entry);
}

static void pack(const char *format, const char *layer, struct buffer *out)
{
	enum { ROOM = 1 << 16 };
	size_t used = 0;
	struct archive *archive = archive_write_new();
	if (archive_write_set_format_by_name(archive, format) != ARCHIVE_OK ||
	    (layer && archive_write_add_filter_by_name(archive, layer) !=
	               ARCHIVE_OK))
		scratch_die("seeds: %s", archive_error_string(archive));
	archive_write_set_bytes_in_last_block(archive, 1);
	uint8_t *room = buffer_reserve(out, ROOM);
	if (!room || archive_write_open_memory(archive, room, ROOM, &used) !=
	    ARCHIVE_OK)
		scratch_die("seeds: no archive");
	put(archive, "a.jsonl", "{\"title\":\"one\"}\n{\"title\":\"two\"}\n");
	if (strcmp(format, "raw") != 0)
		put(archive, "deep/b.txt", "three\nand its text\n");
	if (archive_write_close(archive) != ARCHIVE_OK)
		scratch_die("seeds: %s", archive_error_string(archive));
	archive_write_free(archive);
	out->len = used;
}

/* 7z is no seed: it is read from regular files alone, which no input is. */
void seeds_of_packed(void)
{
	struct buffer bytes;
	buffer_init(&bytes, 1 << 20);
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		for (size_t k = 0; k < ARRAY_LEN(layers); k++) {
			pack(formats[i], layers[k], &bytes);
			seed_keep("auto", &bytes);
		}
	}
	buffer_release(&bytes);
}
