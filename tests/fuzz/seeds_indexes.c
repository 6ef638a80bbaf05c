/* seeds_indexes.c — the files of small indexes, and queries for them. */
#include "tests/fuzz/seeds.h"
#include "tests/orders.h"
#include "tests/random_articles.h"
#include "tests/scratch.h"

static void commit(const char *dir, const struct random_set *set, bool update,
                   bool no_store, int order)
{
	const ns_build_options options = {.update = update, .no_store = no_store,
	                                  .order = order, .no_sync = true};
	ns_builder *builder;
	ns_error err;
	int status = ns_builder_open(&builder, dir, &options, &err);
	for (size_t i = 0; i < set->n && status == NS_OK; i++)
		status = ns_builder_add(builder, &set->articles[i], &err);
	if (status == NS_OK)
		status = ns_builder_commit(builder, NULL, &err);
	if (status != NS_OK)
		scratch_die("seeds: cannot build: %s", err.message);
	ns_builder_free(builder);
}

static void keep_file(const char *target, const struct scratch_file *file,
                      struct buffer *out)
{
	buffer_append(out, file->data, file->size);
	seed_keep(target, out);
}

/* The manifest, and the deletes of its first segment where there are some. */
static void keep_manifest(const struct scratch_files *files, struct buffer *out)
{
	const struct scratch_file *manifest = NULL, *deletes = NULL;
	for (size_t i = 0; i < files->n; i++) {
		const struct scratch_file *file = &files->files[i];
		if (!strncmp(file->name, "commit-", 7))
			manifest = file;
		if (!strncmp(file->name, "del-", 4))
			deletes = file;
	}
	for (unsigned right = 0; manifest && right < 2; right++) {
		buffer_u16(out, (uint16_t)(manifest->size | right << 15));
		buffer_append(out, manifest->data, manifest->size);
		if (deletes)
			buffer_append(out, deletes->data, deletes->size);
		seed_keep("manifest", out);
	}
}

static void keep_all(const char *dir, struct buffer *out)
{
	struct scratch_files files;
	scratch_load(&files, dir);
	for (size_t i = 0; i < files.n; i++)
		if (!strncmp(files.files[i].name, "seg-", 4))
			keep_file("segment", &files.files[i], out);
	keep_manifest(&files, out);
	scratch_release(&files);
}

static void seed_index(struct random *random, const struct random_shape *shape,
                       bool update, bool no_store, enum orders orders,
                       struct buffer *out)
{
	int order = orders_choose(orders, random->seed);
	char dir[SCRATCH_PATH];
	struct random_set set;
	scratch_new(dir);
	random_articles(&set, random, shape);
	commit(dir, &set, false, no_store, order);
	if (update) { /* some of the first become dead */
		set.n = min_size(set.n, 3);
		commit(dir, &set, true, no_store, order);
	}
	keep_all(dir, out);
	for (unsigned i = 0; i < 12; i++) {
		random_query(random, &set, out);
		seed_keep("query", out);
	}
	random_release(&set);
	scratch_remove(dir);
}

void seeds_of_indexes(struct random *random)
{
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	seed_index(random, &(struct random_shape){.articles = 1, .words = 4},
	           false, false, ORDERS_GIVEN, &out);
	seed_index(random, &(struct random_shape){.articles = 12, .words = 6},
	           true, false, ORDERS_GIVEN, &out);
	seed_index(random, &(struct random_shape){.articles = 12, .words = 20},
	           false, true, ORDERS_GIVEN, &out);
	seed_index(random, &(struct random_shape){.articles = 12, .words = 20},
	           true, false, ORDERS_ANY, &out);
	/* lists with blocks */
	seed_index(random, &(struct random_shape){.articles = 600, .words = 4},
	           false, true, ORDERS_GIVEN, &out);
	seed_index(random, &(struct random_shape){.articles = 600, .words = 4},
	           false, true, ORDERS_BP, &out);
	buffer_release(&out);
}
