#include "build/lists.h"

#include "build/pairs.h"
#include "build/order.h"

/* What the first pass learned of a word. */
struct word_facts {
	uint32_t form, cf, df;
};

/* One form of the list at hand. */
struct form_facts {
	uint32_t cf, df, last_doc; /* + 1 */
	uint32_t word, form;       /* form: the inverter's number */
	struct slice key;
};

struct work {
	const struct lists_input *input;
	struct lists_output *out;
	struct order_item *order;
	size_t n_order;
	struct lexicon_term *terms;  /* by term; df 0: no living doc */
	struct word_facts *words;    /* by word */
	/* scratch for one list */
	uint32_t *docs, *tfs, *positions, *forms;
	size_t docs_capacity, tfs_capacity, positions_capacity, forms_capacity;
	struct form_facts *facts;
	size_t facts_capacity;
	uint32_t *numbers;           /* of forms, by the inverter's number */
	size_t numbers_capacity;
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
	mem_free(work->facts);
	mem_free(work->numbers);
}

static struct slice key_bytes(const struct inverter_key *key)
{
	return slice_of(key->bytes, key->len);
}

/* ---- first pass: postings ------------------------------------------------ */

/* Room for one more doc, one more occurrence, in each scratch array. */
static int grow_docs(struct work *work, size_t df, struct ns_error *err)
{
	if (df < min_size(work->docs_capacity, work->tfs_capacity))
		return NS_OK;
	TRY(mem_grow((void **)&work->docs, &work->docs_capacity, df + 1,
	             sizeof *work->docs, err));
	return mem_grow((void **)&work->tfs, &work->tfs_capacity, df + 1,
	                sizeof *work->tfs, err);
}

static int grow_places(struct work *work, size_t cf, struct ns_error *err)
{
	if (cf < min_size(work->positions_capacity, work->forms_capacity))
		return NS_OK;
	TRY(mem_grow((void **)&work->positions, &work->positions_capacity,
	             cf + 1, sizeof *work->positions, err));
	return mem_grow((void **)&work->forms, &work->forms_capacity, cf + 1,
	                sizeof *work->forms, err);
}

/* Decodes the living part of a list into the scratch arrays; forms still have
 * the inverter's numbers. */
