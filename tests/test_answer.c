/* test_answer.c — does the public library answer, explain and show what it
 * holds, and end cleanly wherever memory ends?
 */
#include <criterion/criterion.h>

#include <unistd.h>

#include "answer/answer.h"
#include "folder.h"

enum { PATH = 64 };

static const ns_article articles[] = {
	{.id = {"a1", 2}, .title = {"Rain in Sochi", 13},
	 .body = {"Heavy rain fell all day.\nSnow will follow.\n", 43},
	 .section = {"World", 5}, .date = 1491467400,
	 .captions = {"A wet street\nA dry dog\n", 23},
	 .source = {"page.txt:1", 10}},
	{.id = {"b2", 2}, .title = {"Missiles", 8},
	 .body = {"One missile, two missiles, and snow on ice.", 43},
	 .section = {"World", 5}, .date = NS_NO_DATE},
	{.id = {"c3", 2}, .title = {"Snow", 4},
	 .body = {"It rained; snow came. The snow stayed.", 38},
	 .section = {"Sport", 5}, .date = 90000, .date_is_day = true,
	 .topics = {"Winter sport\nwinter  Sport\n\nWeather", 35},
	 .places = {"Sochi\n", 6}},
};

static void index_make(char dir[PATH], bool no_store, size_t n)
{
	ns_build_options options = {.no_store = no_store};
	ns_builder *builder;
	ns_error err;
	strcpy(dir, "/tmp/ns-test-XXXXXX");
	cr_assert(mkdtemp(dir));
	cr_assert_eq(ns_builder_open(&builder, dir, &options, &err), NS_OK,
	             "%s", err.message);
	for (size_t i = 0; i < n; i++)
		cr_assert_eq(ns_builder_add(builder, &articles[i], &err), NS_OK,
		             "%s", err.message);
	cr_assert_eq(ns_builder_commit(builder, NULL, &err), NS_OK, "%s",
	             err.message);
	ns_builder_free(builder);
}

static ns_results *ask(const char *dir, const char *query,
                       const ns_search_options *options)
{
	ns_index *index;
	ns_results *results;
	ns_error err;
	cr_assert_eq(ns_index_open(&index, dir, 0, &err), NS_OK, "%s",
	             err.message);
	cr_assert_eq(ns_search(&results, index, ns_text_of(query), options,
	                       &err), NS_OK, "%s: %s", query, err.message);
	/* results outlive the index */
	ns_index_free(index);
	return results;
}

/* The ids of the hits and their texts with marks: "a1 [Rain] …| [rain] …". */
static const char *answers(const char *dir, const char *query)
{
	static char out[4096];
	char *to = out;
	ns_results *results = ask(dir, query, NULL);
	for (size_t i = 0; i < ns_results_size(results); i++) {
		const ns_hit *hit = ns_results_hit(results, i);
		const ns_text texts[] = {hit->title, hit->snippet};
		const ns_range *ranges[] = {hit->title_highlights,
		                            hit->highlights};
		const size_t n[] = {hit->n_title_highlights, hit->n_highlights};
		cr_assert_eq(hit->rank, i + 1);
		to += sprintf(to, "%s%.*s ", i ? " / " : "",
		              (int)hit->id.size, hit->id.data);
		for (int t = 0; t < 2; t++) {
			size_t at = 0;
			for (size_t k = 0; k < n[t]; k++) {
				to += sprintf(to, "%.*s[%.*s]",
					(int)(ranges[t][k].start - at),
					texts[t].data + at,
					(int)(ranges[t][k].end -
					      ranges[t][k].start),
					texts[t].data + ranges[t][k].start);
				at = ranges[t][k].end;
			}
			to += sprintf(to, "%.*s%s", (int)(texts[t].size - at),
			              texts[t].data + at, t ? "" : "| ");
		}
	}
	*to = '\0';
	ns_results_free(results);
	return out;
}

static const char *note(const char *dir, const char *query)
{
	static char out[512];
	ns_results *results = ask(dir, query, NULL);
	const char *first = ns_results_note(results, 0);
	snprintf(out, sizeof out, "%s", first ? first : "");
	cr_assert_null(ns_results_note(results, 4));
	ns_results_free(results);
	return out;
}

Test(answer, finds_each_topic_and_place)
{
	char dir[PATH];
	index_make(dir, false, 3);
	const char *const queries[] = {"topic:\"winter sport\"", "topic:weather",
		"place:SOCHI", "snow +topic:weather +topic:\"winter sport\"",
		"snow topic:weather topic:nothing"};
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		ns_results *results = ask(dir, queries[i], NULL);
		cr_assert_eq(ns_results_size(results), 1u, "%s", queries[i]);
		const ns_hit *hit = ns_results_hit(results, 0);
		cr_assert_str_eq(hit->id.data, "c3");
		cr_assert_str_eq(hit->topics.data, articles[2].topics.data);
		cr_assert_str_eq(hit->places.data, "Sochi\n");
		ns_results_free(results);
	}
	cr_assert_str_eq(answers(dir, "topic:winter"), "");
	cr_assert_str_eq(answers(dir, "topic:sochi"), "");
	folder_remove(dir);
}

