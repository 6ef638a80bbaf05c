#include "build/lists.h"

#include "build/pairs.h"

/* What the first pass learned of a word. */
struct word_facts {
	uint32_t form, cf, df;
};

struct work {
	const struct lists_input *input;
	struct lists_output *out;
	uint32_t *order;             /* terms in the order of the lexicon */
	struct lexicon_term *terms;  /* by term; df 0: no living doc */
	struct word_facts *words;    /* by word */
	/* scratch for one list */
	uint32_t *docs, *tfs, *positions, *forms;
	size_t docs_capacity, tfs_capacity, positions_capacity, forms_capacity;
	uint32_t *numbers;           /* word of each form, then its number */
	size_t numbers_capacity;
	uint32_t *last_doc;          /* + 1, by form */
	size_t last_capacity;
};

static void work_release(struct work *work)
{
	mem_free(work->order);
	mem_free(work->terms);
	mem_free(work->words);
	mem_free(work->docs);
	mem_free(work->tfs);
	mem_free(work->positions);
	mem_free(work->forms);
	mem_free(work->numbers);
	mem_free(work->last_doc);
}

/* ---- order --------------------------------------------------------------- */

struct sort_key {
	uint64_t head; /* field and first bytes, as separators are */
	struct inverter_key key;
	uint32_t number;
	bool is_word;
};

static struct slice key_bytes(const struct inverter_key *key)
{
	return slice_of(key->bytes, key->len);
}

static struct sort_key sort_key(const struct inverter_key *key, size_t number,
                                bool is_word)
{
	return (struct sort_key){
		lexicon_separator(key->field, key_bytes(key)), *key,
		(uint32_t)number, is_word};
}

static int compare_keys(const void *a, const void *b)
{
	const struct sort_key *x = a, *y = b;
	if (x->head != y->head)
		return x->head < y->head ? -1 : 1;
	int order = slice_compare(key_bytes(&x->key), key_bytes(&y->key));
	return order ? order : (int)x->is_word - (int)y->is_word;
}

static int sorted_terms(const struct inverter *inverter, uint32_t **out,
                        struct ns_error *err)
{
	size_t n = inverter->n_terms;
	struct sort_key *keys = mem_zero(n + 1, sizeof *keys);
	*out = mem_zero(n + 1, sizeof **out);
	if (!keys || !*out) {
		mem_free(keys);
		return err_nomem(err);
	}
	for (size_t i = 0; i < n; i++)
		keys[i] = sort_key(&inverter->terms[i].key, i, false);
	qsort(keys, n, sizeof *keys, compare_keys);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = keys[i].number;
	mem_free(keys);
	return NS_OK;
}

/* ---- first pass: postings ------------------------------------------------ */

/* Decodes the living part of a list into the scratch arrays; forms still have
 * the inverter's numbers. */
static int decode(struct work *work, const struct inverter_term *term,
                  struct postings_list *list, struct ns_error *err)
{
	struct inverter_walk walk;
	struct inverter_occurrence at;
	size_t df = 0, cf = 0;
	inverter_walk_start(&walk, term);
	while (inverter_walk_next(&walk, &at)) {
		uint32_t doc = work->input->new_doc[at.doc];
		if (doc == NO_DOC)
			continue;
		if (!df || work->docs[df - 1] != doc) {
			TRY(mem_grow((void **)&work->docs, &work->docs_capacity,
			             df + 1, sizeof *work->docs, err));
			TRY(mem_grow((void **)&work->tfs, &work->tfs_capacity,
			             df + 1, sizeof *work->tfs, err));
			work->docs[df] = doc;
			work->tfs[df++] = 0;
		}
		work->tfs[df - 1]++;
		TRY(mem_grow((void **)&work->positions,
		             &work->positions_capacity, cf + 1,
		             sizeof *work->positions, err));
		TRY(mem_grow((void **)&work->forms, &work->forms_capacity,
		             cf + 1, sizeof *work->forms, err));
		work->positions[cf] = at.position;
		work->forms[cf++] = at.form;
	}
	*list = (struct postings_list){
		.field = term->key.field, .df = (uint32_t)df, .cf = cf,
		.n_forms = 1, .docs = work->docs, .tfs = work->tfs,
		.positions = work->positions, .forms = work->forms,
	};
	return NS_OK;
}

struct form_order {
	uint32_t cf, word;
	struct slice key;
};

