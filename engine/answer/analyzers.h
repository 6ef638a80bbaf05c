/* analyzers.h — how do many threads share what only one may use at a time?
 *
 * An analyzer cuts one text at a time and holds about 1 MiB.  A thread takes one
 * for as long as it answers a query, and gives it back; there are as many as
 * threads ever asked at once, and at most ANALYZERS_KEPT are kept.
 *
 * Not taken: one for each thread (threads come and go, and nobody says when), and
 * a new one for each query (its memo of stems would always be empty).
 */
#ifndef NS_ANSWER_ANALYZERS_H
#define NS_ANSWER_ANALYZERS_H

#include <pthread.h>

#include "text/analyzer.h"

enum { ANALYZERS_KEPT = 8 };

struct analyzers {
	pthread_mutex_t lock;
	char language[32];
	struct analyzer *spare[ANALYZERS_KEPT];
	unsigned n_spare;
};

/* Opens the first, so that an unknown language is found at once. */
int analyzers_init(struct analyzers *out, struct slice language,
                   struct ns_error *err);
/* Those taken must have been given back. */
void analyzers_release(struct analyzers *analyzers);

int analyzers_take(struct analyzers *analyzers, struct analyzer **out,
                   struct ns_error *err);
void analyzers_give(struct analyzers *analyzers, struct analyzer *analyzer);

#endif
