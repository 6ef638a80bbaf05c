#include "build/order.h"
#include "build/run.h"

struct work {
	const struct inverter *inverter;
	struct run_writer writer;
	uint32_t *order;
	size_t n;
	struct buffer list;
	struct slice *forms;        /* of a term, by number */
	size_t forms_capacity;
};

/* Terms are made in the order of the text and written in that of their keys: each is
 * elsewhere in memory, so what is needed is asked for in time. */
static void fetch(const struct work *work, size_t i)
{
	enum { NEAR = 6, FAR = 12 };
	const struct inverter_term *terms = work->inverter->terms;
	if (i + FAR >= work->n)
		return;
	__builtin_prefetch(&terms[work->order[i + FAR]].list);
	const struct inverter_term *near = &terms[work->order[i + NEAR]];
	__builtin_prefetch(near->list.first);
	if (near->last_word != NO_TERM)
		__builtin_prefetch(&work->inverter->words[near->last_word]);
}

static struct slice key_bytes(const struct inverter_key *key)
{
	return slice_of(key->bytes, key->len);
}

static int write_forms(struct work *work, const struct inverter_term *term,
                       struct ns_error *err)
{
	const struct inverter_word *words = work->inverter->words;
	TRY(mem_grow((void **)&work->forms, &work->forms_capacity,
	             term->n_forms, sizeof *work->forms, err));
	for (uint32_t w = term->last_word; w != NO_TERM; w = words[w].next)
		work->forms[words[w].form] = key_bytes(&words[w].key);
	for (uint32_t i = 0; i < term->n_forms; i++)
		run_writer_form(&work->writer, work->forms[i],
		                key_bytes(&term->key));
	return NS_OK;
}

static int write_term(struct work *work, const struct inverter_term *term,
                      struct ns_error *err)
{
	const struct run_key key = {term->key.field, term->key.len,
	                            term->key.bytes};
	TRY(run_writer_start(&work->writer, key, term->n_forms, err));
	if (term->n_forms)
		TRY(write_forms(work, term, err));
	buffer_clear(&work->list);
	pool_copy(&term->list, &work->list);
	TRY(buffer_check(&work->list, err));
	return run_writer_list(&work->writer, work->list.data, work->list.len,
	                       err);
}

static int write_all(struct work *work, struct ns_error *err)
{
	TRY(order_terms(work->inverter, &work->order, err));
	for (size_t i = 0; i < work->n; i++) {
		fetch(work, i);
		TRY(write_term(work, &work->inverter->terms[work->order[i]],
		               err));
	}
	return run_writer_end(&work->writer, err);
}

int run_write(struct run *run, const struct inverter *inverter,
              struct ns_error *err)
{
	struct work work = {.inverter = inverter, .n = inverter->n_terms};
	run_writer_init(&work.writer, run);
	buffer_init(&work.list, SIZE_MAX);
	int status = write_all(&work, err);
	run_writer_release(&work.writer);
	buffer_release(&work.list);
	mem_free(work.forms);
	mem_free(work.order);
	return status;
}
