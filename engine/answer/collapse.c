#include "answer/collapse.h"

#include "base/number_map.h"

enum { MORE = 4 };

void collapse_release(struct collapse *collapse)
{
	if (collapse->is_open)
		stories_release(&collapse->stories);
	*collapse = (struct collapse){0};
}

static int open_stories(struct collapse *collapse,
                        const struct snapshot *snapshot, struct ns_error *err)
{
	uint32_t n = snapshot->manifest.n_segments;
	if (collapse->is_open)
		return NS_OK;
	struct stories_part *parts = mem_zero((size_t)n + 1, sizeof *parts);
	if (!parts)
		return err_nomem(err);
	for (uint32_t i = 0; i < n; i++) {
		parts[i].segment = &snapshot->segments[i].segment;
		parts[i].dead = snapshot->segments[i].dead;
	}
	int status = stories_open(&collapse->stories, parts, n, err);
	mem_free(parts);
	collapse->is_open = status == NS_OK;
	return status;
}

/* Brings the first of each story to the front, at most `most` of them; *out: how many
 * they are. */
static int keep_first(const struct collapse *collapse, struct rank_hit *hits,
                      size_t n, size_t most, struct number_map *seen,
                      size_t *out, struct ns_error *err)
{
	*out = 0;
	for (size_t i = 0; i < n && *out < most; i++) {
		uint32_t place, story = stories_of(&collapse->stories,
		                                   hits[i].segment, hits[i].doc);
		if (story != STORY_NONE)
			TRY(number_map_add(seen, story, (uint32_t)i, &place,
			                   err));
		if (story == STORY_NONE || place == i)
			hits[(*out)++] = hits[i];
	}
	return NS_OK;
}

/* All docs, as a number of hits. */
static uint32_t all_docs(const struct plan *plan)
{
	const struct manifest *manifest = &plan->snapshot->manifest;
	uint64_t docs = 0;
	for (uint32_t i = 0; i < manifest->n_segments; i++)
		docs += manifest->segments[i].doc_count;
	return (uint32_t)min_u64(docs, UINT32_MAX);
}

/* Ranks request->k hits; *enough: no more are needed. */
static int rank_some(struct collapse *collapse, const struct plan *plan,
                     const struct rank_request *request, uint32_t wanted,
                     struct rank_result *out, bool *enough,
                     struct ns_error *err)
{
	struct number_map seen = {0};
	size_t n;
	TRY(rank_best(plan, request, out, err));
	*enough = out->n_hits < request->k;
	int status = keep_first(collapse, out->hits, out->n_hits, wanted, &seen,
	                        &n, err);
	number_map_release(&seen);
	out->n_hits = n;
	*enough |= n == wanted;
	return status;
}

int collapse_rank(struct collapse *collapse, const struct plan *plan,
                  const struct rank_request *request, struct rank_result *out,
                  struct ns_error *err)
{
	struct rank_request more = *request;
	uint32_t most = all_docs(plan);
	uint64_t count = 0;
	bool enough = false;
	TRY(open_stories(collapse, plan->snapshot, err));
	more.k = (uint32_t)min_u64(2 * (uint64_t)more.k, most);
	while (!enough) {
		rank_result_release(out);
		TRY(rank_some(collapse, plan, &more, request->k, out, &enough,
		              err));
		if (more.count)
			count = out->count;
		more.count = false;
		enough |= more.k >= most;
		more.k = (uint32_t)min_u64((uint64_t)more.k * MORE, most);
	}
	out->count = count;
	return NS_OK;
}

/* ---- what is said of a story --------------------------------------------- */

struct telling {
	const struct stories *stories;
	uint64_t n;
	int64_t first_date;
	bool first_is_day, any;
	uint32_t part, doc, words, rank; /* of the longest */
};

static bool note(void *context, uint32_t part, uint32_t doc)
{
	struct telling *telling = context;
	const struct segment *segment = telling->stories->parts[part].segment;
	int64_t date = column_date(&segment->dates, doc);
	uint32_t words = segment_length(segment, FIELD_TEXT, doc);
	uint32_t rank = segment_rank(segment, doc);
	bool before = part != telling->part ? part < telling->part
	                                    : rank < telling->rank;
	telling->n++;
	if (date != NS_NO_DATE && (telling->first_date == NS_NO_DATE ||
	                           date < telling->first_date)) {
		telling->first_date = date;
		telling->first_is_day = column_date_is_day(&segment->dates, doc);
	}
	if (!telling->any || words > telling->words ||
	    (words == telling->words && before)) {
		telling->part = part;
		telling->doc = doc;
		telling->words = words;
		telling->rank = rank;
	}
	telling->any = true;
	return true;
}

int collapse_tell(const struct collapse *collapse, const struct rank_hit *ranked,
                  struct facts *facts, struct arena *arena, struct ns_hit *hit,
                  struct ns_error *err)
{
	const struct stories *stories = &collapse->stories;
	struct telling telling = {.stories = stories, .first_date = NS_NO_DATE};
	struct ns_article longest;
	uint32_t story = stories_of(stories, ranked->segment, ranked->doc);
	if (story == STORY_NONE)
		return NS_OK;
	stories_each(stories, story, note, &telling);
	/* the hit itself lives, and is one of them */
	if (telling.n < 2)
		return NS_OK;
	hit->copies = telling.n - 1;
	hit->first_date = telling.first_date;
	hit->first_is_day = telling.first_is_day;
	TRY(facts_read(facts, stories->parts[telling.part].segment, telling.doc,
	               arena, &longest, err));
	hit->longest = longest.id;
	return NS_OK;
}
