/* test_cli.c — are command lines read as people mean them, and numbers shown
 * the same in every country? */
#include <criterion/criterion.h>
#include <criterion/redirect.h>

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/cli.h"
#include "tools/numbers.h"

struct values {
	const char *index, *format;
	uint64_t limit, memory;
	bool count;
};

static struct values values;
static char *operands[16];
static int n_operands;

static const struct cli_option options[] = {
	{"index", 'i', CLI_TEXT, "DIR", "the index", &values.index, 0, 0},
	{NULL, 'n', CLI_NUMBER, "N", "hits", &values.limit, 1, 100},
	{"memory", 0, CLI_SIZE, "SIZE", "ceiling", &values.memory, 0, 0},
	{"format", 0, CLI_CHOICE, "text|jsonl", "form", &values.format, 0, 0},
	{"count", 0, CLI_FLAG, NULL, "count", &values.count, 0, 0},
	{"secret", 0, CLI_FLAG, NULL, NULL, &values.count, 0, 0},
	CLI_STANDARD_OPTIONS,
};

/* Words separated by blanks; the code of cli_parse. */
static int parse(const char *line, bool query)
{
	static char copy[256];
	const struct cli cli = {"prog", "[OPTION]... WORD...", "Does it.", NULL,
	                        options, sizeof options / sizeof *options,
	                        query};
	int argc = 0;
	char *rest = copy, *word;
	snprintf(copy, sizeof copy, "prog %s", line);
	while ((word = strsep(&rest, " ")) && argc < 15)
		operands[argc++] = word;
	operands[argc] = NULL;
	values = (struct values){.limit = 10};
	return cli_parse(&cli, argc, operands, &n_operands);
}

static void expect(int n, const char *first, const char *second)
{
	cr_assert_eq(n_operands, n);
	cr_assert_null(operands[n]);
	if (n > 0)
		cr_assert_str_eq(operands[0], first);
	if (n > 1)
		cr_assert_str_eq(operands[1], second);
}

Test(cli, options_before_and_behind)
{
	cr_assert_eq(parse("-n 5 --index=here rain --count snow", false),
	             CLI_GO_ON);
	expect(2, "rain", "snow");
	cr_assert_eq(values.limit, 5u);
	cr_assert_str_eq(values.index, "here");
	cr_assert(values.count);
	cr_assert_eq(parse("--index here -n7 rain", false), CLI_GO_ON);
	expect(1, "rain", NULL);
	cr_assert_eq(values.limit, 7u);
	cr_assert_eq(parse("--memory 512M --format jsonl", false), CLI_GO_ON);
	cr_assert_eq(values.memory, 512u << 20);
	cr_assert_str_eq(values.format, "jsonl");
	expect(0, NULL, NULL);
}

Test(cli, dash_words_of_a_query)
{
	cr_assert_eq(parse("warplanes -raqqa", true), CLI_GO_ON);
	expect(2, "warplanes", "-raqqa");
	/* -i is an option, -iraq is a word; so is -nato */
	cr_assert_eq(parse("war -iraq -nato -n 3", true), CLI_GO_ON);
	expect(3, "war", "-iraq");
	cr_assert_str_eq(operands[2], "-nato");
	cr_assert_eq(values.limit, 3u);
	cr_assert_eq(parse("war --unknown", true), CLI_GO_ON);
	expect(2, "war", "--unknown");
	cr_assert_eq(parse("-n 5 -- -n -x", true), CLI_GO_ON);
	expect(2, "-n", "-x");
	cr_assert_eq(parse("rain -- --count", true), CLI_GO_ON);
	expect(2, "rain", "--count");
	cr_assert_not(values.count);
	cr_assert_eq(parse("-", true), CLI_GO_ON);
	expect(1, "-", NULL);
}

