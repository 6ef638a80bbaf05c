#include "build/ranges.h"

#include "build/terms.h"

enum { FOR_EACH_RUN = 16, MOST_RANGES = 512 };

/* A range that is being written, or waits for those before it. */
struct slot {
	struct lists_output output;
	bool ready;
};

struct ranges {
	const struct lists_input *input;
	const struct steps *steps;
	struct ranges_output *output;
	/* range i is [starts[i], starts[i + 1]); the first has no start */
	const struct run_key **starts;
	size_t n;
	struct slot *slots;      /* of ranges i, i + n_slots, … */
	size_t n_slots;
	pthread_mutex_t lock;    /* of what follows, and of output */
	pthread_cond_t moved;
	size_t taken, appended;
	bool stopped;
};

void ranges_output_init(struct ranges_output *output, struct spool_maker *maker,
                        size_t memory)
{
	*output = (struct ranges_output){0};
	spool_init(&output->post, maker, memory / 4);
	spool_init(&output->posn, maker, memory / 2);
	entries_init(&output->entries, maker, memory / 4);
}

void ranges_output_release(struct ranges_output *output)
{
	spool_release(&output->post);
	spool_release(&output->posn);
	entries_release(&output->entries);
	heavies_release(&output->heavies);
}

/* ---- cutting ------------------------------------------------------------------ */

static int by_key(const void *a, const void *b)
{
	const struct run_mark *const *x = a, *const *y = b;
	return run_key_compare(&(*x)->key, &(*y)->key);
}

/* All marks but the first of each run, sorted; *bytes: of all runs. */
static int collect_marks(const struct runs *runs, const struct run_mark ***out,
                         size_t *n, uint64_t *bytes, struct ns_error *err)
{
	size_t all = 0;
	*n = 0;
	*bytes = 0;
	for (size_t i = 0; i < runs->n; i++)
		all += runs->items[i]->n_marks;
	*out = mem_zero(all + 1, sizeof **out);
	if (!*out)
		return err_nomem(err);
	for (size_t i = 0; i < runs->n; i++) {
		const struct run *run = runs->items[i];
		*bytes += spool_size(&run->spool);
		for (size_t j = 1; j < run->n_marks; j++)
			(*out)[(*n)++] = &run->marks[j];
	}
	if (*n)
		qsort(*out, *n, sizeof **out, by_key);
	return NS_OK;
}

/* A range is larger where many runs have a part of it: to find where one begins
 * costs half a mark for each. */
static int cut(struct ranges *ranges, size_t size, struct ns_error *err)
{
	const struct runs *runs = ranges->input->runs;
	const struct run_mark **marks;
	uint64_t bytes;
	size_t n;
	TRY(collect_marks(runs, &marks, &n, &bytes, err));
	ranges->starts = mem_zero(n + 2, sizeof *ranges->starts);
	if (!ranges->starts) {
		mem_free(marks);
		return err_nomem(err);
	}
	uint64_t least = max_u64(size, size / FOR_EACH_RUN * runs->n);
	uint64_t each = n ? bytes / n : 0, sum = 0;
	least = max_u64(least, bytes / MOST_RANGES);
	ranges->n = 1;
	for (size_t i = 0; i < n; i++) {
		sum += each;
		if (sum < least || marks[i]->key.field == FIELD_SECTION)
			continue;
		ranges->starts[ranges->n++] = &marks[i]->key;
		sum = 0;
	}
	mem_free(marks);
	return NS_OK;
}

/* ---- life ----------------------------------------------------------------------- */

int ranges_open(struct ranges **out, const struct lists_input *input,
                size_t size, unsigned n_threads, const struct steps *steps,
                struct ranges_output *output, struct ns_error *err)
{
	struct ranges *ranges = *out = mem_zero(1, sizeof *ranges);
	if (!ranges)
		return err_nomem(err);
	ranges->input = input;
	ranges->steps = steps;
	ranges->output = output;
	pthread_mutex_init(&ranges->lock, NULL);
	pthread_cond_init(&ranges->moved, NULL);
	ranges->slots = mem_zero(n_threads + 2, sizeof *ranges->slots);
	if (!ranges->slots)
		return err_nomem(err);
	ranges->n_slots = n_threads + 2;
	for (size_t i = 0; i < ranges->n_slots; i++)
		lists_output_init(&ranges->slots[i].output);
	return cut(ranges, size, err);
}

void ranges_free(struct ranges *ranges)
{
	if (!ranges)
		return;
	for (size_t i = 0; i < ranges->n_slots; i++)
		lists_output_release(&ranges->slots[i].output);
	mem_free(ranges->slots);
	mem_free(ranges->starts);
	pthread_mutex_destroy(&ranges->lock);
	pthread_cond_destroy(&ranges->moved);
	mem_free(ranges);
}

/* ---- appending -------------------------------------------------------------------- */