Test(answer, marks_what_counted)
{
	char dir[PATH];
	index_make(dir, false, 3);
	cr_assert_str_eq(answers(dir, "=missile"),
	                 "b2 Missiles| One [missile], two missiles, and snow on "
	                 "ice.");
	cr_assert_str_eq(answers(dir, "missile"),
	                 "b2 [Missiles]| One [missile], two [missiles], and "
	                 "snow on ice.");
	/* a title's leaf marks only titles; what is excluded and what filters
	 * is never marked */
	cr_assert_str_eq(answers(dir, "title:rain"),
	                 "a1 [Rain] in Sochi| Heavy rain fell all day. Snow "
	                 "will follow.");
	cr_assert_str_eq(answers(dir, "+ice -rain section:world"),
	                 "b2 Missiles| One missile, two missiles, and snow on "
	                 "[ice].");
	/* c3 has snow, but not ice: there its snow added nothing */
	cr_assert_str_eq(answers(dir, "+stayed (snow AND ice)"), "c3 Snow| It "
	                 "rained; snow came. The snow [stayed].");
	cr_assert_str_eq(answers(dir, "\"heavy rain\""),
	                 "a1 Rain in Sochi| [Heavy rain] fell all day. Snow "
	                 "will follow.");
	/* by date, newest first, undated last */
	ns_results *results = ask(dir, "section:world", NULL);
	cr_assert_eq(ns_results_size(results), 2u);
	cr_assert_eq(ns_results_hit(results, 0)->score, 0);
	cr_assert_eq(ns_results_hit(results, 0)->date, 1491467400);
	cr_assert_eq(ns_results_hit(results, 1)->date, NS_NO_DATE);
	ns_results_free(results);
	folder_remove(dir);
}

Test(answer, options)
{
	char dir[PATH];
	index_make(dir, false, 3);
	ns_search_options options = {.limit = 0, .count = true};
	ns_results *results = ask(dir, "snow", &options);
	cr_assert_eq(ns_results_size(results), 0u);
	cr_assert_eq(ns_results_count(results), 3u);
	ns_results_free(results);
	options = (ns_search_options){.limit = 1, .offset = 1,
	                              .no_snippets = true};
	results = ask(dir, "snow", &options);
	cr_assert_eq(ns_results_size(results), 1u);
	cr_assert_eq(ns_results_count(results), 0u);
	cr_assert_eq(ns_results_hit(results, 0)->rank, 2u);
	cr_assert_eq(ns_results_hit(results, 0)->snippet.size, 0u);
	ns_results_free(results);
	folder_remove(dir);
}

Test(answer, refuses_what_passes_a_limit)
{
	char dir[PATH], *query = mem_zero(1, NS_QUERY_MAX + 2);
	ns_index *index;
	ns_results *results;
	ns_error err;
	ns_search_options options = {.limit = NS_HITS_MAX, .offset = 1};
	index_make(dir, false, 3);
	cr_assert_eq(ns_index_open(&index, dir, 0, &err), NS_OK);
	cr_assert_eq(ns_search(&results, index, ns_text_of("rain"), &options,
	                       &err), NS_E_LIMIT);
	cr_assert_null(results);
	options = (ns_search_options){.limit = UINT32_MAX, .offset = 2};
	cr_assert_eq(ns_search(&results, index, ns_text_of("rain"), &options,
	                       &err), NS_E_LIMIT);
	memset(query, 'x', NS_QUERY_MAX + 1);
	cr_assert_eq(ns_search(&results, index, ns_text_of(query), NULL, &err),
	             NS_E_LIMIT);
	options = (ns_search_options){.limit = 1, .b = -1};
	cr_assert_eq(ns_search(&results, index, ns_text_of("rain"), &options,
	                       &err), NS_E_USAGE);
	mem_free(query);
	ns_index_free(index);
	folder_remove(dir);
}

Test(answer, notes)
{
	char dir[PATH], query[400];
	index_make(dir, false, 3);
	cr_assert_str_eq(note(dir, "rain"), "");
	cr_assert_str_eq(note(dir, "(( +"), "no word in the query");
	snprintf(query, sizeof query, "rain %0300d", 0);
	cr_assert_str_eq(note(dir, query), "1 word of over 255 bytes was left "
	                 "out of the query");
	memset(query, '(', 100);
	strcpy(query + 100, "rain");
	cr_assert_str_eq(note(dir, query), "brackets more than 32 deep were "
	                 "read as if they were not there");
	folder_remove(dir);
}

