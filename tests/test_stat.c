/* test_stat.c — do the parts that stat --size names add up to the bytes there are?
 *
 * Indexes of random articles, in one segment and in several, with dead ones among
 * them.
 */
#include <criterion/criterion.h>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "answer/stat_cost.h"
#include "folder.h"
#include "random.h"

enum { PATH = 64, TEXT = 1024 };

/* Few words often, many seldom, some in two forms of one term. */
static size_t make_words(struct random *r, char *out, unsigned n)
{
	size_t at = 0;
	for (unsigned i = 0; i < n; i++)
		at += (size_t)sprintf(out + at, "%s%x%s ",
		                      random_below(r, 3) ? "w" : "rain",
		                      random_width(r, 11),
		                      random_below(r, 4) ? "" : "s");
	return at;
}

static void add(struct random *r, ns_builder *builder, unsigned first,
                unsigned n)
{
	static const char *const sections[] = {"World", "Sport", ""};
	char title[TEXT], body[TEXT], id[16];
	ns_error err;
	for (unsigned i = first; i < first + n; i++) {
		ns_article article = ns_article_empty();
		sprintf(id, "a%u", i);
		article.id = ns_text_of(id);
		article.title.size = make_words(r, title, random_below(r, 4));
		article.title.data = title;
		article.body.size = make_words(r, body, 1 + random_below(r, 60));
		article.body.data = body;
		article.section = ns_text_of(sections[random_below(r, 3)]);
		cr_assert_eq(ns_builder_add(builder, &article, &err), NS_OK,
		             "%s", err.message);
	}
}

/* Adds the articles first … first + n − 1, as a commit of its own. */
static void commit(struct random *r, const char *dir, bool no_store,
                   unsigned first, unsigned n)
{
	const ns_build_options options = {.no_store = no_store, .update = true,
	                                  .no_sync = true};
	ns_builder *builder;
	ns_error err;
	cr_assert_eq(ns_builder_open(&builder, dir, &options, &err), NS_OK,
	             "%s", err.message);
	add(r, builder, first, n);
	cr_assert_eq(ns_builder_commit(builder, NULL, &err), NS_OK, "%s",
	             err.message);
	ns_builder_free(builder);
}

static void merge(const char *dir)
{
	const ns_build_options options = {.update = true, .no_sync = true};
	ns_builder *builder;
	cr_assert_eq(ns_builder_open(&builder, dir, &options, NULL), NS_OK);
	cr_assert_eq(ns_builder_merge(builder, true, NULL), NS_OK);
	cr_assert_eq(ns_builder_commit(builder, NULL, NULL), NS_OK);
	ns_builder_free(builder);
}

static uint32_t measure(const char *path, struct stat_cost *out)
{
	struct snapshot snapshot;
	ns_error err = {0};
	int dir = open(path, O_RDONLY | O_DIRECTORY);
	cr_assert_eq(snapshot_open(&snapshot, dir, path, 0, true, &err), NS_OK,
	             "%s", err.message);
	cr_assert_eq(stat_measure(&snapshot, out, &err), NS_OK, "%s",
	             err.message);
	uint32_t n = snapshot.manifest.n_segments;
	snapshot_release(&snapshot);
	close(dir);
	return n;
}

/* What lies in the folder but manifests and lock. */
static uint64_t file_bytes(const char *path)
{
	uint64_t bytes = 0;
	DIR *files = opendir(path);
	for (struct dirent *file; (file = readdir(files));) {
		int f = openat(dirfd(files), file->d_name, O_RDONLY);
		if (strncmp(file->d_name, "seg-", 4) == 0 ||
		    strncmp(file->d_name, "del-", 4) == 0)
			bytes += (uint64_t)lseek(f, 0, SEEK_END);
		close(f);
	}
	closedir(files);
	return bytes;
}

static void expect_sums(const struct stat_cost *cost)
{
	uint64_t chunks = 0, lexicon = 0, post = 0, posn = 0;
	for (unsigned i = 0; i < CHUNKS; i++)
		chunks += cost->chunk[i];
	for (unsigned i = 0; i <= FIELD_PAIR; i++) {
		const struct stat_field *field = &cost->field[i];
		lexicon += lexicon_cost_all(&field->lexicon);
		post += postings_cost_post(&field->lists) + field->padding;
		posn += postings_cost_posn(&field->lists);
	}
	cr_assert_eq(cost->all, chunks + cost->frame + cost->deletes);
	cr_assert_eq(lexicon, cost->chunk[CHUNK_LEXICON_KEYS] +
	                      cost->chunk[CHUNK_LEXICON_OFFSETS] +
	                      cost->chunk[CHUNK_LEXICON_BLOCKS]);
	cr_assert_eq(post, cost->chunk[CHUNK_POSTINGS]);
	cr_assert_eq(posn, cost->chunk[CHUNK_POSITIONS]);
	cr_assert_eq(cost->field[FIELD_TEXT].column,
	             cost->chunk[CHUNK_LENGTHS_TEXT]);
	cr_assert_gt(cost->field[FIELD_PAIR].postings, 0u);
}

