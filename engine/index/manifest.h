/* manifest.h — which files are a commit?  (FORMAT.md, "Manifest") */
#ifndef NS_INDEX_MANIFEST_H
#define NS_INDEX_MANIFEST_H

#include "base/io.h"
#include "format/layout.h"

enum { MANIFEST_SEGMENTS_MAX = 4096, SEGMENT_NAME_SIZE = 24 };

struct manifest_segment {
	uint8_t id[16];
	uint64_t length;
	uint32_t footer_crc, doc_count;
	/* which of its docs are dead (deletes.h); all zero: none */
	uint8_t deletes[8];
	uint32_t deletes_crc, n_dead;
};

struct manifest {
	uint64_t generation, previous;
	uint32_t n_segments;
	struct manifest_segment *segments; /* owned */
};

void manifest_release(struct manifest *manifest);

/* Docs that are not dead, in all segments. */
uint64_t manifest_living(const struct manifest *manifest);

/* "seg-" and 16 hex digits of the id. */
void manifest_segment_name(const struct manifest_segment *segment,
                           char out[SEGMENT_NAME_SIZE]);
/* "del-" and 16 hex digits.  Only where n_dead > 0. */
void manifest_deletes_name(const struct manifest_segment *segment,
                           char out[SEGMENT_NAME_SIZE]);
/* Does the manifest name a segment or deletes of this file name? */
bool manifest_names(const struct manifest *manifest, const char *name);
/* "commit-" and 16 hex digits. */
void manifest_name(uint64_t generation, char out[SEGMENT_NAME_SIZE]);
/* The generation in such a name, or 0: then the name is another file's. */
uint64_t manifest_parse_name(const char *name);

/* The newest generation in dir, 0 where there is none. */
int manifest_newest(int dir, const char *place, uint64_t *out,
                    struct ns_error *err);

/* Reads and verifies commit-<generation>.  A file that is gone: NS_E_MISSING. */
int manifest_read(struct manifest *out, int dir, uint64_t generation,
                  bool verify, struct ns_error *err);

/* Writes commit-<generation> by the protocol of commit.h steps 4 to 6: the
 * directory is synced, the manifest written to a tmp file, synced, renamed
 * without replacing, the directory synced again.  NS_E_DURABILITY where only
 * that last step failed.  !synced: the same without the syncs. */
int manifest_write(const struct manifest *manifest, int dir, const char *place,
                   bool synced, struct ns_error *err);

#endif
