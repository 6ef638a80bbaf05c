/* planted_articles.h — articles of which it is known who copied whom.
 *
 * What happens to a piece of an agency on its way into papers: words are left out,
 * others put in their place or between them; a paragraph is appended, or the last one
 * is cut; paragraphs change places; the headline is another; the agency's line stands
 * in front.  A copy suffers one to three of these.
 *
 * Among them stand pieces that look alike and are none: daily reports of one form
 * with other numbers, and articles that end in the same paragraph about the paper.
 */
#ifndef NS_TESTS_PLANTED_ARTICLES_H
#define NS_TESTS_PLANTED_ARTICLES_H

#include "random_articles.h"

struct planted {
	struct random_set set;
	size_t *origin;        /* by article: which original it is a copy of */
	size_t n_originals;
};

/* originals NULL: n random ones; else those.  Ids are new in either case.  Articles
 * come in any order, copies before and behind their originals. */
void planted_make(struct planted *out, struct random *random,
                  const struct ns_article *originals, size_t n);
void planted_release(struct planted *planted);

#endif
