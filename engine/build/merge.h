/* merge.h — several segments become one, without their dead.
 *
 * The lists of a segment become a run (run.h), living docs alone and renumbered, its
 * records go where those of new articles go, and when each was given is kept; then
 * all is as in a build.  What comes out is what one build of the
 * same articles would have been, byte for byte, and takes the memory of one.
 *
 * Not taken: lists copied as they are.  Only the last part of a list may be short,
 * so that blocks change from the first place where two are joined; and what
 * is decoded again is verified.
 */
#ifndef NS_BUILD_MERGE_H
#define NS_BUILD_MERGE_H

#include "build/docs.h"
#include "build/run.h"
#include "build/steps.h"
#include "format/segment.h"
#include "index/stories.h"

struct merge_part {
	const struct segment *segment;
	const uint8_t *dead; /* bitmap (index/deletes.h), or NULL */
	/* the stories of all that are merged and of what is older, where it is
	 * part number `place`; NULL: they will be found out anew */
	const struct stories *stories;
	uint32_t place;
};

/* Bytes that merge_load takes at most, and part->stories has, beside docs and run. */
uint64_t merge_memory(const struct merge_part *part);

/* Adds the living docs of a segment behind those that are there, and its lists to
 * run.  The segment's bytes may be hostile. */
int merge_load(const struct merge_part *part, struct run *run,
               struct docs *docs, const struct steps *steps,
               struct ns_error *err);

#endif