/* Lists up to the next long one as they are, long ones from a multiple of 4. */
static int append_post(struct spool *post, const struct lists_output *range,
                       struct ns_error *err)
{
	static const uint8_t zeros[4];
	size_t from = 0;
	if (!range->post.len)
		return NS_OK; /* to NULL not even 0 may be added */
	for (size_t i = 0; i < range->n_longs; i++) {
		const struct lists_long *at = &range->longs[i];
		TRY(spool_append(post, range->post.data + from, at->gap - from,
		                 err));
		TRY(spool_append(post, zeros, -spool_size(post) & 3, err));
		from = at->start;
	}
	return spool_append(post, range->post.data + from,
	                    range->post.len - from, err);
}

static int append(struct ranges_output *output, struct lists_output *range,
                  struct ns_error *err)
{
	heavies_take(&output->heavies, &range->heavies,
	             output->entries.n_terms);
	TRY(append_post(&output->post, range, err));
	TRY(spool_append(&output->posn, range->posn.data, range->posn.len,
	                 err));
	TRY(entries_append(&output->entries, &range->entries, err));
	output->n_postings += range->n_postings;
	for (unsigned field = 0; field < FIELD_END; field++)
		output->field_values[field] += range->field_values[field];
	lists_output_clear(range);
	return NS_OK;
}

/* Under the lock. */
static int append_ready(struct ranges *ranges, struct ns_error *err)
{
	while (ranges->appended < ranges->taken) {
		struct slot *slot = &ranges->slots[ranges->appended %
		                                   ranges->n_slots];
		if (!slot->ready)
			return NS_OK;
		TRY(append(ranges->output, &slot->output, err));
		slot->ready = false;
		ranges->appended++;
	}
	return NS_OK;
}

/* ---- merging ------------------------------------------------------------------------ */

/* A thread's part. */
struct merge {
	struct ranges *ranges;
	struct lists *lists;
	struct terms terms;
	size_t next;             /* the range at whose start the terms stand */
};

static int merge_range(struct merge *merge, size_t range,
                       struct lists_output *output, struct ns_error *err)
{
	const struct ranges *ranges = merge->ranges;
	struct terms *terms = &merge->terms;
	if (merge->next != range || !terms->n_open)
		TRY(terms_start(terms, ranges->starts[range], err));
	const struct run_key *end = range + 1 < ranges->n
		? ranges->starts[range + 1] : NULL;
	while (terms_key(terms) &&
	       !(end && run_key_compare(terms_key(terms), end) >= 0)) {
		terms_take(terms);
		TRY(lists_add(merge->lists, terms->readers, terms->which,
		              terms->n_which, output, err));
		TRY(terms_pass(terms));
	}
	merge->next = range + 1;
	return entries_sort(&output->entries, err);
}

/* ---- a thread ------------------------------------------------------------------------ */

/* The next range; false where none is left. */
static bool take(struct ranges *ranges, size_t *out)
{
	pthread_mutex_lock(&ranges->lock);
	while (!ranges->stopped && ranges->taken < ranges->n &&
	       ranges->taken >= ranges->appended + ranges->n_slots)
		pthread_cond_wait(&ranges->moved, &ranges->lock);
	bool any = !ranges->stopped && ranges->taken < ranges->n;
	if (any)
		*out = ranges->taken++;
	pthread_mutex_unlock(&ranges->lock);
	return any;
}

static int give(struct ranges *ranges, size_t range, struct ns_error *err)
{
	pthread_mutex_lock(&ranges->lock);
	ranges->slots[range % ranges->n_slots].ready = true;
	int status = append_ready(ranges, err);
	pthread_cond_broadcast(&ranges->moved);
	pthread_mutex_unlock(&ranges->lock);
	return status;
}

void ranges_stop(struct ranges *ranges)
{
	pthread_mutex_lock(&ranges->lock);
	ranges->stopped = true;
	pthread_cond_broadcast(&ranges->moved);
	pthread_mutex_unlock(&ranges->lock);
}

static int merge_all(struct merge *merge, unsigned thread, struct ns_error *err)
{
	struct ranges *ranges = merge->ranges;
	size_t range;
	while (take(ranges, &range)) {
		struct slot *slot = &ranges->slots[range % ranges->n_slots];
		if (thread == 0)
			TRY(steps_tell_now(ranges->steps, "writing lists",
			                   range, ranges->n, err));
		TRY(merge_range(merge, range, &slot->output, err));
		TRY(give(ranges, range, err));
	}
	return NS_OK;
}

int ranges_run(struct ranges *ranges, unsigned thread, struct ns_error *err)
{
	struct merge merge = {.ranges = ranges};
	int status = terms_open(&merge.terms, ranges->input->runs, err);
	if (status == NS_OK)
		status = lists_open(&merge.lists, ranges->input, err);
	if (status == NS_OK)
		status = merge_all(&merge, thread, err);
	if (status != NS_OK)
		ranges_stop(ranges);
	terms_release(&merge.terms);
	lists_free(merge.lists);
	return status;
}
