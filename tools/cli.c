#include "tools/cli.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

#include "tools/manual.h"
#include "tools/numbers.h"
#include "tools/sanitize.h"

/* ---- telling ------------------------------------------------------------- */

static void say(const char *program, const char *format, va_list args)
{
	char text[2048];
	vsnprintf(text, sizeof text, format, args);
	fprintf(stderr, "%s: ", program);
	sanitize_write(stderr, text, strlen(text), false);
	fputc('\n', stderr);
}

void cli_say(const char *program, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	say(program, format, args);
	va_end(args);
}

int cli_usage_error(const struct cli *cli, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	say(cli->program, format, args);
	va_end(args);
	fprintf(stderr, "try '%s --help'\n", cli->program);
	return CLI_ERROR;
}

int cli_exit_code(int status)
{
	switch (status) {
	case NS_OK: return CLI_DONE;
	case NS_E_CORRUPT: return CLI_DAMAGED;
	case NS_E_VERSION: return CLI_TOO_NEW;
	default: return CLI_ERROR;
	}
}

int cli_report(const char *program, const ns_error *err)
{
	char line[NUMBER_SIZE + 2] = "", offset[NUMBER_SIZE + 16] = "";
	if (err->place[0] && err->line > 0)
		snprintf(line, sizeof line, ":%" PRId64, err->line);
	if (err->offset >= 0)
		snprintf(offset, sizeof offset, " (offset %" PRId64 ")",
		         err->offset);
	cli_say(program, "%s%s%s%s%s", err->place, line,
	        err->place[0] ? ": " : "", err->message, offset);
	return cli_exit_code(err->code);
}

bool cli_has_many_choices(const struct cli_option *option)
{
	enum { SHOWN = 32 };
	return option->kind == CLI_CHOICE && strlen(option->argument) > SHOWN;
}

/* ---- help ---------------------------------------------------------------- */

/* "-i, --index=DIR"; its length. */
static int option_label(const struct cli_option *option, char *out, size_t size)
{
	char letter[3] = "";
	if (option->letter)
		snprintf(letter, sizeof letter, "-%c", option->letter);
	const char *argument = option->argument ? option->argument : "";
	if (cli_has_many_choices(option))
		argument = "WORD";
	if (!option->name)
		return snprintf(out, size, "%s%s%s", letter,
		                option->argument ? " " : "", argument);
	return snprintf(out, size, "%s%s--%s%s%s", letter,
	                option->letter ? ", " : "    ", option->name,
	                option->argument ? "=" : "", argument);
}

/* The values of a choice of many, below its help. */
static void print_choices(FILE *file, const struct cli_option *option, int indent)
{
	enum { COLUMNS = 78 };
	int column = indent - 1;
	fprintf(file, "%*s", indent - 1, "");
	for (const char *word = option->argument; *word;) {
		int n = (int)strcspn(word, "|");
		bool more = word[n] == '|';
		if (column + 1 + n + more > COLUMNS) {
			fprintf(file, "\n%*s", indent - 1, "");
			column = indent - 1;
		}
		fprintf(file, " %.*s%s", n, word, more ? "," : "");
		column += 1 + n + more;
		word += n + more;
	}
	fputc('\n', file);
}

void cli_help(const struct cli *cli, FILE *file)
{
	char label[80];
	int width = 0;
	for (size_t i = 0; i < cli->n_options; i++) {
		int n = option_label(&cli->options[i], label, sizeof label);
		if (cli->options[i].help && n > width)
			width = n;
	}
	fprintf(file, "usage: %s %s\n\n%s\n\n", cli->program, cli->usage,
	        cli->about);
	for (size_t i = 0; i < cli->n_options; i++) {
		if (!cli->options[i].help)
			continue;
		option_label(&cli->options[i], label, sizeof label);
		fprintf(file, "  %-*s  %s\n", width, label,
		        cli->options[i].help);
		if (cli_has_many_choices(&cli->options[i]))
			print_choices(file, &cli->options[i], width + 4);
	}
	if (cli->more)
		fprintf(file, "\n%s\n", cli->more);
}

/* ---- options ------------------------------------------------------------- */

/* A word of the command line as an option: "--name", "--name=x", "-n", "-n5". */
struct word {
	const struct cli_option *option; /* NULL: unknown */
	const char *value;               /* within the word, or NULL */
};

static struct word word_read(const struct cli *cli, const char *text)
{
	struct word word = {NULL, NULL};
	bool long_name = text[1] == '-';
	size_t length = long_name ? strcspn(text + 2, "=") : 1;
	for (size_t i = 0; i < cli->n_options && !word.option; i++) {
		const struct cli_option *option = &cli->options[i];
		if (long_name ? option->name &&
		                strlen(option->name) == length &&
		                !memcmp(option->name, text + 2, length)
		              : option->letter && option->letter == text[1])
			word.option = option;
	}
	if (!word.option)
		return word;
	if (long_name) {
		if (text[2 + length] == '=')
			word.value = text + 2 + length + 1;
	} else if (text[2]) {
		word.value = text + 2;
		bool number = word.option->kind == CLI_NUMBER ||
		              word.option->kind == CLI_SIZE;
		if (!number || text[2] < '0' || text[2] > '9')
			word.option = NULL;
	}
	return word;
}

