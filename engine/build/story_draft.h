/* story_draft.h — which stories does a new segment record?
 *
 * Of new articles: each set of copies (copies.h), two at least or one of older ones.  It
 * is named by the id of its first article, so that its name is the same however the
 * index came about; an older story keeps its name, and gives it to what joins it.
 *
 * Of a merge of some segments: the stories that they are in already, whose names
 * other segments may speak of; nothing is compared again.  Of a merge of all: as of
 * new articles, from the sketches that are there, so that what comes out is what one
 * build of the articles that still live would have been.
 */
#ifndef NS_BUILD_STORY_DRAFT_H
#define NS_BUILD_STORY_DRAFT_H

#include "build/copies.h"

void story_draft_init(struct story_draft *draft);
void story_draft_release(struct story_draft *draft);

/* draft->of: by place in input->given, here and below; the caller puts docs for
 * places. */
int story_draft_find(struct story_draft *draft,
                     const struct copies_input *input, struct ns_error *err);

/* What a segment that goes into another says of older ones: goes along. */
int story_draft_inherit(struct story_draft *draft,
                        const struct story_table *table, struct ns_error *err);
/* Stories by the names that docs->sketches have; links and ids stay. */
int story_draft_know(struct story_draft *draft,
                     const struct copies_input *input, struct ns_error *err);

#endif
