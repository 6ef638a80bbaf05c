/* nsindex_look.c — nsindex check, stat and dump: what is in an index? */
#include <stdlib.h>

#include "tools/nsindex.h"
#include "tools/numbers.h"
#include "tools/sanitize.h"

static const char program[] = "nsindex";

static bool print(void *context, const char *text, size_t size)
{
	(void)context;
	sanitize_write(stdout, text, size, false);
	return !ferror(stdout);
}

/* Parses options with --index among them; *dir is to be freed. */
static int start(const struct cli *cli, int argc, char **argv,
                 const char *const *index, char **dir)
{
	int n, code = cli_parse(cli, argc, argv, &n);
	if (code != CLI_GO_ON)
		return code;
	if (n)
		return cli_usage_error(cli, "takes no operand, but \"%s\" is "
		                       "given", argv[0]);
	*dir = cli_find_index(program, *index);
	return *dir ? CLI_GO_ON : CLI_ERROR;
}

int nsindex_check(int argc, char **argv)
{
	const char *index = NULL;
	char *dir = NULL, number[NUMBER_SIZE];
	bool repair = false;
	const struct cli_option options[] = {
		INDEX_OPTION(&index),
		{"repair", 0, CLI_FLAG, NULL, "where the newest manifest is "
		 "damaged, step back to the commit before", &repair, 0, 0},
		CLI_STANDARD_OPTIONS};
	const struct cli cli = {
		.program = "nsindex check", .usage = "[OPTION]...",
		.about = "Verifies every byte of an index: checksums, structure, "
		         "and that its parts agree.",
		.more = "Exit code: 0 sound, 2 usage or error, 3 damaged, 4 "
		        "another format.\n",
		.options = options, .n_options = sizeof options / sizeof *options};
	int code = start(&cli, argc, argv, &index, &dir);
	if (code != CLI_GO_ON)
		return code;
	ns_error err;
	uint64_t articles = 0;
	int status = repair ? ns_index_repair(dir, print, NULL, &err) : NS_OK;
	if (status == NS_OK)
		status = ns_index_check(dir, print, NULL, &err);
	if (status == NS_OK)
		status = ns_index_count(dir, &articles, &err);
	if (status == NS_OK)
		printf("ok: %s article%s, every byte is as it should be\n",
		       number_grouped(number, articles),
		       articles == 1 ? "" : "s");
	else if (status == NS_E_CORRUPT)
		cli_say(program, "the index in %s is damaged", dir);
	else
		cli_report(program, &err);
	free(dir);
	return cli_exit_code(status);
}

static int open_index(const char *dir, ns_index **out)
{
	ns_error err;
	if (ns_index_open(out, dir, 0, &err) != NS_OK)
		return cli_report(program, &err);
	return CLI_GO_ON;
}

int nsindex_stat(int argc, char **argv)
{
	const char *index = NULL;
	char *dir = NULL;
	bool size = false;
	const struct cli_option options[] = {
		INDEX_OPTION(&index),
		{"size", 0, CLI_FLAG, NULL, "what fields, parts of lists and the "
		 "heaviest terms cost", &size, 0, 0},
		CLI_STANDARD_OPTIONS};
	const struct cli cli = {
		.program = "nsindex stat", .usage = "[OPTION]...",
		.about = "Says what an index holds and what each chunk costs.",
		.options = options, .n_options = sizeof options / sizeof *options};
	int code = start(&cli, argc, argv, &index, &dir);
	if (code != CLI_GO_ON)
		return code;
	ns_index *opened = NULL;
	ns_error err;
	code = open_index(dir, &opened);
	int status = NS_OK;
	if (code == CLI_GO_ON)
		status = size ? ns_index_stat_size(opened, print, NULL, &err)
		              : ns_index_stat(opened, print, NULL, &err);
	/* a reader of the output that has gone is told by cli_finish */
	if (code == CLI_GO_ON)
		code = status == NS_OK || status == NS_E_STOPPED
			? CLI_DONE : cli_report(program, &err);
	ns_index_free(opened);
	free(dir);
	return code;
}

struct dump_wishes {
	const char *index, *term, *article;
	bool all;
};

static int dump(const ns_index *index, const struct dump_wishes *wishes)
{
	ns_error err;
	int status;
	if (wishes->term)
		status = ns_index_dump_term(index, ns_text_of(wishes->term),
		                            print, NULL, &err);
	else if (wishes->article)
		status = ns_index_dump_article(index,
		                               ns_text_of(wishes->article),
		                               print, NULL, &err);
	else
		status = ns_index_dump_all(index, print, NULL, &err);
	/* a reader of the output that has gone is told by cli_finish */
	if (status == NS_OK || status == NS_E_STOPPED)
		return CLI_DONE;
	return cli_report(program, &err);
}

int nsindex_dump(int argc, char **argv)
{
	struct dump_wishes wishes = {0};
	char *dir = NULL;
	const struct cli_option options[] = {
		INDEX_OPTION(&wishes.index),
		{"term", 0, CLI_TEXT, "WORD", "the list of a word, or of "
		 "field:word", &wishes.term, 0, 0},
		{"article", 0, CLI_TEXT, "ID", "what is kept of an article",
		 &wishes.article, 0, 0},
		{"all", 0, CLI_FLAG, NULL, "every list, in the order of the "
		 "lexicon", &wishes.all, 0, 0},
		CLI_STANDARD_OPTIONS};
	const struct cli cli = {
		.program = "nsindex dump",
		.usage = "--term=WORD | --article=ID | --all",
		.about = "Shows lists or an article as text.",
		.options = options, .n_options = sizeof options / sizeof *options};
	int code = start(&cli, argc, argv, &wishes.index, &dir);
	if (code != CLI_GO_ON)
		return code;
	ns_index *opened = NULL;
	if (!wishes.term + !wishes.article + !wishes.all != 2)
		code = cli_usage_error(&cli, "give one of --term, --article and "
		                       "--all");
	else
		code = open_index(dir, &opened);
	if (code == CLI_GO_ON)
		code = dump(opened, &wishes);
	ns_index_free(opened);
	free(dir);
	return code;
}
