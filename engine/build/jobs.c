#include "build/jobs.h"

#include <pthread.h>
#include <signal.h>

struct job {
	job_fn *fn;
	void *context;
	unsigned number;
	unsigned long thread;
	bool started;
	int status;
	struct ns_error err;
};

static_assert(sizeof(pthread_t) <= sizeof(unsigned long), "a thread's name");

bool jobs_start(void *(*fn)(void *), void *context, unsigned long *thread)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_t name;
	bool started = pthread_create(&name, NULL, fn, context) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (started)
		*thread = (unsigned long)name;
	return started;
}

void jobs_join(unsigned long thread)
{
	pthread_join((pthread_t)thread, NULL);
}

static void *run(void *context)
{
	struct job *job = context;
	job->status = job->fn(job->context, job->number, &job->err);
	return NULL;
}

int jobs_run(job_fn *fn, void *context, unsigned n, struct ns_error *err)
{
	struct job jobs[THREADS_MAX];
	ASSERT_REL(n, <=, THREADS_MAX);
	for (unsigned i = 0; i < n; i++)
		jobs[i] = (struct job){.fn = fn, .context = context,
		                       .number = i};
	for (unsigned i = 1; i < n; i++)
		jobs[i].started = jobs_start(run, &jobs[i], &jobs[i].thread);
	for (unsigned i = 0; i < n; i++)
		if (!jobs[i].started)
			run(&jobs[i]);
	for (unsigned i = 1; i < n; i++)
		if (jobs[i].started)
			jobs_join(jobs[i].thread);
	for (unsigned i = 0; i < n; i++) {
		if (jobs[i].status == NS_OK)
			continue;
		if (err)
			*err = jobs[i].err;
		return jobs[i].status;
	}
	return NS_OK;
}
