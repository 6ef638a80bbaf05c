#include "build/jobs.h"

#include <signal.h>

struct job {
	job_fn *fn;
	void *context;
	unsigned number;
	pthread_t thread;
	bool started;
	int status;
	struct ns_error err;
};

static bool refused;

void jobs_refuse(bool refuse)
{
	refused = refuse;
}

bool jobs_start(void *(*fn)(void *), void *context, pthread_t *out)
{
	sigset_t all, before;
	if (refused)
		return false;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	bool started = pthread_create(out, NULL, fn, context) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return started;
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
			pthread_join(jobs[i].thread, NULL);
	for (unsigned i = 0; i < n; i++) {
		if (jobs[i].status == NS_OK)
			continue;
		if (err)
			*err = jobs[i].err;
		return jobs[i].status;
	}
	return NS_OK;
}
