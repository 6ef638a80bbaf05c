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
 * contents: with a searcher it takes 0.5 ms for 98 MB of 182,042 articles and for
 * 655 MB of 1,456,336.
 *
 * Queries touch a page here and a page there.  Where nothing of the index is in
 * memory, the system reads ahead at each of them (by 8 MiB on the machine of
 * these figures, a disk with 0.1 ms a read); told that access is random, it reads
 * the page.  Opening, the first query's best 10 as numbers, those as hits with
 * snippets, all in ms; and 100 and 800 queries from such a start:
 *
 *                           open   numbers   hits   100 queries    800 queries
 *    47 MB, reading ahead   23     0.2       15     0.07–0.15 s    0.4–0.9 s
 *    47 MB, random          1.2    1.5       12     0.09–0.15 s    0.7–1.1 s
 *    98 MB, reading ahead   30     17        27     0.15–0.23 s    1.0–1.6 s
 *    98 MB, random          1.3    4.4       10     0.09–0.25 s    0.9–1.8 s
 *   655 MB, reading ahead   29     25        93     0.37–0.40 s    4.5–5.7 s
 *   655 MB, random          1.3    30        13     0.73–0.78 s    6.4–6.5 s
 *
 * A program that answers once is what is felt: random.  It costs a server that
 * starts on a cold machine some of its first seconds.  Who reads all (check,
 * merge) opens without it.  Not taken: random for the articles' texts alone
 * (opening stays at 23–30 ms), or for all but postings and positions (numbers at
 * 13–22 ms, and no less for 800 queries).
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
