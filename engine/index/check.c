#include "index/check.h"

#include <errno.h>

#include "index/check_commit.h"
#include "index/check_segment.h"
#include "index/sweep.h"

struct checking {
	ns_print_fn *print;
	void *context;
	struct ns_error *err;  /* of the first fault */
	int status;
	bool stopped;
};

static void say(struct checking *checking, const char *line)
{
	if (checking->print && !checking->stopped)
		checking->stopped = !checking->print(checking->context, line,
		                                     strlen(line));
}

/* Prints a fault, and keeps it if it is the first. */
static void fault(struct checking *checking, const struct ns_error *found)
{
	char line[700], at[40] = "";
	if (found->offset >= 0)
		snprintf(at, sizeof at, " (offset %lld)",
		         (long long)found->offset);
	snprintf(line, sizeof line, "%s: %s%s\n", found->place, found->message,
	         at);
	say(checking, line);
	if (checking->status != NS_OK)
		return;
	checking->status = found->code;
	if (checking->err)
		*checking->err = *found;
}

static void check_segment(struct checking *checking,
                          const struct segment *segment)
{
	static int (*const parts[])(const struct segment *,
	                            struct ns_error *) = {
		check_lengths, check_ranks, check_lists, check_words,
		check_pairs, check_stories, check_docs,
	};
	struct ns_error found;
	if (container_check(&segment->container, segment->name, &found) != NS_OK)
		fault(checking, &found);
	/* a part after a broken one would only repeat the fault */
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (parts[i](segment, &found) != NS_OK) {
			fault(checking, &found);
			break;
		}
	}
}

/* Also names the commit before, which is kept until the next one. */
static int list_litter(struct checking *checking, int dir, const char *place,
                       const struct manifest *manifest, struct ns_error *err)
{
	struct io_names names;
	struct manifest last = {0};
	char line[400];
	TRY(io_list(dir, &names, place, err));
	if (manifest->previous)
		manifest_read(&last, dir, manifest->previous, true, NULL);
	const struct kept kept = {{manifest, &last}, last.generation ? 2 : 1};
	for (size_t i = 0; i < names.n; i++) {
		if (!sweep_is_litter(names.names[i], &kept))
			continue;
		snprintf(line, sizeof line, "%.255s: left behind by an "
		         "interrupted write; the next one removes it\n",
		         names.names[i]);
		say(checking, line);
	}
	manifest_release(&last);
	io_names_release(&names);
	return NS_OK;
}

/* The commit before is kept to be asked: its own files are checked too.  That some
 * are missing is litter of a sweep that was cut short, and no fault. */
static void check_last(struct checking *checking, int dir, const char *place,
                       const struct manifest *current)
{
	struct snapshot last;
	struct ns_error found = {0};
	if (!current->previous)
		return;
	int status = snapshot_open(&last, dir, place, current->previous, true,
	                           &found);
	if (status == NS_E_CORRUPT || status == NS_E_VERSION)
		fault(checking, &found);
	if (status != NS_OK)
		return;
	for (uint32_t i = 0; i < last.manifest.n_segments; i++)
		if (!manifest_names(current, last.segments[i].segment.name))
			check_segment(checking, &last.segments[i].segment);
	snapshot_release(&last);
}

/* What a user can do about a damaged manifest. */
static void hint(struct checking *checking, int dir, const char *place)
{
	uint64_t newest;
	if (manifest_newest(dir, place, &newest, NULL) != NS_OK)
		return;
	for (uint64_t older = newest; older-- > 1 && older + 4 > newest;) {
		struct snapshot snapshot;
		char line[200];
		if (snapshot_open(&snapshot, dir, place, older, true, NULL) !=
		    NS_OK)
			continue;
		snprintf(line, sizeof line, "commit %llu of %llu articles is "
		         "whole: 'nsquery --commit=%llu' asks it\n",
		         (unsigned long long)older,
		         (unsigned long long)manifest_living(&snapshot.manifest),
		         (unsigned long long)older);
		say(checking, line);
		snapshot_release(&snapshot);
		return;
	}
}

static int check_dir(struct checking *checking, int dir, const char *place)
{
	struct snapshot snapshot;
	struct ns_error found = {0};
	int status = snapshot_open(&snapshot, dir, place, 0, true, &found);
	if (status != NS_OK) {
		if (status == NS_E_CORRUPT || status == NS_E_VERSION) {
			fault(checking, &found);
			hint(checking, dir, place);
		} else if (checking->err) {
			*checking->err = found;
		}
		return status;
	}
	for (uint32_t i = 0; i < snapshot.manifest.n_segments; i++)
		check_segment(checking, &snapshot.segments[i].segment);
	if (checking->status == NS_OK &&
	    check_commit(&snapshot, &found) != NS_OK)
		fault(checking, &found);
	check_last(checking, dir, place, &snapshot.manifest);
	status = list_litter(checking, dir, place, &snapshot.manifest,
	                     checking->err);
	snapshot_release(&snapshot);
	return status;
}

int check_index(const char *dir, ns_print_fn *print, void *context,
                struct ns_error *err)
{
	struct checking checking = {.print = print, .context = context,
	                            .err = err};
	int handle = io_open(AT_FDCWD, dir, O_RDONLY | O_DIRECTORY, 0);
	if (handle < 0 && (errno == ENOENT || errno == ENOTDIR))
		return err_at(err, NS_E_MISSING, dir, -1, 0, "holds no index");
	if (handle < 0)
		return err_io(err, dir, "open the folder");
	int status = check_dir(&checking, handle, dir);
	io_close(&handle);
	if (checking.status != NS_OK)
		return checking.status;
	TRY(status);
	return checking.stopped
		? err_set(err, NS_E_STOPPED, "stopped by its caller") : NS_OK;
}
