/* snapshot.h — which segments make up the index right now?
 *
 * A snapshot holds exactly one commit: its segments are mapped, and stay so
 * whatever a writer does (an unlinked file lives as long as its mapping).
 * Readers take no lock: list the folder, take the newest manifest, open what it
 * names; a file that is missing means that a newer commit won the race: list
 * again, at most 8 times.
 */
#ifndef NS_INDEX_SNAPSHOT_H
#define NS_INDEX_SNAPSHOT_H

#include "format/segment.h"
#include "index/manifest.h"

struct snapshot_segment {
	struct segment segment;
	void *map;
	size_t map_size;
};

struct snapshot {
	struct manifest manifest;
	struct snapshot_segment *segments; /* manifest.n_segments */
	uint64_t doc_count;                /* of all */
};

/* dir: an open directory; place: its name, for errors. */
int snapshot_open(struct snapshot *out, int dir, const char *place, bool verify,
                  struct ns_error *err);
void snapshot_release(struct snapshot *snapshot);

#endif