static int compare_forms(const void *a, const void *b)
{
	const struct form_order *x = a, *y = b;
	if (x->cf != y->cf)
		return x->cf > y->cf ? -1 : 1;
	return slice_compare(x->key, y->key);
}

/* Counts how often, and in how many docs, each form of the list occurs. */
static void count_forms(struct work *work, const struct postings_list *list,
                        const uint32_t *word_of)
{
	const uint32_t *form = list->forms;
	for (uint32_t i = 0; i < list->df; i++) {
		for (uint32_t j = 0; j < list->tfs[i]; j++, form++) {
			struct word_facts *word = &work->words[word_of[*form]];
			word->cf++;
			if (work->last_doc[*form] != i + 1)
				word->df++;
			work->last_doc[*form] = i + 1;
		}
	}
}

static int order_forms(struct work *work, const struct inverter_term *term,
                       const uint32_t *word_of, uint32_t *n_living,
                       struct ns_error *err)
{
	const struct inverter_word *words = work->input->inverter->words;
	struct form_order *order = mem_zero(term->n_forms, sizeof *order);
	if (!order)
		return err_nomem(err);
	for (uint32_t i = 0; i < term->n_forms; i++) {
		const struct inverter_word *word = &words[word_of[i]];
		order[i] = (struct form_order){
			work->words[word_of[i]].cf, word_of[i],
			key_bytes(&word->key)};
	}
	qsort(order, term->n_forms, sizeof *order, compare_forms);
	*n_living = 0;
	for (uint32_t i = 0; i < term->n_forms; i++) {
		work->words[order[i].word].form = i;
		*n_living += order[i].cf > 0;
	}
	mem_free(order);
	return NS_OK;
}

static int number_forms(struct work *work, const struct inverter_term *term,
                        struct postings_list *list, struct ns_error *err)
{
	const struct inverter_word *words = work->input->inverter->words;
	TRY(mem_grow((void **)&work->numbers, &work->numbers_capacity,
	             term->n_forms, sizeof *work->numbers, err));
	TRY(mem_grow((void **)&work->last_doc, &work->last_capacity,
	             term->n_forms, sizeof *work->last_doc, err));
	for (uint32_t w = term->last_word; w != NO_TERM; w = words[w].next)
		work->numbers[words[w].form] = w;
	memset(work->last_doc, 0, term->n_forms * sizeof *work->last_doc);
	count_forms(work, list, work->numbers);
	TRY(order_forms(work, term, work->numbers, &list->n_forms, err));
	for (uint64_t i = 0; i < list->cf; i++)
		work->forms[i] = work->words[work->numbers[work->forms[i]]].form;
	return NS_OK;
}

static int write_list(struct work *work, uint32_t number, struct ns_error *err)
{
	const struct inverter_term *term =
		&work->input->inverter->terms[number];
	struct postings_list list;
	TRY(decode(work, term, &list, err));
	if (!list.df)
		return NS_OK;
	struct info_field *field = &work->input->info->field[term->key.field];
	if (field_has_words(term->key.field)) {
		list.lengths = work->input->lengths[term->key.field == FIELD_TITLE];
		list.avglen0 = field->avglen0;
		TRY(number_forms(work, term, &list, err));
	} else {
		field->n += list.df;
	}
	work->out->n_postings += list.df;
	return postings_write(&list, &work->out->post, &work->out->posn,
	                      &work->terms[number], err);
}

/* ---- second pass: lexicon ------------------------------------------------ */

/* Words and terms that live, sorted; a word follows the term of equal bytes. */
static int sorted_entries(const struct work *work, struct sort_key **out,
                          size_t *n, struct ns_error *err)
{
	const struct inverter *inverter = work->input->inverter;
	struct sort_key *keys = mem_zero(inverter->n_terms + inverter->n_words
	                                 + 1, sizeof *keys);
	if (!keys)
		return err_nomem(err);
	*n = 0;
	for (size_t i = 0; i < inverter->n_terms; i++)
		if (work->terms[i].df)
			keys[(*n)++] = sort_key(&inverter->terms[i].key, i,
			                        false);
	for (size_t i = 0; i < inverter->n_words; i++)
		if (work->words[i].cf)
			keys[(*n)++] = sort_key(&inverter->words[i].key, i,
			                        true);
	qsort(keys, *n, sizeof *keys, compare_keys);
	*out = keys;
	return NS_OK;
}

static bool same_entry(const struct sort_key *a, const struct sort_key *b)
{
	return a->head == b->head &&
	       slice_equal(key_bytes(&a->key), key_bytes(&b->key));
}

