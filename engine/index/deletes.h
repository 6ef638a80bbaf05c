/* deletes.h — which docs of a segment are dead?
 *
 * Segments never change: a doc that was deleted, or gave way to a newer one with
 * the same id, is marked in a small file beside its segment, a bit for each doc
 * (FORMAT.md, "Deletes").  Statistics go on counting it until a merge leaves it
 * out.  A new commit writes a new file; like a segment it is named by its
 * contents.
 *
 * Not taken: a list of the dead (smaller while few are, but every ranker would
 * have to walk it; a bit is one look).
 */
#ifndef NS_INDEX_DELETES_H
#define NS_INDEX_DELETES_H

#include "base/mem.h"
#include "index/manifest.h"

enum { DELETES_HEAD = 40, DELETES_TAIL = 4 };

/* Bytes of the bitmap, and of the file. */
size_t deletes_bitmap_size(uint32_t doc_count);
size_t deletes_file_size(uint32_t doc_count);

/* Is doc marked?  bitmap NULL: nothing is. */
static inline bool deletes_has(const uint8_t *bitmap, uint32_t doc)
{
	return bitmap && (bitmap[doc >> 3] >> (doc & 7) & 1);
}

/* Writes the file of a segment with bits of doc_count docs into out, and fills
 * the members of *segment that name it. */
int deletes_fill(struct manifest_segment *segment, const uint8_t *bitmap,
                 struct buffer *out, struct ns_error *err);

/* Finds the bitmap in the file that *segment names; it points into file. */
int deletes_parse(const struct manifest_segment *segment, struct slice file,
                  bool verify, const uint8_t **bitmap, struct ns_error *err);

#endif
