#include "index/snapshot.h"

#include <errno.h>

enum { TRIES = 8 };

/* How an index is opened. */
struct way {
	int dir;
	const char *place;
	bool verify, queries;
};

static void release_segment(struct snapshot_segment *segment)
{
	segment_release(&segment->segment);
	if (segment->map)
		io_table()->unmap(segment->map, segment->map_size);
	if (segment->dead_map)
		io_table()->unmap(segment->dead_map, segment->dead_map_size);
	segment->map = segment->dead_map = NULL;
}

void snapshot_release(struct snapshot *snapshot)
{
	for (uint32_t i = 0; snapshot->segments &&
	                     i < snapshot->manifest.n_segments; i++)
		release_segment(&snapshot->segments[i]);
	mem_free(snapshot->segments);
	manifest_release(&snapshot->manifest);
	*snapshot = (struct snapshot){0};
}

/* Maps an open regular file of exactly the length that the manifest states. */
static int map_file(int file, const char *name, uint64_t length, void **map,
                    size_t *size, struct ns_error *err)
{
	struct stat facts;
	if (io_table()->fstat(file, &facts) != 0)
		return err_io(err, name, "look at");
	if (!S_ISREG(facts.st_mode) || (uint64_t)facts.st_size != length ||
	    length > SIZE_MAX || !length)
		return err_corrupt(err, name, -1,
		                   "has %lld bytes where the manifest says %llu",
		                   (long long)facts.st_size,
		                   (unsigned long long)length);
	*size = (size_t)length;
	*map = io_table()->map(file, *size);
	return *map ? NS_OK : err_io(err, name, "map");
}

static int map_named(int dir, const char *name, uint64_t length, void **map,
                     size_t *size, struct ns_error *err)
{
	int file = io_open(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
	if (file < 0 && errno == ENOENT)
		return err_at(err, NS_E_MISSING, name, -1, 0, "is gone");
	if (file < 0)
		return err_io(err, name, "open");
	int status = map_file(file, name, length, map, size, err);
	io_close(&file);
	return status;
}

static int open_deletes(struct snapshot_segment *out, const struct way *way,
                        const struct manifest_segment *ref,
                        struct ns_error *err)
{
	char name[SEGMENT_NAME_SIZE];
	if (!ref->n_dead)
		return NS_OK;
	manifest_deletes_name(ref, name);
	TRY(map_named(way->dir, name, deletes_file_size(ref->doc_count),
	              &out->dead_map, &out->dead_map_size, err));
	return deletes_parse(ref, slice_of(out->dead_map, out->dead_map_size),
	                     way->verify, &out->dead, err);
}

static int open_segment(struct snapshot_segment *out, const struct way *way,
                        const struct manifest_segment *ref,
                        struct ns_error *err)
{
	char name[SEGMENT_NAME_SIZE];
	manifest_segment_name(ref, name);
	TRY(map_named(way->dir, name, ref->length, &out->map, &out->map_size,
	              err));
	if (way->queries)
		io_expect_random(out->map, out->map_size);
	TRY(segment_open(&out->segment, slice_of(out->map, out->map_size), name,
	                 way->verify, err));
	out->segment.container.mapped = true;
	if (memcmp(out->segment.container.id, ref->id, sizeof ref->id) ||
	    out->segment.container.footer_crc != ref->footer_crc ||
	    out->segment.info.doc_count != ref->doc_count)
		return err_corrupt(err, name, -1,
		                   "is not the file that the manifest names");
	return open_deletes(out, way, ref, err);
}

static int open_commit(struct snapshot *out, const struct way *way,
                       uint64_t generation, struct ns_error *err)
{
	TRY(manifest_read(&out->manifest, way->dir, generation, way->verify,
	                  err));
	uint32_t n = out->manifest.n_segments;
	out->segments = mem_zero((size_t)n + 1, sizeof *out->segments);
	if (!out->segments)
		return err_nomem(err);
	uint64_t number = 0;
	for (uint32_t i = 0; i < n; i++) {
		const struct manifest_segment *ref = &out->manifest.segments[i];
		TRY(open_segment(&out->segments[i], way, ref, err));
		out->segments[i].first_number = number;
		number += ref->doc_count;
	}
	return NS_OK;
}

static int open_newest(struct snapshot *out, const struct way *way,
                       struct ns_error *err)
{
	uint64_t generation = 0, last;
	struct ns_error gone = {0};
	for (int tries = 0; tries < TRIES; tries++) {
		last = generation;
		TRY(manifest_newest(way->dir, way->place, &generation, err));
		if (!generation)
			return err_at(err, NS_E_MISSING, way->place, -1, 0,
			              "holds no index");
		/* the same commit twice, and a file of it missing: no race */
		if (generation == last)
			return err_corrupt(err, gone.place, -1, "is missing, "
			                   "though a manifest names it");
		int status = open_commit(out, way, generation, &gone);
		if (status == NS_OK)
			return NS_OK;
		snapshot_release(out);
		if (status != NS_E_MISSING) {
			if (err)
				*err = gone;
			return status;
		}
	}
	return err_at(err, NS_E_IO, way->place, -1, 0, "the index changed %d "
	              "times while it was being opened; try again", TRIES);
}

/* An older commit loses its files at the next write: that one is missing is no
 * damage. */
static int open_kept(struct snapshot *out, const struct way *way,
                     uint64_t generation, struct ns_error *err)
{
	struct ns_error why = {0};
	int status = open_commit(out, way, generation, &why);
	if (status == NS_OK)
		return NS_OK;
	snapshot_release(out);
	if (status == NS_E_MISSING)
		return err_at(err, NS_E_MISSING, way->place, -1, 0,
		              "commit %llu is not kept; 'nsindex stat' lists "
		              "those that are", (unsigned long long)generation);
	if (err)
		*err = why;
	return status;
}

static int open_way(struct snapshot *out, struct way way, uint64_t generation,
                    struct ns_error *err)
{
	*out = (struct snapshot){0};
	return generation ? open_kept(out, &way, generation, err)
	                  : open_newest(out, &way, err);
}

int snapshot_open(struct snapshot *out, int dir, const char *place,
                  uint64_t generation, bool verify, struct ns_error *err)
{
	return open_way(out, (struct way){dir, place, verify, false},
	                generation, err);
}

int snapshot_open_for_queries(struct snapshot *out, int dir, const char *place,
                              uint64_t generation, bool verify,
                              struct ns_error *err)
{
	return open_way(out, (struct way){dir, place, verify, true},
	                generation, err);
}

bool snapshot_find(const struct snapshot *snapshot, uint64_t number,
                   uint32_t *segment, uint32_t *doc)
{
	for (uint32_t i = 0; i < snapshot->manifest.n_segments; i++) {
		uint32_t n = snapshot->manifest.segments[i].doc_count;
		if (number < n) {
			*segment = i;
			*doc = (uint32_t)number;
			return true;
		}
		number -= n;
	}
	return false;
}
