/* nsindex_build.c — nsindex build and add: what people have goes into an index. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input/input.h"
#include "source/fields.h"
#include "form/rules.h"
#include "tools/nsindex.h"
#include "tools/numbers.h"

static const char program[] = "nsindex";

struct wishes {
	const char *index, *format, *language, *store, *order, *durability,
	           *rules, *map, *skipped_log;
	uint64_t memory, threads;
	bool strict, repair, preview, guess, json, add;
};

struct building {
	ns_builder *builder;       /* NULL until the first article */
	const char *dir;
	ns_build_options how;
	int failed;                /* opening the builder: its status and error */
	ns_error failure;
	struct told told;
	struct progress progress;
	struct source_report read;
	uint64_t bytes_body;       /* of the articles taken */
};

/* A signal waits until it is known whether there is a folder to be removed. */
static int open_builder(struct building *building)
{
	struct stat facts;
	bool missing = lstat(building->dir, &facts) != 0;
	interrupt_while_reading(false);
	int status = ns_builder_open(&building->builder, building->dir,
	                             &building->how, &building->failure);
	if (status == NS_OK && missing)
		interrupt_removes(building->dir);
	interrupt_while_reading(true);
	return status;
}

/* The builder is opened by the first article: a build without any leaves no
 * folder behind.  Where it cannot be opened that is kept aside: it is no fault
 * of the article. */
static int take(void *context, const struct source_article *article,
                struct ns_error *err)
{
	struct building *building = context;
	if (!building->builder) {
		building->failed = open_builder(building);
		if (building->failed != NS_OK)
			return NS_E_STOPPED;
	}
	progress_step(&building->progress, article->bytes_read,
	              building->read.articles);
	int status = ns_builder_add(building->builder, &article->article, err);
	if (status == NS_OK)
		building->bytes_body += article->article.body.size;
	return status;
}

static void hear(void *context, const struct source_event *event)
{
	struct building *building = context;
	progress_clear(&building->progress);
	told_event(&building->told, event);
}

/* What there is to read; 0 where it is not known: standard input, pipes. */
static uint64_t size_of(char **paths, const struct source_options *options)
{
	uint64_t total = 0;
	for (; *paths; paths++) {
		struct stat facts;
		if (!strcmp(*paths, "-") || (stat(*paths, &facts) == 0 &&
		    !S_ISREG(facts.st_mode) && !S_ISDIR(facts.st_mode)))
			return 0;
		total += input_size(*paths, options);
	}
	return total;
}

static int read_all(struct building *building, char **paths,
                    const struct source_options *options, ns_error *err)
{
	struct source_handler handler = {building, take, hear};
	progress_start(&building->progress, size_of(paths, options));
	interrupt_while_reading(true);
	int status = NS_OK;
	for (; *paths && status == NS_OK; paths++)
		status = input_read(*paths, options, &handler, &building->read,
		                     err);
	interrupt_while_reading(false);
	progress_clear(&building->progress);
	return status;
}

static void say_replacing(uint64_t before, uint64_t after, const char *dir)
{
	char old[NUMBER_SIZE], new[NUMBER_SIZE];
	if (before)
		cli_say(program, "replacing %s articles by %s in %s",
		        number_grouped(old, before), number_grouped(new, after),
		        dir);
}

static int nothing_found(const char *dir)
{
	uint64_t before = 0;
	ns_index_count(dir, &before, NULL);
	cli_say(program, "no article was found; %s",
	        before ? "the index stays as it is"
	               : "there is nothing to index");
	return CLI_ERROR;
}

static int commit(struct building *building, const struct wishes *wishes,
                  double started, ns_error *err)
{
	ns_build_report built;
	uint64_t before = 0;
	double reading = progress_now() - started;
	if (!wishes->add && ns_index_count(building->dir, &before, NULL) == NS_OK)
		say_replacing(before, ns_builder_count(building->builder),
		              building->dir);
	int status = ns_builder_commit(building->builder, &built, err);
	progress_clear(&building->progress);
	if (status != NS_OK)
		return commit_report(err);
	struct build_facts facts = {building->dir, &built, &building->read,
	                            &building->told, progress_now() - started,
	                            reading, building->bytes_body,
	                            wishes->add};
	report_print(&facts);
	if (wishes->json)
		report_print_json(&facts);
	return building->read.refused ? CLI_NONE : CLI_DONE;
}

