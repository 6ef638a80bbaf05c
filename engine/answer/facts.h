/* facts.h — a doc: what is kept of its article, fit to be shown?
 *
 * Reads a record of a store and copies its texts in good UTF-8, whatever the index
 * holds, each with a NUL byte behind it.
 */
#ifndef NS_ANSWER_FACTS_H
#define NS_ANSWER_FACTS_H

#include "format/segment.h"

/* A reader's memory: the blocks unpacked last. */
struct facts {
	const struct segment *segment; /* of the view; NULL: none yet */
	struct segment_view view;
	struct buffer clean;
};

void facts_init(struct facts *facts);
void facts_release(struct facts *facts);
/* Lets go of what an article that was very long needed. */
void facts_trim(struct facts *facts);

/* A copy in the arena. */
int facts_keep(struct facts *facts, struct arena *arena, ns_text from,
               ns_text *out, struct ns_error *err);

/* Fills id, title, section, author, url, lang, source and date of *out; texts are
 * copies in the arena. */
int facts_read(struct facts *facts, const struct segment *segment, uint32_t doc,
               struct arena *arena, struct ns_article *out,
               struct ns_error *err);

/* The body, valid until the next call; empty where text is not stored. */
int facts_body(struct facts *facts, const struct segment *segment, uint32_t doc,
               struct slice *out, struct ns_error *err);

#endif
