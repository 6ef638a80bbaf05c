/* nsindex.h — the verbs of nsindex, one file each.
 *
 * Each is a main of its own behind the verb: argv[0] is the verb; returns the
 * exit code.
 */
#ifndef NS_TOOLS_NSINDEX_H
#define NS_TOOLS_NSINDEX_H

#include "source/source.h"
#include "tools/cli.h"

int nsindex_build(int argc, char **argv);
int nsindex_add(int argc, char **argv);
int nsindex_delete(int argc, char **argv);
int nsindex_merge(int argc, char **argv);
int nsindex_check(int argc, char **argv);
int nsindex_stat(int argc, char **argv);
int nsindex_dump(int argc, char **argv);

#define INDEX_OPTION(target)                                                   \
	{"index", 'i', CLI_TEXT, "DIR", "the index ($NS_INDEX, else .nsindex " \
	 "here or above)", target, 0, 0}
#define DURABILITY_OPTION(target)                                              \
	{"durability", 0, CLI_CHOICE, "commit|none", "wait until the disk has " \
	 "it, or do not (commit)", target, 0, 0}

/* What a commit may use of the machine; targets: uint64_t. */
#define MACHINE_OPTIONS(memory, threads)                                       \
	{"memory", 0, CLI_SIZE, "SIZE", "hold no more; the rest waits in "     \
	 "files (a quarter of the machine's)",                                 \
	 memory, NS_MEMORY_LEAST, 0},                                          \
	{"threads", 0, CLI_NUMBER, "N", "work by so many at once (one for "    \
	 "each CPU)", threads, 1, 64}

/* ---- writing ----------------------------------------------------------- */

/* Catches SIGINT and SIGTERM; while articles are read they end the program. */
void interrupt_catch(void);
void interrupt_while_reading(bool on);
/* While articles are read that also removes dir, made for an index whose lock is
 * held, where there is nothing but the lock in it. */
void interrupt_removes(const char *dir);
/* The signal that came since, or 0. */
int interrupt_caught(void);

/* An ns_progress_fn, context a struct progress: shows the phase, and stops the
 * commit after a signal. */
bool commit_hear(void *context, const char *phase, uint64_t done,
                 uint64_t total);
/* A commit that failed or was stopped: tells it; the exit code. */
int commit_report(const ns_error *err);

/* ---- the parts of build ------------------------------------------------ */

/* --preview: prints the cut, writes nothing. */
int nsindex_preview(char **paths, const struct source_options *options);

/* --guess: prints a rule file that would cut them, writes nothing. */
int nsindex_guess(char **paths, const struct source_options *options);

/* Tells of things that were not used, as they happen: at most 20 of a reason, and
 * none of what is routine. */
struct told {
	uint64_t by_reason[SOURCE_EVENT_KINDS][SOURCE_REASONS];
	bool strict;          /* the refusal is the error, told at the end */
	FILE *log;            /* of all of them; NULL: none */
	const char *log_path; /* borrowed */
};
/* The log, where path is not NULL; false where it cannot be written (told). */
bool told_open_log(struct told *told, const char *path);
/* Closes it; false where it could not be written to its end (told). */
bool told_close_log(struct told *told);
void told_event(struct told *told, const struct source_event *event);
/* "… and 7 more: bad JSON" */
void told_rest(const struct told *told);

/* The lines at the end of a build, on stderr. */
struct build_facts {
	const char *dir;
	const ns_build_report *built;
	const struct source_report *read;
	const struct told *told;
	double seconds, reading; /* of all; of these, until the commit began */
	uint64_t bytes_body;     /* of the articles taken */
	bool added;         /* to what was there, not instead of it */
};
void report_print(const struct build_facts *facts);
/* The same as one JSON line, on stdout (nsindex.schema.json). */
void report_print_json(const struct build_facts *facts);

/* A line on a terminal that says how far a build is (nsindex_progress.c); silent
 * elsewhere. */
struct progress {
	bool on;
	uint64_t total; /* bytes; 0: unknown */
	double started, last;
};
void progress_start(struct progress *progress, uint64_t total);
/* Of a commit; shown a second after the start. */
void progress_phase(struct progress *progress, const char *phase,
                    uint64_t done, uint64_t total);
void progress_step(struct progress *progress, uint64_t bytes,
                   uint64_t articles);
void progress_clear(const struct progress *progress);
double progress_now(void); /* seconds, monotonic */

#endif
