#include "index/commit.h"

#include <errno.h>
#include <unistd.h>

#include "base/log.h"
#include "index/deletes.h"
#include "index/lock.h"
#include "index/snapshot.h"
#include "index/sweep.h"

enum { TRIES = 10 };

void commit_init(struct commit_writer *writer)
{
	*writer = (struct commit_writer){.dir = -1, .lock = -1};
}

static void remove_file(const struct commit_writer *writer, const char *name)
{
	io_table()->unlink(writer->dir, name);
}

/* ---- opening ------------------------------------------------------------- */

static int sync_parent(const struct commit_writer *writer, struct ns_error *err)
{
	int parent = io_open(writer->dir, "..", O_RDONLY | O_DIRECTORY, 0);
	if (parent < 0)
		return err_io(err, writer->place, "open the folder above");
	int status = io_sync(parent, writer->place, err);
	io_close(&parent);
	return status;
}

static int open_dir(struct commit_writer *writer, const char *dir,
                    struct ns_error *err)
{
	snprintf(writer->place, sizeof writer->place, "%s", dir);
	writer->made_dir = io_table()->mkdir(AT_FDCWD, dir, 0777) == 0;
	if (!writer->made_dir && errno != EEXIST)
		return err_io(err, dir, "make the folder");
	writer->dir = io_open(AT_FDCWD, dir, O_RDONLY | O_DIRECTORY, 0);
	if (writer->dir < 0) {
		int status = errno == ENOENT
			? err_at(err, NS_E_MISSING, dir, -1, 0,
			         "was removed at this moment, or is a link to "
			         "nothing")
			: err_io(err, dir, "open the folder");
		if (writer->made_dir)
			io_table()->rmdir(AT_FDCWD, dir);
		return status;
	}
	return writer->made_dir && !writer->unsynced
		? sync_parent(writer, err) : NS_OK;
}

/* A folder that holds files of others is not made an index by accident. */
static int refuse_foreign(const struct commit_writer *writer,
                          struct ns_error *err)
{
	struct io_names names;
	const char *foreign = NULL;
	bool index = false;
	TRY(io_list(writer->dir, &names, writer->place, err));
	for (size_t i = 0; i < names.n; i++) {
		index |= manifest_parse_name(names.names[i]) > 0 ||
		         !strcmp(names.names[i], "lock");
		if (!sweep_is_ours(names.names[i]))
			foreign = names.names[i];
	}
	int status = NS_OK;
	if (foreign && !index)
		status = err_at(err, NS_E_USAGE, writer->place, -1, 0,
		                "is a folder of other files (%.60s); an index "
		                "needs a folder of its own", foreign);
	io_names_release(&names);
	return status;
}

/* The commit before the current one stays until there is a next.  One that is
 * gone or cannot be read is of no use to anybody, and no reason to refuse. */
static int read_last(struct commit_writer *writer, struct ns_error *err)
{
	struct ns_error why = {0};
	uint64_t generation = writer->current.previous;
	if (!generation)
		return NS_OK;
	int status = manifest_read(&writer->last, writer->dir, generation, true,
	                           &why);
	if (status == NS_OK || status == NS_E_MISSING || status == NS_E_CORRUPT)
		return NS_OK;
	if (err)
		*err = why;
	return status;
}

static int read_current(struct commit_writer *writer, struct ns_error *err)
{
	uint64_t newest;
	TRY(manifest_newest(writer->dir, writer->place, &newest, err));
	if (newest)
		TRY(manifest_read(&writer->current, writer->dir, newest, true,
		                  err));
	TRY(read_last(writer, err));
	writer->next.generation = newest + 1;
	writer->next.previous = newest;
	return NS_OK;
}

/* Where a writer that gives up removes the folder at this moment: once more. */
static int open_locked(struct commit_writer *writer, const char *dir,
                       struct ns_error *err)
{
	for (int tries = 1;; tries++) {
		int status = open_dir(writer, dir, err);
		if (status == NS_OK)
			status = refuse_foreign(writer, err);
		if (status == NS_OK)
			status = lock_take(&writer->lock, writer->dir,
			                   writer->place, err);
		if (status != NS_E_MISSING || tries == TRIES)
			return status;
		io_close(&writer->dir);
	}
}

int commit_open(struct commit_writer *writer, const char *dir,
                struct ns_error *err)
{
	TRY(open_locked(writer, dir, err));
	TRY(read_current(writer, err));
	struct kept kept = {{&writer->current, &writer->last},
	                    writer->last.generation ? 2 : 1};
	return sweep_files(writer->dir, writer->place, &kept, err);
}

/* ---- files --------------------------------------------------------------- */

int commit_create_file(struct commit_writer *writer, struct commit_file *out,
                       struct ns_error *err)
{
	snprintf(out->name, sizeof out->name, "tmp-%ld-%u", (long)getpid(),
	         writer->n_tmp++);
	out->file = io_open(writer->dir, out->name,
	                    O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0666);
	return out->file < 0 ? err_io(err, out->name, "create") : NS_OK;
}

