/* naive_stories.h — which articles tell the same story, found the slow way?
 *
 * A second hand at "Sketches and stories" of FORMAT.md: hashes, bins and the rule of
 * who is compared with whom are written from that page, and every doc looks at all
 * before it.
 */
#ifndef NS_TESTS_NAIVE_STORIES_H
#define NS_TESTS_NAIVE_STORIES_H

#include "text/analyzer.h"

/* out[i]: the first of the articles that tells the same story as article i, which
 * may be itself.  They are given in this order, and all of them live. */
void naive_stories(const struct ns_article *const *articles, size_t n,
                   size_t *out);

#endif
