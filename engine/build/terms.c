#include "build/terms.h"

int terms_open(struct terms *terms, const struct runs *runs,
               struct ns_error *err)
{
	*terms = (struct terms){.runs = runs};
	terms->readers = mem_zero(runs->n + 1, sizeof *terms->readers);
	terms->heap = mem_zero(runs->n + 1, sizeof *terms->heap);
	terms->which = mem_zero(runs->n + 1, sizeof *terms->which);
	return terms->readers && terms->heap && terms->which ? NS_OK
	                                                     : err_nomem(err);
}

static void close_readers(struct terms *terms)
{
	for (size_t i = 0; i < terms->n_open; i++)
		run_reader_release(&terms->readers[i]);
	terms->n_open = terms->n_heap = 0;
}

void terms_release(struct terms *terms)
{
	close_readers(terms);
	mem_free(terms->readers);
	mem_free(terms->heap);
	mem_free(terms->which);
}

/* ---- the heap -------------------------------------------------------------- */

static bool stands_before(const struct terms *terms, uint32_t a, uint32_t b)
{
	const struct run_reader *x = &terms->readers[a];
	const struct run_reader *y = &terms->readers[b];
	if (x->head != y->head)
		return x->head < y->head;
	int order = run_key_compare(&x->key, &y->key);
	return order ? order < 0 : a < b;
}

static void sink(struct terms *terms, uint32_t at)
{
	uint32_t *heap = terms->heap, item = heap[at];
	for (uint32_t child; (child = 2 * at + 1) < terms->n_heap; at = child) {
		if (child + 1 < terms->n_heap &&
		    stands_before(terms, heap[child + 1], heap[child]))
			child++;
		if (stands_before(terms, item, heap[child]))
			break;
		heap[at] = heap[child];
	}
	heap[at] = item;
}

static void rise(struct terms *terms, uint32_t item)
{
	uint32_t *heap = terms->heap, at = terms->n_heap++;
	while (at && stands_before(terms, item, heap[(at - 1) / 2])) {
		heap[at] = heap[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	heap[at] = item;
}

static uint32_t take_first(struct terms *terms)
{
	uint32_t first = terms->heap[0];
	terms->heap[0] = terms->heap[--terms->n_heap];
	if (terms->n_heap)
		sink(terms, 0);
	return first;
}

/* ---- the way ----------------------------------------------------------------- */

int terms_start(struct terms *terms, const struct run_key *from,
                struct ns_error *err)
{
	close_readers(terms);
	for (uint32_t i = 0; i < terms->runs->n; i++) {
		struct run_reader *reader = &terms->readers[i];
		run_reader_open(reader, terms->runs->items[i], from, err);
		terms->n_open++;
		TRY(reader->bytes.status);
		if (!reader->ended)
			rise(terms, i);
	}
	return NS_OK;
}

void terms_take(struct terms *terms)
{
	uint32_t first = take_first(terms), n = 0;
	const struct run_key *key = &terms->readers[first].key;
	terms->which[n++] = first;
	while (terms->n_heap &&
	       !run_key_compare(key, &terms->readers[terms->heap[0]].key))
		terms->which[n++] = take_first(terms);
	terms->n_which = n;
}

int terms_pass(struct terms *terms)
{
	for (uint32_t i = 0; i < terms->n_which; i++) {
		struct run_reader *reader = &terms->readers[terms->which[i]];
		run_reader_next(reader);
		TRY(reader->bytes.status);
		if (!reader->ended)
			rise(terms, terms->which[i]);
	}
	return NS_OK;
}
