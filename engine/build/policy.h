/* policy.h — which segments become one?
 *
 * Problem: each commit of an update adds a segment, and a query visits all of
 * them; but to merge always is to write the whole index for each article.
 *
 * Choice: neighbours merge as the digits of a binary counter carry.  Going from the
 * newest segment to the oldest, one joins the group of its newer neighbours while
 * it has fewer than twice their living docs together.  Afterwards each segment has
 * at least twice the docs of the next, so that N articles make at most
 * log2(N) + 1 segments, and each article is written log2(N) times at the most.
 * Besides, a segment of which a fifth is dead is written anew, and one in which
 * nothing lives is left out.
 *
 * Only neighbours merge: then the order in which articles were given, which decides
 * ties, is still that of segments and of the docs in each, as they stand or as the
 * segment says.  Not taken: tiers of similar size wherever they stand (Lucene), after
 * which nothing but a rank of every doc in the whole index would tell.
 */
#ifndef NS_BUILD_POLICY_H
#define NS_BUILD_POLICY_H

#include "base/base.h"

enum policy_wish {
	POLICY_COMMIT, /* what every commit does */
	POLICY_DEAD,   /* and every segment with a dead doc is written anew */
	POLICY_ALL     /* one segment, without dead docs */
};

struct policy_segment {
	uint32_t docs, dead;
};

/* Segments first … end − 1 become one, written anew; where it is one segment and
 * !anew, it stays as it is. */
struct policy_group {
	uint32_t first, end;
	bool anew;
};

/* Fills groups (at most n), oldest first, and returns how many there are; a
 * segment in which nothing lives is in none.  Groups have at most DOCS_MAX
 * docs. */
uint32_t policy_groups(const struct policy_segment *segments, uint32_t n,
                       enum policy_wish wish, struct policy_group *groups);

#endif
