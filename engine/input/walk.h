/* walk.h — which files does a path mean?
 *
 * A path that is no folder means itself, whatever it is: a pipe can be read.  A
 * folder means the regular files in and below it: names in byte order in each
 * folder, a folder's files where its name stands.  Left out without a word are
 * hidden names (they begin with a dot), the index and the log of what is skipped
 * (both known by device and inode, so by any name).  Passed over are special files
 * and links to folders: links are followed to files only, so no walk is endless.
 *
 * A maildir names its folders with a dot (Maildir++: .Sent, .Lists.news).  So a
 * hidden folder that holds cur/ and new/ is walked where cur/ and new/ stand beside
 * it, and nowhere else.
 *
 *     news/            walked as        `path`          `below`
 *       a/1.txt                         news/a/1.txt    a/1.txt
 *       a.txt                           news/a.txt      a.txt
 *       .git/          left out
 *       latest → a     passed over      news/latest
 *       mail/cur/1                      news/mail/cur/1         mail/cur/1
 *       mail/.Sent/cur/2                news/mail/.Sent/cur/2   mail/.Sent/cur/2
 *
 * Rejected: fts and nftw, which bypass io.h, so that no test can fail a call.
 */
#ifndef NS_INPUT_WALK_H
#define NS_INPUT_WALK_H

#include "source/source.h"

enum { WALK_DEPTH = 256 }; /* folders in folders, each with an open file */

struct walk_entry {
	int dir;          /* open name relative to it */
	const char *name;
	const char *path; /* as it could be typed */
	const char *below;/* the path below the named folder; the bare name of a
	                     named file */
	struct stat facts;/* of what it is, links followed */
	bool named;       /* not found by a walk */
};

/* What is not NS_OK ends the walk. */
struct walk_handler {
	void *context;
	int (*file)(void *context, const struct walk_entry *entry,
	            struct ns_error *err);
	/* facts are not filled; detail may be NULL */
	int (*skip)(void *context, const struct walk_entry *entry,
	            enum source_event_kind kind, enum source_reason why,
	            const char *detail, struct ns_error *err);
};

/* Of the options only index_dir and log count; neither need be there. */
int walk(const char *path, const struct source_options *options,
         const struct walk_handler *handler, struct ns_error *err);

#endif
