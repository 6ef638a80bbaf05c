/* merge.h — several segments become one, without their dead.
 *
 * Their lists and records go through the inverter once more, living docs alone
 * and renumbered, in the order in which they were given.  What comes out is what
 * one build of the same articles would have been, byte for byte.
 *
 * The choice is simplicity: a merge takes the memory of a build of its articles.
 * Terms need not be cut or stemmed again, and a word is looked up once for each
 * segment, not for each place where it stands.
 */
#ifndef NS_BUILD_MERGE_H
#define NS_BUILD_MERGE_H

#include "build/docs.h"
#include "build/inverter.h"
#include "build/steps.h"
#include "format/segment.h"

struct merge_part {
	const struct segment *segment;
	const uint8_t *dead; /* bitmap (index/deletes.h), or NULL */
};

/* Adds the living docs of a segment behind those that are there.  The segment's
 * bytes may be hostile. */
int merge_load(const struct merge_part *part, struct inverter *inverter,
               struct docs *docs, const struct steps *steps,
               struct ns_error *err);

#endif
