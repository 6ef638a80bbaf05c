/* nsindex_build.c — nsindex build: what people have becomes an index. */
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/nsindex.h"
#include "tools/numbers.h"

static const char program[] = "nsindex";

struct wishes {
	const char *index, *format, *language, *store;
	bool strict, preview, json;
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
	bool strict;
};

/* While articles are read nothing is on the disk but the lock, which the kernel
 * gives free: the handler may end the program there and then, also where a read
 * of a pipe would wait for ever.  A commit is not interrupted. */
static volatile sig_atomic_t reading;

static void interrupt(int signal)
{
	static const char text[] =
		"\nnsindex: interrupted; nothing has changed\n";
	if (!reading)
		return;
	ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
	(void)ignored;
	_exit(128 + signal);
}

/* What was ignored when we were started stays so (nohup). */
static void catch_interrupts(void)
{
	static const int signals[] = {SIGINT, SIGTERM};
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct sigaction action = {.sa_handler = interrupt}, before;
		sigaction(signals[i], NULL, &before);
		if (before.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
	}
}

/* The builder is opened by the first article: a build without any leaves no
 * folder behind, which would hide the index of a folder above.  Where it cannot
 * be opened that is kept aside: it is no fault of the article. */
static int take(void *context, const struct source_article *article,
                struct ns_error *err)
{
	struct building *building = context;
	if (!building->builder) {
		building->failed = ns_builder_open(
			&building->builder, building->dir, &building->how,
			&building->failure);
		if (building->failed != NS_OK)
			return NS_E_STOPPED;
	}
	progress_step(&building->progress, article->bytes_read,
	              building->read.articles);
	return ns_builder_add(building->builder, &article->article, err);
}

static void hear(void *context, const struct source_event *event)
{
	struct building *building = context;
	/* in strict mode the refusal is the error, told at the end */
	if (building->strict && event->kind == SOURCE_REFUSED)
		return;
	progress_clear(&building->progress);
	told_event(&building->told, event);
}

static uint64_t size_of(char **paths, const struct source_options *options)
{
	uint64_t total = 0;
	for (; *paths; paths++) {
		uint64_t size = source_size(*paths, options);
		if (!size && !strcmp(*paths, "-"))
			return 0;
		total += size;
	}
	return total;
}

static int read_all(struct building *building, char **paths,
                    const struct source_options *options, ns_error *err)
{
	struct source_handler handler = {building, take, hear};
	progress_start(&building->progress, size_of(paths, options));
	int status = NS_OK;
	for (; *paths && status == NS_OK; paths++)
		status = source_read(*paths, options, &handler, &building->read,
		                     err);
	progress_clear(&building->progress);
	return status;
}

static void say_replacing(const char *dir, uint64_t before, uint64_t after)
{
	char old[NUMBER_SIZE], new[NUMBER_SIZE];
	if (before)
		cli_say(program, "replacing %s articles by %s in %s",
		        number_grouped(old, before), number_grouped(new, after),
		        dir);
}

static int commit(struct building *building, const char *dir,
                  const struct wishes *wishes, double started, ns_error *err)
{
	ns_build_report built;
	uint64_t before;
	if (ns_index_count(dir, &before, err) != NS_OK)
		before = 0;
	if (!building->read.articles) {
		cli_say(program, "no article was found; %s",
		        before ? "the index stays as it is"
		               : "there is nothing to index");
		return CLI_ERROR;
	}
	say_replacing(dir, before, building->read.articles);
	if (ns_builder_commit(building->builder, &built, err) != NS_OK)
		return cli_report(program, err);
	struct build_facts facts = {dir, &built, &building->read,
	                            &building->told, progress_now() - started};
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
	building->strict = wishes->strict;
	building->dir = dir;
	building->how = (ns_build_options){
		.language = wishes->language,
		.no_store = !strcmp(wishes->store, "no")};
	catch_interrupts();
	reading = 1;
	int code, status = read_all(building, paths, options, &err);
	reading = 0;
	if (building->failed != NS_OK)
		code = cli_report(program, &building->failure);
	else if (status != NS_OK)
		code = cli_report(program, &err);
	else
		code = commit(building, dir, wishes, started, &err);
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

int nsindex_build(int argc, char **argv)
{
	struct wishes wishes = {.index = ".nsindex", .format = "auto",
	                        .language = "english", .store = "yes"};
	const struct cli_option options[] = {
		{"index", 'i', CLI_TEXT, "DIR", "where to make the index "
		 "(.nsindex in this folder)", &wishes.index, 0, 0},
		{"format", 0, CLI_CHOICE, "auto|listing|jsonl|text",
		 "what the input is (found out for each file)", &wishes.format,
		 0, 0},
		{"language", 0, CLI_TEXT, "NAME", "language of the stemmer, or "
		 "none (english)", &wishes.language, 0, 0},
		{"store", 0, CLI_CHOICE, "yes|no", "keep the text, for snippets "
		 "(yes)", &wishes.store, 0, 0},
		{"strict", 0, CLI_FLAG, NULL, "stop at the first thing refused",
		 &wishes.strict, 0, 0},
		{"preview", 0, CLI_FLAG, NULL, "show how the input is cut into "
		 "articles, and write nothing", &wishes.preview, 0, 0},
		{"json", 0, CLI_FLAG, NULL, "print the final report as a JSON "
		 "line on standard output", &wishes.json, 0, 0},
		CLI_STANDARD_OPTIONS,
	};
	const struct cli cli = {
		.program = "nsindex build", .usage = "[OPTION]... [PATH]...",
		.about = "Makes an index of the articles in files and folders; "
		         "without a path, in this folder.\nThe index that is "
		         "there is replaced at once, or not at all.",
		.more = "A path of - is standard input.\n"
		        "Exit code: 0 done, 1 done but something was refused, 2 "
		        "usage or error,\n3 the index is damaged, 4 its format is "
		        "too new.\n",
		.options = options, .n_options = sizeof options / sizeof *options,
	};
	char *here[] = {(char *)".", NULL};
	struct source_options source = {.format = SOURCE_AUTO};
	int n, code = cli_parse(&cli, argc, argv, &n);
	if (code != CLI_GO_ON)
		return code;
	if (!n && input_waits())
		return cli_usage_error(&cli, "standard input is piped in, but no "
		                       "path is given; give - to read it");
	char **paths = n ? argv : here;
	source_format_parse(wishes.format, &source.format);
	source.strict = wishes.strict;
	source.index_dir = wishes.index;
	if (wishes.preview)
		return nsindex_preview(paths, &source);
	return build(&wishes, wishes.index, paths, &source);
}
