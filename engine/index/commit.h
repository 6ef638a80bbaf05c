/* commit.h — how does a new set of segments become the index, whatever fails?
 *
 * The writer's side, one step after the other; a step that fails ends the commit,
 * and the last commit stays as it was, byte for byte:
 *
 *   1  take the lock; remove what a crash left: tmp-… and segments that the
 *      newest manifest does not name
 *   2  write segments to tmp-…, sync them, close, rename to their content names
 *   3  sync the folder
 *   4  write the manifest to tmp-…, sync it, close
 *   5  rename it to commit-<generation>, never replacing; sync the folder
 *   6  only now: success.  Where the last sync fails the outcome is unknown, the
 *      new manifest is taken back, and NS_E_DURABILITY says so
 *   7  open the new commit, read its checksums; then remove what only older
 *      commits name
 *
 * A failed sync is never tried again (io.h).  Removing needs no sync: what comes
 * back after a crash is removed by the next writer.
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
	struct manifest current;   /* generation 0: none yet */
	uint64_t articles_before;
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

/* A new tmp file, open for writing. */
int commit_create_file(struct commit_writer *writer, struct commit_file *out,
                       struct ns_error *err);
void commit_drop_file(struct commit_writer *writer, struct commit_file *file);

/* Syncs and closes the file, gives it its content name, and adds it to the next
 * manifest.  Ends *file in any case. */
int commit_keep_segment(struct commit_writer *writer, struct commit_file *file,
                        const struct manifest_segment *segment,
                        struct ns_error *err);

/* Steps 3 to 7: the next manifest names the kept segments alone. */
int commit_finish(struct commit_writer *writer, uint64_t *generation,
                  struct ns_error *err);

/* Gives the lock free.  Without a finished commit the new files are removed. */
void commit_release(struct commit_writer *writer);

#endif
