#include "answer/results.h"

void results_clear(struct ns_results *results)
{
	arena_reset(&results->arena);
	results->n_matches = results->n_hits = results->n_notes = 0;
	results->hits = NULL;
	results->count = 0;
}

void results_release(struct ns_results *results)
{
	arena_release(&results->arena);
	mem_free(results->matches);
	*results = (struct ns_results){0};
}
