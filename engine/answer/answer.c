#include "answer/answer.h"

#include "answer/hits.h"
#include "answer/notes.h"

enum { HITS_DEFAULT = 10 };

/* BM25 for the options: 0 and 0 are the defaults; what is no parameter of BM25
 * (not a number, below 0, b over 1) is refused. */
static int request_make(const struct ns_search_options *options,
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
	};
	if (!(out->k1 >= 0 && out->k1 <= 1000 && out->b >= 0 && out->b <= 1))
		return err_set(err, NS_E_USAGE,
		               "k1 is in 0 to 1000, b in 0 to 1");
	return NS_OK;
}

static int plan_answer(struct ns_results *results, const struct query *query,
                       const struct snapshot *snapshot,
                       struct analyzer *analyzer,
                       const struct ns_search_options *options,
                       struct ns_error *err)
{
	struct rank_request request;
	struct rank_result ranked = {0};
	struct plan plan = {0};
	TRY(request_make(options, &request, err));
	int status = plan_make(&plan, query, snapshot, analyzer, err);
	if (status == NS_OK)
		status = notes_make(results, query, &plan, analyzer, err);
	if (status == NS_OK && plan.root)
		status = rank_best(&plan, &request, &ranked, err);
	if (status == NS_OK)
		status = hits_make(results, &plan, analyzer, &request, &ranked,
		                   options, err);
	results->count = ranked.count;
	rank_result_release(&ranked);
	plan_release(&plan);
	return status;
}

int answer_search(struct ns_results **out, const struct snapshot *snapshot,
                  struct analyzer *analyzer, ns_text query,
                  const struct ns_search_options *options,
                  struct ns_error *err)
{
	static const struct ns_search_options defaults = {.limit = HITS_DEFAULT};
	struct query parsed = {0};
	*out = NULL;
	struct ns_results *results = mem_zero(1, sizeof *results);
	if (!results)
		return err_nomem(err);
	int status = query_parse(&parsed, slice_text(query), err);
	if (status == NS_OK)
		status = plan_answer(results, &parsed, snapshot, analyzer,
		                     options ? options : &defaults, err);
	query_release(&parsed);
	if (status != NS_OK)
		answer_free(results);
	else
		*out = results;
	return status;
}

void answer_free(struct ns_results *results)
{
	if (!results)
		return;
	arena_release(&results->arena);
	mem_free(results);
}
