/* copies.h — which of the articles of a new segment are copies, of each other or of
 * older ones?
 *
 * Two are where their sketches say so (sketch.h), or where they have one URL: then
 * they are versions.  To compare all with all is out of the question.  Where two
 * neighbouring values of a sketch are equal in two docs, the docs meet: they fall
 * into one bucket of that band (Broder 1997; Leskovec, Rajaraman, Ullman, "Mining of
 * Massive Datasets", 3.4).  In a bucket a doc is compared with the first that was
 * given and with the last before it: a million equal texts are two million
 * comparisons, of which those are spared whose docs are known to be one story by
 * then.  What was found is joined (union-find).
 *
 * All goes by the order in which articles were given, not by numbers of docs: the
 * result depends on nothing else.  Living docs of older segments come first in it, so
 * that what is added in parts is what one build would have found; their sketches are
 * read in full for each band, from the chunk that holds them: ten articles wait 0.2 s
 * for those of 740,000.
 *
 * Memory: 20 bytes for each doc, 37 where there are older ones, and what stories.h
 * holds of those, before lists are written, and given back; runs make room for it.
 */
#ifndef NS_BUILD_COPIES_H
#define NS_BUILD_COPIES_H

#include "base/number_map.h"
#include "build/docs.h"
#include "build/steps.h"
#include "index/stories.h"

struct copies_input {
	struct docs *docs;
	const uint32_t *given;       /* living docs, as they were given */
	uint32_t n;
	const struct stories *older; /* of segments before; NULL: there are none */
	struct spool_maker *maker;
	size_t memory;               /* bytes of sketches that wait in memory */
	const struct steps *steps;
};

/* An older article that some are copies of. */
struct copies_older {
	uint32_t part, doc;
	uint32_t story;              /* or STORY_NONE */
};

/* Nodes are the places of docs in `given`, then older articles, one of a story. */
struct copies {
	uint32_t *parent;            /* once found: the root */
	size_t n_nodes, capacity;
	struct copies_older *older;
	size_t n_older, older_capacity;
	struct number_map known;     /* nodes of older ones */
};

/* Bytes that it takes at most, with those of `older`, but for the few older articles
 * that have copies now. */
uint64_t copies_memory(const struct copies_input *input);

int copies_find(struct copies *out, const struct copies_input *input,
                struct ns_error *err);
void copies_release(struct copies *copies);

#endif
