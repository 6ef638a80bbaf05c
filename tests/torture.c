/* torture.c — is every damaged byte found, and does none of them hurt?
 *
 *     torture [SEED [SAMPLE]]
 *
 * A small index is built, of two segments with deletes.  Then each of its files is cut at every length, and
 * every byte of it gets one wrong bit (all eight, one after the other, in
 * headers, footers, tables, manifests and deletes).  Each time ns_index_check must
 * say that the index is damaged; and an index opened without checksums must answer
 * queries, print its lists and merge wrongly at worst, never crash, never hang.  Meant
 * for ASan and UBSan, where a read past a chunk is a crash.
 *
 * The second index is larger (its lists have blocks): there a random sample of
 * SAMPLE bytes is damaged, as every byte would take too long.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "build/merge.h"
#include "index/snapshot.h"
#include "orders.h"
#include "random_articles.h"
#include "scratch.h"

enum { HANG_SECONDS = 60 };
static uint32_t sample = 3000; /* bytes of the larger index that are damaged */

static char where[256]; /* what is being done to which byte */

static void tell(void)
{
	ssize_t n = write(2, where, strlen(where));
	n += write(2, "\n", 1);
	(void)n;
}

static void on_signal(int number)
{
	static const char text[] = "torture: a crash or hang at: ";
	ssize_t n = write(2, text, sizeof text - 1);
	(void)n;
	tell();
	_exit(number == SIGALRM ? 3 : 4);
}

#ifdef HAVE_ASAN
void __sanitizer_set_death_callback(void (*callback)(void));
#endif

static void watch(void)
{
	signal(SIGALRM, on_signal);
	signal(SIGABRT, on_signal);
#ifdef HAVE_ASAN
	__sanitizer_set_death_callback(tell);
#else
	signal(SIGSEGV, on_signal);
	signal(SIGBUS, on_signal);
	signal(SIGFPE, on_signal);
	signal(SIGILL, on_signal);
#endif
}

static bool swallow(void *context, const char *text, size_t size)
{
	uint64_t *seen = context;
	*seen += size + (size ? (uint8_t)text[size - 1] : 0);
	return true;
}

static const char *const queries[] = {
	"rain", "\"the president\" attack daily", "+missiles -war title:rain",
	"section:World", "=attacks \"of the\" seasons", "-the", "id:a3",
	"(burst OR calm) AND NOT talk", "de-escalation AT&T"};

/* Asks everything of the index; what it answers does not matter. */
static void ask(const char *dir, unsigned flags)
{
	uint64_t seen = 0;
	ns_index *index;
	ns_error err;
	if (ns_index_open(&index, dir, flags, &err) != NS_OK)
		return;
	for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
		ns_search_options options = {.limit = 20, .count = i % 2,
		                             .explain = i % 3 == 0};
		ns_results *results;
		if (ns_search(&results, index, ns_text_of(queries[i]), &options,
		              &err) != NS_OK)
			continue;
		for (size_t k = 0; k < ns_results_size(results); k++) {
			const ns_hit *hit = ns_results_hit(results, k);
			swallow(&seen, hit->id.data, hit->id.size);
			swallow(&seen, hit->snippet.data, hit->snippet.size);
			swallow(&seen, hit->source.data, hit->source.size);
		}
		ns_results_free(results);
	}
	ns_index_dump_all(index, swallow, &seen, &err);
	ns_index_dump_article(index, ns_text_of("a3"), swallow, &seen, &err);
	ns_index_stat(index, swallow, &seen, &err);
	ns_index_stat_size(index, swallow, &seen, &err);
	ns_index_free(index);
}

/* Merges what is there, without checksums: a commit would verify them first. */
static void merge(const char *dir)
{
	static const struct steps silent;
	static const struct budget budget = {.run = SIZE_MAX, .range = 1 << 20};
	struct docs docs;
	struct snapshot snapshot;
	int folder = open(dir, O_RDONLY | O_DIRECTORY);
	if (folder < 0)
		scratch_die("torture: cannot open %s", dir);
	docs_init(&docs, NULL, SIZE_MAX, true);
	if (snapshot_open(&snapshot, folder, dir, 0, false, NULL) == NS_OK) {
		for (uint32_t i = 0; i < snapshot.manifest.n_segments; i++) {
			const struct merge_part part = {
				.segment = &snapshot.segments[i].segment,
				.dead = snapshot.segments[i].dead};
			/* only the first run waits in memory */
			struct runs runs = {0};
			struct run *run;
			if (runs_add(&runs, NULL, &budget, 0, &run, NULL) ==
			    NS_OK)
				merge_load(&part, run, &docs, &silent, NULL);
			runs_release(&runs);
		}
		snapshot_release(&snapshot);
	}
	docs_release(&docs);
	close(folder);
}

