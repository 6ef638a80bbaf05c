#include "build/order_docs.h"

#include "build/bisect.h"
#include "build/doc_lists.h"

enum { LEAST_DF = 32, MOST_PART = 10, GROUP = 16, AHEAD = 1 << 16 };

/* Places begin … end − 1; a place is that of a doc among those given. */
struct window {
	uint32_t begin, end;
};

struct work {
	const struct order_docs_input *in;
	uint32_t *docs, n;
	uint32_t *places;            /* by doc of the runs */
	uint32_t *owners;            /* by place: at first how many terms it
	                              * has, then its window */
	struct window *windows;
	size_t n_windows, windows_capacity;
	struct spool lists;          /* of all windows */
	struct spool parts[GROUP];   /* of some, one each */
	struct doc_list making[GROUP];
	/* the window at hand, all by place − begin */
	uint32_t *first, *count, *order, *found;
	uint32_t *terms, n_row_terms;
};

static order_docs_fn *replacement;

void order_docs_replace(order_docs_fn *instead)
{
	replacement = instead;
}

static void release_rows(struct work *work)
{
	mem_free(work->first);
	mem_free(work->count);
	mem_free(work->order);
	mem_free(work->found);
	mem_free(work->terms);
	work->first = work->count = work->order = work->found = NULL;
	work->terms = NULL;
}

static void work_init(struct work *work, const struct order_docs_input *in)
{
	*work = (struct work){.in = in};
	spool_init(&work->lists, in->maker, in->memory);
	for (unsigned i = 0; i < GROUP; i++) {
		spool_init(&work->parts[i], in->maker, in->memory / GROUP);
		doc_list_init(&work->making[i]);
	}
}

static void work_release(struct work *work)
{
	release_rows(work);
	mem_free(work->places);
	mem_free(work->owners);
	mem_free(work->windows);
	spool_release(&work->lists);
	for (unsigned i = 0; i < GROUP; i++) {
		spool_release(&work->parts[i]);
		doc_list_release(&work->making[i]);
	}
}

/* ---- windows --------------------------------------------------------------- */

static int collect(struct work *work, struct ns_error *err)
{
	size_t n = work->n, end = work->in->end;
	work->places = mem_alloc((end + 1) * sizeof *work->places);
	work->owners = mem_zero(n + 1, sizeof *work->owners);
	if (!work->places || !work->owners)
		return err_nomem(err);
	memset(work->places, 0xff, end * sizeof *work->places);
	for (uint32_t i = 0; i < n; i++)
		work->places[work->docs[i]] = i;
	const struct doc_lists_input input = {
		work->in->runs, work->in->end, LEAST_DF, work->places,
		work->owners, work->in->steps};
	return doc_lists_collect(&input, &work->lists, err);
}

static int close_windows(struct work *work, struct ns_error *err)
{
	for (uint32_t end = 0; end < work->n;) {
		struct window window = {.begin = end};
		for (uint64_t sum = 0; end < work->n && sum < work->in->window;) {
			sum += work->owners[end];
			work->owners[end++] = (uint32_t)work->n_windows;
		}
		window.end = end;
		TRY(mem_grow((void **)&work->windows, &work->windows_capacity,
		             work->n_windows + 1, sizeof *work->windows, err));
		work->windows[work->n_windows++] = window;
	}
	return NS_OK;
}

/* Does a term with so many docs in the window take part? */
static bool tells(const struct window *window, uint32_t df)
{
	return df >= LEAST_DF && df <= (window->end - window->begin) / MOST_PART;
}

/* ---- lists are read ---------------------------------------------------------- */

/* The next doc's place; *doc is + 1. */
static int next_place(const struct work *work, struct spool_reader *reader,
                      uint32_t *doc, uint32_t *place, struct ns_error *err)
{
	uint64_t gap = spool_varint(reader);
	TRY(reader->status);
	if (!gap || gap > work->in->end - *doc)
		return spool_damaged(err);
	*doc += (uint32_t)gap;
	*place = work->places[*doc - 1];
	return NS_OK;
}

/* What is done with each list; n: of its docs, which the reader has next. */
typedef int list_fn(struct work *work, struct spool_reader *reader, uint64_t n,
                    size_t which, struct ns_error *err);

static int each_list(struct work *work, const struct spool *spool, list_fn *take,
                     size_t which, struct ns_error *err)
{
	struct spool_reader reader;
	int status = NS_OK;
	spool_read(&reader, spool, 0, spool_size(spool), AHEAD, err);
	while (status == NS_OK && !spool_reader_ended(&reader)) {
		uint64_t n = spool_varint(&reader);
		status = reader.status;
		if (status == NS_OK)
			status = take(work, &reader, n, which, err);
	}
	if (status == NS_OK)
		status = reader.status;
	spool_reader_release(&reader);
	return status;
}

/* ---- lists are shared out ------------------------------------------------------ */