static int build(const struct wishes *wishes, const char *dir, char **paths,
                 const struct source_options *options)
{
	ns_error err;
	double started = progress_now();
	struct building *building = calloc(1, sizeof *building);
	if (!building) {
		cli_say(program, "memory ended");
		return CLI_ERROR;
	}
	if (!told_open_log(&building->told, options->log)) {
		free(building);
		return CLI_ERROR;
	}
	building->told.strict = wishes->strict;
	building->dir = dir;
	building->how = (ns_build_options){
		.language = wishes->add ? NULL : wishes->language,
		.no_store = !strcmp(wishes->store, "no"),
		.order = wishes->add ? NS_ORDER_DEFAULT
			: !strcmp(wishes->order, "bp") ? NS_ORDER_BP
			: NS_ORDER_INPUT,
		.update = wishes->add,
		.no_sync = !strcmp(wishes->durability, "none"),
		.memory = wishes->memory,
		.threads = (uint32_t)wishes->threads,
		.progress = commit_hear,
		.progress_context = &building->progress};
	interrupt_catch();
	int code, status = read_all(building, paths, options, &err);
	if (building->failed != NS_OK)
		code = cli_report(program, &building->failure);
	else if (status != NS_OK)
		code = cli_report(program, &err);
	else if (!building->read.articles)
		code = nothing_found(dir);
	else
		code = commit(building, wishes, started, &err);
	if (!told_close_log(&building->told) && code == CLI_DONE)
		code = CLI_NONE;
	ns_builder_free(building->builder);
	free(building);
	return code;
}

/* Articles that wait on standard input, where no path says that it be read. */
static bool input_waits(void)
{
	struct stat facts;
	if (fstat(STDIN_FILENO, &facts) != 0)
		return false;
	return S_ISFIFO(facts.st_mode) || S_ISSOCK(facts.st_mode) ||
	       (S_ISREG(facts.st_mode) && facts.st_size > 0);
}

/* The index must be there before hours are spent on reading. */
static char *find_index(const struct wishes *wishes, int *code)
{
	ns_index *index = NULL;
	ns_error err;
	char *dir = cli_find_index(program, wishes->index);
	*code = CLI_ERROR;
	if (dir && ns_index_open(&index, dir, 0, &err) != NS_OK) {
		*code = cli_report(program, &err);
		free(dir);
		dir = NULL;
	}
	ns_index_free(index);
	return dir;
}

/* Wishes that do not go together. */
static int refuse_wishes(const struct cli *cli, const struct wishes *wishes,
                         bool any_path)
{
	bool looks = wishes->preview || wishes->guess;
	if (looks && wishes->json)
		return cli_usage_error(cli, "--%s has no report for --json",
		                       wishes->guess ? "guess" : "preview");
	if (wishes->guess && (wishes->preview || wishes->rules))
		return cli_usage_error(cli, "--guess makes rules; --preview and "
		                       "--rules are for those that were made");
	if (wishes->guess && wishes->skipped_log)
		return cli_usage_error(cli, "--guess has nothing for "
		                       "--skipped-log");
	if (wishes->rules && strcmp(wishes->format, "auto") != 0 &&
	    strcmp(wishes->format, "listing") != 0)
		return cli_usage_error(cli, "--rules are for listings, not for "
		                       "--format=%s", wishes->format);
	if (!any_path && input_waits())
		return cli_usage_error(cli, "standard input is piped in, but no "
		                       "path is given; give - to read it");
	return CLI_GO_ON;
}

static int run(const struct wishes *wishes, char **paths,
               struct source_options *source)
{
	int code;
	if (wishes->guess)
		return nsindex_guess(paths, source);
	if (wishes->preview)
		return nsindex_preview(paths, source);
	if (!wishes->add)
		return build(wishes, wishes->index, paths, source);
	char *found = find_index(wishes, &code);
	if (!found)
		return code;
	source->index_dir = found;
	code = build(wishes, found, paths, source);
	free(found);
	return code;
}

static int start(const struct cli *cli, struct wishes *wishes, int argc,
                 char **argv)
{
	char *here[] = {(char *)".", NULL};
	struct source_options source = {.format = SOURCE_AUTO};
	ns_error err;
	int n, code = cli_parse(cli, argc, argv, &n);
	if (code == CLI_GO_ON)
		code = refuse_wishes(cli, wishes, n > 0);
	if (code != CLI_GO_ON)
		return code;
	source_format_parse(wishes->format, &source.format);
	source.strict = wishes->strict;
	struct field_map map;
	char why[160];
	if (wishes->map && !field_map_parse(wishes->map, &map, why, sizeof why))
		return cli_usage_error(cli, "--map: %s", why);
	source.map = wishes->map ? &map : NULL;
	source.index_dir = wishes->index;
	source.mend = wishes->repair;
	source.log = wishes->skipped_log;
	if (wishes->rules && rules_open(&source.rules, wishes->rules, &err) !=
	                     NS_OK)
		return cli_report(program, &err);
	code = run(wishes, n ? argv : here, &source);
	rules_free(source.rules);
	return code;
}

