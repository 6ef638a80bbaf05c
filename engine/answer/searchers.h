/* searchers.h — how do many threads share what only one may use at a time?
 *
 * A searcher (searcher.h) answers one query at a time and holds over 1 MiB.  A
 * thread takes one, for a query (ns_search) or for as long as it likes
 * (ns_searcher_open), and gives it back; there are as many as were ever out at
 * once, and at most SEARCHERS_KEPT are kept.
 *
 * Not taken: one for each thread (threads come and go, and nobody says when), and
 * a new one for each query (its memo of stems would always be empty).
 */
#ifndef NS_ANSWER_SEARCHERS_H
#define NS_ANSWER_SEARCHERS_H

#include <pthread.h>

#include "answer/searcher.h"

enum { SEARCHERS_KEPT = 8 };

struct searchers {
	pthread_mutex_t lock;
	const struct snapshot *snapshot;
	char language[32];
	struct ns_searcher *spare[SEARCHERS_KEPT];
	unsigned n_spare;
};

/* Opens the first, so that an unknown language is found at once.  The snapshot
 * must outlive it. */
int searchers_init(struct searchers *out, const struct snapshot *snapshot,
                   struct slice language, struct ns_error *err);
/* Those taken must have been given back. */
void searchers_release(struct searchers *searchers);

int searchers_take(struct searchers *searchers, struct ns_searcher **out,
                   struct ns_error *err);
void searchers_give(struct searchers *searchers, struct ns_searcher *searcher);

#endif
