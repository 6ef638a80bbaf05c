/* jobs.h — the same work by several threads.
 *
 * The calling thread is one of them, number 0, and alone may hear of progress.
 * Threads that the system will not give are no failure: the caller does their part
 * behind its own.
 */
#ifndef NS_BUILD_JOBS_H
#define NS_BUILD_JOBS_H

#include <pthread.h>

#include "base/err.h"

enum { THREADS_MAX = 64 };

typedef int job_fn(void *context, unsigned thread, struct ns_error *err);

/* Calls fn once for each thread 0 … n − 1 ≤ THREADS_MAX, and waits for all.  One
 * that fails must see to it that the others end.  What the lowest of those that
 * failed says. */
int jobs_run(job_fn *fn, void *context, unsigned n, struct ns_error *err);

/* Starts a thread that hears no signals: they are the program's own.  false: there is
 * none to be had. */
bool jobs_start(void *(*fn)(void *), void *context, pthread_t *out);

/* For tests: from now on no thread is to be had, or again some are. */
void jobs_refuse(bool refuse);

#endif
