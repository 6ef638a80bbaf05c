/* nsquery.c — which articles answer a question, best first?
 *
 *     nsquery chemical attack          exit 0: hits, 1: none, 2: error,
 *     nsquery --count '+rain -snow'         3: index damaged, 4: other format
 *     nsquery --diff ID ID             exit 0: the same text, 1: not
 *
 * Hits go to standard output, all talk to standard error.
 */
#include "tools/nsquery.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "tools/cli.h"
#include "tools/nsquery_diff.h"
#include "tools/numbers.h"
#include "tools/sanitize.h"

static const char program[] = "nsquery";

struct wishes {
	const char *index, *format, *batch;
	uint64_t limit, offset, commit;
	bool count, explain, diff, collapse;
};

/* The operands joined by blanks; NULL where memory ends. */
static char *join(char **words, int n)
{
	size_t size = 1;
	for (int i = 0; i < n; i++)
		size += strlen(words[i]) + 1;
	char *query = malloc(size), *to = query;
	for (int i = 0; query && i < n; i++)
		to += sprintf(to, "%s%s", i ? " " : "", words[i]);
	if (query)
		*to = '\0';
	return query;
}

static void print_notes(const ns_results *results)
{
	const char *note;
	for (size_t i = 0; (note = ns_results_note(results, i)); i++)
		cli_say(program, "%s", note);
}

static int print_count(const ns_results *results, const char *qid)
{
	uint64_t count = ns_results_count(results);
	if (qid)
		printf("%s\t", qid);
	printf("%" PRIu64 "\n", count);
	return count ? CLI_DONE : CLI_NONE;
}

/* Where more was found than shown, says so: to a person, not to a pipe. */
static void print_rest(const ns_results *results, const struct wishes *wishes)
{
	char number[NUMBER_SIZE];
	uint64_t count = ns_results_count(results);
	uint64_t shown = wishes->offset + ns_results_size(results);
	/* how many stories match is not known: fewer than wished for are all */
	if (wishes->collapse && ns_results_size(results) < wishes->limit)
		return;
	if (count > shown && isatty(STDERR_FILENO)) {
		fflush(stdout);
		fprintf(stderr, "\n%s articles match; --offset=%" PRIu64
		        " shows more\n", number_grouped(number, count), shown);
	}
}

/* A hit in the format wished for; i counts from 0 within its query. */
static void print_hit(const struct wishes *wishes, const char *qid,
                      const ns_hit *hit, size_t i)
{
	struct text_style style = {cli_colours(stdout), cli_columns(stdout)};
	const char *format = wishes->format;
	if (!strcmp(format, "jsonl"))
		nsquery_print_json(stdout, qid, hit);
	else if (!strcmp(format, "csv") || !strcmp(format, "tsv"))
		nsquery_print_row(stdout, *format == 'c', wishes->collapse,
		                  qid ? qid : "1", hit);
	else if (!strcmp(format, "trec"))
		nsquery_print_trec(stdout, qid ? qid : "1", hit);
	else
		nsquery_print_text(stdout, &style, hit, !i);
}

static void say_none(const ns_results *results, const char *qid)
{
	char number[NUMBER_SIZE];
	uint64_t count = ns_results_count(results);
	const char *of = qid ? qid : "", *between = qid ? ": " : "";
	if (count)
		cli_say(program, "%s%sno more: %s %s", of, between,
		        number_grouped(number, count),
		        count == 1 ? "article matches" : "articles match");
	else
		cli_say(program, "%s%snothing found", of, between);
}

static int print_hits(const ns_results *results, const struct wishes *wishes,
                      const char *qid)
{
	size_t n = ns_results_size(results);
	for (size_t i = 0; i < n && !ferror(stdout); i++)
		print_hit(wishes, qid, ns_results_hit(results, i), i);
	if (!n) {
		say_none(results, qid);
		return CLI_NONE;
	}
	if (!qid && !strcmp(wishes->format, "text"))
		print_rest(results, wishes);
	return CLI_DONE;
}

