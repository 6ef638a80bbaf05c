/* snippet.h — which piece of an article shows why it was found?
 *
 * One window of about `size` bytes.  Among all windows that start at a match the
 * best has, in this order: the most different leaves, their largest weight, the
 * most matches, the earliest place.  It is then opened to the left as far as the
 * start of a sentence or paragraph where one is near, else to a word, and to the
 * right to the end of a sentence or a word.
 *
 *     body     Talks went on.\nThe chemical attack killed dozens, aid workers
 *              said on Tuesday in the capital. More soon.
 *     snippet  … The chemical attack killed dozens, aid workers said on Tuesday
 *              in the capital. …                    highlights [[8,23]]
 *
 * "…" stands where text was cut; runs of white space, ends of paragraphs too,
 * become one blank; ranges are of the snippet as it is given.  A match longer
 * than the window is shown from its start.  Without a match the snippet is the
 * beginning of the body.
 *
 * Not taken: several fragments glued by "…" (readers take them for one sentence,
 * and no range in the article belongs to them).
 */
#ifndef NS_ANSWER_SNIPPET_H
#define NS_ANSWER_SNIPPET_H

#include "answer/matches.h"

enum { SNIPPET_SIZE = 240, SNIPPET_LEAST = 20 };

struct snippet {
	struct buffer text;
	ns_range *ranges;
	size_t n_ranges, capacity;
};

void snippet_init(struct snippet *snippet);
void snippet_release(struct snippet *snippet);

/* Makes the snippet of body (UTF-8) from the matcher's last matches, which are
 * of body or of the part of it that was looked at.  size 0: SNIPPET_SIZE. */
int snippet_make(struct snippet *snippet, struct slice body,
                 struct matcher *matcher, size_t size, struct ns_error *err);

#endif
