/* One word: which of its docs are the best?
 *
 * Units in the order of docs; one whose bound is below the k-th best so far is
 * passed over without being looked at.  The k-th best impacts that long lists
 * carry give a first threshold.
 */
#include "rank/ranking.h"

static void visit(struct ranking *ranking, struct part *part)
{
	struct candidates *these = &ranking->scratch->candidates;
	struct list *list = part->list;
	memcpy(these->docs, list_docs(list), list->n * sizeof *these->docs);
	these->n = list->n;
	score_kernels(cpu_level())->contribute(
		&part->bm25, list_tfs(list), these->docs, part->lengths,
		these->n, these->scores);
	these->n = min_size(these->n, list->n); /* damage empties a unit */
	ranking_finish(ranking, NULL, 0);
}

static int answer(struct ranking *ranking)
{
	struct parts *parts = &ranking->parts;
	struct part *part = &parts->all[parts->n_needed];
	struct list *list = part->list;
	ranking_prime(ranking, part);
	for (uint32_t unit = 0; unit < list->n_units; unit++)
		if (bounds_of(&part->bounds, unit, unit) >=
		    ranking->best.need && list_load(list, unit))
			visit(ranking, part);
	return NS_OK;
}

int rank_term(const struct plan *plan, const struct rank_request *request,
              struct rank_result *out, struct ns_error *err)
{
	return ranking_run(plan, request, answer, out, err);
}