void commit_drop_file(struct commit_writer *writer, struct commit_file *file)
{
	io_close(&file->file);
	remove_file(writer, file->name);
}

/* Is the file of this name the same, byte for byte of what identifies it? */
static int verify_existing(const struct commit_writer *writer, const char *name,
                           const struct manifest_segment *segment,
                           struct ns_error *err)
{
	struct stat facts;
	uint8_t footer[FOOTER_SIZE];
	int file = io_open(writer->dir, name, O_RDONLY | O_NOFOLLOW, 0);
	if (file < 0)
		return err_io(err, name, "open");
	int status = NS_OK;
	if (io_table()->fstat(file, &facts) != 0)
		status = err_io(err, name, "look at");
	else if ((uint64_t)facts.st_size != segment->length)
		status = err_corrupt(err, name, -1, "has a wrong length");
	if (status == NS_OK)
		status = io_read_at(file, footer, sizeof footer,
		                    segment->length - FOOTER_SIZE, name, err);
	if (status == NS_OK && memcmp(footer + 16, segment->id, 16))
		status = err_corrupt(err, name, -1, "does not have its id");
	if (status == NS_OK && !writer->unsynced)
		status = io_sync(file, name, err);
	io_close(&file);
	return status;
}

static int remember(struct commit_writer *writer, const char *name,
                    struct ns_error *err)
{
	TRY(mem_grow((void **)&writer->made, &writer->made_capacity,
	             writer->n_made + 1, sizeof *writer->made, err));
	snprintf(writer->made[writer->n_made++], sizeof *writer->made, "%s",
	         name);
	return NS_OK;
}

static int sync_file(const struct commit_writer *writer, int file,
                     const char *name, struct ns_error *err)
{
	return writer->unsynced ? NS_OK : io_sync(file, name, err);
}

/* Ends the writing of file, whose contents are known to be good. */
static int rename_new(struct commit_writer *writer, struct commit_file *file,
                      const char *name, struct ns_error *err)
{
	TRY(sync_file(writer, file->file, file->name, err));
	TRY(io_close_written(&file->file, file->name, err));
	TRY(io_rename_new(writer->dir, file->name, name, err));
	/* from here on it is the content name that is to be removed */
	snprintf(file->name, sizeof file->name, "%s", name);
	return remember(writer, name, err);
}

static int add_to_next(struct commit_writer *writer,
                       const struct manifest_segment *segment,
                       struct ns_error *err)
{
	if (writer->next.n_segments >= MANIFEST_SEGMENTS_MAX)
		return err_at(err, NS_E_LIMIT, writer->place, -1, 0,
		              "more than %u segments in a commit",
		              MANIFEST_SEGMENTS_MAX);
	TRY(mem_grow((void **)&writer->next.segments,
	             &writer->segments_capacity,
	             (size_t)writer->next.n_segments + 1,
	             sizeof *writer->next.segments, err));
	writer->next.segments[writer->next.n_segments++] = *segment;
	return NS_OK;
}

/* Does a commit that stays hold a file of this name?  A sweep that a crash cut
 * short may have taken a file of the last one and left its manifest. */
static bool is_kept(const struct commit_writer *writer, const char *name)
{
	struct stat facts;
	return (manifest_names(&writer->current, name) ||
	        manifest_names(&writer->last, name)) &&
	       io_table()->stat(writer->dir, name, &facts,
	                        AT_SYMLINK_NOFOLLOW) == 0;
}

static int give_name(struct commit_writer *writer, struct commit_file *file,
                     const struct manifest_segment *segment,
                     struct ns_error *err)
{
	char name[SEGMENT_NAME_SIZE];
	manifest_segment_name(segment, name);
	if (is_kept(writer, name)) {
		/* the same articles again */
		TRY(verify_existing(writer, name, segment, err));
		io_close(&file->file);
		remove_file(writer, file->name);
	} else {
		TRY(rename_new(writer, file, name, err));
	}
	return add_to_next(writer, segment, err);
}

int commit_keep_segment(struct commit_writer *writer, struct commit_file *file,
                        const struct manifest_segment *segment,
                        struct ns_error *err)
{
	int status = give_name(writer, file, segment, err);
	if (status != NS_OK)
		commit_drop_file(writer, file);
	return status;
}

/* The same docs of the same segment were dead in the commit before already: where
 * a build made the segment live again, and a crash kept that commit. */
static int verify_deletes(const struct commit_writer *writer, const char *name,
                          const struct buffer *bytes, struct ns_error *err)
{
	struct buffer there;
	buffer_init(&there, SIZE_MAX);
	int status = io_read_file(writer->dir, name, bytes->len, &there, err);
	if (status == NS_E_LIMIT ||
	    (status == NS_OK && !slice_equal(
		slice_of(there.data, there.len),
		slice_of(bytes->data, bytes->len))))
		status = err_corrupt(err, name, -1, "does not have its contents");
	buffer_release(&there);
	return status;
}

