#include "build/lists.h"

#include "build/list_forms.h"
#include "build/long_list.h"

struct lists {
	const struct lists_input *input;
	struct run_key key;
	struct list_forms forms;
	struct walk_piece *pieces;
	struct walk_place *places;
	size_t pieces_capacity, places_capacity;
	/* the list, decoded */
	uint32_t *docs, *tfs, *positions, *occurrences;
	size_t docs_capacity, tfs_capacity, positions_capacity,
	       occurrences_capacity;
	bool is_long;              /* the list is read twice */
	struct arrange arrange;
};

/* ---- life ------------------------------------------------------------------ */

void lists_output_init(struct lists_output *output)
{
	*output = (struct lists_output){0};
	buffer_init(&output->post, SIZE_MAX);
	buffer_init(&output->posn, SIZE_MAX);
	entries_writer_init(&output->entries);
}

/* What one long list took is not kept for the short ones that follow. */
static void empty(struct buffer *buffer)
{
	enum { KEPT = 1 << 20 };
	if (buffer->capacity > KEPT)
		buffer_release(buffer);
	else
		buffer_clear(buffer);
}

void lists_output_clear(struct lists_output *output)
{
	empty(&output->post);
	empty(&output->posn);
	entries_writer_clear(&output->entries);
	heavies_release(&output->heavies);
	output->n_longs = 0;
	output->n_sections = 0;
	output->n_postings = 0;
	memset(output->field_values, 0, sizeof output->field_values);
}

void lists_output_release(struct lists_output *output)
{
	buffer_release(&output->post);
	buffer_release(&output->posn);
	entries_writer_release(&output->entries);
	heavies_release(&output->heavies);
	mem_free(output->longs);
}

int lists_open(struct lists **out, const struct lists_input *input,
               struct ns_error *err)
{
	*out = mem_zero(1, sizeof **out);
	if (!*out)
		return err_nomem(err);
	(*out)->input = input;
	list_forms_init(&(*out)->forms);
	return NS_OK;
}

static void release_scratch(struct lists *lists)
{
	arrange_release(&lists->arrange);
	mem_free(lists->docs);
	mem_free(lists->tfs);
	mem_free(lists->positions);
	mem_free(lists->occurrences);
	lists->docs = lists->tfs = NULL;
	lists->positions = lists->occurrences = NULL;
	lists->docs_capacity = lists->tfs_capacity = 0;
	lists->positions_capacity = lists->occurrences_capacity = 0;
}

void lists_free(struct lists *lists)
{
	if (!lists)
		return;
	release_scratch(lists);
	list_forms_release(&lists->forms);
	mem_free(lists->pieces);
	mem_free(lists->places);
	mem_free(lists);
}

/* ---- decoding --------------------------------------------------------------- */

static int start_pieces(struct lists *lists, struct run_reader *readers,
                        const uint32_t *which, uint32_t n, struct walk *walk,
                        struct ns_error *err)
{
	list_forms_clear(&lists->forms);
	for (uint32_t i = 0; i < n; i++)
		TRY(list_forms_read(&lists->forms, &readers[which[i]], err));
	TRY(mem_grow((void **)&lists->pieces, &lists->pieces_capacity, n,
	             sizeof *lists->pieces, err));
	TRY(mem_grow((void **)&lists->places, &lists->places_capacity, n,
	             sizeof *lists->places, err));
	const uint32_t *map = lists->forms.maps;
	uint64_t all = 0;
	for (uint32_t i = 0; i < n; i++) {
		struct run_reader *reader = &readers[which[i]];
		struct spool_reader *bytes = &reader->bytes;
		uint64_t size = spool_varint(bytes);
		uint64_t from = spool_reader_tell(bytes);
		lists->places[i] = (struct walk_place){
			lists->input->runs->items[which[i]], from, from + size};
		walk_piece_start(&lists->pieces[i], bytes, from + size, map,
		                 reader->n_forms + !reader->n_forms, err);
		map += reader->n_forms + !reader->n_forms;
		all += size;
	}
	/* what is arranged must be there as a whole */
	lists->is_long = !lists->input->cuts && all > lists->input->long_list;
	walk_start(walk, lists->pieces, n);
	return NS_OK;
}

/* Room for one more doc, one more occurrence. */
static int grow_docs(struct lists *lists, size_t df, struct ns_error *err)
{
	TRY(mem_grow((void **)&lists->docs, &lists->docs_capacity, df + 1,
	             sizeof *lists->docs, err));
	return mem_grow((void **)&lists->tfs, &lists->tfs_capacity, df + 1,
	                sizeof *lists->tfs, err);
}

