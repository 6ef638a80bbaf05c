/* fuzz_query.c — is any text a query?
 *
 * Input: the query.  It is parsed, printed, planned and answered over a sound
 * index of two segments with deletes, by rank_all and rank_best alike.
 */
#include <fcntl.h>
#include <unistd.h>

#include "tests/fuzz/ask.h"
#include "tests/random_articles.h"
#include "tests/scratch.h"

static void commit(const char *dir, struct random *random, bool update)
{
	const ns_build_options options = {.update = update, .no_store = true,
	                                  .no_sync = true};
	const struct random_shape shape = {.articles = update ? 40 : 400,
	                                   .words = 9};
	struct random_set set;
	ns_builder *builder;
	ns_error err;
	random_articles(&set, random, &shape);
	int status = ns_builder_open(&builder, dir, &options, &err);
	for (size_t i = 0; i < set.n && status == NS_OK; i++)
		status = ns_builder_add(builder, &set.articles[i], &err);
	if (status == NS_OK)
		status = ns_builder_commit(builder, NULL, &err);
	if (status != NS_OK)
		scratch_die("fuzz: cannot build: %s", err.message);
	ns_builder_free(builder);
	random_release(&set);
}

/* The files may go at once: they are mapped. */
static const struct snapshot *index_of_all_runs(void)
{
	static struct snapshot snapshot;
	if (snapshot.segments)
		return &snapshot;
	struct random random = {12, 12};
	char dir[SCRATCH_PATH];
	ns_error err;
	scratch_new(dir);
	commit(dir, &random, false);
	commit(dir, &random, true);
	int folder = open(dir, O_RDONLY | O_DIRECTORY);
	if (folder < 0 || snapshot_open(&snapshot, folder, dir, 0, true, &err) !=
	                  NS_OK)
		scratch_die("fuzz: cannot open %s", dir);
	close(folder);
	scratch_remove(dir);
	return &snapshot;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct snapshot *snapshot = index_of_all_runs();
	struct query query = {0};
	struct buffer printed;
	ASSERT_REL(snapshot->manifest.n_segments, ==, 2);
	buffer_init(&printed, SIZE_MAX);
	int status = query_parse(&query, slice_of(data, size), NULL);
	/* no text is an error, but for its length */
	ASSERT_REL(status == NS_OK || status == NS_E_LIMIT, ==, true);
	if (status == NS_OK)
		query_print(&query, &printed);
	buffer_release(&printed);
	query_release(&query);
	fuzz_sound = status == NS_OK;
	if (fuzz_sound)
		ask(snapshot, ask_analyzer(), slice_of(data, size), true);
	return 0;
}
