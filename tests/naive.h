/* naive.h — what would the answer be if nothing were clever?
 *
 * Articles are cut into words and kept; a query is parsed, and each article is
 * read from its first word to its last to see whether it matches.  No postings,
 * no plan, no ranker: of the engine only the analyzer (how words are cut) and
 * the grammar (how a query is read).  Scores are computed here a second time,
 * from their definition.  What the engine answers must equal this to the bit.
 */
#ifndef NS_TESTS_NAIVE_H
#define NS_TESTS_NAIVE_H

#include "query/grammar.h"
#include "text/analyzer.h"

struct naive;

struct naive_hit {
	const struct ns_article *article;
	uint64_t units; /* the score in units of 2^(shift − 20) */
	double score;
	size_t rank;    /* which article: the order in which they were given */
};

struct naive_result {
	struct naive_hit *hits; /* all that match, best first */
	size_t n;
};

/* Aborts where memory ends. */
struct naive *naive_new(const char *language);
void naive_free(struct naive *naive);

/* Borrows the article.  One with the id of an earlier one replaces it; without
 * an id: one with the same title, body and section. */
void naive_add(struct naive *naive, const struct ns_article *article);

/* Deletes the article with this id; false where there is none. */
bool naive_delete(struct naive *naive, ns_text id);
/* Deletes what matches and was committed; returns how many. */
size_t naive_delete_matches(struct naive *naive, ns_text query);

/* What was added becomes a segment; then segments merge by this rule: an
 * older one joins its newer neighbours while it has fewer than twice their living
 * articles, one of which a fifth is dead is written anew.  Only what is not in any
 * segment any more leaves the statistics.  (Without any commit replaced articles
 * count nowhere, as in one build.) */
enum naive_merge { NAIVE_USUAL, NAIVE_NO_DEAD, NAIVE_ONE };
void naive_commit(struct naive *naive, enum naive_merge merge);

/* Articles that are there. */
uint64_t naive_living(const struct naive *naive);

/* The status is that of query_parse. */
int naive_search(struct naive *naive, ns_text query, float k1, float b,
                 struct naive_result *out);
void naive_result_release(struct naive_result *result);

#endif
