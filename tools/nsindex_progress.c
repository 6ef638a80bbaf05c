/* nsindex_progress.c — how far is a build, and how long will it take?
 *
 *     1,204,344 articles  53.1 MB/s  41 %  2 min 05 s left
 *
 * On a terminal only, ten times a second at the most, and gone at the end.  Behind
 * the reading the commit shows its phase:
 *
 *     writing lists  41 %
 */
#include <time.h>
#include <unistd.h>

#include "tools/nsindex.h"
#include "tools/numbers.h"

double progress_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void progress_start(struct progress *progress, uint64_t total)
{
	*progress = (struct progress){
		.on = isatty(STDERR_FILENO), .total = total,
		.started = progress_now(),
	};
	progress->last = progress->started;
}

void progress_step(struct progress *progress, uint64_t bytes,
                   uint64_t articles)
{
	char number[NUMBER_SIZE], rate[NUMBER_SIZE], time[NUMBER_SIZE];
	if (!progress->on || articles % 16)
		return;
	double now = progress_now(), spent = now - progress->started;
	if (now - progress->last < 0.1 || spent <= 0)
		return;
	progress->last = now;
	double speed = (double)bytes / spent;
	fprintf(stderr, "\r\033[K%s articles  %s MB/s",
	        number_grouped(number, articles),
	        number_fixed(rate, speed / 1e6, 1));
	if (progress->total && bytes <= progress->total && speed > 0)
		fprintf(stderr, "  %u %%  %s left",
		        (unsigned)(100 * bytes / progress->total),
		        number_duration(time,
		        (double)(progress->total - bytes) / speed));
	fflush(stderr);
}

void progress_restart(struct progress *progress)
{
	progress->started = progress->last = progress_now();
}

void progress_phase(struct progress *progress, const char *phase,
                    uint64_t done, uint64_t total)
{
	double now = progress_now();
	if (!progress->on || now - progress->started < 1 ||
	    now - progress->last < 0.1)
		return;
	progress->last = now;
	fprintf(stderr, "\r\033[K%s  %u %%", phase,
	        (unsigned)(total ? 100 * done / total : 0));
	fflush(stderr);
}

bool commit_hear(void *context, const char *phase, uint64_t done,
                 uint64_t total)
{
	progress_phase(context, phase, done, total);
	return !interrupt_caught();
}

int commit_report(const ns_error *err)
{
	int signal = interrupt_caught();
	if (err->code != NS_E_STOPPED || !signal)
		return cli_report("nsindex", err);
	cli_say("nsindex", "interrupted; nothing has changed");
	return 128 + signal;
}

void progress_clear(const struct progress *progress)
{
	if (progress->on && progress->last > progress->started) {
		fputs("\r\033[K", stderr);
		fflush(stderr);
	}
}
