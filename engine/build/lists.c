#include "build/lists.h"

#include "build/long_list.h"

/* One form of the list at hand; its bytes in form_bytes. */
struct form {
	size_t at;
	uint32_t cf, df, last_doc; /* + 1 */
	uint32_t place;            /* in the order of the pieces */
	uint8_t len;
};

struct lists {
	const struct lists_input *input;
	struct run_key key;
	struct form *forms;
	size_t n_forms, forms_capacity;
	struct buffer form_bytes;
	uint32_t *maps;            /* of all pieces' forms to those of the list */
	size_t n_maps, maps_capacity;
	struct walk_piece *pieces;
	struct walk_place *places;
	size_t pieces_capacity, places_capacity;
	/* the list, decoded */
	uint32_t *docs, *tfs, *positions, *occurrences;
	size_t docs_capacity, tfs_capacity, positions_capacity,
	       occurrences_capacity;
	uint32_t *numbers;         /* of forms, by place */
	size_t numbers_capacity;
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
	memset(output->field_docs, 0, sizeof output->field_docs);
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
	buffer_init(&(*out)->form_bytes, SIZE_MAX);
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
	buffer_release(&lists->form_bytes);
	mem_free(lists->forms);
	mem_free(lists->maps);
	mem_free(lists->pieces);
	mem_free(lists->places);
	mem_free(lists->numbers);
	mem_free(lists);
}

/* ---- forms of the pieces become forms of the list --------------------------- */

static struct slice form_bytes(const struct lists *lists,
                               const struct form *form)
{
	return slice_of(lists->form_bytes.data + form->at, form->len);
}

/* The form with these bytes; a term has few. */
static int find_form(struct lists *lists, struct slice bytes, uint32_t *out,
                     struct ns_error *err)
{
	for (*out = 0; *out < lists->n_forms; ++*out)
		if (slice_equal(form_bytes(lists, &lists->forms[*out]), bytes))
			return NS_OK;
	TRY(mem_grow((void **)&lists->forms, &lists->forms_capacity,
	             lists->n_forms + 1, sizeof *lists->forms, err));
	lists->forms[lists->n_forms++] = (struct form){
		.at = lists->form_bytes.len, .place = *out,
		.len = (uint8_t)bytes.len};
	buffer_append(&lists->form_bytes, bytes.data, bytes.len);
	return buffer_check(&lists->form_bytes, err);
}

static int read_forms(struct lists *lists, struct run_reader *reader,
                      struct ns_error *err)
{
	struct spool_reader *bytes = &reader->bytes;
	uint32_t n = reader->n_forms;
	TRY(mem_grow((void **)&lists->maps, &lists->maps_capacity,
	             lists->n_maps + n + 1, sizeof *lists->maps, err));
	/* values have no form, and say 0 */
	lists->maps[lists->n_maps] = 0;
	for (uint32_t i = 0; i < n; i++) {
		const uint8_t *len = spool_bytes(bytes, 1);
		size_t size = len ? *len : 0;
		struct slice form = slice_of(reader->stored, reader->key.len);
		if (size)
			form = slice_of(spool_bytes(bytes, size), size);
		TRY(bytes->status);
		TRY(find_form(lists, form, &lists->maps[lists->n_maps + i],
		              err));
	}
	lists->n_maps += n + !n;
	return NS_OK;
}

/* ---- decoding --------------------------------------------------------------- */

