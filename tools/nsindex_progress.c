/* nsindex_progress.c — how far is a build, and how long will it take?
 *
 *     reading  1,204,344 articles  53.1 MB/s  812.0 MiB  41 %  2 min 05 s left
 *     writing lists  812.0 MiB  41 %
 *
 * MB are of the input, MiB are the memory that the program holds now.  How much
 * there is to read is known of files, not of pipes: then there is neither a part
 * nor a time.  The phases of a commit, which are shown from its first second on,
 * are of unlike length: they have no time either.
 *
 * On a terminal only, ten times a second at the most, and gone at the end.  What
 * does not fit into its columns is left out, the least wanted first: a line that
 * wraps could not be drawn over.  A dumb terminal has no way to clear a line.  No
 * colours are used, so that NO_COLOR asks for nothing else.
 */
#include <fcntl.h>
#include <stdlib.h>
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

static bool can_redraw(void)
{
	const char *kind = getenv("TERM");
	return isatty(STDERR_FILENO) && kind && *kind && strcmp(kind, "dumb");
}

void progress_start(struct progress *progress, uint64_t total)
{
	*progress = (struct progress){
		.on = can_redraw(), .total = total,
		.started = progress_now(),
	};
	progress->last = progress->started;
}

/* ---- the line -------------------------------------------------------------- */

/* Parts in the order of the line; places in the order in which they are wanted. */
enum { PARTS = 6, PART = 64 };

struct line {
	char part[PARTS][PART]; /* empty: not there */
	bool shown[PARTS];
};

enum part { PHASE, ARTICLES, SPEED, MEMORY, DONE, LEFT };

static const enum part wanted_reading[PARTS] = {
	DONE, LEFT, ARTICLES, SPEED, PHASE, MEMORY};
static const enum part wanted_commit[PARTS] = {
	PHASE, DONE, MEMORY, ARTICLES, SPEED, LEFT};

static void draw(struct line *line, const enum part *wanted)
{
	size_t room = cli_columns(stderr), used = 0;
	for (unsigned i = 0; i < PARTS; i++) {
		size_t size = strlen(line->part[wanted[i]]);
		size += used ? 2 : 0;
		/* the last column stays free: some terminals wrap behind it */
		if (!*line->part[wanted[i]] || used + size >= room)
			continue;
		line->shown[wanted[i]] = true;
		used += size;
	}
	const char *between = "";
	fputs("\r\033[K", stderr);
	for (unsigned i = 0; i < PARTS; i++) {
		if (!line->shown[i])
			continue;
		fprintf(stderr, "%s%s", between, line->part[i]);
		between = "  ";
	}
	fflush(stderr);
}

/* Pages that are resident now: the second number of statm.  Nothing is shown where
 * the system has no such file. */
static void put_memory(struct line *line)
{
	char text[128], size[NUMBER_SIZE];
	int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return;
	ssize_t n = read(file, text, sizeof text - 1);
	close(file);
	text[n > 0 ? n : 0] = '\0';
	const char *second = strchr(text, ' ');
	long page = sysconf(_SC_PAGESIZE);
	if (second && page > 0)
		snprintf(line->part[MEMORY], PART, "%s",
		         number_size(size, strtoull(second, NULL, 10) *
		                           (uint64_t)page));
}

static void put_done(struct line *line, uint64_t done, uint64_t total)
{
	if (total && done <= total)
		snprintf(line->part[DONE], PART, "%u %%",
		         (unsigned)(100.0 * (double)done / (double)total));
}

/* Whole seconds, so that the end of the line stands still. */
static void put_left(struct line *line, double seconds)
{
	char time[NUMBER_SIZE];
	if (seconds < 60)
		snprintf(line->part[LEFT], PART, "%u s left",
		         (unsigned)seconds + 1);
	else
		snprintf(line->part[LEFT], PART, "%s left",
		         number_duration(time, seconds));
}

/* Is it time to draw?  Then it is so again in a tenth of a second. */
static bool is_due(struct progress *progress, double *now)
{
	if (!progress->on)
		return false;
	*now = progress_now();
	if (*now - progress->last < 0.1)
		return false;
	progress->last = *now;
	return true;
}

void progress_step(struct progress *progress, uint64_t bytes,
                   uint64_t articles)
{
	char number[NUMBER_SIZE];
	struct line line = {.part = {[PHASE] = "reading"}};
	double now;
	if (!is_due(progress, &now))
		return;
	double speed = (double)bytes / (now - progress->started);
	snprintf(line.part[ARTICLES], PART, "%s article%s",
	         number_grouped(number, articles), articles == 1 ? "" : "s");
	snprintf(line.part[SPEED], PART, "%s MB/s",
	         number_fixed(number, speed / 1e6, 1));
	put_memory(&line);
	put_done(&line, bytes, progress->total);
	if (*line.part[DONE] && speed > 0)
		put_left(&line, (double)(progress->total - bytes) / speed);
	draw(&line, wanted_reading);
}

void progress_phase(struct progress *progress, const char *phase,
                    uint64_t done, uint64_t total)
{
	struct line line = {0};
	double now;
	if (progress_now() - progress->started < 1 || !is_due(progress, &now))
		return;
	snprintf(line.part[PHASE], PART, "%s", phase);
	put_memory(&line);
	if (total > 1) /* else it is one step */
		put_done(&line, done, total);
	draw(&line, wanted_commit);
}

void progress_clear(const struct progress *progress)
{
	if (progress->on && progress->last > progress->started) {
		fputs("\r\033[K", stderr);
		fflush(stderr);
	}
}

/* ---- the commit ------------------------------------------------------------ */

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