Test(cli, usage_errors, .init = cr_redirect_stderr)
{
	static const char *const wrong[] = {
		"--unknown", "-x", "-iraq", "-n", "-n x", "-n 0", "-n 101",
		"-n 99999999999999999999", "-n -5", "--count=1", "--index=",
		"--index", "--format=xml", "--format=tex", "--format=text|jsonl",
		"--memory=5X", "--memory=M", "--memory=99999999999G", "-nn",
		"--coun", "--countt",
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		cr_assert_eq(parse(wrong[i], true), CLI_ERROR, "%s", wrong[i]);
		cr_assert_eq(parse(wrong[i], false), CLI_ERROR, "%s", wrong[i]);
	}
	/* behind a word of no query, too */
	cr_assert_eq(parse("path -x", false), CLI_ERROR);
}

Test(cli, help_shows_the_table, .init = cr_redirect_stdout)
{
	const struct cli cli = {"prog", "[OPTION]... WORD...", "Does it.",
	                        "More.", options,
	                        sizeof options / sizeof *options, true};
	cli_help(&cli, stdout);
	fflush(stdout);
	cr_assert_stdout_eq_str(
		"usage: prog [OPTION]... WORD...\n"
		"\n"
		"Does it.\n"
		"\n"
		"  -i, --index=DIR          the index\n"
		"  -n N                     hits\n"
		"      --memory=SIZE        ceiling\n"
		"      --format=text|jsonl  form\n"
		"      --count              count\n"
		"  -h, --help               show this and exit\n"
		"      --version            show the version and exit\n"
		"\n"
		"More.\n");
}

Test(cli, errors_name_the_place, .init = cr_redirect_stderr)
{
	ns_error err = {.code = NS_E_CORRUPT, .message = "lexicon: bad\x1b[2J",
	                .place = "seg-1", .offset = 123};
	cr_assert_eq(cli_report("prog", &err), CLI_DAMAGED);
	err = (ns_error){.code = NS_E_VERSION, .message = "too new",
	                 .offset = -1};
	cr_assert_eq(cli_report("prog", &err), CLI_TOO_NEW);
	err = (ns_error){.code = NS_E_LIMIT, .message = "long",
	                 .place = "page.txt", .line = 4, .offset = -1};
	cr_assert_eq(cli_report("prog", &err), CLI_ERROR);
	fflush(stderr);
	cr_assert_stderr_eq_str("prog: seg-1: lexicon: bad[2J (offset 123)\n"
	                        "prog: too new\nprog: page.txt:4: long\n");
}

Test(cli, the_nearest_index, .init = cr_redirect_stderr)
{
	char root[] = "/tmp/ns-test-XXXXXX", path[256];
	cr_assert(mkdtemp(root));
	snprintf(path, sizeof path, "%s/.nsindex", root);
	cr_assert_eq(mkdir(path, 0700), 0);
	snprintf(path, sizeof path, "%s/.nsindex/commit-1", root);
	cr_assert_eq(close(creat(path, 0600)), 0);
	/* what an interrupted first build left hides nothing */
	snprintf(path, sizeof path, "%s/a", root);
	cr_assert_eq(mkdir(path, 0700), 0);
	snprintf(path, sizeof path, "%s/a/.nsindex", root);
	cr_assert_eq(mkdir(path, 0700), 0);
	snprintf(path, sizeof path, "%s/a", root);
	unsetenv("NS_INDEX");
	cr_assert_eq(chdir(path), 0);
	char *found = cli_find_index("prog", NULL);
	snprintf(path, sizeof path, "%s/.nsindex", root);
	cr_assert_str_eq(found, path);
	free(found);
	setenv("NS_INDEX", "elsewhere", 1);
	found = cli_find_index("prog", NULL);
	cr_assert_str_eq(found, "elsewhere");
	free(found);
	found = cli_find_index("prog", "named");
	cr_assert_str_eq(found, "named");
	free(found);
	setenv("NS_INDEX", "", 1);
	snprintf(path, sizeof path, "%s/.nsindex/commit-1", root);
	cr_assert_eq(unlink(path), 0);
	cr_assert_null(cli_find_index("prog", NULL));
	snprintf(path, sizeof path, "%s/.nsindex", root);
	cr_assert_eq(rmdir(path), 0);
	snprintf(path, sizeof path, "%s/a/.nsindex", root);
	cr_assert_eq(rmdir(path), 0);
	snprintf(path, sizeof path, "%s/a", root);
	cr_assert_eq(chdir("/"), 0);
	rmdir(path);
	rmdir(root);
}

