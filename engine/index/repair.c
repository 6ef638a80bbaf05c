#include "index/repair.h"

#include <errno.h>
#include <stdarg.h>

#include "index/lock.h"
#include "index/snapshot.h"

struct repair {
	int dir;
	const char *place;
	ns_print_fn *print;
	void *context;
	struct io_names names;
};

static void say(const struct repair *repair, const char *format, ...)
	PRINTF_LIKE(2, 3);

static void say(const struct repair *repair, const char *format, ...)
{
	char line[700];
	va_list args;
	va_start(args, format);
	int n = vsnprintf(line, sizeof line, format, args);
	va_end(args);
	if (n > 0 && repair->print)
		repair->print(repair->context, line,
		              min_size((size_t)n, sizeof line - 1));
}

static bool is_damage(int status)
{
	return status == NS_E_CORRUPT || status == NS_E_VERSION ||
	       status == NS_E_MISSING;
}

/* The newest commit below `below` that is whole, 0: none; *living: its articles.
 * One that no memory or an i/o error keeps from being read may be whole: it is no
 * reason to go further back. */
static int newest_whole(const struct repair *repair, uint64_t below,
                        uint64_t *out, uint64_t *living, struct ns_error *err)
{
	*out = 0;
	for (size_t i = repair->names.n; i-- > 0 && !*out;) {
		struct snapshot snapshot;
		struct ns_error why = {0};
		uint64_t generation = manifest_parse_name(repair->names.names[i]);
		if (!generation || generation >= below)
			continue;
		int status = snapshot_open(&snapshot, repair->dir, repair->place,
		                           generation, true, &why);
		if (status == NS_OK) {
			*living = manifest_living(&snapshot.manifest);
			snapshot_release(&snapshot);
			*out = generation;
		} else if (!is_damage(status)) {
			if (err)
				*err = why;
			return status;
		}
	}
	return NS_OK;
}

static int move_aside(const struct repair *repair, const char *name,
                      struct ns_error *err)
{
	char aside[SEGMENT_NAME_SIZE + 16];
	struct stat facts;
	snprintf(aside, sizeof aside, "bad-%s", name);
	for (unsigned n = 2; !io_table()->stat(repair->dir, aside, &facts,
	                                       AT_SYMLINK_NOFOLLOW); n++)
		snprintf(aside, sizeof aside, "bad-%s-%u", name, n);
	TRY(io_rename_new(repair->dir, name, aside, err));
	say(repair, "%s: moved aside as %s\n", name, aside);
	return NS_OK;
}

static int step_back(const struct repair *repair, uint64_t newest,
                     const struct ns_error *why, struct ns_error *err)
{
	uint64_t living = 0, whole;
	TRY(newest_whole(repair, newest, &whole, &living, err));
	say(repair, "%s: %s\n", why->place, why->message);
	if (!whole) {
		say(repair, "no older commit is kept: nothing was changed\n");
		return err_at(err, NS_E_CORRUPT, repair->place, -1, 0,
		              "cannot be repaired; build the index again");
	}
	say(repair, "what was committed after commit %llu is lost; that one "
	    "holds %llu articles\n", (unsigned long long)whole,
	    (unsigned long long)living);
	for (size_t i = 0; i < repair->names.n; i++)
		if (manifest_parse_name(repair->names.names[i]) > whole)
			TRY(move_aside(repair, repair->names.names[i], err));
	return io_sync(repair->dir, repair->place, err);
}

static int repair_manifest(struct repair *repair, struct ns_error *err)
{
	struct manifest manifest;
	struct ns_error why = {0};
	uint64_t newest;
	TRY(manifest_newest(repair->dir, repair->place, &newest, err));
	if (!newest)
		return err_at(err, NS_E_MISSING, repair->place, -1, 0,
		              "holds no index");
	int status = manifest_read(&manifest, repair->dir, newest, true, &why);
	manifest_release(&manifest);
	if (status == NS_OK) {
		say(repair, "the newest manifest is whole: there is nothing to "
		    "repair\n");
		return NS_OK;
	}
	if (status != NS_E_CORRUPT) {
		if (err)
			*err = why;
		return status;
	}
	TRY(io_list(repair->dir, &repair->names, repair->place, err));
	status = step_back(repair, newest, &why, err);
	io_names_release(&repair->names);
	return status;
}

int repair_index(const char *dir, ns_print_fn *print, void *context,
                 struct ns_error *err)
{
	struct repair repair = {.place = dir, .print = print,
	                        .context = context};
	int lock = -1;
	repair.dir = io_open(AT_FDCWD, dir, O_RDONLY | O_DIRECTORY, 0);
	if (repair.dir < 0 && (errno == ENOENT || errno == ENOTDIR))
		return err_at(err, NS_E_MISSING, dir, -1, 0, "holds no index");
	if (repair.dir < 0)
		return err_io(err, dir, "open the folder");
	int status = lock_take(&lock, repair.dir, dir, err);
	if (status == NS_OK)
		status = repair_manifest(&repair, err);
	io_close(&lock);
	io_close(&repair.dir);
	return status;
}
