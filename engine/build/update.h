/* update.h — what becomes of the segments that are there already?
 *
 * An update holds the current commit, and marks docs of it as dead: those that
 * were deleted, and those whose id a new article takes.  Nothing is written; the
 * bitmaps wait for the commit (renew.h).
 */
#ifndef NS_BUILD_UPDATE_H
#define NS_BUILD_UPDATE_H

#include "index/snapshot.h"

struct update {
	struct snapshot snapshot;
	struct update_segment {
		uint8_t *dead;   /* bitmap; NULL: as in the snapshot */
		uint32_t n_dead;
	} *segments;             /* as in the snapshot */
	uint64_t n_buried;       /* by this update */
	uint64_t n_asked;        /* ids that were looked for */
};

/* A zeroed update has no segments.  dir: the open folder of the index. */
int update_open(struct update *out, int dir, const char *place,
                struct ns_error *err);
void update_release(struct update *update);

/* The bitmap as it will be; NULL: all live. */
const uint8_t *update_dead(const struct update *update, uint32_t segment);

/* Bytes that to know the stories of all segments takes. */
uint64_t update_stories_memory(const struct update *update);

/* Marks a doc.  *lived: it was not dead before. */
int update_bury(struct update *update, uint32_t segment, uint32_t doc,
                bool *lived, struct ns_error *err);
int update_bury_id(struct update *update, struct slice id, bool *lived,
                   struct ns_error *err);

#endif