static int start_pieces(struct lists *lists, struct run_reader *readers,
                        const uint32_t *which, uint32_t n, struct walk *walk,
                        struct ns_error *err)
{
	lists->n_forms = lists->n_maps = 0;
	buffer_clear(&lists->form_bytes);
	for (uint32_t i = 0; i < n; i++)
		TRY(read_forms(lists, &readers[which[i]], err));
	TRY(mem_grow((void **)&lists->pieces, &lists->pieces_capacity, n,
	             sizeof *lists->pieces, err));
	TRY(mem_grow((void **)&lists->places, &lists->places_capacity, n,
	             sizeof *lists->places, err));
	const uint32_t *map = lists->maps;
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
	return lists->n_forms < 2 ? NS_OK
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

static void count_form(struct form *form, uint32_t doc)
{
	form->cf++;
	form->df += form->last_doc != doc + 1;
	form->last_doc = doc + 1;
}

/* Decodes the living part of a list; forms have their places yet, or are only
 * counted. */
static int decode(struct lists *lists, struct walk *walk,
                  struct postings_list *list, struct ns_error *err)
{
	struct walk_occurrence at;
	uint32_t raw = NO_DOC, doc = NO_DOC;
	size_t df = 0, cf = 0;
	bool many = lists->n_forms > 1;
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
		if (is_long && cf) {
			lists->tfs[df - 1]++;
			count_form(&lists->forms[at.form], doc);
			cf++;
			continue;
		}
		if (is_long)
			count_form(&lists->forms[at.form], doc);
		if (cf >= lists->positions_capacity ||
		    (many && cf >= lists->occurrences_capacity))
			TRY(grow_places(lists, cf, err));
		lists->tfs[df - 1]++;
		lists->positions[cf] = at.position;
		if (many)
			lists->occurrences[cf] = at.form;
		cf++;
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
		lists->n_forms > 1 ? lists->occurrences : NULL};
	return arrange_list(&lists->arrange, all, lists->input->cuts, err);
}

/* ---- forms are numbered ------------------------------------------------------ */

static void count_forms(struct lists *lists, const struct postings_list *list)
{
	const uint32_t *form = list->forms;
	for (uint32_t i = 0; i < list->df; i++) {
		for (uint32_t j = 0; j < list->tfs[i]; j++, form++)
			count_form(&lists->forms[*form], i);
	}
}

static bool goes_before(const struct lists *lists, const struct form *a,
                        const struct form *b)
{
	return a->cf != b->cf ? a->cf > b->cf
		: slice_compare(form_bytes(lists, a), form_bytes(lists, b)) < 0;
}

/* Falling by cf; most terms have two to five forms. */
static void sort_forms(struct lists *lists)
{
	struct form *forms = lists->forms;
	for (size_t i = 1; i < lists->n_forms; i++) {
		struct form item = forms[i];
		size_t at = i;
		for (; at && goes_before(lists, &item, &forms[at - 1]); at--)
			forms[at] = forms[at - 1];
		forms[at] = item;
	}
}

static int number_forms(struct lists *lists, struct postings_list *list,
                        struct ns_error *err)
{
	if (lists->n_forms == 1) {
		lists->forms[0].cf = (uint32_t)list->cf;
		lists->forms[0].df = list->df;
		return NS_OK;
	}
	TRY(mem_grow((void **)&lists->numbers, &lists->numbers_capacity,
	             lists->n_forms, sizeof *lists->numbers, err));
	if (!lists->is_long)
		count_forms(lists, list);
	sort_forms(lists);
	list->n_forms = 0;
	for (size_t i = 0; i < lists->n_forms; i++) {
		lists->numbers[lists->forms[i].place] = (uint32_t)i;
		list->n_forms += lists->forms[i].cf > 0;
	}
	uint32_t *forms = lists->is_long ? lists->maps : lists->occurrences;
	uint64_t n = lists->is_long ? lists->n_maps : list->cf;
	for (uint64_t i = 0; i < n; i++)
		forms[i] = lists->numbers[forms[i]];
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
		const struct form *form = &lists->forms[i];
		const struct entries_word word = {
			.form = i, .df = form->df, .sole = term->n_forms == 1};
		TRY(entries_add_word(entries, lists->key.field,
		                     form_bytes(lists, form), &word, err));
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
		output->field_docs[list->field] += list->df;
	}
	TRY(write_postings(lists, list, n_pieces, output, &term, err));
	size.post = output->post.len - (list->df < BLOCK_DOCS ? size.post
	                                                      : term.post);
	size.posn = output->posn.len - size.posn;
	if (list->field == FIELD_SECTION)
		fill_section(lists, list, output);
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
