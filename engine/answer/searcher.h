/* searcher.h — what does a thread keep from one query to the next?
 *
 * All memory that an answer needs: the analyzer with its memo of stems, the
 * ranker's scratch, the trees of query and plan, the block of articles that was
 * unpacked last, and the results that were given out.  So a warm query that asks
 * for numbers and scores takes no memory of its own on this floor; a hit with
 * texts takes that of its matcher (matches.h) and of its texts.
 */
#ifndef NS_ANSWER_SEARCHER_H
#define NS_ANSWER_SEARCHER_H

#include "answer/hits.h"

struct searchers;

struct ns_searcher {
	struct searchers *home;   /* where it goes when it is given back */
	const struct snapshot *snapshot;
	struct analyzer *analyzer;
	struct rank_scratch *scratch;
	struct query query;
	struct plan plan;
	struct hits hits;
	struct collapse collapse;  /* open once a query has asked for it */
	struct ns_results results; /* of ns_searcher_search */
	struct arena article;      /* texts of ns_searcher_article */
};

/* language: as analyzer_open wants it; its errors. */
int searcher_open(struct ns_searcher **out, const struct snapshot *snapshot,
                  const char *language, struct ns_error *err);
void searcher_free(struct ns_searcher *searcher);

/* Between two owners: lets go of results, and of what grew large. */
void searcher_rest(struct ns_searcher *searcher);

/* The facts of an article by its number; texts until the next call. */
int searcher_article(struct ns_searcher *searcher, uint64_t number,
                     struct ns_article *out, struct ns_error *err);

#endif
