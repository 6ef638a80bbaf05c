/* random_articles.h — what does a newspaper look like to somebody who wants to
 * break the engine?
 *
 * Articles and queries from a seed: the same seed, the same articles, on every
 * machine.  Words follow Zipf's law over a small vocabulary of families
 * (attack, attacks, attackers), so that lists are long and stems shared; between
 * them hyphens, apostrophes of both kinds, U.S., AT&T, @handles, numbers, words
 * of other scripts, bytes that are no UTF-8.  Some words come in bursts of
 * neighbouring articles, some in all articles: runs, bitsets, exceptions.
 */
#ifndef NS_TESTS_RANDOM_ARTICLES_H
#define NS_TESTS_RANDOM_ARTICLES_H

#include "base/mem.h"
#include "random.h"

static inline bool random_chance(struct random *random, uint32_t percent)
{
	return random_below(random, 100) < percent;
}

struct random_shape {
	uint32_t articles;
	uint32_t words;      /* of a body, at most */
	uint32_t duplicates; /* percent of articles that take an earlier id */
	bool long_one;       /* one article passes 65,535 words */
};

struct random_set {
	struct arena arena;
	struct ns_article *articles;
	size_t n;
};

/* Aborts where memory ends. */
void random_articles(struct random_set *out, struct random *random,
                     const struct random_shape *shape);
void random_release(struct random_set *set);

/* A query of a random kind; many take their words from the articles. */
void random_query(struct random *random, const struct random_set *set,
                  struct buffer *out);

#endif
