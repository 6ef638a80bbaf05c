/* snapshot.h — which segments make up the index right now?
 *
 * A snapshot holds exactly one commit: its segments are mapped, and stay so
 * whatever a writer does (an unlinked file lives as long as its mapping).
 * Readers take no lock: list the folder, take the newest manifest, open what it
 * names; a file that is missing means that a newer commit won the race: list
 * again, at most 8 times.  A damaged manifest is damage: there is no silent step
 * back to the one before, which is opened on demand.
 *
 * Opening reads header, footer and the table of chunks of each segment, not its
 * contents: 0.12 ms for 98 MB of 182,042 articles or 47 MB of 42,943 (and for a
 * searcher 0.35 ms more), and no longer for what is larger.
 *
 * Queries touch a page here and a page there.  Where nothing of the index is in
 * memory, the system reads ahead at each of them (by 8 MiB on the machine of
 * these figures, a disk with 0.1 ms a read); told that access is random, it reads
 * the page:
 *
 *                            opening     first answer   10 queries   800 queries
 *   98 MB, reading ahead     30 ms       17 ms          48–65 ms     1.0–1.6 s
 *   98 MB, random            1.3 ms      4.4 ms         15–31 ms     0.9–1.8 s
 *   47 MB, reading ahead     23 ms       0.2 ms         41–57 ms     0.4–0.9 s
 *   47 MB, random            1.2 ms      1.5 ms         9–19 ms      0.7–1.1 s
 *
 * So who asks is told apart from who reads all (check, merge), where reading ahead
 * pays.  Random for the articles' texts alone left opening at 23–30 ms; for all
 * but postings and positions, the first answer at 13–20 ms.
 *
 * Not taken: to have lexicon index and lengths mapped at once
 * (MADV_POPULATE_READ): with all in memory, opening and first answer took
 * 507 + 334 µs instead of 496 + 336.  Huge pages: the kernel of these figures is
 * built without them for files (its configuration says
 * "CONFIG_READ_ONLY_THP_FOR_FS is not set").
 */
#ifndef NS_INDEX_SNAPSHOT_H
#define NS_INDEX_SNAPSHOT_H

#include "format/segment.h"
#include "index/deletes.h"

struct snapshot_segment {
	struct segment segment;
	uint64_t first_number; /* docs in the segments before this one */
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
/* The same for one who asks queries. */
int snapshot_open_for_queries(struct snapshot *out, int dir, const char *place,
                              uint64_t generation, bool verify,
                              struct ns_error *err);
void snapshot_release(struct snapshot *snapshot);

/* A doc has a number in its snapshot: its segment's first_number + doc.  False
 * where none has this one. */
bool snapshot_find(const struct snapshot *snapshot, uint64_t number,
                   uint32_t *segment, uint32_t *doc);

#endif
