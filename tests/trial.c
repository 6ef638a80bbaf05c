#include "trial.h"

#include <stdio.h>
#include <unistd.h>

#include "scratch.h"

uint64_t trial_queries, trial_hits, trial_phrase_hits, trial_spec_bytes;

_Noreturn void trial_differ(const struct trial *trial, const char *what,
                             uint64_t got, uint64_t want)
{
	scratch_die("%s: %s, seed %llu: %s: the engine says %llu, the scan "
	            "%llu\nquery: %s", trial->program, trial->name,
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
		trial_differ(trial, "count", ns_results_count(results), want->n);
	if (n != min_size(left, limit))
		trial_differ(trial, "hits", n, min_size(left, limit));
	for (size_t i = 0; i < n; i++) {
		const ns_hit *hit = ns_results_hit(results, i);
		const struct naive_hit *other = &want->hits[offset + i];
		const struct ns_article *article = other->article;
		uint64_t scores[2];
		memcpy(&scores[0], &hit->score, 8);
		memcpy(&scores[1], &other->score, 8);
		if (hit->rank != offset + i + 1)
			trial_differ(trial, "rank", hit->rank, offset + i + 1);
		if (!slice_equal(slice_text(hit->source),
		                 slice_text(article->source)) ||
		    (article->id.size && !slice_equal(slice_text(hit->id),
		                                      slice_text(article->id))))
			scratch_die("%s: %s, seed %llu: hit %zu: the engine "
			            "says %.*s (%.7f), the scan %.*s (%.7f)\n"
			            "query: %s", trial->program, trial->name,
			            (unsigned long long)trial->seed, i + 1,
			            (int)hit->source.size, hit->source.data,
			            hit->score, (int)article->source.size,
			            article->source.data, other->score,
			            trial->query);
		if (scores[0] != scores[1])
			scratch_die("%s: %s, seed %llu: hit %zu (%.*s): the "
			            "engine's score is %.10f, the scan's %.10f\n"
			            "query: %s", trial->program, trial->name,
			            (unsigned long long)trial->seed, i + 1,
			            (int)hit->source.size, hit->source.data,
			            hit->score, other->score, trial->query);
		if (hit->date != article->date)
			trial_differ(trial, "date", (uint64_t)hit->date,
			       (uint64_t)article->date);
		if (hit->date_is_day != article->date_is_day)
			trial_differ(trial, "date_is_day", hit->date_is_day,
			             article->date_is_day);
	}
	trial_hits += n;
}

/* A searcher that is asked for no texts finds the same, and its numbers lead to the
 * same articles. */
static void bare_compare(const struct trial *trial, const ns_results *full,
                         ns_text query, ns_search_options options,
                         struct random *random)
{
	ns_searcher *searcher;
	const ns_results *bare;
	ns_article article;
	ns_error err = {0};
	size_t n = 0, n_full;
	options.bare = true;
	int status = ns_searcher_open(&searcher, trial->index, &err);
	if (status == NS_OK)
		status = ns_searcher_search(searcher, &bare, query, &options,
		                            &err);
	if (status != NS_OK)
		trial_differ(trial, err.message, (uint64_t)status, NS_OK);
	const ns_match *matches = ns_results_matches(bare, &n);
	const ns_match *others = ns_results_matches(full, &n_full);
	if (n != n_full || ns_results_size(bare))
		trial_differ(trial, "bare matches", n, n_full);
	if (ns_results_count(bare) != ns_results_count(full))
		trial_differ(trial, "bare count", ns_results_count(bare),
		             ns_results_count(full));
	for (size_t i = 0; i < n; i++) {
		const ns_hit *hit = ns_results_hit(full, i);
		if (memcmp(&matches[i], &others[i], sizeof *matches) ||
		    matches[i].number != hit->number ||
		    memcmp(&matches[i].score, &hit->score, 8))
			trial_differ(trial, "number", matches[i].number,
			             hit->number);
	}
	if (n) {
		size_t i = random_below(random, (uint32_t)n);
		const ns_hit *hit = ns_results_hit(full, i);
		status = ns_searcher_article(searcher, matches[i].number,
		                             &article, &err);
		if (status != NS_OK || article.date != hit->date ||
		    article.date_is_day != hit->date_is_day ||
		    !slice_equal(slice_text(article.id), slice_text(hit->id)) ||
		    !slice_equal(slice_text(article.source),
		                 slice_text(hit->source)))
			trial_differ(trial, "the article of a number",
			             matches[i].number, hit->number);
	}
	ns_searcher_free(searcher);
}

void trial_ask(struct trial *trial, struct random *random,
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
		trial_differ(trial, status ? err.message : "status",
		       (uint64_t)status, (uint64_t)wanted);
	trial_queries++;
	if (status != NS_OK)
		return;
	hits_compare(trial, results, &want, options.offset, options.limit);
	bare_compare(trial, results, text, options, random);
	if (memchr(text.data ? text.data : "", '"', text.size))
		trial_phrase_hits += want.n;
	naive_result_release(&want);
	ns_results_free(results);
}

/* ---- one collection ------------------------------------------------------ */

bool trial_to_file(void *context, const char *text, size_t size)
{
	return fwrite(text, 1, size, context) == size;
}

/* What the engine and the second decoder print of the index must be equal. */
void trial_dump(struct trial *trial, const char *dir,
                          const char *spec_reader)
{
	char ours[2 * SCRATCH_PATH], command[4 * SCRATCH_PATH], a[4096], b[4096];
	ns_error err = {0};
	snprintf(ours, sizeof ours, "%s.dump", dir);
	FILE *file = fopen(ours, "w+");
	if (!file || ns_index_dump_all(trial->index, trial_to_file, file, &err))
		scratch_die("%s: %s: no dump: %s", trial->program, trial->name, err.message);
	rewind(file);
	snprintf(command, sizeof command, "'%s' '%s'", spec_reader, dir);
	FILE *theirs = popen(command, "r");
	if (!theirs)
		scratch_die("%s: cannot run %s", trial->program, command);
	for (uint64_t line = 1;; line++) {
		char *x = fgets(a, sizeof a, file);
		char *y = fgets(b, sizeof b, theirs);
		if (!x && !y)
			break;
		if (!x || !y || strcmp(a, b))
			scratch_die("%s: %s, seed %llu: line %llu of the "
			            "dumps differs\nengine:      %s\nspec_reader: "
			            "%s", trial->program, trial->name,
			            (unsigned long long)trial->seed,
			            (unsigned long long)line, x ? a : "(end)",
			            y ? b : "(end)");
		trial_spec_bytes += strlen(a);
	}
	fclose(file);
	if (pclose(theirs))
		scratch_die("%s: %s, seed %llu: spec_reader fails",
		            trial->program, trial->name, (unsigned long long)trial->seed);
	unlink(ours);
}

