/* docs.h — what was given, apart from its words: facts and text of each doc.
 *
 * Records are kept as they will stand in the store (FORMAT.md, "Heads and
 * bodies"), until the segment is written.  A doc that a later one with the same
 * id replaced is dead and gets no place in the segment.
 */
#ifndef NS_BUILD_DOCS_H
#define NS_BUILD_DOCS_H

#include "base/mem.h"
#include "format/layout.h"

struct doc {
	struct slice head, body; /* records; body empty where not stored */
	int64_t date;
	uint32_t length[2];      /* of text and title, capped */
	bool dead;
};

struct docs {
	struct arena arena;
	struct doc *items;
	size_t n, capacity, n_dead;
	bool stored;             /* keep bodies */
};

void docs_release(struct docs *docs);

/* Copies a doc of a segment: its records, already in their form. */
int docs_add_record(struct docs *docs, struct slice head, struct slice body,
                    int64_t date, const uint32_t length[2],
                    struct ns_error *err);

/* Copies what is kept of an article, whose texts are good UTF-8. */
int docs_add(struct docs *docs, const struct ns_article *article,
             const uint32_t length[2], struct ns_error *err);

/* false: it was dead already. */
bool docs_bury(struct docs *docs, uint32_t doc);

#endif