static void expect_heaviest(const struct stat_cost *cost)
{
	cr_assert_eq(cost->n_heaviest, (uint32_t)STAT_HEAVIEST);
	for (unsigned i = 0; i < STAT_HEAVIEST; i++) {
		const struct stat_term *term = &cost->heaviest[i];
		cr_assert_gt(term->post + term->posn, 0u);
		for (unsigned k = 0; k < i; k++) {
			const struct stat_term *before = &cost->heaviest[k];
			cr_assert_geq(before->post + before->posn,
			              term->post + term->posn);
			cr_assert(before->field != term->field ||
			          before->key_len != term->key_len ||
			          memcmp(before->key, term->key,
			                 term->key_len), "a term is twice there");
		}
	}
}

Test(stat, parts_add_up_to_chunks)
{
	struct random r = random_start(21);
	static struct stat_cost cost;
	char dir[] = "/tmp/ns-test-XXXXXX";
	cr_assert(mkdtemp(dir));
	commit(&r, dir, false, 0, 5000);
	cr_assert_eq(measure(dir, &cost), 1u);
	expect_sums(&cost);
	expect_heaviest(&cost);
	cr_assert_eq(cost.all, file_bytes(dir));
	const struct stat_field *text = &cost.field[FIELD_TEXT];
	const uint64_t parts[] = {
		text->lexicon.terms, text->lexicon.places, text->lexicon.words,
		text->lexicon.frame, text->lists.directory,
		text->lists.place_ends, text->lists.docs, text->lists.tfs,
		text->lists.tails, text->lists.positions, text->lists.forms,
		text->padding, text->column, cost.field[FIELD_SECTION].column,
		cost.field[FIELD_SECTION].lists.docs};
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		cr_assert_gt(parts[i], 0u, "part %zu, seed %lu", i, r.seed);
	folder_remove(dir);
}

/* The terms of several segments are those of the one they become. */
Test(stat, segments_count_as_one)
{
	struct random r = random_start(22);
	static struct stat_cost parts, whole;
	char dir[] = "/tmp/ns-test-XXXXXX";
	cr_assert(mkdtemp(dir));
	commit(&r, dir, false, 0, 3000);
	commit(&r, dir, false, 3000, 900);
	commit(&r, dir, false, 3900, 200);
	cr_assert_eq(measure(dir, &parts), 3u);
	expect_sums(&parts);
	expect_heaviest(&parts);
	merge(dir);
	cr_assert_eq(measure(dir, &whole), 1u);
	expect_sums(&whole);
	for (unsigned i = FIELD_TEXT; i < FIELD_END; i++) {
		cr_assert_eq(parts.field[i].postings, whole.field[i].postings);
		cr_assert_eq(parts.field[i].occurrences,
		             whole.field[i].occurrences);
	}
	const struct stat_term *a = parts.heaviest, *b = whole.heaviest;
	cr_assert_eq(a->key_len, b->key_len);
	cr_assert(!memcmp(a->key, b->key, a->key_len));
	cr_assert(a->field == b->field && a->df == b->df && a->cf == b->cf);
	folder_remove(dir);
}

Test(stat, the_dead_and_their_files_count)
{
	struct random r = random_start(23);
	static struct stat_cost cost;
	char dir[] = "/tmp/ns-test-XXXXXX";
	cr_assert(mkdtemp(dir));
	commit(&r, dir, true, 0, 2000);
	commit(&r, dir, true, 1990, 500);
	cr_assert_eq(measure(dir, &cost), 2u);
	expect_sums(&cost);
	cr_assert_gt(cost.deletes, 0u);
	cr_assert_eq(cost.all, file_bytes(dir));
	cr_assert_eq(cost.text, 0u);
	cr_assert_eq(cost.field[FIELD_ID].postings, 2500u);
	folder_remove(dir);
}

/* An index of the same articles without text is smaller by what was said. */
Test(stat, text_costs_what_is_saved_without)
{
	static struct stat_cost with, without;
	char dir[] = "/tmp/ns-test-XXXXXX", bare[] = "/tmp/ns-test-XXXXXX";
	cr_assert(mkdtemp(dir) && mkdtemp(bare));
	struct random r = random_start(24);
	commit(&r, dir, false, 0, 3000);
	r = random_start(24);
	commit(&r, bare, true, 0, 3000);
	measure(dir, &with);
	measure(bare, &without);
	cr_assert_gt(with.text, 100000u);
	cr_assert_eq(with.all - with.text, without.all);
	folder_remove(dir);
	folder_remove(bare);
}

Test(stat, an_empty_index_costs_nothing)
{
	struct random r = random_start(25);
	static struct stat_cost cost;
	char dir[] = "/tmp/ns-test-XXXXXX";
	const ns_build_options options = {.update = true, .no_sync = true};
	ns_builder *builder;
	cr_assert(mkdtemp(dir));
	commit(&r, dir, false, 0, 1);
	cr_assert_eq(ns_builder_open(&builder, dir, &options, NULL), NS_OK);
	cr_assert_eq(ns_builder_delete(builder, ns_text_of("a0"), NULL, NULL),
	             NS_OK);
	cr_assert_eq(ns_builder_commit(builder, NULL, NULL), NS_OK);
	ns_builder_free(builder);
	cr_assert_eq(measure(dir, &cost), 0u);
	cr_assert_eq(cost.all, 0u);
	cr_assert_eq(cost.n_heaviest, 0u);
	folder_remove(dir);
}
