#include "answer/searcher.h"

#include <inttypes.h>

int searcher_open(struct ns_searcher **out, const struct snapshot *snapshot,
                  const char *language, struct ns_error *err)
{
	*out = NULL;
	struct ns_searcher *searcher = mem_zero(1, sizeof *searcher);
	if (!searcher)
		return err_nomem(err);
	searcher->snapshot = snapshot;
	hits_init(&searcher->hits);
	int status = analyzer_open(&searcher->analyzer, language, err);
	if (status == NS_OK && !(searcher->scratch = rank_scratch_new()))
		status = err_nomem(err);
	if (status != NS_OK)
		searcher_free(searcher);
	else
		*out = searcher;
	return status;
}

void searcher_free(struct ns_searcher *searcher)
{
	if (!searcher)
		return;
	hits_release(&searcher->hits);
	collapse_release(&searcher->collapse);
	results_release(&searcher->results);
	arena_release(&searcher->article);
	plan_release(&searcher->plan);
	query_release(&searcher->query);
	rank_scratch_free(searcher->scratch);
	analyzer_free(searcher->analyzer);
	mem_free(searcher);
}

void searcher_rest(struct ns_searcher *searcher)
{
	hits_trim(&searcher->hits);
	results_release(&searcher->results);
	arena_release(&searcher->article);
}

int searcher_article(struct ns_searcher *searcher, uint64_t number,
                     struct ns_article *out, struct ns_error *err)
{
	const struct snapshot *snapshot = searcher->snapshot;
	uint32_t segment, doc;
	*out = (struct ns_article){.date = NS_NO_DATE};
	if (!snapshot_find(snapshot, number, &segment, &doc))
		return err_set(err, NS_E_USAGE, "no article of this index has "
		               "the number %" PRIu64, number);
	if (deletes_has(snapshot->segments[segment].dead, doc))
		return err_set(err, NS_E_MISSING, "article number %" PRIu64
		               " is deleted", number);
	arena_reset(&searcher->article);
	int status = facts_read(&searcher->hits.facts,
	                        &snapshot->segments[segment].segment, doc,
	                        &searcher->article, out, err);
	if (status != NS_OK)
		*out = (struct ns_article){.date = NS_NO_DATE};
	return status;
}