static bool is_damage(int status)
{
	return status == NS_E_CORRUPT || status == NS_E_VERSION ||
	       status == NS_E_MISSING;
}

/* Damage has been done: is it found? */
static void find(const char *dir)
{
	uint64_t seen = 0;
	ns_error err;
	alarm(HANG_SECONDS);
	int status = ns_index_check(dir, swallow, &seen, &err);
	if (!is_damage(status))
		scratch_die("torture: check says \"%s\" to: %s",
		            ns_status_name(status), where);
	alarm(0);
}

/* And is it harmless? */
static void judge(const char *dir)
{
	find(dir);
	alarm(HANG_SECONDS);
	ask(dir, NS_OPEN_UNVERIFIED);
	merge(dir);
	alarm(0);
}

static void change(int file, const uint8_t *bytes, size_t n, size_t offset)
{
	if (pwrite(file, bytes, n, (off_t)offset) != (ssize_t)n)
		scratch_die("torture: cannot write: %s", strerror(errno));
}

static int file_open(const char *dir, const char *name)
{
	char path[2 * SCRATCH_PATH];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	int file = open(path, O_RDWR | O_CLOEXEC);
	if (file < 0)
		scratch_die("torture: cannot open %s", path);
	return file;
}

/* Header, footer and table of a segment; all of manifests and deletes. */
static bool is_frame(const struct scratch_file *file, size_t offset)
{
	size_t table = 0;
	if (strncmp(file->name, "seg-", 4))
		return true;
	for (int i = 0; i < 8; i++)
		table |= (size_t)file->data[file->size - 64 + (size_t)i]
			<< (8 * i);
	return offset < 64 || offset >= table;
}

static void flip(const char *dir, const struct scratch_file *file,
                 struct random *random, bool every)
{
	int handle = file_open(dir, file->name);
	size_t n = every ? file->size : sample;
	for (size_t i = 0; i < n; i++) {
		size_t at = every ? i : random_below(random, (uint32_t)file->size);
		unsigned one = random_below(random, 8), from = one, to = one + 1;
		if (every && is_frame(file, at))
			from = 0, to = 8;
		for (unsigned bit = from; bit < to; bit++) {
			uint8_t byte = file->data[at] ^ (uint8_t)(1u << bit);
			snprintf(where, sizeof where,
			         "bit %u of byte %zu of %s (%zu bytes) flipped",
			         bit, at, file->name, file->size);
			change(handle, &byte, 1, at);
			if (bit == one)
				judge(dir);
			else
				find(dir);
			change(handle, &file->data[at], 1, at);
		}
	}
	close(handle);
}

static void cut(const char *dir, const struct scratch_file *file,
                struct random *random, bool every)
{
	int handle = file_open(dir, file->name);
	for (size_t size = file->size; size--;) {
		if (!every && random_below(random, (uint32_t)file->size) > sample / 10)
			continue;
		snprintf(where, sizeof where, "%s (%zu bytes) cut to %zu",
		         file->name, file->size, size);
		if (ftruncate(handle, (off_t)size))
			scratch_die("torture: cannot cut");
		judge(dir);
	}
	change(handle, file->data, file->size, 0);
	snprintf(where, sizeof where, "a byte behind %s", file->name);
	change(handle, (const uint8_t *)"", 1, file->size);
	judge(dir);
	if (ftruncate(handle, (off_t)file->size))
		scratch_die("torture: cannot cut");
	close(handle);
}

static void build(const char *dir, struct random *random,
                  const struct random_shape *shape)
{
	struct random_set set;
	const ns_build_options options = {
		.order = orders_choose(ORDERS_ANY, random->seed)};
	ns_builder *builder;
	ns_error err;
	random_articles(&set, random, shape);
	int status = ns_builder_open(&builder, dir, &options, &err);
	for (size_t i = 0; i < set.n && status == NS_OK; i++)
		status = ns_builder_add(builder, &set.articles[i], &err);
	if (status == NS_OK)
		status = ns_builder_commit(builder, NULL, &err);
	if (status != NS_OK)
		scratch_die("torture: cannot build: %s", err.message);
	ns_builder_free(builder);
	random_release(&set);
}

