/* commit.h — how does a new set of segments become the index, whatever fails?
 *
 * The writer's side, one step after the other; a step that fails ends the commit,
 * and the last commit stays as it was, byte for byte:
 *
 *   1  take the lock; remove what a crash left: tmp-… and files that neither the
 *      newest commit nor the one before it names
 *   2  write segments and deletes to tmp-…, sync them, close, rename to their
 *      content names
 *   3  sync the folder
 *   4  write the manifest to tmp-…, sync it, close
 *   5  rename it to commit-<generation>, never replacing; sync the folder
 *   6  only now: success.  Where the last sync fails the outcome is unknown, the
 *      new manifest is taken back, and NS_E_DURABILITY says so
 *   7  open the new commit, read the checksums of what is new in it; then remove
 *      what only older commits name.  The commit before stays where the new one
 *      grew out of it (an update), and goes where it was replaced (a build)
 *
 * A failed sync is never tried again (io.h).  Removing needs no sync: what comes
 * back after a crash is removed by the next writer.  Without syncs (unsynced)
 * the steps are the same: then a program may be killed at any time, but a
 * machine that fails may leave a damaged index.
 */
#ifndef NS_INDEX_COMMIT_H
#define NS_INDEX_COMMIT_H

#include "index/manifest.h"

enum { COMMIT_PLACE = 240 };

struct commit_file {
	int file;
	char name[64]; /* tmp-…, then the content name */
};

struct commit_writer {
	int dir, lock;
	char place[COMMIT_PLACE];
	bool made_dir;
	bool unsynced;             /* set before open, as is the next */
	bool updates;              /* the current commit is to stay beside the
	                              next */
	struct manifest current;   /* generation 0: none yet */
	struct manifest last;      /* the one before, where it is still there */
	struct manifest next;      /* with the segments kept so far */
	size_t segments_capacity;
	char (*made)[SEGMENT_NAME_SIZE]; /* files that are new with this commit */
	size_t n_made, made_capacity;
	unsigned n_tmp;
	bool finished;
};

/* Makes release safe before open. */
void commit_init(struct commit_writer *writer);

/* Steps 1.  Makes dir (one level) where it is missing, and syncs its parent.
 * NS_E_USAGE: dir is a folder of other files. */
int commit_open(struct commit_writer *writer, const char *dir,
                struct ns_error *err);

/* A new tmp file, open for writing and for reading back. */
int commit_create_file(struct commit_writer *writer, struct commit_file *out,
                       struct ns_error *err);
void commit_drop_file(struct commit_writer *writer, struct commit_file *file);

/* Syncs and closes the file, gives it its content name, and adds it to the next
 * manifest.  Ends *file in any case. */
int commit_keep_segment(struct commit_writer *writer, struct commit_file *file,
                        const struct manifest_segment *segment,
                        struct ns_error *err);

/* Adds a segment of the current commit to the next manifest.  bitmap: its dead
 * are these now, at least one (deletes.h); NULL: they are as they were. */
int commit_keep_old(struct commit_writer *writer,
                    const struct manifest_segment *segment,
                    const uint8_t *bitmap, struct ns_error *err);

/* Steps 3 to 7: the next manifest names the kept segments alone. */
int commit_finish(struct commit_writer *writer, uint64_t *generation,
                  struct ns_error *err);

/* Gives the lock free.  Without a finished commit the new files are removed, and
 * the folder where it was made by open. */
void commit_release(struct commit_writer *writer);

#endif
