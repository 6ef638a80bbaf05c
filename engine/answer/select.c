#include "answer/select.h"

#include "query/grammar.h"

int select_docs(const struct snapshot *snapshot, struct analyzer *analyzer,
                ns_text query, struct rank_result *out, struct ns_error *err)
{
	const struct rank_request request = {.k = UINT32_MAX, .k1 = 1.2f,
	                                     .b = 0.75f};
	struct query parsed = {0};
	struct plan plan = {0};
	*out = (struct rank_result){0};
	int status = query_parse(&parsed, slice_text(query), err);
	if (status == NS_OK)
		status = plan_make(&plan, &parsed, snapshot, analyzer, err);
	if (status == NS_OK && plan.root)
		status = rank_best(&plan, &request, out, err);
	plan_release(&plan);
	query_release(&parsed);
	return status;
}