static bool choice_has(const char *choices, const char *value)
{
	size_t length = strlen(value);
	for (const char *at = choices;; at++) {
		size_t n = strcspn(at, "|");
		if (n == length && !memcmp(at, value, n))
			return true;
		at += n;
		if (!*at)
			return false;
	}
}

/* What a number may be, where it is not that. */
static int number_refuse(const struct cli *cli, const struct cli_option *option,
                         const char *label, const char *value)
{
	char *(*show)(char *, uint64_t) =
		option->kind == CLI_SIZE ? number_size : number_grouped;
	char least[NUMBER_SIZE], most[NUMBER_SIZE];
	show(least, option->least);
	if (!option->most)
		return cli_usage_error(cli, "%s: %s is less than %s", label,
		                       value, least);
	return cli_usage_error(cli, "%s: %s is not in %s to %s", label, value,
	                       least, show(most, option->most));
}

static int number_set(const struct cli *cli, const struct cli_option *option,
                      const char *label, const char *value)
{
	uint64_t number;
	bool size = option->kind == CLI_SIZE;
	if (!number_read(value, size, &number))
		return cli_usage_error(cli, "%s needs a %s, not '%s'", label,
		                       size ? "size such as 512M" : "number",
		                       value);
	if (number < option->least ||
	    (option->most && number > option->most))
		return number_refuse(cli, option, label, value);
	*(uint64_t *)option->target = number;
	return CLI_GO_ON;
}

static int option_set(const struct cli *cli, const struct cli_option *option,
                      const char *label, const char *value)
{
	switch (option->kind) {
	case CLI_FLAG:
		*(bool *)option->target = true;
		return CLI_GO_ON;
	case CLI_NUMBER:
	case CLI_SIZE:
		return number_set(cli, option, label, value);
	case CLI_CHOICE:
		if (!choice_has(option->argument, value))
			return cli_usage_error(cli, "%s is one of %s, not '%s'",
			                       label, option->argument, value);
		break;
	case CLI_TEXT:
	case CLI_TEXTS:
		if (!*value)
			return cli_usage_error(cli, "%s needs a %s", label,
			                       option->argument);
		break;
	case CLI_HELP:
		if (!value)
			cli_help(cli, stdout);
		else if (!strcmp(value, "man"))
			manual_man(cli, stdout);
		else if (!strcmp(value, "words"))
			manual_words(cli, stdout);
		else
			return cli_usage_error(cli, "%s is followed by =man, "
			                       "=words or nothing", label);
		return CLI_DONE;
	case CLI_VERSION:
		printf("%s %s\n", cli->program, ns_version());
		return CLI_DONE;
	}
	if (option->kind == CLI_TEXTS) {
		struct cli_texts *texts = option->target;
		texts->items[texts->n++] = value;
	} else {
		*(const char **)option->target = value;
	}
	return CLI_GO_ON;
}

static bool takes_value(const struct cli_option *option)
{
	return option->kind == CLI_NUMBER || option->kind == CLI_SIZE ||
	       option->kind == CLI_TEXT || option->kind == CLI_TEXTS ||
	       option->kind == CLI_CHOICE;
}

static int option_read(const struct cli *cli, struct word word, int argc,
                       char **argv, int *at)
{
	const struct cli_option *option = word.option;
	char label[64];
	if (option->name && argv[*at][1] == '-')
		snprintf(label, sizeof label, "--%s", option->name);
	else
		snprintf(label, sizeof label, "-%c", option->letter);
	if (!takes_value(option) && option->kind != CLI_HELP && word.value)
		return cli_usage_error(cli, "%s takes no argument", label);
	if (takes_value(option) && !word.value) {
		if (*at + 1 >= argc)
			return cli_usage_error(cli, "%s needs an argument (%s)",
			                       label, option->argument);
		word.value = argv[++*at];
	}
	return option_set(cli, option, label, word.value);
}

int cli_parse(const struct cli *cli, int argc, char **argv, int *n_operands)
{
	int n = 0;
	bool ended = false;
	*n_operands = 0;
	for (int i = 1; i < argc; i++) {
		char *text = argv[i];
		if (ended || text[0] != '-' || !text[1]) {
			argv[n++] = text;
			continue;
		}
		if (!strcmp(text, "--")) {
			ended = true;
			continue;
		}
		struct word word = word_read(cli, text);
		if (!word.option && cli->query && n) {
			argv[n++] = text;
			continue;
		}
		if (!word.option && cli->query)
			return cli_usage_error(
				cli, "unknown option %s; a word to exclude "
				"stands behind another word or '--'", text);
		if (!word.option)
			return cli_usage_error(cli, "unknown option %s", text);
		int code = option_read(cli, word, argc, argv, &i);
		if (code != CLI_GO_ON)
			return code;
	}
	argv[n] = NULL;
	*n_operands = n;
	return CLI_GO_ON;
}
