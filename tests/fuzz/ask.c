/* ask.c — see ask.h. */
#include "tests/fuzz/ask.h"

static void check_hits(const struct snapshot *snapshot,
                       const struct rank_request *request,
                       const struct rank_result *result)
{
	ASSERT_REL(result->n_hits, <=, request->k);
	for (size_t i = 0; i < result->n_hits; i++) {
		const struct rank_hit *hit = &result->hits[i];
		ASSERT_REL(hit->segment, <, snapshot->manifest.n_segments);
		ASSERT_REL(hit->doc, <, snapshot->segments[hit->segment]
		                        .segment.info.doc_count);
	}
}

static void compare(const struct rank_result *a, const struct rank_result *b)
{
	ASSERT_REL(a->count, ==, b->count);
	ASSERT_REL(a->n_hits, ==, b->n_hits);
	for (size_t i = 0; i < a->n_hits; i++) {
		ASSERT_REL(a->hits[i].segment, ==, b->hits[i].segment);
		ASSERT_REL(a->hits[i].doc, ==, b->hits[i].doc);
		ASSERT_REL(a->hits[i].score, ==, b->hits[i].score);
		ASSERT_REL(a->hits[i].rank, ==, b->hits[i].rank);
	}
}

static void rank(const struct plan *plan, const struct rank_request *request,
                 bool whole)
{
	struct rank_result all = {0}, best = {0};
	int slow = rank_all(plan, request, &all, NULL);
	int fast = rank_best(plan, request, &best, NULL);
	if (whole) {
		ASSERT_REL(slow, ==, NS_OK);
		ASSERT_REL(fast, ==, NS_OK);
		compare(&all, &best);
	}
	if (slow == NS_OK)
		check_hits(plan->snapshot, request, &all);
	if (fast == NS_OK)
		check_hits(plan->snapshot, request, &best);
	rank_result_release(&all);
	rank_result_release(&best);
}

void ask(const struct snapshot *snapshot, struct analyzer *analyzer,
         struct slice text, bool whole)
{
	static struct rank_scratch *kept;
	struct query query = {0};
	struct plan plan = {0};
	if (!kept)
		kept = rank_scratch_new();
	const struct rank_request requests[] = {
		{.k = 3, .k1 = 1.2f, .b = 0.75f, .scratch = kept},
		{.k = 40, .count = true, .k1 = 1.2f, .b = 0.75f, .scratch = kept},
		{.count = true, .k1 = 1.2f, .b = 0.75f},
		{.k = 1000, .k1 = 0.4f, .b = 1},
	};
	if (query_parse(&query, text, NULL) == NS_OK &&
	    plan_make(&plan, &query, snapshot, analyzer, NULL) == NS_OK &&
	    plan.root)
		for (size_t i = 0; i < (whole ? ARRAY_LEN(requests) : 2); i++)
			rank(&plan, &requests[i], whole);
	plan_release(&plan);
	query_release(&query);
}

struct analyzer *ask_analyzer(void)
{
	static struct analyzer *analyzer;
	if (!analyzer && analyzer_open(&analyzer, "english", NULL) != NS_OK)
		exit(1);
	return analyzer;
}