static int decode(struct work *work, const struct inverter_term *term,
                  struct postings_list *list, struct ns_error *err)
{
	struct inverter_walk walk;
	struct inverter_occurrence at;
	uint32_t last = NO_DOC;
	size_t df = 0, cf = 0;
	inverter_walk_start(&walk, term);
	while (inverter_walk_next(&walk, &at)) {
		uint32_t doc = work->input->new_doc[at.doc];
		if (doc == NO_DOC)
			continue;
		if (doc != last) {
			TRY(grow_docs(work, df, err));
			work->docs[df] = last = doc;
			work->tfs[df++] = 0;
		}
		work->tfs[df - 1]++;
		TRY(grow_places(work, cf, err));
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

/* Counts how often, and in how many docs, each form of the list occurs. */
static void count_forms(struct work *work, const struct postings_list *list)
{
	const uint32_t *form = list->forms;
	for (uint32_t i = 0; i < list->df; i++) {
		for (uint32_t j = 0; j < list->tfs[i]; j++, form++) {
			struct form_facts *facts = &work->facts[*form];
			facts->cf++;
			facts->df += facts->last_doc != i + 1;
			facts->last_doc = i + 1;
		}
	}
}

static int compare_forms(const void *a, const void *b)
{
	const struct form_facts *x = a, *y = b;
	if (x->cf != y->cf)
		return x->cf > y->cf ? -1 : 1;
	return slice_compare(x->key, y->key);
}

/* Falling by cf; most terms have two to five forms. */
static void sort_forms(struct form_facts *facts, uint32_t n)
{
	enum { MANY = 16 };
	if (n > MANY) {
		qsort(facts, n, sizeof *facts, compare_forms);
		return;
	}
	for (uint32_t i = 1; i < n; i++) {
		struct form_facts item = facts[i];
		uint32_t at = i;
		for (; at && compare_forms(&facts[at - 1], &item) > 0; at--)
			facts[at] = facts[at - 1];
		facts[at] = item;
	}
}

/* Where a term has one form only, it is form 0 everywhere. */
static void number_only_form(struct work *work,
                             const struct inverter_term *term,
                             const struct postings_list *list)
{
	work->words[term->last_word] = (struct word_facts){
		.form = 0, .cf = (uint32_t)list->cf, .df = list->df};
}

static int number_forms(struct work *work, const struct inverter_term *term,
                        struct postings_list *list, struct ns_error *err)
{
	const struct inverter_word *words = work->input->inverter->words;
	uint32_t n = term->n_forms;
	TRY(mem_grow((void **)&work->facts, &work->facts_capacity, n,
	             sizeof *work->facts, err));
	TRY(mem_grow((void **)&work->numbers, &work->numbers_capacity, n,
	             sizeof *work->numbers, err));
	for (uint32_t w = term->last_word; w != NO_TERM; w = words[w].next)
		work->facts[words[w].form] = (struct form_facts){
			.word = w, .form = words[w].form,
			.key = key_bytes(&words[w].key)};
	count_forms(work, list);
	sort_forms(work->facts, n);
	list->n_forms = 0;
	for (uint32_t i = 0; i < n; i++) {
		const struct form_facts *facts = &work->facts[i];
		work->words[facts->word] = (struct word_facts){
			i, facts->cf, facts->df};
		work->numbers[facts->form] = i;
		list->n_forms += facts->cf > 0;
	}
	for (uint64_t i = 0; i < list->cf; i++)
		work->forms[i] = work->numbers[work->forms[i]];
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
		if (term->n_forms == 1)
			number_only_form(work, term, &list);
		else
			TRY(number_forms(work, term, &list, err));
	} else {
		field->n += list.df;
	}
	work->out->n_postings += list.df;
	return postings_write(&list, &work->out->post, &work->out->posn,
	                      &work->terms[number], err);
}

/* Terms are made in the order of the text and lists written in that of their keys:
 * each is elsewhere in memory, so what is needed is asked for in time. */
static void fetch_list(const struct work *work, size_t i)
{
	enum { NEAR = 6, FAR = 12 };
	const struct inverter *inverter = work->input->inverter;
	if (i + FAR >= work->n_order)
		return;
	const struct order_item *far = &work->order[i + FAR];
	if (!far->is_word)
		__builtin_prefetch(&inverter->terms[far->number].list);
	const struct order_item *near = &work->order[i + NEAR];
	if (near->is_word)
		return;
	const struct inverter_term *term = &inverter->terms[near->number];
	__builtin_prefetch(term->list.first);
	if (term->last_word != NO_TERM)
		__builtin_prefetch(&inverter->words[term->last_word]);
}

/* ---- second pass: lexicon ------------------------------------------------ */

/* The items from i on that have one key and live; *end is behind the last of
 * that key.  Sets term and word, or leaves NO_TERM. */
static bool group_at(const struct work *work, size_t i, size_t *end,
                     uint32_t *term, uint32_t *word)
{
	*term = *word = NO_TERM;
	for (*end = i; *end < work->n_order; ++*end) {
		const struct order_item *item = &work->order[*end];
		if (*end > i && !item->same)
			break;
		if (item->is_word && work->words[item->number].cf)
			*word = item->number;
		else if (!item->is_word && work->terms[item->number].df)
			*term = item->number;
	}
	return *term != NO_TERM || *word != NO_TERM;
}

static const struct inverter_key *group_key(const struct work *work,
                                            uint32_t term, uint32_t word)
{
	const struct inverter *inverter = work->input->inverter;
	return term != NO_TERM ? &inverter->terms[term].key
	                       : &inverter->words[word].key;
}

/* Gives each living term its entry number: where it will stand. */
static void number_entries(struct work *work)
{
	uint32_t entry = 0, term, word;
	uint8_t field = 0;
	for (size_t i = 0, end; i < work->n_order; i = end) {
		if (!group_at(work, i, &end, &term, &word))
			continue;
		const struct inverter_key *key = group_key(work, term, word);
		if (key->field != field)
			entry = (entry + LEXICON_BLOCK - 1) / LEXICON_BLOCK *
			        LEXICON_BLOCK;
		field = key->field;
		if (term != NO_TERM)
			work->terms[term].entry = entry;
		entry++;
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

static void write_entries(const struct work *work)
{
	struct lexicon_writer *writer = &work->out->lexicon;
	uint32_t term, word;
	for (size_t i = 0, end; i < work->n_order; i = end) {
		if (!group_at(work, i, &end, &term, &word))
			continue;
		const struct inverter_key *key = group_key(work, term, word);
		struct lexicon_entry entry = {.field = key->field,
		                              .key_len = key->len};
		memcpy(entry.key, key->bytes, key->len);
		entry.entry = lexicon_writer_next(writer, entry.field);
		if (term != NO_TERM) {
			entry.is_term = true;
			entry.term = work->terms[term];
			ASSERT_REL(entry.term.entry, ==, entry.entry);
		}
		if (word != NO_TERM)
			add_word(work, word, &entry);
		lexicon_writer_add(writer, &entry);
	}
}

/* ---- sections ------------------------------------------------------------ */

static void fill_sections(const struct work *work)
{
	const struct inverter *inverter = work->input->inverter;
	uint32_t place = 0;
	for (size_t i = 0; i < work->n_order; i++) {
		uint32_t number = work->order[i].number;
		const struct inverter_term *term = &inverter->terms[number];
		if (work->order[i].is_word)
			continue;
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
	work->n_order = inverter->n_terms + inverter->n_words;
	work->terms = mem_zero(inverter->n_terms + 1, sizeof *work->terms);
	work->words = mem_zero(inverter->n_words + 1, sizeof *work->words);
	if (!work->terms || !work->words)
		return err_nomem(err);
	TRY(order_items(inverter, &work->order, err));
	for (size_t i = 0; i < work->n_order; i++) {
		TRY(steps_tell(work->input->steps, "writing lists", i,
		               work->n_order, err));
		fetch_list(work, i);
		if (!work->order[i].is_word)
			TRY(write_list(work, work->order[i].number, err));
	}
	number_entries(work);
	write_entries(work);
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