/* qid: of a batch, else NULL. */
static int answer(const ns_index *index, const struct wishes *wishes,
                  const char *qid, const char *query)
{
	ns_search_options options = {
		.limit = wishes->count ? 0 : (uint32_t)wishes->limit,
		.offset = wishes->count ? 0 : (uint32_t)wishes->offset,
		.count = true,
		.explain = wishes->explain,
		.collapse = wishes->collapse,
		.no_snippets = !strcmp(wishes->format, "trec"),
	};
	ns_results *results;
	ns_error err;
	if (ns_search(&results, index, ns_text_of(query), &options, &err) !=
	    NS_OK)
		return cli_report(program, &err);
	print_notes(results);
	int code = wishes->count ? print_count(results, qid)
	                         : print_hits(results, wishes, qid);
	ns_results_free(results);
	return code;
}

/* ---- batches ------------------------------------------------------------- */

/* One line of a batch: "QID TAB QUERY", or a query whose id is its number. */
static int answer_line(const ns_index *index, const struct wishes *wishes,
                       char *line, uint64_t number)
{
	char own[NUMBER_SIZE];
	char *tab = strchr(line, '\t'), *query = tab ? tab + 1 : line;
	const char *qid = own;
	snprintf(own, sizeof own, "%" PRIu64, number);
	if (tab) {
		*tab = '\0';
		qid = line;
	}
	if (!strcmp(wishes->format, "text") && !wishes->count) {
		printf("%s%s: ", number > 1 ? "\n" : "", qid);
		sanitize_write(stdout, query, strlen(query), true);
		putchar('\n');
	}
	return answer(index, wishes, qid, query);
}

/* Exit code: the worst error, else 0 where any query found something. */
static int answer_batch(const ns_index *index, const struct wishes *wishes)
{
	FILE *file = strcmp(wishes->batch, "-") ? fopen(wishes->batch, "rb")
	                                        : stdin;
	char *line = NULL;
	size_t capacity = 0;
	uint64_t number = 0;
	int code = CLI_NONE;
	if (!file) {
		cli_say(program, "cannot read %s: %s", wishes->batch,
		        strerror(errno));
		return CLI_ERROR;
	}
	while (!ferror(stdout) && getline(&line, &capacity, file) > 0) {
		line[strcspn(line, "\r\n")] = '\0';
		if (!line[strspn(line, " \t")])
			continue;
		int one = answer_line(index, wishes, line, ++number);
		if (one > CLI_NONE || (one == CLI_DONE && code == CLI_NONE))
			code = one > code || code == CLI_NONE ? one : code;
	}
	if (ferror(file)) {
		cli_say(program, "cannot read %s: %s", wishes->batch,
		        strerror(errno));
		code = CLI_ERROR;
	}
	free(line);
	if (file != stdin)
		fclose(file);
	return code;
}

/* ---- two articles ---------------------------------------------------------- */

/* Exit code as of diff(1): 0 the same, 1 not. */
static int compare(const ns_index *index, const struct wishes *wishes,
                   char *const ids[2])
{
	const struct text_style style = {cli_colours(stdout),
	                                 cli_columns(stdout)};
	ns_diff *diff;
	ns_error err;
	if (ns_diff_open(&diff, index, ns_text_of(ids[0]), ns_text_of(ids[1]),
	                 &err) != NS_OK)
		return cli_report(program, &err);
	if (strcmp(wishes->format, "text"))
		nsquery_print_diff_json(stdout, diff);
	else
		nsquery_print_diff(stdout, &style, diff);
	uint64_t coarse = ns_diff_coarse(diff);
	if (coarse)
		cli_say(program, "%" PRIu64 " words are too different to be "
		        "compared one by one", coarse);
	bool same = nsquery_diff_same(diff);
	ns_diff_free(diff);
	return same ? CLI_DONE : CLI_NONE;
}

static int check_diff(const struct cli *cli, const struct wishes *wishes, int n)
{
	if (n != 2)
		return cli_usage_error(cli, "--diff takes the ids of two "
		                       "articles");
	if (wishes->batch || wishes->count || wishes->explain)
		return cli_usage_error(cli, "--diff goes with --format, --index "
		                       "and --commit alone");
	if (strcmp(wishes->format, "text") && strcmp(wishes->format, "jsonl"))
		return cli_usage_error(cli, "--diff prints text or jsonl");
	return CLI_DONE;
}

