/* snapshot.h — which segments make up the index right now?
 *
 * A snapshot holds exactly one commit: its segments are mapped, and stay so
 * whatever a writer does (an unlinked file lives as long as its mapping).
 * Readers take no lock: list the folder, take the newest manifest, open what it
 * names; a file that is missing means that a newer commit won the race: list
 * again, at most 8 times.  A damaged manifest is damage: there is no silent step
 * back to the one before, which is opened on demand.
 */
#ifndef NS_INDEX_SNAPSHOT_H
#define NS_INDEX_SNAPSHOT_H

#include "format/segment.h"
#include "index/deletes.h"

struct snapshot_segment {
	struct segment segment;
	const uint8_t *dead; /* bitmap (deletes.h); NULL: all docs live */
	void *map, *dead_map;
	size_t map_size, dead_map_size;
};

struct snapshot {
	struct manifest manifest;
	struct snapshot_segment *segments; /* manifest.n_segments */
};

/* dir: an open directory; place: its name, for errors.  generation: that commit,
 * which may be an older one that is kept; 0: the newest.
 * NS_E_MISSING: no index, or no such commit. */
int snapshot_open(struct snapshot *out, int dir, const char *place,
                  uint64_t generation, bool verify, struct ns_error *err);
void snapshot_release(struct snapshot *snapshot);

#endif
