/* planted.c — are the stories of an index those that were planted into it?
 *
 *     planted [ORIGINALS [SEED]]
 *
 * Of all pairs of articles in one story, so many are copies of one original
 * (precision), and of all that are, so many are in one story (recall).  The same is
 * asked of real articles where NS_CORPORA names the folder that has them; of those
 * that are found to be copies before anything is planted it is not known what they
 * are: they count as one original.
 *
 * Then the stories are the same, name by name, when the articles come in batches, when
 * those are merged, in another order of docs, and with any memory and threads; and of
 * a few hundred articles they are those that naive_stories.h finds.  Where articles are
 * deleted on the way, a merge of all leaves the stories of those that live.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "budgets.h"
#include "corpora.h"
#include "index/snapshot.h"
#include "index/stories.h"
#include "lent.h"
#include "naive_stories.h"
#include "planted_articles.h"
#include "scratch.h"
#include "input/input.h"
#include "source/source.h"

static uint64_t seed;

static _Noreturn void fail(const char *what, const ns_error *err)
{
	scratch_die("planted: seed %llu: %s: %s (%s)", (unsigned long long)seed,
	            what, err->message, err->place);
}

/* ---- an index's stories -------------------------------------------------- */

static void build(const char *dir, const struct ns_article *articles, size_t n,
                  ns_build_options how, bool merge)
{
	ns_builder *builder;
	ns_error err;
	if (ns_builder_open(&builder, dir, &how, &err) != NS_OK)
		fail("open", &err);
	for (size_t i = 0; i < n; i++)
		if (lent_add(builder, &articles[i], &err) != NS_OK)
			fail("add", &err);
	if (merge && ns_builder_merge(builder, true, &err) != NS_OK)
		fail("merge", &err);
	if (ns_builder_commit(builder, NULL, &err) != NS_OK)
		fail("commit", &err);
	ns_builder_free(builder);
}

/* The last number of an id: the same for an article wherever it stands. */
static size_t serial_of(ns_text id)
{
	size_t serial = 0;
	for (size_t i = 0; i < id.size; i++)
		serial = id.data[i] == '-' ? 0
			: serial * 10 + (size_t)(id.data[i] - '0');
	return serial;
}

/* Puts the names of a segment's docs, by serial. */
static void read_part(const struct stories *stories, uint32_t part,
                      uint64_t *names)
{
	const struct segment *segment = stories->parts[part].segment;
	struct segment_view view = {0};
	struct ns_article article;
	ns_error err;
	for (uint32_t doc = 0; doc < segment->info.doc_count; doc++) {
		if (segment_head(segment, &view, doc, &article, &err) != NS_OK)
			fail("head", &err);
		names[serial_of(article.id)] =
			stories_name_of(stories, part, doc);
	}
	segment_view_release(&view);
}

/* The name of each article's story, by its serial; 0: none. */
static void read_serials(const char *dir, uint64_t *names)
{
	struct stories_part parts[32];
	struct snapshot snapshot;
	struct stories stories;
	ns_error err;
	int folder = open(dir, O_RDONLY | O_DIRECTORY);
	if (snapshot_open(&snapshot, folder, dir, 0, true, &err) != NS_OK)
		fail("snapshot", &err);
	close(folder);
	uint32_t n = snapshot.manifest.n_segments;
	for (uint32_t i = 0; i < n; i++)
		parts[i] = (struct stories_part){&snapshot.segments[i].segment,
		                                 snapshot.segments[i].dead, 0};
	if (stories_open(&stories, parts, n, &err) != NS_OK)
		fail("stories", &err);
	for (uint32_t part = 0; part < n; part++)
		read_part(&stories, part, names);
	stories_release(&stories);
	snapshot_release(&snapshot);
}

/* names[i]: of the story of article i of the set. */
static uint64_t *read_names(const char *dir, const struct random_set *set)
{
	uint64_t *names = calloc(set->n + 1, sizeof *names);
	uint64_t *by_serial = calloc(set->n + 1, sizeof *by_serial);
	read_serials(dir, by_serial);
	for (size_t i = 0; i < set->n; i++)
		names[i] = by_serial[serial_of(set->articles[i].id)];
	free(by_serial);
	return names;
}

