/* build.h — nsbench build: how fast is an index made, and how small does it get?
 *
 *     reading              0.52 s   99.3 MB/s
 *     …
 *     all                  7.31 s    7.2 MB/s   6.98 s of processors, 241.0 MiB
 *
 * The nsindex beside nsbench builds the files into a scratch folder, in a process of
 * its own: what is measured is what people run, and its peak of memory is its own.
 * Times of phases are its report (nsindex build --json); time of processors and
 * memory are the system's.  MB are 10⁶ bytes of bodies, also beside a phase that does
 * something else.
 *
 * The fastest round counts, with its phases, so that they add up; of memory the
 * largest of all rounds does.  Sizes are those of the last round: the same input
 * makes the same bytes.
 *
 * Not taken: to build inside this process.  A second round would find pages and
 * memory warm, and the peak would be that of all rounds together.
 */
#ifndef NS_BENCH_BUILD_H
#define NS_BENCH_BUILD_H

#include "answer/stat_cost.h"

enum { BUILD_PHASES = 16, BUILD_NAME = 32 };

struct build_phase {
	char name[BUILD_NAME];
	double seconds;
};

struct build_round {
	double seconds, cpu;  /* of the clock, of processors */
	uint64_t memory;      /* bytes, at the most */
	uint64_t articles, bytes_body, bytes_index;
	struct build_phase phases[BUILD_PHASES];
	size_t n_phases;
};

struct build_figures {
	uint64_t rounds;
	struct build_round best;
	uint64_t chunks[CHUNKS + 2]; /* by stat_part */
	const char *names[CHUNKS + 2];
	struct stat_field text;      /* the field */
};

int bench_build(int argc, char **argv);

/* Runs `nsindex build -i DIR --json OPTION… -- FILE…` once; dir has to be missing,
 * log is a file for what it says.  arguments: OPTION…, "--", FILE…, ending in NULL.
 * CLI_GO_ON, or the exit code, told. */
int build_run(const char *dir, const char *log, char **arguments,
              struct build_round *out);

void build_print(const struct build_figures *figures);
void build_print_json(const struct build_figures *figures);

#endif
