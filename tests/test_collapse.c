/* test_collapse.c — are collapsed hits the best of each story, and is what is said of
 * the others true?
 *
 * Of articles with planted copies, in segments some of whose docs are dead, the
 * answer must be the full list without every later doc of a story, and what a hit tells
 * what a look at all docs tells.
 */
#include <criterion/criterion.h>

#include <fcntl.h>
#include <unistd.h>

#include "base/mem.h"
#include "folder.h"
#include "index/snapshot.h"
#include "index/stories.h"
#include "tests/planted_articles.h"

enum { PATH = 64, ORIGINALS = 400, QUERIES = 150, ALL = 10000 };

struct world {
	char dir[PATH];
	struct random random;
	struct planted planted;
	ns_index *index;
	struct snapshot snapshot;
	struct stories stories;
};

/* Articles [first, end), as a commit more; some of what is there is deleted. */
static void add(struct world *world, size_t first, size_t end, int order)
{
	const ns_build_options options = {.update = true, .no_sync = true,
	                                  .order = order};
	ns_builder *builder;
	ns_error err;
	cr_assert_eq(ns_builder_open(&builder, world->dir, &options, &err),
	             NS_OK, "%s", err.message);
	for (size_t i = first; i < end; i++)
		cr_assert_eq(ns_builder_add(builder,
		                            &world->planted.set.articles[i],
		                            &err), NS_OK);
	for (size_t i = 0; i < first; i += 1 + random_below(&world->random, 40))
		ns_builder_delete(builder, world->planted.set.articles[i].id,
		                  NULL, &err);
	cr_assert_eq(ns_builder_commit(builder, NULL, &err), NS_OK);
	ns_builder_free(builder);
}

static void open_all(struct world *world)
{
	struct stories_part parts[8] = {0};
	int folder = open(world->dir, O_RDONLY | O_DIRECTORY);
	cr_assert_eq(ns_index_open(&world->index, world->dir, 0, NULL), NS_OK);
	cr_assert_eq(snapshot_open(&world->snapshot, folder, world->dir, 0,
	                           true, NULL), NS_OK);
	close(folder);
	uint32_t n = world->snapshot.manifest.n_segments;
	cr_assert_eq(n, 3u);
	for (uint32_t i = 0; i < n; i++) {
		parts[i].segment = &world->snapshot.segments[i].segment;
		parts[i].dead = world->snapshot.segments[i].dead;
	}
	cr_assert_eq(stories_open(&world->stories, parts, n, NULL), NS_OK);
}

/* Three segments: 60, 28 and 12 of a hundred articles. */
static void world_make(struct world *world, uint64_t seed)
{
	*world = (struct world){.random = random_start(seed)};
	strcpy(world->dir, "/tmp/ns-test-XXXXXX");
	cr_assert(mkdtemp(world->dir));
	planted_make(&world->planted, &world->random, NULL, ORIGINALS);
	struct ns_article *articles = world->planted.set.articles;
	size_t n = world->planted.set.n;
	for (size_t i = 0; i < n; i++)
		if (random_chance(&world->random, 70))
			articles[i].date = random_below(&world->random, 90) *
			                   86400;
	add(world, 0, n * 60 / 100, seed % 2 ? NS_ORDER_BP : NS_ORDER_INPUT);
	add(world, n * 60 / 100, n * 88 / 100, NS_ORDER_DEFAULT);
	add(world, n * 88 / 100, n, NS_ORDER_DEFAULT);
	open_all(world);
}

static void world_end(struct world *world)
{
	stories_release(&world->stories);
	snapshot_release(&world->snapshot);
	ns_index_free(world->index);
	planted_release(&world->planted);
	folder_remove(world->dir);
}

/* The story of a doc by its number; STORY_NONE also where it is dead. */
static uint32_t story_of(const struct world *world, uint64_t number)
{
	uint32_t part, doc;
	if (!snapshot_find(&world->snapshot, number, &part, &doc) ||
	    deletes_has(world->snapshot.segments[part].dead, doc))
		return STORY_NONE;
	return stories_of(&world->stories, part, doc);
}

static uint64_t n_docs(const struct world *world)
{
	const struct snapshot *snapshot = &world->snapshot;
	const struct snapshot_segment *last =
		&snapshot->segments[snapshot->manifest.n_segments - 1];
	return last->first_number + last->segment.info.doc_count;
}

/* What a look at all docs says of the story of a hit. */
static void check_told(struct world *world, const ns_hit *hit)
{
	uint32_t story = story_of(world, hit->number), words = 0, part, doc;
	uint64_t others = 0, longest = 0;
	int64_t first = NS_NO_DATE;
	for (uint64_t i = 0; story != STORY_NONE && i < n_docs(world); i++) {
		if (story_of(world, i) != story)
			continue;
		snapshot_find(&world->snapshot, i, &part, &doc);
		const struct segment *segment =
			&world->snapshot.segments[part].segment;
		int64_t date = column_date(&segment->dates, doc);
		uint32_t length = segment_length(segment, FIELD_TEXT, doc);
		others += i != hit->number;
		if (date != NS_NO_DATE && (first == NS_NO_DATE || date < first))
			first = date;
		longest = length > words ? i : longest;
		words = max_u32(words, length);
	}
	cr_assert_eq(hit->copies, others);
	cr_assert_eq(hit->first_date, others ? first : NS_NO_DATE);
	cr_assert_eq(hit->longest.size != 0, others != 0);
	if (!others)
		return;
	struct ns_article article;
	struct segment_view view = {0};
	snapshot_find(&world->snapshot, longest, &part, &doc);
	const struct segment *segment = &world->snapshot.segments[part].segment;
	segment_head(segment, &view, doc, &article, NULL);
	/* of two that are as long it is the one given first */
	if (!slice_equal(slice_text(article.id), slice_text(hit->longest)))
		cr_assert(segment->ranks.bits);
	segment_view_release(&view);
}

