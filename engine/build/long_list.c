#include "build/long_list.h"

#include "build/docs.h"

int long_list_open(struct long_list *list, const struct walk_place *places,
                   const struct walk_piece *pieces, uint32_t n,
                   const uint32_t *new_doc, size_t n_docs,
                   struct ns_error *err)
{
	*list = (struct long_list){.new_doc = new_doc, .n_docs = n_docs};
	list->pieces = mem_zero(n, sizeof *list->pieces);
	list->readers = mem_zero(n, sizeof *list->readers);
	if (!list->pieces || !list->readers)
		return err_nomem(err);
	for (; list->n < n; list->n++)
		walk_piece_open(&list->pieces[list->n],
		                &list->readers[list->n], &places[list->n], 1,
		                pieces[list->n].forms, pieces[list->n].n_forms,
		                err);
	walk_start(&list->walk, list->pieces, n);
	return walk_status(&list->walk);
}

void long_list_release(struct long_list *list)
{
	for (uint32_t i = 0; i < list->n; i++)
		spool_reader_release(&list->readers[i]);
	mem_free(list->pieces);
	mem_free(list->readers);
	mem_free(list->positions);
	mem_free(list->forms);
}

int long_list_places(void *context, size_t n, const uint32_t **positions,
                     const uint32_t **forms, struct ns_error *err)
{
	struct long_list *list = context;
	struct walk_occurrence at;
	size_t got = 0;
	TRY(mem_grow((void **)&list->positions, &list->positions_capacity, n,
	             sizeof *list->positions, err));
	TRY(mem_grow((void **)&list->forms, &list->forms_capacity, n,
	             sizeof *list->forms, err));
	while (got < n && walk_next(&list->walk, &at)) {
		if (at.doc >= list->n_docs)
			return spool_damaged(err);
		if (list->new_doc[at.doc] == NO_DOC)
			continue;
		list->positions[got] = at.position;
		list->forms[got++] = at.form;
	}
	TRY(walk_status(&list->walk));
	if (got < n)
		return spool_damaged(err);
	*positions = list->positions;
	*forms = list->forms;
	return NS_OK;
}
