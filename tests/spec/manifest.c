#include "tests/spec/manifest.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "tests/spec/file.h"

static void newest_find(const char *dir, char newest[32])
{
	DIR *files = opendir(dir);
	must(files, "the index is a directory");
	newest[0] = 0;
	for (struct dirent *file; (file = readdir(files));)
		if (!strncmp(file->d_name, "commit-", 7) &&
		    strlen(file->d_name) == 23 &&
		    strcmp(file->d_name, newest) > 0)
			strcpy(newest, file->d_name);
	closedir(files);
	must(newest[0], "there is a manifest");
}

uint32_t manifest_read(const char *dir, struct manifest_row **out)
{
	char newest[32];
	newest_find(dir, newest);
	struct bytes file = file_read(dir, newest);
	must(file.size >= 36, "size of a manifest");
	struct in in = in_of(file, 0, "manifest");
	opening_check(&in, 'C');
	uint32_t n = u32(&in);
	must(u64(&in) == strtoull(newest + 7, NULL, 16), "generation");
	take(&in, 8);
	must(file.size == 36 + 64ull * n, "size of a manifest");
	*out = room(n, sizeof **out);
	for (struct manifest_row *row = *out; row < *out + n; row++) {
		row->id = take(&in, 16);
		row->size = u64(&in);
		row->footer_crc = u32(&in);
		row->doc_count = u32(&in);
		row->deletes = take(&in, 8);
		row->deletes_crc = u32(&in);
		row->n_dead = u32(&in);
		zeros(&in, 16);
	}
	must(u32(&in) == crc32c(file.at, file.size - 4), "CRC of the manifest");
	return n;
}