/* ---- precision and recall ------------------------------------------------ */

struct score {
	uint64_t found, true_found, planted;
};

static struct score count_pairs(const uint64_t *names, const size_t *origin,
                                size_t n)
{
	struct score score = {0};
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++) {
			bool same = origin[i] == origin[j];
			bool told = names[i] && names[i] == names[j];
			score.planted += same;
			score.found += told;
			score.true_found += same && told;
		}
	return score;
}

static void judge(const char *what, const uint64_t *names,
                  const struct planted *planted, const size_t *origin)
{
	struct score score = count_pairs(names, origin, planted->set.n);
	double precision = (double)score.true_found / (double)score.found;
	double recall = (double)score.true_found / (double)score.planted;
	printf("planted: %s: %zu articles of %zu originals: precision %.4f, "
	       "recall %.4f of %llu pairs (seed %llu)\n", what,
	       planted->set.n, planted->n_originals, precision, recall,
	       (unsigned long long)score.planted, (unsigned long long)seed);
	if (!(precision >= 0.98 && recall >= 0.95))
		scratch_die("planted: precision is to be 0.98, recall 0.95");
}

static uint64_t *names_of_build(const struct random_set *set)
{
	char dir[SCRATCH_PATH];
	scratch_new(dir);
	build(dir, set->articles, set->n, (ns_build_options){0}, false);
	uint64_t *names = read_names(dir, set);
	scratch_remove(dir);
	return names;
}

/* ---- the same in all ways ------------------------------------------------- */

static void must_be_same(const char *dir, const struct random_set *set,
                         const uint64_t *wanted, const char *how)
{
	uint64_t *names = read_names(dir, set);
	for (size_t i = 0; i < set->n; i++)
		if (names[i] != wanted[i])
			scratch_die("planted: seed %llu: %s: article %.*s is in "
			            "another story", (unsigned long long)seed,
			            how, (int)set->articles[i].id.size,
			            set->articles[i].id.data);
	free(names);
}

static void all_ways(const struct random_set *set, const uint64_t *wanted,
                     struct random *random)
{
	char dir[SCRATCH_PATH];
	scratch_new(dir);
	budgets_random(random);
	build(dir, set->articles, set->n,
	      (ns_build_options){.order = NS_ORDER_BP}, false);
	must_be_same(dir, set, wanted, "in another order");
	scratch_remove(dir);
	scratch_new(dir);
	for (size_t first = 0; first < set->n;) {
		size_t n = 1 + random_below(random, (uint32_t)set->n / 4);
		n = min_size(n, set->n - first);
		budgets_random(random);
		build(dir, set->articles + first, n, (ns_build_options){
		      .update = true,
		      .order = first ? NS_ORDER_DEFAULT : NS_ORDER_BP}, false);
		first += n;
	}
	must_be_same(dir, set, wanted, "in batches");
	build(dir, NULL, 0, (ns_build_options){.update = true}, true);
	must_be_same(dir, set, wanted, "merged");
	scratch_remove(dir);
	budget_set(NULL);
}

static void as_naive(const struct random_set *set, const uint64_t *names)
{
	const struct ns_article **articles = calloc(set->n, sizeof *articles);
	size_t *story = calloc(set->n, sizeof *story);
	for (size_t i = 0; i < set->n; i++)
		articles[i] = &set->articles[i];
	naive_stories(articles, set->n, story);
	for (size_t i = 0; i < set->n; i++)
		for (size_t j = 0; j < i; j++)
			if ((story[i] == story[j]) !=
			    (names[i] && names[i] == names[j]))
				scratch_die("planted: seed %llu: %.*s, %.*s: "
				            "not as naive",
				            (unsigned long long)seed,
				            (int)set->articles[i].id.size,
				            set->articles[i].id.data,
				            (int)set->articles[j].id.size,
				            set->articles[j].id.data);
	free(articles);
	free(story);
}

