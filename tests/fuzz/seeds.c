/* seeds.c — writes the seeds of all targets.
 *
 *     seeds DIR [SEED]
 *
 * DIR gets a folder for each target (DIR/list, …), which must be there.
 */
#include "tests/fuzz/seeds.h"
#include "tests/scratch.h"

static const char *root;
static unsigned n_kept;

void seed_keep(const char *target, struct buffer *bytes)
{
	char path[2 * SCRATCH_PATH], name[32];
	if (bytes->status != NS_OK)
		scratch_die("seeds: memory ended");
	snprintf(path, sizeof path, "%s/%s", root, target);
	snprintf(name, sizeof name, "seed-%03u", n_kept++);
	scratch_write(path, name, bytes->data, bytes->len);
	buffer_clear(bytes);
}

int main(int argc, char **argv)
{
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	struct random random = {seed, seed};
	if (argc < 2)
		scratch_die("usage: seeds DIR [SEED]");
	root = argv[1];
	seeds_of_lists(&random);
	seeds_of_blocks(&random);
	seeds_of_places(&random);
	seeds_of_lexicons(&random);
	seeds_of_columns(&random);
	seeds_of_stores(&random);
	seeds_of_indexes(&random);
	seeds_of_dates();
	seeds_of_packed();
	seeds_of_archives();
	printf("seeds: %u inputs from seed %llu\n", n_kept,
	       (unsigned long long)seed);
	return 0;
}
