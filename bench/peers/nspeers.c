/* nspeers.c — how does nsindex stand beside Xapian and SQLite's FTS5?
 *
 *     nspeers [--builds N] [--rounds N] DIR QUERIES [PATH]...
 *
 * The same articles and the same queries through all three, in one run: figures
 * of separate runs differ by more than engines do, because machines have slow
 * hours.  DIR is made, or is empty; the indexes are left there.  Without a PATH
 * those that are there are asked again.
 */
#include <errno.h>
#include <sys/stat.h>

#include "bench/peers/peers.h"
#include "tools/cli.h"

static const char program[] = "nspeers";

static int compare(const char *dir, const char *queries, char **paths,
                   uint64_t builds, uint64_t rounds)
{
	const struct peer *const peers[PEERS] = {&peer_nsindex, &peer_xapian,
	                                         &peer_fts5};
	if (mkdir(dir, 0777) != 0 && errno != EEXIST) {
		cli_say(program, "cannot make %s: %s", dir, strerror(errno));
		return CLI_ERROR;
	}
	for (unsigned p = 0; p < PEERS; p++)
		printf("%s%s %s", p ? ", " : "", peers[p]->name,
		       peers[p]->version());
	printf("\n\n");
	if ((*paths && !peers_build(dir, peers, paths, builds)) ||
	    !peers_ask(dir, peers, queries, rounds))
		return CLI_ERROR;
	return CLI_DONE;
}

int main(int argc, char **argv)
{
	uint64_t builds = 3, rounds = 7;
	const struct cli_option options[] = {
		{"builds", 0, CLI_NUMBER, "N", "builds of each index; the best "
		 "counts (3)", &builds, 1, 1000},
		{"rounds", 0, CLI_NUMBER, "N", "rounds; the best of each query "
		 "counts (7)", &rounds, 1, 100000},
		CLI_STANDARD_OPTIONS,
	};
	const struct cli cli = {
		.program = program,
		.usage = "[OPTION]... DIR QUERIES [PATH]...",
		.about = "Builds indexes of PATH… with nsindex, Xapian and "
		         "FTS5 in DIR (without a PATH:\nthey are there) and "
		         "times the word lists of QUERIES in each.",
		.options = options,
		.n_options = sizeof options / sizeof *options,
	};
	cli_start();
	int n, code = cli_parse(&cli, argc, argv, &n);
	if (code == CLI_GO_ON && n < 2)
		code = cli_usage_error(&cli, "give DIR and QUERIES");
	else if (code == CLI_GO_ON)
		code = compare(argv[0], argv[1], argv + 2, builds,
		               rounds);
	return cli_finish(program, code);
}