/* Among the windows from `group` on. */
static int share_list(struct work *work, struct spool_reader *reader, uint64_t n,
                      size_t group, struct ns_error *err)
{
	size_t n_parts = min_size(GROUP, work->n_windows - group);
	uint32_t doc = 0, place = NO_PLACE;
	for (; n; n--) {
		TRY(next_place(work, reader, &doc, &place, err));
		if (place == NO_PLACE)
			continue;
		size_t owner = work->owners[place];
		if (owner >= group && owner < group + n_parts)
			doc_list_put(&work->making[owner - group], doc - 1);
	}
	for (size_t i = 0; i < n_parts; i++) {
		struct doc_list *list = &work->making[i];
		bool tell = tells(&work->windows[group + i], list->n);
		TRY(doc_list_end(list, tell ? 0 : UINT32_MAX, &work->parts[i],
		                 err));
	}
	return NS_OK;
}

static int share_out(struct work *work, size_t group, struct ns_error *err)
{
	const struct order_docs_input *in = work->in;
	for (unsigned i = 0; i < GROUP; i++) {
		spool_release(&work->parts[i]);
		spool_init(&work->parts[i], in->maker, in->memory / GROUP);
	}
	TRY(each_list(work, &work->lists, share_list, group, err));
	for (unsigned i = 0; i < GROUP; i++)
		TRY(spool_end(&work->parts[i], err));
	return NS_OK;
}

/* ---- rows ------------------------------------------------------------------ */

/* *out: how many of the list are in the window; found has them. */
static int find_places(struct work *work, struct spool_reader *reader,
                       uint64_t n, const struct window *window, uint32_t *out,
                       struct ns_error *err)
{
	uint32_t doc = 0, place = NO_PLACE;
	for (*out = 0; n; n--) {
		TRY(next_place(work, reader, &doc, &place, err));
		if (place >= window->begin && place < window->end)
			work->found[(*out)++] = place - window->begin;
	}
	return NS_OK;
}

static int count_list(struct work *work, struct spool_reader *reader, uint64_t n,
                      size_t which, struct ns_error *err)
{
	const struct window *window = &work->windows[which];
	uint32_t df;
	TRY(find_places(work, reader, n, window, &df, err));
	for (uint32_t i = 0; i < df && tells(window, df); i++)
		work->count[work->found[i]]++;
	return NS_OK;
}

static int fill_list(struct work *work, struct spool_reader *reader, uint64_t n,
                     size_t which, struct ns_error *err)
{
	const struct window *window = &work->windows[which];
	uint32_t df;
	TRY(find_places(work, reader, n, window, &df, err));
	if (!tells(window, df))
		return NS_OK;
	for (uint32_t i = 0; i < df; i++) {
		uint32_t at = work->found[i];
		work->terms[work->first[at] + work->count[at]++] =
			work->n_row_terms;
	}
	work->n_row_terms++;
	return NS_OK;
}

static int make_rows(struct work *work, size_t which, const struct spool *lists,
                     struct ns_error *err)
{
	const struct window *window = &work->windows[which];
	size_t n = window->end - window->begin;
	uint32_t sum = 0;
	work->first = mem_zero(n + 1, sizeof *work->first);
	work->count = mem_zero(n + 1, sizeof *work->count);
	work->order = mem_zero(n + 1, sizeof *work->order);
	work->found = mem_zero(n + 1, sizeof *work->found);
	if (!work->first || !work->count || !work->order || !work->found)
		return err_nomem(err);
	TRY(each_list(work, lists, count_list, which, err));
	for (size_t i = 0; i < n; i++) {
		work->first[i] = sum;
		sum += work->count[i];
		work->count[i] = 0;
	}
	work->terms = mem_alloc(((size_t)sum + 1) * sizeof *work->terms);
	if (!work->terms)
		return err_nomem(err);
	work->n_row_terms = 0;
	return each_list(work, lists, fill_list, which, err);
}

/* ---- order ----------------------------------------------------------------- */

static int order_window(struct work *work, size_t which,
                        const struct spool *lists, struct ns_error *err)
{
	const struct window *at = &work->windows[which];
	uint32_t n = at->end - at->begin, *docs = work->docs + at->begin;
	TRY(make_rows(work, which, lists, err));
	const struct bisect_window window = {n, work->n_row_terms, work->first,
	                                     work->count, work->terms};
	TRY(bisect_order(&window, work->order, err));
	memcpy(work->found, docs, n * sizeof *docs);
	for (uint32_t i = 0; i < n; i++)
		docs[i] = work->found[work->order[i]];
	release_rows(work);
	return NS_OK;
}

static int order_all(struct work *work, struct ns_error *err)
{
	TRY(collect(work, err));
	TRY(close_windows(work, err));
	if (work->n_windows == 1)
		return order_window(work, 0, &work->lists, err);
	for (size_t i = 0; i < work->n_windows; i++) {
		TRY(steps_tell_now(work->in->steps, "ordering", i,
		                   work->n_windows, err));
		if (i % GROUP == 0)
			TRY(share_out(work, i, err));
		TRY(order_window(work, i, &work->parts[i % GROUP], err));
	}
	return NS_OK;
}

int order_docs(const struct order_docs_input *input, uint32_t *docs, uint32_t n,
               struct ns_error *err)
{
	if (replacement) {
		replacement(docs, n);
		return NS_OK;
	}
	struct work *work = mem_alloc(sizeof *work);
	if (!work)
		return err_nomem(err);
	work_init(work, input);
	work->docs = docs;
	work->n = n;
	int status = order_all(work, err);
	work_release(work);
	mem_free(work);
	return status;
}
