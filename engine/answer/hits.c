#include "answer/hits.h"

/* One answer: who asks, of what, into which results. */
struct work {
	struct hits *hits;
	struct ns_results *results;
	const struct plan *plan;
	struct analyzer *analyzer;
	const struct rank_request *request;
	const struct ns_search_options *options;
	const struct collapse *collapse;
	struct matcher matcher;
	size_t n_rows;
};

void hits_init(struct hits *hits)
{
	*hits = (struct hits){0};
	facts_init(&hits->facts);
	snippet_init(&hits->snippet);
	buffer_init(&hits->explanation, 16u << 20);
}

void hits_release(struct hits *hits)
{
	facts_release(&hits->facts);
	snippet_release(&hits->snippet);
	buffer_release(&hits->explanation);
	mem_free(hits->rows);
	mem_free(hits->wanted);
	hits_init(hits);
}

void hits_trim(struct hits *hits)
{
	facts_trim(&hits->facts);
}

static int make_room(struct hits *hits, size_t n_leaves, struct ns_error *err)
{
	TRY(mem_grow((void **)&hits->rows, &hits->rows_capacity, n_leaves + 1,
	             sizeof *hits->rows, err));
	return mem_grow((void **)&hits->wanted, &hits->wanted_capacity,
	                n_leaves + 1, sizeof *hits->wanted, err);
}

static int keep(struct work *work, struct slice from, ns_text *out,
                struct ns_error *err)
{
	char *copy = arena_copy(&work->results->arena, from.data, from.len);
	if (!copy)
		return err_nomem(err);
	*out = (ns_text){copy, from.len};
	return NS_OK;
}

static int keep_ranges(struct work *work, const ns_range *ranges, size_t n,
                       const ns_range **out, size_t *n_out,
                       struct ns_error *err)
{
	ns_range *copy = arena_zero(&work->results->arena, n + 1, sizeof *copy);
	if (!copy)
		return err_nomem(err);
	if (n)
		memcpy(copy, ranges, n * sizeof *copy);
	*out = copy;
	*n_out = n;
	return NS_OK;
}

/* ---- the parts of a hit -------------------------------------------------- */

static void tell(void *context, const struct leaf *leaf, uint32_t tf,
                 uint32_t length, uint32_t contribution)
{
	struct work *work = context;
	size_t i = (size_t)(leaf - work->plan->leaves);
	ASSERT_REL(i, <, work->plan->n_leaves);
	if (work->hits->wanted[i])
		return;
	work->hits->wanted[i] = true;
	work->hits->rows[work->n_rows++] =
		(struct explain_row){leaf, tf, length, contribution};
}

static int explain(struct work *work, const struct rank_hit *ranked,
                   struct ns_hit *hit, struct ns_error *err)
{
	struct hits *hits = work->hits;
	work->n_rows = 0;
	memset(hits->wanted, 0, work->plan->n_leaves * sizeof *hits->wanted);
	if (!work->plan->scored)
		return NS_OK;
	TRY(rank_explain(work->plan, work->request, ranked, tell, work, err));
	if (!work->options->explain)
		return NS_OK;
	buffer_clear(&hits->explanation);
	explain_print(work->plan, hits->rows, work->n_rows, ranked->score,
	              &hits->explanation);
	TRY(buffer_check(&hits->explanation, err));
	return keep(work, slice_of(hits->explanation.data,
	                           hits->explanation.len),
	            &hit->explanation, err);
}

static int head(struct work *work, const struct segment *segment, uint32_t doc,
                struct ns_hit *hit, struct ns_error *err)
{
	struct ns_article article;
	TRY(facts_read(&work->hits->facts, segment, doc, &work->results->arena,
	               &article, err));
	hit->id = article.id;
	hit->title = article.title;
	hit->section = article.section;
	hit->author = article.author;
	hit->url = article.url;
	hit->lang = article.lang;
	hit->source = article.source;
	hit->topics = article.topics;
	hit->places = article.places;
	hit->date = article.date;
	hit->date_is_day = article.date_is_day;
	return NS_OK;
}

static int mark_title(struct work *work, struct ns_hit *hit,
                      struct ns_error *err)
{
	struct matcher *matcher = &work->matcher;
	TRY(matches_find(matcher, work->analyzer,
	                 matches_part(slice_text(hit->title)),
	                 work->hits->wanted, true, err));
	ns_range *ranges = arena_zero(&work->results->arena,
	                              matcher->n_matches + 1, sizeof *ranges);
	if (!ranges)
		return err_nomem(err);
	hit->title_highlights = ranges;
	hit->n_title_highlights = matches_ranges(matcher, ranges);
	return NS_OK;
}

static int cut_snippet(struct work *work, const struct segment *segment,
                       uint32_t doc, struct ns_hit *hit, struct ns_error *err)
{
	struct snippet *snippet = &work->hits->snippet;
	struct slice body;
	TRY(facts_body(&work->hits->facts, segment, doc, &body, err));
	TRY(matches_find(&work->matcher, work->analyzer, matches_part(body),
	                 work->hits->wanted, false, err));
	TRY(snippet_make(snippet, body, &work->matcher,
	                 work->options->snippet_size, err));
	TRY(keep(work, slice_of(snippet->text.data, snippet->text.len),
	         &hit->snippet, err));
	return keep_ranges(work, snippet->ranges, snippet->n_ranges,
	                   &hit->highlights, &hit->n_highlights, err);
}

static int one_hit(struct work *work, const struct rank_hit *ranked,
                   const struct ns_match *match, struct ns_hit *hit,
                   struct ns_error *err)
{
	const struct segment *segment =
		&work->plan->snapshot->segments[ranked->segment].segment;
	hit->number = match->number;
	hit->score = match->score;
	TRY(explain(work, ranked, hit, err));
	TRY(head(work, segment, ranked->doc, hit, err));
	hit->first_date = NS_NO_DATE;
	if (work->options->collapse)
		TRY(collapse_tell(work->collapse, ranked, &work->hits->facts,
		                  &work->results->arena, hit, err));
	TRY(mark_title(work, hit, err));
	if (work->options->no_snippets)
		return NS_OK;
	return cut_snippet(work, segment, ranked->doc, hit, err);
}

static int all_hits(struct work *work, const struct rank_result *ranked,
                    struct ns_error *err)
{
	struct ns_results *results = work->results;
	size_t n = results->n_matches, offset = ranked->n_hits - n;
	results->hits = arena_zero(&results->arena, n + 1,
	                           sizeof *results->hits);
	if (!results->hits)
		return err_nomem(err);
	for (size_t i = 0; i < n; i++) {
		results->hits[i].rank = offset + i + 1;
		TRY(one_hit(work, &ranked->hits[offset + i],
		            &results->matches[i], &results->hits[i], err));
	}
	results->n_hits = n;
	return NS_OK;
}

int hits_make(struct hits *hits, struct ns_results *results,
              const struct plan *plan, struct analyzer *analyzer,
              const struct rank_request *request,
              const struct rank_result *ranked,
              const struct ns_search_options *options,
              const struct collapse *collapse, struct ns_error *err)
{
	struct work work = {
		.hits = hits, .results = results, .plan = plan,
		.analyzer = analyzer, .request = request, .options = options,
		.collapse = collapse,
	};
	TRY(make_room(hits, plan->n_leaves, err));
	int status = matcher_init(&work.matcher, plan->leaves, plan->n_leaves,
	                          err);
	if (status == NS_OK)
		status = all_hits(&work, ranked, err);
	matcher_release(&work.matcher);
	return status;
}