static int grow_places(struct lists *lists, size_t cf, struct ns_error *err)
{
	TRY(mem_grow((void **)&lists->positions, &lists->positions_capacity,
	             cf + 1, sizeof *lists->positions, err));
	return lists->forms.n < 2 ? NS_OK
		: mem_grow((void **)&lists->occurrences,
		           &lists->occurrences_capacity, cf + 1,
		           sizeof *lists->occurrences, err);
}

static int next_doc(struct lists *lists, uint32_t raw, size_t df, uint32_t *doc,
                    struct ns_error *err)
{
	if (raw >= lists->input->n_docs)
		return spool_damaged(err);
	*doc = lists->input->new_doc[raw];
	return df < min_size(lists->docs_capacity, lists->tfs_capacity)
		? NS_OK : grow_docs(lists, df, err);
}

/* Decodes the living part of a list; forms are counted, and have their places yet.
 * Of a long list's positions and forms the first alone is kept. */
static int decode(struct lists *lists, struct walk *walk,
                  struct postings_list *list, struct ns_error *err)
{
	struct walk_occurrence at;
	uint32_t raw = NO_DOC, doc = NO_DOC;
	size_t df = 0, cf = 0;
	bool many = lists->forms.n > 1;
	bool is_long = lists->is_long && field_has_words(lists->key.field);
	while (walk_next(walk, &at)) {
		if (at.doc != raw) {
			raw = at.doc;
			TRY(next_doc(lists, raw, df, &doc, err));
			if (doc != NO_DOC) {
				lists->docs[df] = doc;
				lists->tfs[df++] = 0;
			}
		}
		if (doc == NO_DOC)
			continue;
		lists->tfs[df - 1]++;
		if (many)
			list_forms_count(&lists->forms, at.form, doc);
		if (is_long && cf++)
			continue;
		size_t i = is_long ? 0 : cf++;
		if (i >= lists->positions_capacity ||
		    (many && i >= lists->occurrences_capacity))
			TRY(grow_places(lists, i, err));
		lists->positions[i] = at.position;
		if (many)
			lists->occurrences[i] = at.form;
	}
	TRY(walk_status(walk));
	*list = (struct postings_list){
		.field = lists->key.field, .df = (uint32_t)df, .cf = cf,
		.n_forms = 1, .docs = lists->docs, .tfs = lists->tfs,
		.positions = lists->positions, .forms = lists->occurrences,
	};
	return NS_OK;
}

/* Into the order of the new docs. */
static int arrange(struct lists *lists, const struct postings_list *list,
                   struct ns_error *err)
{
	const struct arrange_list all = {
		list->df, lists->docs, lists->tfs, lists->positions,
		lists->forms.n > 1 ? lists->occurrences : NULL};
	return arrange_list(&lists->arrange, all, lists->input->cuts, err);
}

/* ---- forms are numbered ------------------------------------------------------ */

static int number_forms(struct lists *lists, struct postings_list *list,
                        struct ns_error *err)
{
	struct list_forms *forms = &lists->forms;
	if (forms->n == 1) {
		forms->items[0].cf = (uint32_t)list->cf;
		forms->items[0].df = list->df;
		return NS_OK;
	}
	TRY(list_forms_number(forms, &list->n_forms, err));
	/* a long list's will come by the maps */
	uint32_t *places = lists->is_long ? forms->maps : lists->occurrences;
	uint64_t n = lists->is_long ? forms->n_maps : list->cf;
	for (uint64_t i = 0; i < n; i++)
		places[i] = forms->numbers[places[i]];
	return NS_OK;
}

/* ---- writing ------------------------------------------------------------------ */

/* A list that is read twice, from the second time. */
static int write_long(const struct lists *lists, struct postings_list *list,
                      uint32_t n_pieces, struct lists_output *output,
                      struct lexicon_term *term, struct ns_error *err)
{
	struct long_list again;
	int status = long_list_open(&again, lists->places, lists->pieces,
	                            n_pieces, lists->input->new_doc,
	                            lists->input->n_docs, err);
	list->positions = list->forms = NULL;
	list->places = long_list_places;
	list->context = &again;
	if (status == NS_OK)
		status = postings_write(list, &output->post, &output->posn,
		                        term, err);
	long_list_release(&again);
	return status;
}