/* Of the first n: of what is deleted on the way nothing is left once all is merged. */
static void with_deaths(const struct random_set *set, size_t n,
                        struct random *random)
{
	char dir[SCRATCH_PATH];
	struct random_set living = {.articles = calloc(set->n,
	                                               sizeof *set->articles)};
	scratch_new(dir);
	for (size_t i = 0; i < n; i++) {
		ns_builder *builder;
		ns_error err;
		const ns_build_options how = {.update = true};
		budgets_random(random);
		if (ns_builder_open(&builder, dir, &how, &err) != NS_OK ||
		    lent_add(builder, &set->articles[i], &err) != NS_OK)
			fail("add one", &err);
		living.articles[living.n++] = set->articles[i];
		if (random_chance(random, 30)) {
			size_t dead = random_below(random, (uint32_t)living.n);
			if (ns_builder_delete(builder, living.articles[dead].id,
			                      NULL, &err) != NS_OK)
				fail("delete", &err);
			living.n--;
			memmove(living.articles + dead, living.articles + dead + 1,
			        (living.n - dead) * sizeof *living.articles);
		}
		if (ns_builder_commit(builder, NULL, &err) != NS_OK)
			fail("commit one", &err);
		ns_builder_free(builder);
	}
	build(dir, NULL, 0, (ns_build_options){.update = true}, true);
	budget_set(NULL);
	uint64_t *names = calloc(set->n + 1, sizeof *names);
	uint64_t *wanted = calloc(set->n + 1, sizeof *wanted);
	read_serials(dir, names);
	scratch_remove(dir);
	scratch_new(dir);
	build(dir, living.articles, living.n, (ns_build_options){0}, false);
	read_serials(dir, wanted);
	if (memcmp(names, wanted, set->n * sizeof *names))
		scratch_die("planted: seed %llu: the dead leave traces",
		            (unsigned long long)seed);
	scratch_remove(dir);
	free(names);
	free(wanted);
	free(living.articles);
}

static void small(struct random *random)
{
	struct planted planted;
	planted_make(&planted, random, NULL, 20 + random_below(random, 120));
	for (size_t i = 0; i < planted.set.n; i++)
		if (random_chance(random, 5))
			planted.set.articles[i].url = (ns_text){"http://a", 8};
	for (size_t i = 0; i < planted.set.n; i++)
		if (random_chance(random, 70))
			planted.set.articles[i].date = 86400 / 2 * (int64_t)
				random_below(random, 30);
	uint64_t *names = names_of_build(&planted.set);
	as_naive(&planted.set, names);
	all_ways(&planted.set, names, random);
	with_deaths(&planted.set, min_size(planted.set.n, 60), random);
	free(names);
	planted_release(&planted);
}

/* The market on four days: a copy of the first on the next day, with an edit; that of
 * the week after, with other numbers; and the first once more, a year later. */
static void of_one_form(void)
{
	static const char form[] = "Wheat closed at %d at the exchange of the port on "
		"Monday, after %d the day before, as traders waited for what the "
		"ministry of farming would say of the harvest. Barley stood at %d, oats "
		"were not asked for, and rye was as it had been since the spring. The "
		"mills bought little, for their stores are full, and %d ships lay idle.";
	static const int numbers[4][4] = {
		{41, 42, 30, 7}, {41, 42, 30, 8}, {47, 46, 33, 2}, {41, 42, 30, 7}};
	static const int64_t days[4] = {0, 1, 9, 365};
	char text[4][400], id[4][16];
	struct ns_article articles[4];
	struct random_set set = {.articles = articles, .n = 4};
	for (int i = 0; i < 4; i++) {
		const int *k = numbers[i];
		int n = snprintf(text[i], sizeof text[i], form, k[0], k[1], k[2], k[3]);
		snprintf(id[i], sizeof id[i], "f-%d", i);
		articles[i] = (struct ns_article){
			.id = {id[i], strlen(id[i])}, .title = {"Grain", 5},
			.body = {text[i], (size_t)n}, .date = 86400 * days[i]};
	}
	uint64_t *names = names_of_build(&set);
	if (!names[0] || names[1] != names[0] || names[3] != names[0])
		scratch_die("planted: a copy of a report is not in its story");
	if (names[2])
		scratch_die("planted: another week's report is in the story");
	free(names);
}

