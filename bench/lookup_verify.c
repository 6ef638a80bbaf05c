/* Does rank_best give hits, order, score bits and counts of rank_all? */
#include <inttypes.h>
#include <stdio.h>

#include "base/err.h"
#include "bench/lookup.h"
#include "tools/cli.h"

static bool equal(const struct rank_hit *a, const struct rank_hit *b)
{
	return a->segment == b->segment && a->doc == b->doc &&
	       a->score == b->score && a->rank == b->rank &&
	       a->date == b->date;
}

/* The place of the first hit that differs, or n where none does. */
static size_t first_difference(const struct rank_result *a,
                               const struct rank_result *b)
{
	size_t n = min_size(a->n_hits, b->n_hits), i = 0;
	while (i < n && equal(&a->hits[i], &b->hits[i]))
		i++;
	return i;
}

static void describe(char *out, size_t size, const struct rank_result *result,
                     size_t place)
{
	if (place >= result->n_hits) {
		snprintf(out, size, "none");
		return;
	}
	const struct rank_hit *hit = &result->hits[place];
	snprintf(out, size, "doc %" PRIu32 " of segment %" PRIu32 ", score %"
	         PRIu32, hit->doc, hit->segment, hit->score);
}

/* Tells the difference, if there is one. */
static bool same_result(const char *text, enum mode mode,
                        const struct rank_result *best,
                        const struct rank_result *all)
{
	char a[80], b[80];
	size_t place = first_difference(best, all);
	if (place < best->n_hits || place < all->n_hits) {
		describe(a, sizeof a, best, place);
		describe(b, sizeof b, all, place);
		cli_say("nsbench", "%s differs: %s: hit %zu is %s; the "
		        "oracle's is %s", mode_name(mode), text, place + 1, a,
		        b);
		return false;
	}
	if (best->count == all->count)
		return true;
	cli_say("nsbench", "%s differs: %s: count %" PRIu64 "; the oracle's "
	        "is %" PRIu64, mode_name(mode), text, best->count, all->count);
	return false;
}

static int compare(struct lookup *lookup, const char *text, enum mode mode,
                   bool *same, ns_error *err)
{
	struct rank_result best = {0}, all = {0};
	int status = asker_ask(&lookup->asker, text, mode, rank_best, &best,
	                       err);
	if (status == NS_OK)
		/* rank_all leaves the scratch, where best's hits are, alone */
		status = asker_ask(&lookup->asker, text, mode, rank_all, &all,
		                   err);
	if (status == NS_OK && !same_result(text, mode, &best, &all))
		*same = false;
	rank_result_release(&best);
	rank_result_release(&all);
	return status;
}

int lookup_verify(struct lookup *lookup, bool *same, ns_error *err)
{
	size_t n_answers = 0;
	*same = true;
	for (size_t i = 0; i < lookup->queries.n; i++)
		for (unsigned mode = 0; mode < MODES; mode++) {
			if (!lookup->asked[mode])
				continue;
			TRY(compare(lookup, lookup->queries.items[i].text,
			            (enum mode)mode, same, err));
			n_answers++;
		}
	if (*same)
		cli_say("nsbench", "%zu answers are those of the oracle",
		        n_answers);
	return NS_OK;
}