Test(numbers, as_people_read_them)
{
	char out[NUMBER_SIZE];
	cr_assert_str_eq(number_grouped(out, 0), "0");
	cr_assert_str_eq(number_grouped(out, 999), "999");
	cr_assert_str_eq(number_grouped(out, 1204344), "1,204,344");
	cr_assert_str_eq(number_grouped(out, UINT64_MAX),
	                 "18,446,744,073,709,551,615");
	cr_assert_str_eq(number_fixed(out, 9.8712345, 7), "9.8712345");
	cr_assert_str_eq(number_fixed(out, 0.005, 2), "0.01");
	cr_assert_str_eq(number_fixed(out, 9.999, 2), "10.00");
	cr_assert_str_eq(number_fixed(out, 2047.99999904632568359375, 7),
	                 "2047.9999990");
	cr_assert_str_eq(number_fixed(out, -1, 2), "0.00");
	cr_assert_str_eq(number_fixed(out, 3.5, 0), "4");
	cr_assert_str_eq(number_size(out, 1023), "1023 B");
	cr_assert_str_eq(number_size(out, 1024), "1.0 KiB");
	cr_assert_str_eq(number_size(out, (1u << 20) - 1), "1.0 MiB");
	cr_assert_str_eq(number_size(out, UINT64_MAX), "16.0 EiB");
	cr_assert_str_eq(number_duration(out, 0.316), "0.32 s");
	cr_assert_str_eq(number_duration(out, 9.996), "10.0 s");
	cr_assert_str_eq(number_duration(out, 125), "2 min 05 s");
	cr_assert_str_eq(number_duration(out, 59.97), "1 min 00 s");
	cr_assert_str_eq(number_duration(out, 11229), "3 h 07 min");
}

Test(numbers, dates)
{
	char out[NUMBER_SIZE];
	cr_assert_str_eq(number_date(out, 0, false),
	                 "1970-01-01T00:00:00Z");
	cr_assert_str_eq(number_date(out, 1491467400, false),
	                 "2017-04-06T08:30:00Z");
	cr_assert_str_eq(number_date(out, 1491467400, true), "2017-04-06");
	cr_assert_str_eq(number_date(out, -62135596800, true), "0001-01-01");
	cr_assert_str_eq(number_date(out, NS_NO_DATE, true), "");
	cr_assert_str_eq(number_date(out, INT64_MAX, true), "");
}

/* Two different scores in units of 2^-20 never look alike. */
Test(numbers, neighbouring_scores_differ)
{
	char a[NUMBER_SIZE], b[NUMBER_SIZE];
	for (uint32_t units = 1; units < 2000000; units += 7) {
		number_fixed(a, (double)units / (1 << 20), 7);
		number_fixed(b, (double)(units + 1) / (1 << 20), 7);
		cr_assert_str_neq(a, b);
	}
}

Test(numbers, reading)
{
	uint64_t value = 0;
	cr_assert(number_read("18446744073709551615", false, &value));
	cr_assert_eq(value, UINT64_MAX);
	cr_assert_not(number_read("18446744073709551616", false, &value));
	cr_assert(number_read("64k", true, &value));
	cr_assert_eq(value, 65536u);
	cr_assert_not(number_read("64k", false, &value));
	cr_assert_not(number_read("", true, &value));
	cr_assert_not(number_read("+5", true, &value));
	cr_assert_not(number_read("5 ", true, &value));
	cr_assert_not(number_read("17179869184G", true, &value));
}
