#include "build/doc_lists.h"

#include "build/terms.h"
#include "build/walk.h"

struct work {
	const struct doc_lists_input *in;
	struct terms terms;
	struct walk_piece *pieces;
	struct doc_list list;
	struct spool *spool;
};

void doc_list_init(struct doc_list *list)
{
	*list = (struct doc_list){0};
	buffer_init(&list->gaps, SIZE_MAX);
}

void doc_list_release(struct doc_list *list)
{
	buffer_release(&list->gaps);
}

int doc_list_end(struct doc_list *list, uint32_t least, struct spool *spool,
                 struct ns_error *err)
{
	uint8_t number[VARINT_MAX];
	if (list->n >= least) {
		TRY(buffer_check(&list->gaps, err));
		TRY(spool_append(spool, number, varint_put(number, list->n),
		                 err));
		TRY(spool_append(spool, list->gaps.data, list->gaps.len, err));
	}
	buffer_clear(&list->gaps);
	list->n = list->last = 0;
	return NS_OK;
}

/* ---- out of the runs --------------------------------------------------------- */

static void start_pieces(struct work *work, struct walk *walk,
                         struct ns_error *err)
{
	static const uint32_t none[1];
	const struct terms *terms = &work->terms;
	for (uint32_t i = 0; i < terms->n_which; i++) {
		struct run_reader *reader = &terms->readers[terms->which[i]];
		run_reader_skip_forms(reader);
		uint64_t size = spool_varint(&reader->bytes);
		uint64_t from = spool_reader_tell(&reader->bytes);
		walk_piece_start(&work->pieces[i], &reader->bytes, from + size,
		                 none, 0, err);
	}
	walk_start(walk, work->pieces, terms->n_which);
}

static int take_term(struct work *work, struct ns_error *err)
{
	const struct doc_lists_input *in = work->in;
	struct walk_occurrence at;
	struct walk walk;
	uint32_t last = UINT32_MAX;
	terms_take(&work->terms);
	start_pieces(work, &walk, err);
	while (walk_next(&walk, &at)) {
		if (at.doc == last)
			continue;
		last = at.doc;
		if (last >= in->end)
			return spool_damaged(err);
		if (in->places[last] == NO_PLACE)
			continue;
		in->n_terms[in->places[last]]++;
		doc_list_put(&work->list, last);
	}
	TRY(walk_status(&walk));
	TRY(doc_list_end(&work->list, in->least, work->spool, err));
	return terms_pass(&work->terms);
}

/* As far as the first run tells. */
static int tell(const struct work *work, struct ns_error *err)
{
	const struct spool_reader *first = &work->terms.readers[0].bytes;
	return steps_tell_now(work->in->steps, "ordering",
	                      spool_reader_tell(first), first->limit, err);
}

static int take_all(struct work *work, struct ns_error *err)
{
	struct terms *terms = &work->terms;
	size_t n = work->in->runs->n;
	TRY(terms_open(terms, work->in->runs, err));
	work->pieces = mem_zero(n + 1, sizeof *work->pieces);
	if (!work->pieces)
		return err_nomem(err);
	TRY(terms_start(terms, NULL, err));
	/* the first field */
	for (uint64_t i = 0; terms_key(terms) &&
	                     terms_key(terms)->field == FIELD_TEXT; i++) {
		if (i % 1024 == 0)
			TRY(tell(work, err));
		TRY(take_term(work, err));
	}
	return spool_end(work->spool, err);
}

int doc_lists_collect(const struct doc_lists_input *input, struct spool *spool,
                      struct ns_error *err)
{
	struct work work = {.in = input, .spool = spool};
	doc_list_init(&work.list);
	int status = take_all(&work, err);
	terms_release(&work.terms);
	doc_list_release(&work.list);
	mem_free(work.pieces);
	return status;
}