static void ask(struct world *world, const char *query, uint32_t limit,
                uint32_t offset)
{
	ns_search_options options = {.limit = ALL, .count = true, .bare = true};
	ns_results *full, *some;
	size_t n, want = 0;
	ns_error err;
	cr_assert_eq(ns_search(&full, world->index, ns_text_of(query), &options,
	                       &err), NS_OK);
	options = (ns_search_options){.limit = limit, .offset = offset,
		.count = true, .collapse = true, .no_snippets = true};
	cr_assert_eq(ns_search(&some, world->index, ns_text_of(query), &options,
	                       &err), NS_OK);
	cr_assert_eq(ns_results_count(full), ns_results_count(some));
	const ns_match *all = ns_results_matches(full, &n);
	uint64_t stories = 0;
	for (size_t i = 0; i < n; i++) {
		size_t before = 0;
		uint32_t story = story_of(world, all[i].number);
		while (before < i && (story == STORY_NONE ||
		                      story_of(world, all[before].number) != story))
			before++;
		if (before < i || stories++ < offset || want == limit)
			continue;
		cr_assert_lt(want, ns_results_size(some));
		const ns_hit *hit = ns_results_hit(some, want++);
		cr_assert_eq(hit->number, all[i].number);
		cr_assert_eq(hit->score, all[i].score);
		cr_assert_eq(hit->rank, offset + want);
		check_told(world, hit);
	}
	cr_assert_eq(ns_results_size(some), want);
	ns_results_free(full);
	ns_results_free(some);
}

/* Words of an article, or a filter that many pass. */
static void random_question(struct world *world, char out[64])
{
	struct random *random = &world->random;
	const struct ns_article *article = &world->planted.set.articles[
		random_below(random, (uint32_t)world->planted.set.n)];
	int n = (int)min_size(article->title.size, 40);
	switch (random_below(random, 4)) {
	case 0:
		snprintf(out, 64, "%.*s", n, article->title.data);
		break;
	case 1:
		snprintf(out, 64, "+ba +%.*s", 4, article->title.data);
		break;
	case 2:
		snprintf(out, 64, "-%.*s", 6, article->title.data);
		break;
	default:
		snprintf(out, 64, "ba ke");
	}
}

static void ask_many(uint64_t seed)
{
	struct world world;
	char query[64];
	world_make(&world, seed);
	for (unsigned i = 0; i < QUERIES; i++) {
		random_question(&world, query);
		ask(&world, query, 1 + random_below(&world.random, 30),
		    random_below(&world.random, 3) * 7);
	}
	ask(&world, "ba", ALL, 0);
	world_end(&world);
}

Test(collapse, lists_the_best_of_each_story)
{
	ask_many(1);
}

Test(collapse, is_the_same_in_an_order_of_docs)
{
	ask_many(2);
}

/* The third of eighty equal articles, and a hit that is alone. */
Test(collapse, looks_as_far_as_it_must)
{
	const ns_build_options options = {.no_sync = true};
	const ns_search_options two = {.limit = 2, .collapse = true};
	char dir[] = "/tmp/ns-test-XXXXXX", id[16];
	ns_builder *builder;
	ns_index *index;
	ns_results *results;
	cr_assert(mkdtemp(dir));
	cr_assert_eq(ns_builder_open(&builder, dir, &options, NULL), NS_OK);
	for (unsigned i = 0; i < 80; i++) {
		ns_article article = ns_article_empty();
		snprintf(id, sizeof id, "%u", i);
		article.id = ns_text_of(id);
		article.title = ns_text_of(i == 79 ? "a long title about rain"
		                                   : "rain");
		article.date = i == 40 ? 86400 : 172800;
		cr_assert_eq(ns_builder_add(builder, &article, NULL), NS_OK);
	}
	cr_assert_eq(ns_builder_commit(builder, NULL, NULL), NS_OK);
	ns_builder_free(builder);
	cr_assert_eq(ns_index_open(&index, dir, 0, NULL), NS_OK);
	cr_assert_eq(ns_search(&results, index, ns_text_of("rain"), &two, NULL),
	             NS_OK);
	cr_assert_eq(ns_results_size(results), 2u);
	const ns_hit *hit = ns_results_hit(results, 0);
	cr_assert_eq(hit->copies, 78u);
	cr_assert_eq(hit->first_date, 86400);
	cr_assert(slice_equal(slice_text(hit->longest), slice_of("0", 1)));
	hit = ns_results_hit(results, 1);
	cr_assert_eq(hit->copies, 0u);
	cr_assert_eq(hit->first_date, NS_NO_DATE);
	cr_assert_eq(hit->longest.size, 0u);
	ns_results_free(results);
	ns_index_free(index);
	folder_remove(dir);
}