static int write_postings(const struct lists *lists, struct postings_list *list,
                          uint32_t n_pieces, struct lists_output *output,
                          struct lexicon_term *term, struct ns_error *err)
{
	struct lists_long at = {.gap = output->post.len};
	/* one posting may have its position in the lexicon, which takes arrays */
	if (lists->is_long && field_has_words(list->field) && list->cf > 1)
		TRY(write_long(lists, list, n_pieces, output, term, err));
	else
		TRY(postings_write(list, &output->post, &output->posn, term,
		                   err));
	if (list->df < BLOCK_DOCS)
		return NS_OK;
	at.start = (size_t)term->post;
	TRY(mem_grow((void **)&output->longs, &output->longs_capacity,
	             output->n_longs + 1, sizeof *output->longs, err));
	output->longs[output->n_longs++] = at;
	return NS_OK;
}

/* Those that occur lead. */
static int write_words(const struct lists *lists,
                       const struct lexicon_term *term,
                       struct entries_writer *entries, struct ns_error *err)
{
	for (uint32_t i = 0; i < term->n_forms; i++) {
		const struct list_form *form = &lists->forms.items[i];
		const struct entries_word word = {
			.form = i, .df = form->df, .sole = term->n_forms == 1};
		TRY(entries_add_word(entries, lists->key.field,
		                     list_form_bytes(&lists->forms, form), &word,
		                     err));
	}
	return NS_OK;
}

static int write_term(struct lists *lists, const struct lexicon_term *term,
                      const struct entries_size *size,
                      struct lists_output *output, struct ns_error *err)
{
	struct slice key = slice_of(lists->key.bytes, lists->key.len);
	entries_start_term(&output->entries, key);
	if (field_has_words(term->field))
		TRY(write_words(lists, term, &output->entries, err));
	return entries_end_term(&output->entries, term, size, err);
}

static void fill_section(const struct lists *lists,
                         const struct postings_list *list,
                         struct lists_output *output)
{
	output->n_sections++;
	for (uint32_t i = 0; i < list->df; i++)
		lists->input->sections[list->docs[i]] = output->n_sections;
}

/* Other threads mark docs of other terms. */
static void mark_docs(uint64_t *marks, const struct postings_list *list)
{
	for (uint32_t i = 0; i < list->df; i++)
		__atomic_fetch_or(&marks[list->docs[i] / 64],
		                  UINT64_C(1) << list->docs[i] % 64,
		                  __ATOMIC_RELAXED);
}

static int write_list(struct lists *lists, struct postings_list *list,
                      uint32_t n_pieces, struct lists_output *output,
                      struct ns_error *err)
{
	struct lexicon_term term = {0};
	struct entries_size size = {output->post.len, output->posn.len};
	if (field_has_words(list->field)) {
		unsigned i = list->field == FIELD_TITLE;
		list->lengths = lists->input->lengths[i];
		list->avglen0 = lists->input->avglen0[i];
		TRY(number_forms(lists, list, err));
	} else {
		output->field_values[list->field] += list->df;
	}
	TRY(write_postings(lists, list, n_pieces, output, &term, err));
	size.post = output->post.len - (list->df < BLOCK_DOCS ? size.post
	                                                      : term.post);
	size.posn = output->posn.len - size.posn;
	if (list->field == FIELD_SECTION)
		fill_section(lists, list, output);
	if (field_has_several(list->field))
		mark_docs(lists->input->with[list->field], list);
	if (list->field == FIELD_TEXT)
		TRY(heavies_add(&output->heavies, list->cf,
		                output->entries.n_terms, lists->places,
		                n_pieces, err));
	output->n_postings += list->df;
	return write_term(lists, &term, &size, output, err);
}

int lists_add(struct lists *lists, struct run_reader *readers,
              const uint32_t *which, uint32_t n, struct lists_output *output,
              struct ns_error *err)
{
	enum { LARGE = 1 << 20 };
	struct postings_list list;
	struct walk walk;
	lists->key = readers[which[0]].key;
	TRY(start_pieces(lists, readers, which, n, &walk, err));
	TRY(decode(lists, &walk, &list, err));
	if (lists->input->cuts)
		TRY(arrange(lists, &list, err));
	if (list.df)
		TRY(write_list(lists, &list, n, output, err));
	if (lists->positions_capacity > LARGE || lists->docs_capacity > LARGE)
		release_scratch(lists);
	return NS_OK;
}
