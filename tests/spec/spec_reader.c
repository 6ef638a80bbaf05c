/* spec_reader.c — does FORMAT.md say what the files hold?
 *
 *     spec_reader DIR        prints every list of the index in DIR
 *
 * A second decoder, written from engine/FORMAT.md alone: it shares no line with
 * the engine (tests/floors.sh).  What it prints is compared with `nsindex dump`.
 * Beside what it prints it checks what the page says of the rest: checksums,
 * ids, padding, bounds, lengths, columns, heads and bodies, the lists of pairs
 * against positions, and stories against docs.  Exit code 1 and a sentence
 * where the files are not as the page says.
 */
#include <stdio.h>

#include "tests/spec/columns.h"
#include "tests/spec/container.h"
#include "tests/spec/deletes.h"
#include "tests/spec/file.h"
#include "tests/spec/info.h"
#include "tests/spec/lexicon.h"
#include "tests/spec/lists.h"
#include "tests/spec/manifest.h"
#include "tests/spec/pairs.h"
#include "tests/spec/store.h"
#include "tests/spec/stories.h"

/* What is read stays until the end: no leak is looked for. */
__attribute__((visibility("default")))
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0"; }

static void segment_dump(const char *dir, const struct manifest_row *row)
{
	char name[32];
	struct segment seg = {0};
	content_name(name, "seg", row->id);
	struct bytes file = file_read(dir, name);
	must(file.size == row->size, "length of a segment");
	container_read(&seg, file, row->id, row->footer_crc);
	bool stored = info_read(&seg);
	must(row->doc_count == seg.doc_count, "doc_count of the manifest");
	must(stored == (seg.chunks[BODY].at != NULL) &&
	     stored == (seg.chunks[BDIX].at != NULL), "text is stored");
	deletes_read(&seg, dir, row);
	columns_read(&seg);
	store_read(&seg, stored);
	lexicon_read(&seg);
	printf("segment %s\n", name);
	lists_dump(&seg);
	pairs_dump(&seg);
	stories_dump(&seg);
}

int main(int argc, char **argv)
{
	struct manifest_row *rows;
	if (argc != 2)
		die("usage: spec_reader DIR");
	uint32_t n = manifest_read(argv[1], &rows);
	for (uint32_t i = 0; i < n; i++)
		segment_dump(argv[1], &rows[i]);
	return fflush(stdout) ? 1 : 0;
}
