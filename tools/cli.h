/* cli.h — how does a program of ours talk with the person who started it?
 *
 * Options come from a table, from which --help is printed too, so that neither
 * can say what the other does not do.  A long option takes its argument behind
 * '=' or as the next word; a short one as the next word, and a number also
 * without a blank (-n5).  "-iraq" is never "-i raq": it is a word to exclude.
 * Options may stand behind operands; "--" ends them.
 *
 * In a query (struct cli, query), after the first operand a dash word that is
 * no known option is an operand too: nsquery warplanes -raqqa.
 *
 * stdout is for data, stderr for talk.  What comes from articles, file names and
 * queries passes sanitize.h.  Nothing here depends on the locale.
 */
#ifndef NS_TOOLS_CLI_H
#define NS_TOOLS_CLI_H

#include <stdio.h>

#include "nsindex.h"

/* Exit codes: what a script can act on. */
enum {
	CLI_DONE = 0,
	CLI_NONE = 1,     /* nsquery: no hit; nsindex: something was refused */
	CLI_ERROR = 2,    /* usage, or any other error */
	CLI_DAMAGED = 3,
	CLI_TOO_NEW = 4,
	CLI_PARTIAL = 5,
	CLI_GO_ON = -1    /* of cli_parse: no exit */
};

/* The exit code for an enum ns_status. */
int cli_exit_code(int status);

enum cli_kind {
	CLI_FLAG,    /* target: bool */
	CLI_NUMBER,  /* target: uint64_t, least…most */
	CLI_SIZE,    /* target: uint64_t, bytes: 65536, 512K, 128M, 2G */
	CLI_TEXT,    /* target: const char *, not empty */
	CLI_TEXTS,   /* target: struct cli_texts; may be given again */
	CLI_CHOICE,  /* target: const char *, one of `argument`: "text|jsonl" */
	CLI_HELP,    /* prints the help, ends with 0; =man and =words: manual.h */
	CLI_VERSION
};

struct cli_texts {
	const char **items; /* room for argc, the caller's */
	size_t n;
};

struct cli_option {
	const char *name;     /* "index"; NULL: a letter only */
	char letter;          /* 'i'; 0: a name only */
	enum cli_kind kind;
	const char *argument; /* as help shows it: "DIR"; NULL for flags */
	const char *help;     /* one line; NULL: not shown */
	void *target;
	uint64_t least, most; /* of a number or size; most 0: no limit */
};

struct cli {
	const char *program; /* "nsquery", "nsindex build" */
	const char *usage;   /* behind the program: "[OPTION]... WORD..." */
	const char *about;   /* a sentence, or lines */
	const char *more;    /* lines below the options, or NULL */
	const struct cli_option *options;
	size_t n_options;
	bool query;
};

/* So many values that help shows them in lines of their own, and WORD for them? */
bool cli_has_many_choices(const struct cli_option *option);

#define CLI_STANDARD_OPTIONS                                                   \
	{"help", 'h', CLI_HELP, NULL, "show this and exit", NULL, 0, 0},       \
	{"version", 0, CLI_VERSION, NULL, "show the version and exit", NULL,   \
	 0, 0}

/* Call first: a closed pipe becomes a failed write, closed standard files are
 * held by /dev/null, and memory that is free goes back to the system. */
void cli_start(void);

/* Reads argv[1…argc), moves the operands to argv[0…*n_operands) and ends them
 * with NULL.  CLI_GO_ON, or the exit code of the program: after --help and
 * --version, or after a usage error that has been told. */
int cli_parse(const struct cli *cli, int argc, char **argv, int *n_operands);

void cli_help(const struct cli *cli, FILE *file);

/* Prints "nsquery: TEXT" and a hint where to read on; returns CLI_ERROR. */
int cli_usage_error(const struct cli *cli, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Prints "program: place:line: message (offset N)"; returns the exit code. */
int cli_report(const char *program, const ns_error *err);

/* Prints "program: text" on stderr, sanitized. */
void cli_say(const char *program, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The index to use: option, else $NS_INDEX, else .nsindex here or in the nearest
 * parent that has one.  A string to be freed; NULL where there is none (which
 * has been told). */
char *cli_find_index(const char *program, const char *option);

/* May this file be given colours? */
bool cli_colours(FILE *file);
/* Columns of the terminal behind file; 80 where it is none. */
unsigned cli_columns(FILE *file);

/* Flushes and closes stdout.  code, or CLI_ERROR where what was printed could
 * not be written (told, unless the reader of a pipe has gone). */
int cli_finish(const char *program, int code);

#endif
