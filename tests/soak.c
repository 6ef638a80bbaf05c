/* soak.c — do memory and files stay flat?
 *
 *     soak [OPENS [QUERIES]]      10,000 and 100,000
 *
 * Opens and closes an index OPENS times, and asks one QUERIES times.  After a tenth
 * of each, the resident size and the number of open files must not grow by more
 * than what an allocator needs to settle (1 MiB, no file).
 */
#include <dirent.h>
#include <unistd.h>

#include "tests/random_articles.h"
#include "tests/scratch.h"

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

static ns_index *opened(const char *dir)
{
	ns_index *index;
	ns_error err;
	if (ns_index_open(&index, dir, 0, &err) != NS_OK)
		scratch_die("soak: cannot open: %s", err.message);
	return index;
}

static void flat(const char *what, size_t memory, unsigned files)
{
	if (resident() > memory + (1u << 20))
		scratch_die("soak: %s: %zu bytes became %zu", what, memory,
		            resident());
	if (open_files() != files)
		scratch_die("soak: %s: %u files became %u", what, files,
		            open_files());
}

int main(int argc, char **argv)
{
	unsigned opens = argc > 1 ? (unsigned)atoi(argv[1]) : 10000;
	unsigned queries = argc > 2 ? (unsigned)atoi(argv[2]) : 100000;
	struct random random = random_start(9);
	struct random_set set;
	struct buffer query;
	char dir[SCRATCH_PATH];
	ns_builder *builder;
	ns_error err;
	size_t memory = 0;
	unsigned files = 0;
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
		if (i == opens / 10) {
			memory = resident();
			files = open_files();
		}
	}
	flat("opening", memory, files);
	ns_index *index = opened(dir);
	for (unsigned i = 0; i < queries; i++) {
		ask(index, &random, &set, &query);
		if (i == queries / 10) {
			memory = resident();
			files = open_files();
		}
	}
	flat("asking", memory, files);
	ns_index_free(index);
	buffer_release(&query);
	random_release(&set);
	scratch_remove(dir);
	printf("soak: %u times opened, %u times asked, memory and files flat "
	       "(seed %llu)\n", opens, queries, (unsigned long long)random.seed);
	return 0;
}