/* A second segment, and a few of the first are dead. */
static void update(const char *dir, struct random *random)
{
	const ns_build_options options = {.update = true};
	struct random_set set;
	ns_builder *builder;
	ns_error err;
	ns_build_report report;
	random_articles(&set, random, &(struct random_shape){.articles = 3,
	                                                     .words = 6});
	int status = ns_builder_open(&builder, dir, &options, &err);
	for (size_t i = 0; i < set.n && status == NS_OK; i++) {
		set.articles[i].id = ns_text_of(i ? "" : "new");
		status = ns_builder_add(builder, &set.articles[i], &err);
	}
	if (status == NS_OK)
		status = ns_builder_delete(builder, ns_text_of("a5"), NULL, &err);
	if (status == NS_OK)
		status = ns_builder_commit(builder, &report, &err);
	if (status != NS_OK || report.segments != 2 || !report.dead)
		scratch_die("torture: cannot update: %s", err.message);
	ns_builder_free(builder);
	random_release(&set);
}

static void sound(const char *dir)
{
	uint64_t seen = 0;
	ns_error err = {0};
	if (ns_index_check(dir, swallow, &seen, &err) != NS_OK)
		scratch_die("torture: a sound index is called damaged: %s (%s)",
		            err.message, err.place);
	ask(dir, 0);
}

static void torture(const char *dir, struct random *random,
                    const struct random_shape *shape, bool every)
{
	struct scratch_files files;
	build(dir, random, shape);
	update(dir, random);
	scratch_load(&files, dir);
	sound(dir);
	for (size_t i = 0; i < files.n; i++) {
		const struct scratch_file *file = &files.files[i];
		if (!strcmp(file->name, "lock"))
			continue;
		printf("%s: %zu bytes\n", file->name, file->size);
		fflush(stdout);
		flip(dir, file, random, every);
		cut(dir, file, random, every);
		/* without its manifest a commit was never there */
		if (!strncmp(file->name, "commit-", 7))
			continue;
		snprintf(where, sizeof where, "%s removed", file->name);
		char path[2 * SCRATCH_PATH];
		snprintf(path, sizeof path, "%s/%s", dir, file->name);
		unlink(path);
		judge(dir);
		scratch_write(dir, file->name, file->data, file->size);
		sound(dir);
	}
	scratch_release(&files);
}

/* A sound segment of another index under the name of ours. */
static void swap(const char *dir, const char *other, struct random *random)
{
	struct scratch_files ours, theirs;
	build(other, random, &(struct random_shape){.articles = 9, .words = 9});
	scratch_load(&ours, dir);
	scratch_load(&theirs, other);
	for (size_t i = 0; i < ours.n; i++)
		for (size_t k = 0; k < theirs.n; k++) {
			const struct scratch_file *to = &ours.files[i];
			const struct scratch_file *from = &theirs.files[k];
			if (strncmp(to->name, "seg-", 4) ||
			    strncmp(from->name, "seg-", 4))
				continue;
			snprintf(where, sizeof where, "%s put in place of %s",
			         from->name, to->name);
			scratch_write(dir, to->name, from->data, from->size);
			judge(dir);
		}
	scratch_release(&ours);
	scratch_release(&theirs);
}

int main(int argc, char **argv)
{
	uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
	if (argc > 2)
		sample = (uint32_t)strtoul(argv[2], NULL, 10);
	struct random random = {seed, seed};
	char small[SCRATCH_PATH], large[SCRATCH_PATH], other[SCRATCH_PATH];
	scratch_new(small);
	scratch_new(large);
	scratch_new(other);
	printf("torture: seed %llu\n", (unsigned long long)seed);
	watch();
	torture(small, &random,
	        &(struct random_shape){.articles = 14, .words = 12,
	                               .duplicates = 5}, true);
	torture(large, &random,
	        &(struct random_shape){.articles = 900, .words = 12}, false);
	swap(small, other, &random);
	scratch_remove(small);
	scratch_remove(large);
	scratch_remove(other);
	return 0;
}
