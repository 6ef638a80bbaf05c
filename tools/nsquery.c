/* nsquery.c — which articles answer a question, best first?
 *
 *     nsquery chemical attack          exit 0: hits, 1: none, 2: error,
 *     nsquery --count '+rain -snow'         3: index damaged, 4: too new
 *
 * Hits go to standard output, all talk to standard error.
 */
#include "tools/nsquery.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "tools/cli.h"
#include "tools/numbers.h"

static const char program[] = "nsquery";

struct wishes {
	const char *index, *format;
	uint64_t limit, offset;
	bool count, explain;
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

static int print_count(const ns_results *results)
{
	uint64_t count = ns_results_count(results);
	printf("%" PRIu64 "\n", count);
	return count ? CLI_DONE : CLI_NONE;
}

/* Where more was found than shown, says so: to a person, not to a pipe. */
static void print_rest(const ns_results *results, const struct wishes *wishes)
{
	char number[NUMBER_SIZE];
	uint64_t count = ns_results_count(results);
	uint64_t shown = wishes->offset + ns_results_size(results);
	if (count > shown && isatty(STDERR_FILENO)) {
		fflush(stdout);
		fprintf(stderr, "\n%s articles match; --offset=%" PRIu64
		        " shows more\n", number_grouped(number, count), shown);
	}
}

static int print_hits(const ns_results *results, const struct wishes *wishes)
{
	size_t n = ns_results_size(results);
	bool json = !strcmp(wishes->format, "jsonl");
	struct text_style style = {cli_colours(stdout), cli_columns(stdout)};
	for (size_t i = 0; i < n && !ferror(stdout); i++) {
		if (json)
			nsquery_print_json(stdout, ns_results_hit(results, i));
		else
			nsquery_print_text(stdout, &style,
			                   ns_results_hit(results, i), !i);
	}
	uint64_t count = ns_results_count(results);
	if (!n && count) {
		char number[NUMBER_SIZE];
		cli_say(program, "no more: %s %s", number_grouped(number, count),
		        count == 1 ? "article matches" : "articles match");
	} else if (!n) {
		cli_say(program, "nothing found");
	}
	if (!n)
		return CLI_NONE;
	if (!json)
		print_rest(results, wishes);
	return CLI_DONE;
}

static int answer(const ns_index *index, const struct wishes *wishes,
                  const char *query)
{
	ns_search_options options = {
		.limit = wishes->count ? 0 : (uint32_t)wishes->limit,
		.offset = wishes->count ? 0 : (uint32_t)wishes->offset,
		.count = true,
		.explain = wishes->explain,
	};
	ns_results *results;
	ns_error err;
	if (ns_search(&results, index, ns_text_of(query), &options, &err) !=
	    NS_OK)
		return cli_report(program, &err);
	print_notes(results);
	int code = wishes->count ? print_count(results)
	                         : print_hits(results, wishes);
	ns_results_free(results);
	return code;
}

static int run(const struct wishes *wishes, const char *query)
{
	ns_index *index;
	ns_error err;
	char *dir = cli_find_index(program, wishes->index);
	if (!dir)
		return CLI_ERROR;
	int code = CLI_ERROR;
	if (ns_index_open(&index, dir, 0, &err) != NS_OK)
		code = cli_report(program, &err);
	else
		code = answer(index, wishes, query);
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
	"  section:World         also author:, lang:, url:, id:\n"
	"  =rains                exactly this form of the word\n"
	"\n"
	"Without --index: $NS_INDEX, else .nsindex in this folder or the nearest\n"
	"above it.  Exit code: 0 hits, 1 none, 2 error, 3 index damaged, 4 index\n"
	"of a newer format.";

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
		{"format", 0, CLI_CHOICE, "text|jsonl",
		 "for people, or a JSON object a line", &wishes.format, 0, 0},
		{"count", 0, CLI_FLAG, NULL,
		 "print only how many articles match", &wishes.count, 0, 0},
		{"explain", 0, CLI_FLAG, NULL,
		 "say how each score came about", &wishes.explain, 0, 0},
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
	} else if (!query[strspn(query, " \t\n\v\f\r")]) {
		code = cli_usage_error(&cli, "what is to be found? no word "
		                       "was given");
	} else {
		code = run(&wishes, query);
	}
	free(query);
	return cli_finish(program, code);
}