/* Deletes of a segment in a file of their own. */
static int write_deletes(struct commit_writer *writer, const char *name,
                         const struct buffer *bytes, struct ns_error *err)
{
	struct commit_file file;
	if (is_kept(writer, name))
		return verify_deletes(writer, name, bytes, err);
	TRY(commit_create_file(writer, &file, err));
	int status = io_write(file.file, bytes->data, bytes->len, file.name,
	                      err);
	if (status == NS_OK)
		status = rename_new(writer, &file, name, err);
	if (status != NS_OK)
		commit_drop_file(writer, &file);
	return status;
}

int commit_keep_old(struct commit_writer *writer,
                    const struct manifest_segment *segment,
                    const uint8_t *bitmap, struct ns_error *err)
{
	char name[SEGMENT_NAME_SIZE];
	struct buffer bytes;
	struct manifest_segment next = *segment;
	if (!bitmap)
		return add_to_next(writer, segment, err);
	buffer_init(&bytes, SIZE_MAX);
	int status = deletes_fill(&next, bitmap, &bytes, err);
	manifest_deletes_name(&next, name);
	if (status == NS_OK)
		status = write_deletes(writer, name, &bytes, err);
	buffer_release(&bytes);
	return status == NS_OK ? add_to_next(writer, &next, err) : status;
}

/* ---- the commit ---------------------------------------------------------- */

static bool is_new(const struct commit_writer *writer, const char *name)
{
	for (size_t i = 0; i < writer->n_made; i++)
		if (!strcmp(writer->made[i], name))
			return true;
	return false;
}

/* The new commit, read back from the disk as a stranger would.  Opening it
 * verifies all deletes, and the frame of each segment. */
static int read_back(const struct commit_writer *writer, struct ns_error *err)
{
	struct snapshot snapshot;
	TRY(snapshot_open(&snapshot, writer->dir, writer->place, 0, true, err));
	int status = NS_OK;
	if (snapshot.manifest.generation != writer->next.generation)
		status = err_corrupt(err, writer->place, -1,
		                     "another commit is there");
	for (uint32_t i = 0; status == NS_OK &&
	                     i < snapshot.manifest.n_segments; i++) {
		const struct segment *segment = &snapshot.segments[i].segment;
		if (is_new(writer, segment->name))
			status = container_check(&segment->container,
			                         segment->name, err);
	}
	snapshot_release(&snapshot);
	return status;
}

int commit_finish(struct commit_writer *writer, uint64_t *generation,
                  struct ns_error *err)
{
	int status = manifest_write(&writer->next, writer->dir, writer->place,
	                            !writer->unsynced, err);
	/* unknown outcome: the new manifest may be there after a crash, so what
	 * it names must stay */
	writer->finished = status == NS_OK || status == NS_E_DURABILITY;
	TRY(status);
	*generation = writer->next.generation;
	/* The commit stands.  Where reading it back fails (no memory, say), the
	 * old files stay for the next writer to remove. */
	struct ns_error unread;
	struct kept kept = {{&writer->next, &writer->current},
	                    writer->updates ? 2 : 1};
	if (read_back(writer, &unread) == NS_OK)
		sweep_files(writer->dir, writer->place, &kept, NULL);
	else
		log_say("%s: the new commit could not be read back (%s); the "
		        "old one stays beside it", writer->place,
		        unread.message);
	return NS_OK;
}

/* Is the name of the folder still that of the one that is open?  It may be cut
 * off, and the program may have changed its folder. */
static bool is_at_place(const struct commit_writer *writer)
{
	struct stat open, named;
	return io_table()->fstat(writer->dir, &open) == 0 &&
	       io_table()->stat(AT_FDCWD, writer->place, &named, 0) == 0 &&
	       open.st_ino == named.st_ino && open.st_dev == named.st_dev;
}

/* Removes what was made, and the folder if that was made too.  The lock is held
 * while its name goes (lock.c); without it the folder is another's by now, and
 * not empty. */
static void give_up(const struct commit_writer *writer)
{
	for (size_t i = 0; i < writer->n_made; i++)
		remove_file(writer, writer->made[i]);
	if (!writer->made_dir || !is_at_place(writer))
		return;
	if (writer->lock >= 0)
		remove_file(writer, "lock");
	io_table()->rmdir(AT_FDCWD, writer->place);
}

void commit_release(struct commit_writer *writer)
{
	if (!writer->finished && writer->dir >= 0)
		give_up(writer);
	mem_free(writer->made);
	manifest_release(&writer->current);
	manifest_release(&writer->last);
	manifest_release(&writer->next);
	io_close(&writer->lock);
	io_close(&writer->dir);
	commit_init(writer);
}
