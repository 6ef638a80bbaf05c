#include "tools/manual.h"

/* Text for roff: a '-' is a minus, a leading '.' or '\'' is no request. */
static void put_roff(FILE *file, const char *text)
{
	if (*text == '.' || *text == '\'')
		fputs("\\&", file);
	for (; *text; text++) {
		if (*text == '-')
			fputs("\\-", file);
		else if (*text == '\\')
			fputs("\\e", file);
		else
			fputc(*text, file);
	}
}

static void put_label(FILE *file, const struct cli_option *option)
{
	fputs("\\fB", file);
	if (option->letter)
		fprintf(file, "\\-%c", option->letter);
	if (option->letter && option->name)
		fputs("\\fR, \\fB", file);
	if (option->name) {
		fputs("\\-\\-", file);
		put_roff(file, option->name);
	}
	fputs("\\fR", file);
	if (option->argument) {
		fputs(option->name ? "=\\fI" : " \\fI", file);
		put_roff(file, cli_has_many_choices(option) ? "WORD"
		                                            : option->argument);
		fputs("\\fR", file);
	}
	fputc('\n', file);
}

/* "One of auto, listing, …": a line that roff may break. */
static void put_choices(FILE *file, const char *choices)
{
	fputs("One of ", file);
	for (; *choices; choices++)
		fputs(*choices == '|' ? ", " : (char[]){*choices, '\0'}, file);
	fputs(".\n", file);
}

void manual_man(const struct cli *cli, FILE *file)
{
	for (size_t i = 0; i < cli->n_options; i++) {
		const struct cli_option *option = &cli->options[i];
		if (!option->help)
			continue;
		fputs(".TP\n", file);
		put_label(file, option);
		put_roff(file, option->help);
		fputs(".\n", file);
		if (cli_has_many_choices(option))
			put_choices(file, option->argument);
	}
}

void manual_words(const struct cli *cli, FILE *file)
{
	for (size_t i = 0; i < cli->n_options; i++) {
		const struct cli_option *option = &cli->options[i];
		if (!option->help)
			continue;
		if (option->name)
			fprintf(file, "--%s", option->name);
		else
			fprintf(file, "-%c", option->letter);
		if (option->argument)
			fprintf(file, " %s", option->argument);
		fputc('\n', file);
	}
}
