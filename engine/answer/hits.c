#include "answer/hits.h"

#include "answer/explain.h"
#include "answer/snippet.h"
#include "base/utf8.h"

/* What serves one hit after the other. */
struct work {
	struct ns_results *results;
	const struct plan *plan;
	struct analyzer *analyzer;
	const struct rank_request *request;
	const struct ns_search_options *options;
	struct matcher matcher;
	struct snippet snippet;
	struct segment_view view;  /* of docs of `segment` */
	uint32_t segment;
	struct buffer clean, explanation;
	struct explain_row *rows;  /* leaves that matched, n_leaves at most */
	size_t n_rows;
	bool *wanted;              /* by leaf: it matched */
};

static void work_release(struct work *work)
{
	matcher_release(&work->matcher);
	snippet_release(&work->snippet);
	segment_view_release(&work->view);
	buffer_release(&work->clean);
	buffer_release(&work->explanation);
	mem_free(work->rows);
	mem_free(work->wanted);
}

static int work_init(struct work *work, struct ns_error *err)
{
	const struct plan *plan = work->plan;
	buffer_init(&work->clean, 4 * (size_t)NS_ARTICLE_MAX);
	buffer_init(&work->explanation, 16u << 20);
	snippet_init(&work->snippet);
	work->rows = mem_zero(plan->n_leaves + 1, sizeof *work->rows);
	work->wanted = mem_zero(plan->n_leaves + 1, sizeof *work->wanted);
	if (!work->rows || !work->wanted)
		return err_nomem(err);
	return matcher_init(&work->matcher, plan->leaves, plan->n_leaves, err);
}

/* A copy that the results own, in good UTF-8 whatever the index holds. */
static int keep(struct work *work, ns_text from, ns_text *out,
                struct ns_error *err)
{
	struct slice text = slice_text(from);
	uint32_t repairs = 0;
	if (utf8_clean(&text, &work->clean, &repairs) != NS_OK)
		return buffer_check(&work->clean, err);
	char *copy = arena_copy(&work->results->arena, text.data, text.len);
	if (!copy)
		return err_nomem(err);
	*out = (ns_text){copy, text.len};
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
	if (work->wanted[i])
		return;
	work->wanted[i] = true;
	work->rows[work->n_rows++] =
		(struct explain_row){leaf, tf, length, contribution};
}

static int explain(struct work *work, const struct rank_hit *ranked,
                   struct ns_hit *hit, struct ns_error *err)
{
	work->n_rows = 0;
	memset(work->wanted, 0, work->plan->n_leaves * sizeof *work->wanted);
	if (!work->plan->scored)
		return NS_OK;
	TRY(rank_explain(work->plan, work->request, ranked, tell, work, err));
	if (!work->options->explain)
		return NS_OK;
	buffer_clear(&work->explanation);
	explain_print(work->plan, work->rows, work->n_rows, ranked->score,
	              &work->explanation);
	TRY(buffer_check(&work->explanation, err));
	return keep(work, (ns_text){(char *)work->explanation.data,
	                            work->explanation.len},
	            &hit->explanation, err);
}

static int head(struct work *work, const struct segment *segment, uint32_t doc,
                struct ns_hit *hit, struct ns_error *err)
{
	struct ns_article article = {.date = NS_NO_DATE};
	TRY(segment_head(segment, &work->view, doc, &article, err));
	hit->date = article.date;
	TRY(keep(work, article.id, &hit->id, err));
	TRY(keep(work, article.title, &hit->title, err));
	TRY(keep(work, article.section, &hit->section, err));
	TRY(keep(work, article.author, &hit->author, err));
	TRY(keep(work, article.url, &hit->url, err));
	TRY(keep(work, article.lang, &hit->lang, err));
	return keep(work, article.source, &hit->source, err);
}

static int mark_title(struct work *work, struct ns_hit *hit,
                      struct ns_error *err)
{
	struct matcher *matcher = &work->matcher;
	TRY(matches_find(matcher, work->analyzer,
	                 matches_part(slice_text(hit->title)), work->wanted,
	                 true, err));
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
	struct ns_article article = {.date = NS_NO_DATE};
	struct snippet *snippet = &work->snippet;
	uint32_t repairs = 0;
	TRY(segment_body(segment, &work->view, doc, &article, err));
	struct slice body = slice_text(article.body);
	if (utf8_clean(&body, &work->clean, &repairs) != NS_OK)
		return buffer_check(&work->clean, err);
	TRY(matches_find(&work->matcher, work->analyzer, matches_part(body),
	                 work->wanted, false, err));
	TRY(snippet_make(snippet, body, &work->matcher,
	                 work->options->snippet_size, err));
	char *text = arena_copy(&work->results->arena, snippet->text.data,
	                        snippet->text.len);
	if (!text)
		return err_nomem(err);
	hit->snippet = (ns_text){text, snippet->text.len};
	return keep_ranges(work, snippet->ranges, snippet->n_ranges,
	                   &hit->highlights, &hit->n_highlights, err);
}

static int one_hit(struct work *work, const struct rank_hit *ranked,
                   struct ns_hit *hit, struct ns_error *err)
{
	const struct snapshot *snapshot = work->plan->snapshot;
	const struct segment *segment =
		&snapshot->segments[ranked->segment].segment;
	if (ranked->segment != work->segment) {
		/* a view remembers a block by its number in one segment */
		segment_view_release(&work->view);
		work->view = (struct segment_view){0};
		work->segment = ranked->segment;
	}
	hit->score = work->plan->scored ? rank_score(work->plan, ranked->score)
	                                : 0;
	TRY(explain(work, ranked, hit, err));
	TRY(head(work, segment, ranked->doc, hit, err));
	TRY(mark_title(work, hit, err));
	if (work->options->no_snippets)
		return NS_OK;
	return cut_snippet(work, segment, ranked->doc, hit, err);
}

static int all_hits(struct work *work, const struct rank_result *ranked,
                    struct ns_error *err)
{
	struct ns_results *results = work->results;
	size_t offset = min_size(work->options->offset, ranked->n_hits);
	size_t n = ranked->n_hits - offset;
	results->hits = arena_zero(&results->arena, n + 1,
	                           sizeof *results->hits);
	if (!results->hits)
		return err_nomem(err);
	for (size_t i = 0; i < n; i++) {
		results->hits[i].rank = offset + i + 1;
		TRY(one_hit(work, &ranked->hits[offset + i], &results->hits[i],
		            err));
	}
	results->n_hits = n;
	return NS_OK;
}

int hits_make(struct ns_results *results, const struct plan *plan,
              struct analyzer *analyzer, const struct rank_request *request,
              const struct rank_result *ranked,
              const struct ns_search_options *options, struct ns_error *err)
{
	struct work work = {
		.results = results, .plan = plan, .analyzer = analyzer,
		.request = request, .options = options,
	};
	int status = work_init(&work, err);
	if (status == NS_OK)
		status = all_hits(&work, ranked, err);
	work_release(&work);
	return status;
}
