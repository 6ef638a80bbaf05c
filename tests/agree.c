/* agree.c — does the engine answer as a scan of the articles would?
 *
 *     agree SPEC_READER SAMPLE [SEED [FACTOR]]
 *
 * Random queries over random articles and over the bundled sample: the engine,
 * through its public interface, and naive.h must agree on which articles, in
 * which order, with which scores (to the bit), and on how many.  The lists of
 * each index are printed twice, by the engine and by SPEC_READER, and must be
 * the same text.  On failure the seed and the query are printed; FACTOR
 * multiplies the number of queries.
 */
#include <stdio.h>
#include <unistd.h>

#include "naive.h"
#include "random_articles.h"
#include "scratch.h"
#include "source/source.h"

struct trial {
	const char *name;
	uint64_t seed; /* the argument: it makes all collections */
	struct random_set *set;
	struct naive *naive;
	ns_index *index;
	char query[6 * NS_QUERY_MAX]; /* as it can be printed */
};

static uint64_t first_seed;
static uint64_t n_queries, n_hits, n_spec_bytes, n_phrase_hits;

static _Noreturn void differ(const struct trial *trial, const char *what,
                             uint64_t got, uint64_t want)
{
	scratch_die("agree: %s, seed %llu: %s: the engine says %llu, the scan "
	            "%llu\nquery: %s", trial->name,
	            (unsigned long long)trial->seed, what,
	            (unsigned long long)got, (unsigned long long)want,
	            trial->query);
}

/* As a string literal of C, so that a failure can be typed again. */
static void query_note(struct trial *trial, const struct buffer *query)
{
	char *out = trial->query;
	for (size_t i = 0; i < query->len; i++) {
		uint8_t byte = query->data[i];
		if (byte >= ' ' && byte < 0x7f)
			*out++ = (char)byte;
		else
			out += sprintf(out, "\\%03o", byte);
	}
	*out = 0;
}

/* ---- one query --------------------------------------------------------- */

static void hits_compare(const struct trial *trial, const ns_results *results,
                         const struct naive_result *want, size_t offset,
                         size_t limit)
{
	size_t n = ns_results_size(results);
	size_t left = want->n > offset ? want->n - offset : 0;
	if (ns_results_count(results) != want->n)
		differ(trial, "count", ns_results_count(results), want->n);
	if (n != min_size(left, limit))
		differ(trial, "hits", n, min_size(left, limit));
	for (size_t i = 0; i < n; i++) {
		const ns_hit *hit = ns_results_hit(results, i);
		const struct naive_hit *other = &want->hits[offset + i];
		const struct ns_article *article = other->article;
		uint64_t scores[2];
		memcpy(&scores[0], &hit->score, 8);
		memcpy(&scores[1], &other->score, 8);
		if (hit->rank != offset + i + 1)
			differ(trial, "rank", hit->rank, offset + i + 1);
		if (!slice_equal(slice_text(hit->source),
		                 slice_text(article->source)) ||
		    (article->id.size && !slice_equal(slice_text(hit->id),
		                                      slice_text(article->id))))
			scratch_die("agree: %s, seed %llu: hit %zu: the engine "
			            "says %.*s (%.7f), the scan %.*s (%.7f)\n"
			            "query: %s", trial->name,
			            (unsigned long long)trial->seed, i + 1,
			            (int)hit->source.size, hit->source.data,
			            hit->score, (int)article->source.size,
			            article->source.data, other->score,
			            trial->query);
		if (scores[0] != scores[1])
			scratch_die("agree: %s, seed %llu: hit %zu (%.*s): the "
			            "engine's score is %.10f, the scan's %.10f\n"
			            "query: %s", trial->name,
			            (unsigned long long)trial->seed, i + 1,
			            (int)hit->source.size, hit->source.data,
			            hit->score, other->score, trial->query);
		if (hit->date != article->date)
			differ(trial, "date", (uint64_t)hit->date,
			       (uint64_t)article->date);
	}
	n_hits += n;
}

