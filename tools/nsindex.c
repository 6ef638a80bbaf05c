/* nsindex.c — makes, changes, verifies and shows an index. */
#include "tools/nsindex.h"

static const char program[] = "nsindex";

static const struct {
	const char *name, *about;
	int (*run)(int argc, char **argv);
} verbs[] = {
	{"build", "make an index of articles, in place of the one that is there",
	 nsindex_build},
	{"add", "add articles to an index", nsindex_add},
	{"delete", "delete articles from an index", nsindex_delete},
	{"merge", "give back the room of deleted articles", nsindex_merge},
	{"check", "verify every byte of an index", nsindex_check},
	{"stat", "say what is in an index and what each part costs",
	 nsindex_stat},
	{"dump", "show lists or an article as text", nsindex_dump},
};

static void help(FILE *file)
{
	fputs("usage: nsindex VERB [OPTION]... [PATH]...\n\n", file);
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		fprintf(file, "  %-8s %s\n", verbs[i].name, verbs[i].about);
	fputs("\nnsindex VERB --help says more; nsquery asks an index.\n", file);
}

int main(int argc, char **argv)
{
	cli_start();
	for (size_t i = 0; argc > 1 && i < sizeof verbs / sizeof *verbs; i++)
		if (!strcmp(argv[1], verbs[i].name))
			return cli_finish(program,
			                  verbs[i].run(argc - 1, argv + 1));
	if (argc > 1 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))) {
		help(stdout);
		return cli_finish(program, CLI_DONE);
	}
	if (argc > 1 && !strcmp(argv[1], "--help=words")) { /* for manual.h */
		for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
			puts(verbs[i].name);
		return cli_finish(program, CLI_DONE);
	}
	if (argc > 1 && !strcmp(argv[1], "--version")) {
		printf("nsindex %s\n", ns_version());
		return cli_finish(program, CLI_DONE);
	}
	if (argc > 1)
		cli_say(program, "there is no verb \"%s\"", argv[1]);
	help(stderr);
	return CLI_ERROR;
}
