#include "bench/build.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

#include "tools/cli.h"

static const char program[] = "nsbench";

struct scratch {
	char *folder, *index, *log;
};

static int remove_one(const char *path, const struct stat *facts, int kind,
                      struct FTW *where)
{
	(void)facts, (void)kind, (void)where;
	return remove(path);
}

static void remove_all(const char *path)
{
	nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void scratch_release(struct scratch *scratch)
{
	if (scratch->folder)
		remove_all(scratch->folder);
	free(scratch->folder);
	free(scratch->index);
	free(scratch->log);
}

static bool scratch_make(struct scratch *out)
{
	const char *above = getenv("TMPDIR");
	*out = (struct scratch){0};
	if (asprintf(&out->folder, "%s/nsbench-XXXXXX",
	             above && *above ? above : "/tmp") < 0)
		out->folder = NULL;
	if (out->folder && !mkdtemp(out->folder)) {
		cli_say(program, "cannot make the folder %s", out->folder);
		free(out->folder);
		out->folder = NULL;
		return false;
	}
	if (!out->folder ||
	    asprintf(&out->index, "%s/index", out->folder) < 0 ||
	    asprintf(&out->log, "%s/log", out->folder) < 0) {
		cli_say(program, "memory ended");
		scratch_release(out);
		return false;
	}
	return true;
}

/* What the index costs; it is read by us, so behind the last round. */
static int measure(const char *path, struct build_figures *out)
{
	static struct stat_cost cost;
	struct snapshot snapshot;
	ns_error err;
	int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0) {
		cli_say(program, "cannot open %s", path);
		return CLI_ERROR;
	}
	int status = snapshot_open(&snapshot, dir, path, 0, true, &err);
	close(dir);
	if (status != NS_OK)
		return cli_report(program, &err);
	status = stat_measure(&snapshot, &cost, &err);
	for (unsigned i = 0; i < CHUNKS + 2; i++)
		out->names[i] = stat_part(&snapshot, i, &out->chunks[i]);
	snapshot_release(&snapshot);
	out->text = cost.field[FIELD_TEXT];
	return status == NS_OK ? CLI_GO_ON : cli_report(program, &err);
}

static int run_rounds(const struct scratch *scratch, char **arguments,
                      struct build_figures *figures)
{
	struct build_round *best = &figures->best;
	for (uint64_t i = 0; i < figures->rounds; i++) {
		struct build_round round = {0};
		remove_all(scratch->index);
		int code = build_run(scratch->index, scratch->log, arguments,
		                     &round);
		if (code != CLI_GO_ON)
			return code;
		uint64_t memory = max_u64(best->memory, round.memory);
		if (!i || round.seconds < best->seconds)
			*best = round;
		best->memory = memory;
	}
	return measure(scratch->index, figures);
}

static int bench(char **arguments, uint64_t rounds, bool json)
{
	static struct build_figures figures;
	struct scratch scratch;
	figures.rounds = rounds;
	if (!scratch_make(&scratch))
		return CLI_ERROR;
	int code = run_rounds(&scratch, arguments, &figures);
	scratch_release(&scratch);
	if (code != CLI_GO_ON)
		return code;
	if (json)
		build_print_json(&figures);
	else
		build_print(&figures);
	return CLI_DONE;
}

static int bench_with(const struct cli_texts *wishes, char **files, int n,
                      uint64_t rounds, bool json)
{
	char **arguments = calloc(wishes->n + (size_t)n + 2, sizeof *arguments);
	size_t at = 0;
	if (!arguments) {
		cli_say(program, "memory ended");
		return CLI_ERROR;
	}
	for (size_t i = 0; i < wishes->n; i++)
		arguments[at++] = (char *)(uintptr_t)wishes->items[i];
	arguments[at++] = (char *)"--";
	for (int i = 0; i < n; i++)
		arguments[at++] = files[i];
	int code = bench(arguments, rounds, json);
	free(arguments);
	return code;
}

int bench_build(int argc, char **argv)
{
	uint64_t rounds = 3;
	bool json = false;
	struct cli_texts wishes = {
		.items = calloc((size_t)argc + 1, sizeof *wishes.items)};
	const struct cli_option options[] = {
		{"rounds", 0, CLI_NUMBER, "N", "builds; the fastest counts (3)",
		 &rounds, 1, 1000},
		{"with", 0, CLI_TEXTS, "OPTION", "an option for nsindex build: "
		 "--with=--store=no; may be given again", &wishes, 0, 0},
		{"json", 0, CLI_FLAG, NULL, "print one JSON line", &json, 0, 0},
		CLI_STANDARD_OPTIONS,
	};
	const struct cli cli = {
		.program = "nsbench build", .usage = "[OPTION]... FILE...",
		.about = "Times the building of an index of files, in a scratch "
		         "folder below $TMPDIR or\n/tmp that is removed, and "
		         "says what its parts cost.",
		.options = options, .n_options = sizeof options / sizeof *options,
	};
	if (!wishes.items) {
		cli_say(program, "memory ended");
		return CLI_ERROR;
	}
	int n, code = cli_parse(&cli, argc, argv, &n);
	if (code == CLI_GO_ON && !n)
		code = cli_usage_error(&cli, "give files to build an index of");
	if (code == CLI_GO_ON)
		code = bench_with(&wishes, argv, n, rounds, json);
	free(wishes.items);
	return code;
}