/* Gives each living term its entry number: where it will stand. */
static void number_entries(struct work *work, const struct sort_key *keys,
                           size_t n)
{
	uint32_t entry = 0;
	for (size_t i = 0; i < n; i++) {
		if (i && !same_entry(&keys[i - 1], &keys[i])) {
			entry++;
			if (keys[i].key.field != keys[i - 1].key.field)
				entry = (entry + LEXICON_BLOCK - 1) /
				        LEXICON_BLOCK * LEXICON_BLOCK;
		}
		if (!keys[i].is_word)
			work->terms[keys[i].number].entry = entry;
	}
}

static void add_word(const struct work *work, uint32_t number,
                     struct lexicon_entry *entry)
{
	const struct inverter_word *word =
		&work->input->inverter->words[number];
	const struct lexicon_term *term = &work->terms[word->term];
	entry->is_word = true;
	entry->word_term = term->entry;
	entry->word_form = work->words[number].form;
	entry->word_df = work->words[number].df;
	entry->word_sole = term->n_forms == 1;
}

static void write_entries(const struct work *work, const struct sort_key *keys,
                          size_t n)
{
	struct lexicon_writer *writer = &work->out->lexicon;
	for (size_t i = 0; i < n;) {
		const struct sort_key *key = &keys[i];
		struct lexicon_entry entry = {.field = key->key.field,
		                              .key_len = key->key.len};
		memcpy(entry.key, key->key.bytes, key->key.len);
		entry.entry = lexicon_writer_next(writer, entry.field);
		for (; i < n && same_entry(key, &keys[i]); i++) {
			if (keys[i].is_word) {
				add_word(work, keys[i].number, &entry);
			} else {
				entry.is_term = true;
				entry.term = work->terms[keys[i].number];
				ASSERT_REL(entry.term.entry, ==, entry.entry);
			}
		}
		lexicon_writer_add(writer, &entry);
	}
}

/* ---- sections ------------------------------------------------------------ */

static void fill_sections(const struct work *work)
{
	const struct inverter *inverter = work->input->inverter;
	uint32_t place = 0;
	for (size_t i = 0; i < inverter->n_terms; i++) {
		uint32_t number = work->order[i];
		const struct inverter_term *term = &inverter->terms[number];
		if (term->key.field != FIELD_SECTION || !work->terms[number].df)
			continue;
		struct inverter_walk walk;
		struct inverter_occurrence at;
		place++;
		inverter_walk_start(&walk, term);
		while (inverter_walk_next(&walk, &at))
			if (work->input->new_doc[at.doc] != NO_DOC)
				work->out->sections[work->input->new_doc[at.doc]]
					= place;
	}
}

static int write_pairs(struct work *work, struct ns_error *err)
{
	const struct lists_input *from = work->input;
	const struct pairs_input input = {
		.inverter = from->inverter, .terms = work->terms,
		.new_doc = from->new_doc, .doc_count = from->doc_count,
		.lengths = from->lengths[0],
		.avglen0 = from->info->field[FIELD_TEXT].avglen0,
		.steps = from->steps};
	return pairs_write(&input, &work->out->post, &work->out->pairs, err);
}

static int write_all(struct work *work, struct ns_error *err)
{
	const struct inverter *inverter = work->input->inverter;
	struct sort_key *keys = NULL;
	size_t n = 0;
	work->terms = mem_zero(inverter->n_terms + 1, sizeof *work->terms);
	work->words = mem_zero(inverter->n_words + 1, sizeof *work->words);
	if (!work->terms || !work->words)
		return err_nomem(err);
	TRY(sorted_terms(inverter, &work->order, err));
	for (size_t i = 0; i < inverter->n_terms; i++) {
		TRY(steps_tell(work->input->steps, "writing lists", i,
		               inverter->n_terms, err));
		TRY(write_list(work, work->order[i], err));
	}
	TRY(sorted_entries(work, &keys, &n, err));
	number_entries(work, keys, n);
	write_entries(work, keys, n);
	mem_free(keys);
	fill_sections(work);
	TRY(write_pairs(work, err));
	return lexicon_writer_finish(&work->out->lexicon, err);
}

int lists_write(const struct lists_input *input, struct lists_output *out,
                struct ns_error *err)
{
	struct work work = {.input = input, .out = out};
	int status = write_all(&work, err);
	work_release(&work);
	return status;
}