#define SOURCE_OPTIONS(wishes)                                                 \
	{"format", 0, CLI_CHOICE, "auto|listing|jsonl|json|feed|mediawiki|"     \
	 "newsml|trec|mail|html|csv|tsv|warc|text", "what the input is "       \
	 "(found out for each file)", &(wishes).format, 0, 0},                 \
	{"rules", 0, CLI_TEXT, "FILE", "how pages of your own are cut, for "   \
	 "listings (see --guess)", &(wishes).rules, 0, 0},                     \
	{"map", 0, CLI_TEXT, "PART=NAME,...", "which columns of tables, or keys " \
	 "of JSON, are title, body and so on", &(wishes).map, 0, 0},           \
	{"repair", 0, CLI_FLAG, NULL, "undo text that was encoded twice, as "  \
	 "itâ€™s", &(wishes).repair, 0, 0},                                    \
	{"strict", 0, CLI_FLAG, NULL, "stop at the first thing refused",       \
	 &(wishes).strict, 0, 0},                                              \
	{"skipped-log", 0, CLI_TEXT, "FILE", "write a line for all that is "   \
	 "refused or passed over", &(wishes).skipped_log, 0, 0},               \
	{"json", 0, CLI_FLAG, NULL, "print the final report as a JSON line "   \
	 "on standard output", &(wishes).json, 0, 0},                          \
	MACHINE_OPTIONS(&(wishes).memory, &(wishes).threads),                  \
	DURABILITY_OPTION(&(wishes).durability)

static const char more[] =
	"A path of - is standard input.\n"
	"Exit code: 0 done, 1 done but something was refused, 2 usage or error,\n"
	"3 the index is damaged, 4 its format is another.\n";

int nsindex_build(int argc, char **argv)
{
	struct wishes wishes = {.index = ".nsindex", .format = "auto",
	                        .language = "english", .store = "yes",
	                        .order = "input",
	                        .durability = "commit"};
	const struct cli_option options[] = {
		{"index", 'i', CLI_TEXT, "DIR", "where to make the index "
		 "(.nsindex in this folder)", &wishes.index, 0, 0},
		{"language", 0, CLI_TEXT, "NAME", "language of the stemmer, or "
		 "none (english)", &wishes.language, 0, 0},
		{"store", 0, CLI_CHOICE, "yes|no", "keep the text, for snippets "
		 "(yes)", &wishes.store, 0, 0},
		{"order", 0, CLI_CHOICE, "input|bp", "how articles stand: "
		 "as given, or like by like, which is often smaller (input)", &wishes.order, 0, 0},
		{"preview", 0, CLI_FLAG, NULL, "show how the input is cut into "
		 "articles, and write nothing", &wishes.preview, 0, 0},
		{"guess", 0, CLI_FLAG, NULL, "print --rules that may cut the "
		 "input, and write nothing", &wishes.guess, 0, 0},
		SOURCE_OPTIONS(wishes),
		CLI_STANDARD_OPTIONS,
	};
	const struct cli cli = {
		.program = "nsindex build", .usage = "[OPTION]... [PATH]...",
		.about = "Makes an index of the articles in files and folders; "
		         "without a path, in this folder.\nThe index that is "
		         "there is replaced at once, or not at all.",
		.more = more,
		.options = options, .n_options = sizeof options / sizeof *options,
	};
	return start(&cli, &wishes, argc, argv);
}

int nsindex_add(int argc, char **argv)
{
	struct wishes wishes = {.format = "auto", .store = "yes",
	                        .durability = "commit", .add = true};
	const struct cli_option options[] = {
		INDEX_OPTION(&wishes.index),
		SOURCE_OPTIONS(wishes),
		CLI_STANDARD_OPTIONS,
	};
	const struct cli cli = {
		.program = "nsindex add", .usage = "[OPTION]... [PATH]...",
		.about = "Adds the articles in files and folders to an index; "
		         "without a path, in this folder.\nAn article whose id "
		         "is in the index takes the place of that one.",
		.more = more,
		.options = options, .n_options = sizeof options / sizeof *options,
	};
	return start(&cli, &wishes, argc, argv);
}
