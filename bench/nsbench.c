/* nsbench.c — how fast is it?
 *
 *     nsbench lookup -i DIR QUERIES       times a file of queries
 *     nsbench decode                      times the reading of blocks of postings
 *     nsbench build FILE                  times the building of an index
 *     nsbench grow FILE                   writes a large collection to build from
 */
#include "bench/build.h"
#include "bench/decode.h"
#include "bench/grow.h"
#include "bench/lookup.h"
#include "tools/cli.h"

static const char program[] = "nsbench";

static void help(FILE *file)
{
	fputs("usage: nsbench VERB [OPTION]...\n\n"
	      "  lookup   time the queries of a file, by class and mode\n"
	      "  decode   time the reading of blocks of postings\n"
	      "  build    time the building of an index, and say what its "
	      "parts cost\n"
	      "  grow     write a large collection of altered copies\n\n"
	      "nsbench VERB --help says more.\n", file);
}

int main(int argc, char **argv)
{
	cli_start();
	if (argc > 1 && !strcmp(argv[1], "lookup"))
		return cli_finish(program, bench_lookup(argc - 1, argv + 1));
	if (argc > 1 && !strcmp(argv[1], "decode"))
		return cli_finish(program, bench_decode(argc - 1, argv + 1));
	if (argc > 1 && !strcmp(argv[1], "build"))
		return cli_finish(program, bench_build(argc - 1, argv + 1));
	if (argc > 1 && !strcmp(argv[1], "grow"))
		return cli_finish(program, bench_grow(argc - 1, argv + 1));
	if (argc > 1 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))) {
		help(stdout);
		return cli_finish(program, CLI_DONE);
	}
	if (argc > 1 && !strcmp(argv[1], "--version")) {
		printf("nsbench %s\n", ns_version());
		return cli_finish(program, CLI_DONE);
	}
	if (argc > 1)
		cli_say(program, "there is no verb \"%s\"", argv[1]);
	help(stderr);
	return CLI_ERROR;
}