/* An index that another version analyzed answers, and says so. */
Test(answer, another_version)
{
	char dir[PATH];
	struct snapshot snapshot;
	struct ns_searcher *searcher;
	ns_results results = {0};
	index_make(dir, false, 3);
	int folder = open(dir, O_RDONLY | O_DIRECTORY);
	cr_assert_eq(snapshot_open(&snapshot, folder, dir, 0, true, NULL), NS_OK);
	close(folder);
	snapshot.segments[0].segment.info.identity ^= 1;
	cr_assert_eq(searcher_open(&searcher, &snapshot, "english", NULL),
	             NS_OK);
	cr_assert_eq(answer_search(searcher, &results, ns_text_of("rain"), NULL,
	                           NULL), NS_OK);
	cr_assert_eq(results.n_hits, 2u);
	cr_assert_eq(results.n_notes, 1u);
	cr_assert_eq(strncmp(results.notes[0], "this index was analyzed with "
	                     "another version (Unicode ", 54), 0);
	results_release(&results);
	searcher_free(searcher);
	snapshot_release(&snapshot);
	folder_remove(dir);
}

Test(answer, an_empty_index_and_one_without_text)
{
	char dir[PATH];
	index_make(dir, false, 0);
	cr_assert_str_eq(answers(dir, "rain"), "");
	folder_remove(dir);
	index_make(dir, true, 3);
	cr_assert_str_eq(answers(dir, "missile"), "b2 [Missiles]| ");
	folder_remove(dir);
}

/* The contributions that an explanation lists, added up, are the score. */
Test(answer, explanations_add_up)
{
	char dir[PATH];
	ns_search_options options = {.limit = 10, .explain = true};
	index_make(dir, false, 3);
	ns_results *results = ask(dir, "rain snow \"snow on ice\" title:snow "
	                          "snow", &options);
	cr_assert_eq(ns_results_size(results), 3u);
	for (size_t i = 0; i < 3; i++) {
		const ns_hit *hit = ns_results_hit(results, i);
		char copy[4096], *rest = copy, *line;
		int64_t sum = 0, total = 0;
		snprintf(copy, sizeof copy, "%.*s", (int)hit->explanation.size,
		         hit->explanation.data);
		while ((line = strsep(&rest, "\n")) && *line) {
			long long whole, part;
			cr_assert_eq(sscanf(strrchr(line, ' '), " %lld.%lld",
			                    &whole, &part), 2);
			total = whole * 10000000 + part;
			sum += strncmp(line, "total ", 6) ? total : 0;
		}
		cr_assert_leq(llabs(sum - total), 4, "%s", copy);
		cr_assert_leq(llabs((int64_t)(hit->score * 1e7 + 0.5) - total),
		              1);
	}
	ns_results_free(results);
	folder_remove(dir);
}

/* ---- looking inside ------------------------------------------------------ */

static char printed[1 << 16];

static bool print(void *context, const char *text, size_t size)
{
	size_t *most = context;
	strncat(printed, text, size);
	return !most || strlen(printed) < *most;
}

