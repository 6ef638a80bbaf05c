/* Which ranker answers this plan fastest? */
#include "rank/rank.h"

struct rank_scratch {
	struct arena arena;
};

struct rank_scratch *rank_scratch_new(void)
{
	return mem_zero(1, sizeof(struct rank_scratch));
}

void rank_scratch_free(struct rank_scratch *scratch)
{
	if (!scratch)
		return;
	arena_release(&scratch->arena);
	mem_free(scratch);
}

int rank_best(const struct plan *plan, const struct rank_request *request,
              struct rank_result *out, struct ns_error *err)
{
	return rank_all(plan, request, out, err);
}