static void ask(struct trial *trial, struct random *random,
                const struct buffer *query)
{
	static const float k1s[] = {1.2f, 1.2f, 0.9f, 2, 0.01f};
	static const float bs[] = {0.75f, 0.75f, 0.4f, 1, 0};
	uint32_t tuning = random_chance(random, 70) ? 0 : random_below(random, 5);
	ns_search_options options = {.limit = 1000, .count = true,
		.no_snippets = random_chance(random, 90),
		.k1 = tuning ? k1s[tuning] : 0, .b = tuning ? bs[tuning] : 0};
	if (random_chance(random, 20)) {
		options.limit = random_below(random, 12);
		options.offset = random_below(random, 12);
	}
	struct naive_result want;
	ns_results *results;
	ns_error err = {0};
	ns_text text = {(const char *)query->data, query->len};
	query_note(trial, query);
	int status = ns_search(&results, trial->index, text, &options, &err);
	int wanted = naive_search(trial->naive, text, k1s[tuning], bs[tuning],
	                          &want);
	if (status != wanted)
		differ(trial, status ? err.message : "status",
		       (uint64_t)status, (uint64_t)wanted);
	n_queries++;
	if (status != NS_OK)
		return;
	hits_compare(trial, results, &want, options.offset, options.limit);
	if (memchr(text.data ? text.data : "", '"', text.size))
		n_phrase_hits += want.n;
	naive_result_release(&want);
	ns_results_free(results);
}

/* ---- one collection ------------------------------------------------------ */

static bool to_file(void *context, const char *text, size_t size)
{
	return fwrite(text, 1, size, context) == size;
}

/* What the engine and the second decoder print of the index must be equal. */
static void dumps_compare(struct trial *trial, const char *dir,
                          const char *spec_reader)
{
	char ours[2 * SCRATCH_PATH], command[4 * SCRATCH_PATH], a[4096], b[4096];
	ns_error err = {0};
	snprintf(ours, sizeof ours, "%s.dump", dir);
	FILE *file = fopen(ours, "w+");
	if (!file || ns_index_dump_all(trial->index, to_file, file, &err))
		scratch_die("agree: %s: no dump: %s", trial->name, err.message);
	rewind(file);
	snprintf(command, sizeof command, "'%s' '%s'", spec_reader, dir);
	FILE *theirs = popen(command, "r");
	if (!theirs)
		scratch_die("agree: cannot run %s", command);
	for (uint64_t line = 1;; line++) {
		char *x = fgets(a, sizeof a, file);
		char *y = fgets(b, sizeof b, theirs);
		if (!x && !y)
			break;
		if (!x || !y || strcmp(a, b))
			scratch_die("agree: %s, seed %llu: line %llu of the "
			            "dumps differs\nengine:      %s\nspec_reader: "
			            "%s", trial->name,
			            (unsigned long long)trial->seed,
			            (unsigned long long)line, x ? a : "(end)",
			            y ? b : "(end)");
		n_spec_bytes += strlen(a);
	}
	fclose(file);
	if (pclose(theirs))
		scratch_die("agree: %s, seed %llu: spec_reader fails",
		            trial->name, (unsigned long long)trial->seed);
	unlink(ours);
}

static void collection_build(struct trial *trial, const char *dir)
{
	ns_builder *builder;
	ns_error err = {0};
	ns_build_report report;
	uint64_t taken = 0;
	int status = ns_builder_open(&builder, dir, NULL, &err);
	for (size_t i = 0; i < trial->set->n && status == NS_OK; i++) {
		const struct ns_article *article = &trial->set->articles[i];
		status = ns_builder_add(builder, article, &err);
		if (status == NS_OK) {
			naive_add(trial->naive, article);
			taken++;
		} else if (status == NS_E_USAGE && !article->title.size &&
		           !article->body.size) {
			status = NS_OK;
		}
	}
	if (status == NS_OK)
		status = ns_builder_commit(builder, &report, &err);
	if (status != NS_OK)
		scratch_die("agree: %s, seed %llu: cannot build: %s (%s)",
		            trial->name, (unsigned long long)trial->seed,
		            err.message, err.place);
	ns_builder_free(builder);
	if (report.articles != taken)
		differ(trial, "articles taken", report.articles, taken);
}

static void try_set(const char *name, uint64_t seed, struct random_set *set,
                    uint32_t queries, const char *spec_reader)
{
	static struct trial trial;
	struct random random = {seed ^ 0x5eed, seed ^ 0x5eed};
	struct buffer query;
	ns_error err = {0};
	char dir[SCRATCH_PATH];
	trial = (struct trial){.name = name, .seed = first_seed,
	                       .set = set};
	trial.naive = naive_new("english");
	scratch_new(dir);
	collection_build(&trial, dir);
	if (ns_index_check(dir, to_file, stderr, &err) != NS_OK)
		scratch_die("agree: %s, seed %llu: check finds %s (%s)", name,
		            (unsigned long long)first_seed, err.message,
		            err.place);
	if (ns_index_open(&trial.index, dir, 0, &err) != NS_OK)
		scratch_die("agree: %s: cannot open: %s", name, err.message);
	dumps_compare(&trial, dir, spec_reader);
	buffer_init(&query, 1u << 20);
	for (uint32_t i = 0; i < queries; i++) {
		random_query(&random, set, &query);
		ask(&trial, &random, &query);
	}
	buffer_release(&query);
	ns_index_free(trial.index);
	naive_free(trial.naive);
	scratch_remove(dir);
}

