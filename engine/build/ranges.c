#include "build/ranges.h"

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
		output->field_docs[field] += range->field_docs[field];
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

/* A thread's readers, those that have more in a heap by their terms. */
struct merge {
	struct ranges *ranges;
	struct lists *lists;
	struct run_reader *readers;
	size_t n_open;
	uint32_t *heap, *which;
	uint32_t n_heap;
	size_t next;             /* the range at whose start they stand */
};

static bool stands_before(const struct merge *merge, uint32_t a, uint32_t b)
{
	const struct run_reader *x = &merge->readers[a];
	const struct run_reader *y = &merge->readers[b];
	if (x->head != y->head)
		return x->head < y->head;
	int order = run_key_compare(&x->key, &y->key);
	return order ? order < 0 : a < b;
}

static void sink(struct merge *merge, uint32_t at)
{
	uint32_t *heap = merge->heap, item = heap[at];
	for (uint32_t child; (child = 2 * at + 1) < merge->n_heap; at = child) {
		if (child + 1 < merge->n_heap &&
		    stands_before(merge, heap[child + 1], heap[child]))
			child++;
		if (stands_before(merge, item, heap[child]))
			break;
		heap[at] = heap[child];
	}
	heap[at] = item;
}

static void rise(struct merge *merge, uint32_t item)
{
	uint32_t *heap = merge->heap, at = merge->n_heap++;
	while (at && stands_before(merge, item, heap[(at - 1) / 2])) {
		heap[at] = heap[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	heap[at] = item;
}

static uint32_t take_first(struct merge *merge)
{
	uint32_t first = merge->heap[0];
	merge->heap[0] = merge->heap[--merge->n_heap];
	if (merge->n_heap)
		sink(merge, 0);
	return first;
}

static void close_readers(struct merge *merge)
{
	for (size_t i = 0; i < merge->n_open; i++)
		run_reader_release(&merge->readers[i]);
	merge->n_open = merge->n_heap = 0;
}

static int open_readers(struct merge *merge, size_t range, struct ns_error *err)
{
	const struct runs *runs = merge->ranges->input->runs;
	close_readers(merge);
	for (uint32_t i = 0; i < runs->n; i++) {
		struct run_reader *reader = &merge->readers[i];
		run_reader_open(reader, runs->items[i],
		                merge->ranges->starts[range], err);
		merge->n_open++;
		TRY(reader->bytes.status);
		if (!reader->ended)
			rise(merge, i);
	}
	return NS_OK;
}

/* All readers that stand on the first key, to the next. */
static int merge_term(struct merge *merge, struct lists_output *output,
                      struct ns_error *err)
{
	uint32_t n = 0;
	const struct run_key key = merge->readers[merge->heap[0]].key;
	do {
		merge->which[n++] = take_first(merge);
	} while (merge->n_heap &&
	         !run_key_compare(&key, &merge->readers[merge->heap[0]].key));
	TRY(lists_add(merge->lists, merge->readers, merge->which, n, output,
	              err));
	for (uint32_t i = 0; i < n; i++) {
		struct run_reader *reader = &merge->readers[merge->which[i]];
		run_reader_next(reader);
		TRY(reader->bytes.status);
		if (!reader->ended)
			rise(merge, merge->which[i]);
	}
	return NS_OK;
}

static int merge_range(struct merge *merge, size_t range,
                       struct lists_output *output, struct ns_error *err)
{
	const struct ranges *ranges = merge->ranges;
	if (merge->next != range || !merge->n_open)
		TRY(open_readers(merge, range, err));
	const struct run_key *end = range + 1 < ranges->n
		? ranges->starts[range + 1] : NULL;
	while (merge->n_heap &&
	       !(end && run_key_compare(&merge->readers[merge->heap[0]].key,
	                                end) >= 0))
		TRY(merge_term(merge, output, err));
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
	size_t n = ranges->input->runs->n;
	struct merge merge = {.ranges = ranges};
	merge.readers = mem_zero(n + 1, sizeof *merge.readers);
	merge.heap = mem_zero(n + 1, sizeof *merge.heap);
	merge.which = mem_zero(n + 1, sizeof *merge.which);
	int status = merge.readers && merge.heap && merge.which
		? lists_open(&merge.lists, ranges->input, err) : err_nomem(err);
	if (status == NS_OK)
		status = merge_all(&merge, thread, err);
	if (status != NS_OK)
		ranges_stop(ranges);
	close_readers(&merge);
	lists_free(merge.lists);
	mem_free(merge.readers);
	mem_free(merge.heap);
	mem_free(merge.which);
	return status;
}
