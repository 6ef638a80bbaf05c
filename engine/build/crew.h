/* crew.h — articles are indexed by several threads.
 *
 * Articles gather in loads of some text (budget.h).  A load that is full waits in
 * a queue for a thread; where the queue is full, the caller indexes one itself,
 * so that all are busy, and no more text waits than a load or two for each.  Each
 * thread has an indexer, whose docs rise but have gaps: the docs of the others.
 * With one thread an article is indexed as it comes, and copied nowhere.
 */
#ifndef NS_BUILD_CREW_H
#define NS_BUILD_CREW_H

#include "build/docs.h"
#include "build/indexer.h"
#include "build/jobs.h"

struct crew_load;

struct crew {
	struct docs *docs;           /* get lengths */
	const struct budget *budget;
	struct indexer *indexers;    /* of the caller, then of its threads */
	unsigned n;                  /* threads, the caller among them */
	bool begun;                  /* others have an analyzer, or are there */
	unsigned n_started;          /* threads that are, without the caller */
	pthread_t threads[THREADS_MAX];
	unsigned n_named;            /* threads that took their indexer */
	struct crew_load *filling;   /* the caller's */
	pthread_mutex_t lock;        /* of what follows */
	pthread_cond_t moved;
	struct crew_load *queue;     /* oldest first */
	struct crew_load *done;      /* lengths wait to be taken */
	struct crew_load *spare;
	unsigned n_queue;
	bool ended, failed;
	int status;
	struct ns_error err;         /* of the first thread that failed */
};

/* analyzer: the caller's indexer borrows it; others open their own.  Threads start
 * with the first load. */
int crew_open(struct crew *crew, struct analyzer *analyzer, struct docs *docs,
              struct spool_maker *maker, const struct budget *budget,
              struct ns_error *err);
/* Ends the threads, in any state. */
void crew_release(struct crew *crew);

/* Takes a copy of the article's texts, which are good UTF-8. */
int crew_add(struct crew *crew, const struct ns_article *article, uint32_t doc,
             struct ns_error *err);

/* Waits until all is indexed and ends the threads; then runs has all that there is
 * and docs their lengths. */
int crew_finish(struct crew *crew, struct runs *runs, struct ns_error *err);

#endif