static void try_random(const char *name, uint64_t seed,
                       const struct random_shape *shape, uint32_t queries,
                       const char *spec_reader)
{
	struct random random = {seed, seed};
	struct random_set set;
	random_articles(&set, &random, shape);
	try_set(name, seed, &set, queries, spec_reader);
	random_release(&set);
}

/* ---- the sample ---------------------------------------------------------- */

static ns_text text_copy(struct random_set *set, ns_text text)
{
	char *copy = arena_copy(&set->arena, text.data, text.size);
	if (!copy)
		abort();
	return (ns_text){copy, text.size};
}

static int sample_article(void *context, const struct source_article *from,
                          struct ns_error *err)
{
	struct random_set *set = context;
	struct ns_article *to = &set->articles[set->n];
	if (set->n == 1000)
		return err_set(err, NS_E_LIMIT, "over 1000 articles");
	*to = from->article;
	to->id = text_copy(set, to->id);
	to->title = text_copy(set, to->title);
	to->body = text_copy(set, to->body);
	to->section = text_copy(set, to->section);
	to->author = text_copy(set, to->author);
	to->url = text_copy(set, to->url);
	to->lang = text_copy(set, to->lang);
	to->source = text_copy(set, to->source);
	to->captions = to->links = ns_text_of("");
	set->n++;
	return NS_OK;
}

static void sample_event(void *context, const struct source_event *event)
{
	(void)context;
	scratch_die("agree: the sample: %s: %s", event->place, event->reason);
}

static void try_sample(const char *path, uint64_t seed, uint32_t queries,
                       const char *spec_reader)
{
	struct random_set set = {0};
	struct source_report report = {0};
	const struct source_options options = {.format = SOURCE_AUTO};
	const struct source_handler handler = {&set, sample_article,
	                                       sample_event};
	ns_error err = {0};
	set.articles = arena_zero(&set.arena, 1000, sizeof *set.articles);
	if (!set.articles ||
	    source_read(path, &options, &handler, &report, &err) != NS_OK)
		scratch_die("agree: cannot read %s: %s", path, err.message);
	if (!set.n)
		scratch_die("agree: no article in %s", path);
	try_set("the sample", seed, &set, queries, spec_reader);
	random_release(&set);
}

int main(int argc, char **argv)
{
	if (argc < 3)
		scratch_die("usage: agree SPEC_READER SAMPLE [SEED [FACTOR]]");
	uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 20170404;
	uint32_t factor = argc > 4 ? (uint32_t)atoi(argv[4]) : 1;
	const char *spec = argv[1];
	char name[32];
	first_seed = seed;
	for (uint32_t i = 0; i < 10; i++) {
		struct random random = {seed + i, seed + i};
		const struct random_shape shape = {
			.articles = i ? 3 + random_below(&random, i < 7 ? 60 : 500) : 0,
			.words = 5 + random_below(&random, 60),
			.duplicates = random_below(&random, 20)};
		snprintf(name, sizeof name, "collection %u", i);
		try_random(name, seed + i, &shape, 200 * factor,
		           spec);
	}
	try_random("a long article", seed + 100, &(struct random_shape){
		.articles = 12, .words = 50, .long_one = true}, 40, spec);
	try_random("tiny articles", seed + 101, &(struct random_shape){
		.articles = 6500, .words = 7, .duplicates = 1}, 120 * factor,
		spec);
	try_sample(argv[2], seed + 102, 400 * factor, spec);
	if (n_queries < 2000 || n_hits < 10000 || n_phrase_hits < 1000)
		scratch_die("agree: too little was asked: %llu queries, %llu hits",
		            (unsigned long long)n_queries,
		            (unsigned long long)n_hits);
	printf("agree: %llu queries, %llu hits, %llu bytes of lists, all alike "
	       "(seed %llu)\n", (unsigned long long)n_queries,
	       (unsigned long long)n_hits, (unsigned long long)n_spec_bytes,
	       (unsigned long long)seed);
	return 0;
}
