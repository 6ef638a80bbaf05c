#include "bench/lookup.h"

#include <stdio.h>
#include <stdlib.h>

#include "tools/cli.h"

static const char program[] = "nsbench";

struct choices {
	const char *index, *class_of, *mode;
	uint64_t rounds, threads;
	bool json, verify;
};

static int run(struct lookup *lookup, const struct choices *choices)
{
	ns_error err;
	bool same = true;
	int status = NS_OK;
	if (choices->verify)
		status = lookup_verify(lookup, &same, &err);
	if (status != NS_OK)
		return cli_report(program, &err);
	if (!same)
		return CLI_ERROR;
	status = choices->threads ? lookup_threads(lookup, &err)
	                          : lookup_time(lookup, &err);
	return status == NS_OK ? CLI_DONE : cli_report(program, &err);
}

static int run_on(const char *dir, struct lookup *lookup,
                  const struct choices *choices)
{
	struct snapshot snapshot;
	ns_error err;
	if (asker_open_index(&snapshot, dir, &err) != NS_OK)
		return cli_report(program, &err);
	int code;
	if (asker_init(&lookup->asker, &snapshot, &err) != NS_OK)
		code = cli_report(program, &err);
	else
		code = run(lookup, choices);
	asker_release(&lookup->asker);
	snapshot_release(&snapshot);
	return code;
}

static bool read_queries(struct bench_queries *out, const char *path,
                         const char *class_of)
{
	if (!queries_read(out, path, program))
		return false;
	if (class_of)
		queries_keep(out, class_of);
	if (out->n)
		return true;
	cli_say(program, "there is no query of class %s in %s", class_of,
	        path);
	queries_release(out);
	return false;
}

static int bench(const struct choices *choices, const char *path)
{
	struct lookup lookup = {.rounds = choices->rounds,
	                        .threads = choices->threads,
	                        .json = choices->json};
	for (unsigned mode = 0; mode < MODES; mode++)
		lookup.asked[mode] = !choices->mode ||
		                     !strcmp(choices->mode,
		                             mode_name((enum mode)mode));
	char *dir = cli_find_index(program, choices->index);
	int code = CLI_ERROR;
	if (dir && read_queries(&lookup.queries, path, choices->class_of)) {
		code = run_on(dir, &lookup, choices);
		queries_release(&lookup.queries);
	}
	free(dir);
	return code;
}

int bench_lookup(int argc, char **argv)
{
	struct choices choices = {.rounds = 10};
	const struct cli_option options[] = {
		{"index", 'i', CLI_TEXT, "DIR", "the index ($NS_INDEX, else "
		 ".nsindex here or above)", &choices.index, 0, 0},
		{"rounds", 0, CLI_NUMBER, "N", "timed rounds; the best of each "
		 "query counts (10)", &choices.rounds, 1, 100000},
		{"threads", 0, CLI_NUMBER, "N", "what N threads do in a second, "
		 "beside one", &choices.threads, 2, THREADS_MAX},
		{"verify", 0, CLI_FLAG, NULL, "first compare every answer with "
		 "the oracle's", &choices.verify, 0, 0},
		{"class", 0, CLI_CHOICE, "term|and|or|phrase|mixed",
		 "queries of this class alone", &choices.class_of, 0, 0},
		{"mode", 0, CLI_CHOICE, "top10|top100|top1000|count|top10count",
		 "in this mode alone", &choices.mode, 0, 0},
		{"json", 0, CLI_FLAG, NULL, "print a JSON line for each class "
		 "and mode", &choices.json, 0, 0},
		CLI_STANDARD_OPTIONS,
	};
	const struct cli cli = {
		.program = "nsbench lookup", .usage = "[OPTION]... QUERIES",
		.about = "Times the queries of a file by class and mode.  A "
		         "line is a query, or ID, tab,\nquery, or JSON: "
		         "{\"query\": \"...\"}.",
		.options = options, .n_options = sizeof options / sizeof *options,
	};
	int n, code = cli_parse(&cli, argc, argv, &n);
	if (code != CLI_GO_ON)
		return code;
	if (n != 1)
		return cli_usage_error(&cli, "give one file of queries");
	return bench(&choices, argv[0]);
}