/* ---- real articles --------------------------------------------------------- */

struct reading {
	struct random_set set;
	size_t capacity;
};

static int read_one(void *context, const struct source_article *source,
                    struct ns_error *err)
{
	enum { MOST = 4000, LEAST = 600 };
	struct reading *reading = context;
	const struct ns_article *article = &source->article;
	if (article->body.size < LEAST || reading->set.n == MOST)
		return NS_OK;
	TRY(mem_grow((void **)&reading->set.articles, &reading->capacity,
	             reading->set.n + 1, sizeof *article, err));
	struct ns_article *copy = &reading->set.articles[reading->set.n++];
	*copy = (struct ns_article){.date = NS_NO_DATE};
	copy->title = (ns_text){arena_copy(&reading->set.arena,
		article->title.data, article->title.size), article->title.size};
	copy->body = (ns_text){arena_copy(&reading->set.arena,
		article->body.data, article->body.size), article->body.size};
	return copy->title.data && copy->body.data ? NS_OK : err_nomem(err);
}

/* What is one story of the originals alone is one original. */
static void unite_known(const struct random_set *originals,
                        const struct planted *planted, size_t *origin)
{
	struct random_set set = {.n = originals->n};
	struct arena ids = {0};
	set.articles = calloc(set.n, sizeof *set.articles);
	for (size_t i = 0; i < set.n; i++) {
		char id[32];
		int n = snprintf(id, sizeof id, "o-%zu", i);
		set.articles[i] = originals->articles[i];
		set.articles[i].id = (ns_text){arena_copy(&ids, id, (size_t)n),
		                               (size_t)n};
	}
	uint64_t *names = names_of_build(&set);
	size_t *first = calloc(set.n, sizeof *first);
	for (size_t i = 0; i < set.n; i++)
		for (first[i] = 0; first[i] < i; first[i]++)
			if (names[i] && names[first[i]] == names[i])
				break;
	for (size_t i = 0; i < planted->set.n; i++)
		origin[i] = first[planted->origin[i]];
	free(first);
	free(names);
	free(set.articles);
	arena_release(&ids);
}

static void real(const char *corpora, const char *name, struct random *random)
{
	static const struct source_options options = {0};
	struct reading reading = {0};
	const struct source_handler handler = {.context = &reading,
	                                       .article = read_one};
	struct source_report report = {0};
	struct planted planted;
	char path[4096];
	ns_error err;
	snprintf(path, sizeof path, "%s/%s/docs.jsonl", corpora, name);
	if (input_read(path, &options, &handler, &report, &err) != NS_OK)
		fail(path, &err);
	planted_make(&planted, random, reading.set.articles, reading.set.n);
	size_t *origin = calloc(planted.set.n, sizeof *origin);
	unite_known(&reading.set, &planted, origin);
	uint64_t *names = names_of_build(&planted.set);
	judge(name, names, &planted, origin);
	free(names);
	free(origin);
	planted_release(&planted);
	mem_free(reading.set.articles);
	arena_release(&reading.set.arena);
}

static void made(struct random *random, uint32_t n)
{
	struct planted planted;
	planted_make(&planted, random, NULL, n);
	uint64_t *names = names_of_build(&planted.set);
	judge("made up", names, &planted, planted.origin);
	all_ways(&planted.set, names, random);
	free(names);
	planted_release(&planted);
}

int main(int argc, char **argv)
{
	uint32_t n = argc > 1 ? (uint32_t)atoi(argv[1]) : 2000;
	struct random random = random_start(argc > 2
		? strtoull(argv[2], NULL, 10) : 7);
	const char *corpora;
	seed = random.seed;
	of_one_form();
	made(&random, n);
	for (uint32_t i = 0; i < max_u32(n / 100, 1); i++)
		small(&random);
	if ((corpora = corpora_with("bbc", "planted")))
		real(corpora, "bbc", &random);
	if ((corpora = corpora_with("reuters21578", "planted")))
		real(corpora, "reuters21578", &random);
	return 0;
}