Test(inside, lists_articles_and_costs)
{
	char dir[PATH];
	ns_index *index;
	ns_error err;
	index_make(dir, false, 3);
	cr_assert_eq(ns_index_open(&index, dir, 0, &err), NS_OK);
	cr_assert_eq(ns_index_dump_term(index, ns_text_of("Missiles"), print,
	                                NULL, &err), NS_OK);
	cr_assert_str_eq(printed, "text:missil df=1 cf=3 forms=2\n"
	                 "  form 0 missiles df=1\n"
	                 "  form 1 missile df=1\n"
	                 "  doc 1 id=b2 tf=3 positions=0,18,20 forms=0,1,0\n");
	printed[0] = '\0';
	cr_assert_eq(ns_index_dump_term(index, ns_text_of("section:WORLD"),
	                                print, NULL, &err), NS_OK);
	cr_assert_str_eq(printed, "section:world df=2 cf=2 forms=1\n"
	                 "  doc 0 id=a1\n  doc 1 id=b2\n");
	printed[0] = '\0';
	cr_assert_eq(ns_index_dump_article(index, ns_text_of("a1"), print,
	                                   NULL, &err), NS_OK);
	cr_assert_not_null(strstr(printed, "id       a1\n"
	                 "title    Rain in Sochi\nsection  World\n"
	                 "date     2017-04-06T08:30:00Z\n"
	                 "source   page.txt:1\ndoc      0 of seg-"));
	cr_assert_not_null(strstr(printed, "\nlength   11 words, title 3\n"
	                 "caption  A wet street\ncaption  A dry dog\n\n"
	                 "Heavy rain fell all day.\nSnow will follow.\n"));
	printed[0] = '\0';
	cr_assert_eq(ns_index_dump_article(index, ns_text_of("c3"), print,
	                                   NULL, &err), NS_OK);
	cr_assert_not_null(strstr(printed, "\ndate     1970-01-02\n"));
	cr_assert_eq(ns_index_dump_term(index, ns_text_of("absent"), print,
	                                NULL, &err), NS_E_MISSING);
	cr_assert_eq(ns_index_dump_article(index, ns_text_of("absent"), print,
	                                   NULL, &err), NS_E_MISSING);
	printed[0] = '\0';
	cr_assert_eq(ns_index_stat(index, print, NULL, &err), NS_OK);
	cr_assert_not_null(strstr(printed, "articles    3\nsegments    1\n"));
	cr_assert_not_null(strstr(printed, "\n  lxbl  "));
	printed[0] = '\0';
	cr_assert_eq(ns_index_stat_size(index, print, NULL, &err), NS_OK);
	cr_assert_not_null(strstr(printed, " bytes in 1 segment\n"));
	cr_assert_not_null(strstr(printed, "\n  text:snow  "));
	cr_assert_null(strstr(printed, "of no list"));
	printed[0] = '\0';
	size_t most = 1;
	cr_assert_eq(ns_index_dump_all(index, print, &most, &err),
	             NS_E_STOPPED);
	ns_index_free(index);
	folder_remove(dir);
}

Test(inside, no_index)
{
	ns_index *index;
	ns_error err;
	uint64_t count = 7;
	cr_assert_eq(ns_index_open(&index, "/tmp/ns-test-absent", 0, &err),
	             NS_E_MISSING);
	cr_assert_null(index);
	cr_assert_eq(ns_index_count("/tmp/ns-test-absent", &count, &err), NS_OK);
	cr_assert_eq(count, 0u);
	char dir[PATH];
	index_make(dir, false, 3);
	cr_assert_eq(ns_index_count(dir, &count, &err), NS_OK);
	cr_assert_eq(count, 3u);
	folder_remove(dir);
}

/* ---- memory -------------------------------------------------------------- */

static long left;

static void *fail_alloc(void *context, size_t size)
{
	return left-- > 0 ? mem_system.alloc(context, size) : NULL;
}

static void *fail_resize(void *context, void *block, size_t size)
{
	return left-- > 0 ? mem_system.resize(context, block, size) : NULL;
}

static void release(void *context, void *block)
{
	mem_system.release(context, block);
}

static int everything(const char *dir)
{
	ns_search_options options = {.limit = 10, .explain = true};
	ns_index *index;
	ns_results *results = NULL;
	ns_diff *diff = NULL;
	uint64_t count;
	printed[0] = '\0';
	int status = ns_index_count(dir, &count, NULL);
	if (status == NS_OK)
		status = ns_index_open(&index, dir, 0, NULL);
	else
		index = NULL;
	if (status == NS_OK)
		status = ns_search(&results, index,
		                   ns_text_of("\"heavy rain\" snow +title:rain "
		                              "section:world"), &options, NULL);
	if (status == NS_OK)
		status = ns_index_stat(index, print, NULL, NULL);
	if (status == NS_OK)
		status = ns_index_stat_size(index, print, NULL, NULL);
	if (status == NS_OK)
		status = ns_index_dump_all(index, print, NULL, NULL);
	if (status == NS_OK)
		status = ns_index_dump_term(index, ns_text_of("rained"), print,
		                            NULL, NULL);
	if (status == NS_OK)
		status = ns_index_dump_article(index, ns_text_of("a1"), print,
		                               NULL, NULL);
	if (status == NS_OK)
		status = ns_diff_open(&diff, index, ns_text_of("a1"),
		                      ns_text_of("c3"), NULL);
	ns_diff_free(diff);
	ns_results_free(results);
	ns_index_free(index);
	return status;
}

Test(answer, every_allocation_may_fail)
{
	static const ns_allocator failing = {fail_alloc, fail_resize,
	                                         release, NULL};
	char dir[PATH];
	int failures = 0, status;
	index_make(dir, false, 3);
	cr_assert_eq(everything(dir), NS_OK);
	do {
		left = failures;
		mem_set_table(&failing);
		status = everything(dir);
		mem_set_table(NULL);
		failures += status == NS_E_NOMEM;
	} while (status == NS_E_NOMEM);
	cr_assert_eq(status, NS_OK, "after %d failures", failures);
	cr_assert_gt(failures, 50);
	folder_remove(dir);
}
