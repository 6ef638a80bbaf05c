#include "answer/answer.h"

#include "answer/notes.h"

enum { HITS_DEFAULT = 10 };

/* BM25 for the options: 0 and 0 are the defaults; what is no parameter of BM25
 * (not a number, below 0, b over 1) is refused. */
static int request_make(const struct ns_search_options *options,
                        struct rank_scratch *scratch,
                        struct rank_request *out, struct ns_error *err)
{
	uint64_t wanted = (uint64_t)options->offset + options->limit;
	bool defaults = options->k1 == 0 && options->b == 0;
	if (wanted > NS_HITS_MAX)
		return err_set(err, NS_E_LIMIT, "no more than the first %u hits "
		               "can be listed", NS_HITS_MAX);
	*out = (struct rank_request){
		.k = options->limit ? (uint32_t)wanted : 0,
		.count = options->count,
		.k1 = defaults ? 1.2f : options->k1,
		.b = defaults ? 0.75f : options->b,
		.scratch = scratch,
	};
	if (!(out->k1 >= 0 && out->k1 <= 1000 && out->b >= 0 && out->b <= 1))
		return err_set(err, NS_E_USAGE,
		               "k1 is in 0 to 1000, b in 0 to 1");
	if (options->bare && options->explain)
		return err_set(err, NS_E_USAGE, "bare results have no hits to "
		               "explain");
	return NS_OK;
}

/* Numbers and scores of ranked hits [offset, n_hits). */
static int matches_make(struct ns_results *results, const struct plan *plan,
                        const struct rank_result *ranked, size_t offset,
                        struct ns_error *err)
{
	const struct snapshot_segment *segments = plan->snapshot->segments;
	/* units are powers of two: the product is rank_score of each */
	const double unit = plan->scored ? rank_score(plan, 1) : 0;
	size_t n = ranked->n_hits - offset;
	TRY(mem_grow((void **)&results->matches, &results->matches_capacity, n,
	             sizeof *results->matches, err));
	for (size_t i = 0; i < n; i++) {
		const struct rank_hit *hit = &ranked->hits[offset + i];
		results->matches[i] = (struct ns_match){
			segments[hit->segment].first_number + hit->doc,
			hit->score * unit};
	}
	results->n_matches = n;
	return NS_OK;
}

static int rank(struct ns_searcher *searcher, struct ns_results *results,
                const struct ns_search_options *options, struct ns_error *err)
{
	const struct plan *plan = &searcher->plan;
	struct rank_request request;
	struct rank_result ranked = {0};
	TRY(request_make(options, searcher->scratch, &request, err));
	int status = NS_OK;
	if (plan->root && options->collapse && request.k)
		status = collapse_rank(&searcher->collapse, plan, &request,
		                       &ranked, err);
	else if (plan->root)
		status = rank_best(plan, &request, &ranked, err);
	size_t offset = min_size(options->offset, ranked.n_hits);
	if (status == NS_OK)
		status = matches_make(results, plan, &ranked, offset, err);
	if (status == NS_OK && !options->bare)
		status = hits_make(&searcher->hits, results, plan,
		                   searcher->analyzer, &request, &ranked,
		                   options, &searcher->collapse, err);
	results->count = ranked.count;
	rank_result_release(&ranked);
	return status;
}

static int answer(struct ns_searcher *searcher, struct ns_results *results,
                  struct slice text, const struct ns_search_options *options,
                  struct ns_error *err)
{
	struct query *query = &searcher->query;
	struct plan *plan = &searcher->plan;
	TRY(query_parse(query, text, err));
	TRY(plan_make(plan, query, searcher->snapshot, searcher->analyzer, err));
	TRY(notes_make(results, query, plan, searcher->analyzer, err));
	return rank(searcher, results, options, err);
}

int answer_search(struct ns_searcher *searcher, struct ns_results *results,
                  ns_text query, const struct ns_search_options *options,
                  struct ns_error *err)
{
	static const struct ns_search_options defaults = {.limit = HITS_DEFAULT};
	results_clear(results);
	int status = answer(searcher, results, slice_text(query),
	                    options ? options : &defaults, err);
	if (status != NS_OK)
		results_clear(results);
	return status;
}