/* query: NULL for a batch, and for --diff of two ids. */
static int run(const struct wishes *wishes, const char *query, char *const *ids)
{
	ns_index *index;
	ns_error err;
	char *dir = cli_find_index(program, wishes->index);
	bool csv = !strcmp(wishes->format, "csv");
	if (!dir)
		return CLI_ERROR;
	int code = CLI_ERROR;
	int status = wishes->commit
		? ns_index_open_commit(&index, dir, wishes->commit, 0, &err)
		: ns_index_open(&index, dir, 0, &err);
	if (status != NS_OK) {
		code = cli_report(program, &err);
	} else {
		if (!wishes->diff && !wishes->count &&
		    (csv || !strcmp(wishes->format, "tsv")))
			nsquery_print_names(stdout, csv,
			                    wishes->collapse);
		code = wishes->diff ? compare(index, wishes, ids) :
		       query ? answer(index, wishes, NULL, query)
		             : answer_batch(index, wishes);
	}
	ns_index_free(index);
	free(dir);
	return code;
}

static const char more[] =
	"The query:\n"
	"  rain sochi            articles with any of the words, best first\n"
	"  '\"rain in sochi\"'     the words as a phrase\n"
	"  +rain -snow           with rain, without snow\n"
	"  rain AND (a OR b)     AND, OR, NOT in capitals, and brackets\n"
	"  title:rain            in the title\n"
	"  section:World         also topic:, place:, author:, lang:, url:, id:\n"
	"  =rains                exactly this form of the word\n"
	"\n"
	"Without --index: $NS_INDEX, else .nsindex in this folder or the nearest\n"
	"above it.  Exit code: 0 hits, 1 none, 2 error, 3 index damaged, 4 index\n"
	"of another format; of --diff 0 the same text, 1 not.";

int main(int argc, char **argv)
{
	struct wishes wishes = {.format = "text", .limit = 10};
	const struct cli_option options[] = {
		{"index", 'i', CLI_TEXT, "DIR", "the index to ask",
		 &wishes.index, 0, 0},
		{NULL, 'n', CLI_NUMBER, "N", "how many hits (10)",
		 &wishes.limit, 1, NS_HITS_MAX},
		{"offset", 0, CLI_NUMBER, "N", "leave out the first N hits",
		 &wishes.offset, 0, NS_HITS_MAX},
		{"format", 0, CLI_CHOICE, "text|jsonl|csv|tsv|trec",
		 "for people, programs, spreadsheets or trec_eval",
		 &wishes.format, 0, 0},
		{"batch", 0, CLI_TEXT, "FILE", "ask each line of a file (- is "
		 "standard input): QUERY, or ID, tab, QUERY", &wishes.batch, 0,
		 0},
		{"commit", 0, CLI_NUMBER, "GEN", "ask an older commit that is "
		 "kept; 'nsindex stat' lists them", &wishes.commit, 1, 0},
		{"count", 0, CLI_FLAG, NULL,
		 "print only how many articles match", &wishes.count, 0, 0},
		{"collapse", 0, CLI_FLAG, NULL, "of articles that are copies of "
		 "each other, show the best and count the others",
		 &wishes.collapse, 0, 0},
		{"explain", 0, CLI_FLAG, NULL,
		 "say how each score came about", &wishes.explain, 0, 0},
		{"diff", 0, CLI_FLAG, NULL, "show how the articles with two ids "
		 "differ: --diff ID ID", &wishes.diff, 0, 0},
		CLI_STANDARD_OPTIONS,
	};
	const struct cli cli = {
		program, "[OPTION]... WORD...",
		"Finds the articles that answer a question, best first.",
		more, options, sizeof options / sizeof *options, true,
	};
	int n;
	cli_start();
	int code = cli_parse(&cli, argc, argv, &n);
	if (code != CLI_GO_ON)
		return cli_finish(program, code);
	char *query = join(argv, n);
	if (!query) {
		cli_say(program, "memory ended");
		code = CLI_ERROR;
	} else if (wishes.diff) {
		code = check_diff(&cli, &wishes, n);
		if (code == CLI_DONE)
			code = run(&wishes, NULL, argv);
	} else if (wishes.batch) {
		code = n ? cli_usage_error(&cli, "give words or --batch, not "
		                           "both") : run(&wishes, NULL, NULL);
	} else if (!query[strspn(query, " \t\n\v\f\r")]) {
		code = cli_usage_error(&cli, "what is to be found? no word "
		                       "was given");
	} else {
		code = run(&wishes, query, NULL);
	}
	free(query);
	return cli_finish(program, code);
}
