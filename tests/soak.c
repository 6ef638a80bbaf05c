/* soak.c — do memory and files stay flat?
 *
 *     soak [OPENS [QUERIES]]      10,000 and 100,000
 *
 * Opens and closes an index OPENS times, and asks one QUERIES times, a tenth of them
 * again and again (memory is kept from one query to the next, and grows with the
 * largest), and by a searcher likewise.  After a tenth of each, the number of blocks that the library holds and of open files must not
 * grow at all, and the resident size by no more than malloc's habits explain (it
 * goes up and down by 1.5 MiB here: 4 MiB).
 */
#include <dirent.h>
#include <unistd.h>

#include "tests/random_articles.h"
#include "tests/scratch.h"

static int64_t blocks; /* alive, of the library's own */

static void *count_alloc(void *unused, size_t size)
{
	(void)unused;
	blocks++;
	return malloc(size);
}

static void *count_resize(void *unused, void *block, size_t size)
{
	(void)unused;
	blocks += !block;
	return realloc(block, size);
}

static void count_release(void *unused, void *block)
{
	(void)unused;
	blocks--;
	free(block);
}

static size_t resident(void)
{
	size_t pages = 0, ignored;
	FILE *file = fopen("/proc/self/statm", "r");
	if (!file || fscanf(file, "%zu %zu", &ignored, &pages) != 2)
		scratch_die("soak: cannot read /proc/self/statm");
	fclose(file);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static unsigned open_files(void)
{
	unsigned n = 0;
	DIR *folder = opendir("/proc/self/fd");
	while (folder && readdir(folder))
		n++;
	closedir(folder);
	return n;
}

static void ask(const ns_index *index, struct random *random,
                const struct random_set *set, struct buffer *query)
{
	ns_results *results;
	ns_error err;
	buffer_clear(query);
	random_query(random, set, query);
	int status = ns_search(&results, index, (ns_text){
		(const char *)query->data, query->len}, NULL, &err);
	if (status != NS_OK && status != NS_E_LIMIT)
		scratch_die("soak: a query fails: %s", err.message);
	ns_results_free(results);
}

static void ask_bare(ns_searcher *searcher, struct random *random,
                     const struct random_set *set, struct buffer *query)
{
	const ns_search_options options = {.limit = 100, .bare = true};
	const ns_results *results;
	ns_article article;
	ns_error err;
	size_t n = 0;
	buffer_clear(query);
	random_query(random, set, query);
	int status = ns_searcher_search(searcher, &results, (ns_text){
		(const char *)query->data, query->len}, &options, &err);
	if (status != NS_OK && status != NS_E_LIMIT)
		scratch_die("soak: a query fails: %s", err.message);
	const ns_match *matches = status == NS_OK
		? ns_results_matches(results, &n) : NULL;
	for (size_t i = 0; i < n && i < 3; i++)
		if (ns_searcher_article(searcher, matches[i].number, &article,
		                        &err) != NS_OK)
			scratch_die("soak: no article: %s", err.message);
}

static ns_index *opened(const char *dir)
{
	ns_index *index;
	ns_error err;
	if (ns_index_open(&index, dir, 0, &err) != NS_OK)
		scratch_die("soak: cannot open: %s", err.message);
	return index;
}

struct level {
	size_t memory;
	unsigned files;
	int64_t blocks;
};

static struct level level_now(void)
{
	return (struct level){resident(), open_files(), blocks};
}

static void flat(const char *what, struct level then)
{
	struct level now = level_now();
#ifdef HAVE_ASAN /* it keeps freed memory back on purpose */
	then.memory = now.memory;
#endif
	if (now.memory > then.memory + (4u << 20))
		scratch_die("soak: %s: %zu bytes became %zu", what, then.memory,
		            now.memory);
	if (now.files != then.files || now.blocks != then.blocks)
		scratch_die("soak: %s: %u files and %lld blocks became %u and "
		            "%lld", what, then.files, (long long)then.blocks,
		            now.files, (long long)now.blocks);
}

int main(int argc, char **argv)
{
	unsigned opens = argc > 1 ? (unsigned)atoi(argv[1]) : 10000;
	unsigned queries = argc > 2 ? (unsigned)atoi(argv[2]) : 100000;
	if (queries < 10)
		scratch_die("soak: 10 queries at least");
	struct random random = random_start(9);
	struct random_set set;
	struct buffer query;
	char dir[SCRATCH_PATH];
	ns_builder *builder;
	ns_error err;
	struct level level = {0};
	const ns_allocator counting = {count_alloc, count_resize, count_release,
	                               NULL};
	ns_set_allocator(&counting);
	buffer_init(&query, SIZE_MAX);
	scratch_new(dir);
	random_articles(&set, &random, &(struct random_shape){
		.articles = 60, .words = 60});
	int status = ns_builder_open(&builder, dir, NULL, &err);
	for (size_t i = 0; i < set.n && status == NS_OK; i++)
		status = ns_builder_add(builder, &set.articles[i], &err);
	if (status != NS_OK || ns_builder_commit(builder, NULL, &err) != NS_OK)
		scratch_die("soak: cannot build: %s", err.message);
	ns_builder_free(builder);
	for (unsigned i = 0; i < opens; i++) {
		ns_index *index = opened(dir);
		ask(index, &random, &set, &query);
		ns_index_free(index);
		if (i == opens / 10)
			level = level_now();
	}
	flat("opening", level);
	ns_index *index = opened(dir);
	const unsigned lap = queries / 10; /* the last lap ends as the first */
	for (unsigned i = 0; i < 10 * lap; i++) {
		if (i % lap == 0)
			random = random_start(10);
		if (i == lap)
			level = level_now();
		ask(index, &random, &set, &query);
	}
	flat("asking", level);
	ns_searcher *searcher;
	if (ns_searcher_open(&searcher, index, &err) != NS_OK)
		scratch_die("soak: no searcher: %s", err.message);
	for (unsigned i = 0; i < 10 * lap; i++) {
		if (i % lap == 0)
			random = random_start(11);
		if (i == lap)
			level = level_now();
		ask_bare(searcher, &random, &set, &query);
	}
	flat("asking a searcher", level);
	ns_searcher_free(searcher);
	ns_index_free(index);
	buffer_release(&query);
	random_release(&set);
	scratch_remove(dir);
	printf("soak: %u times opened, %u times asked, memory and files flat "
	       "(seed %llu)\n", opens, 10 * lap, (unsigned long long)random.seed);
	return 0;
}
