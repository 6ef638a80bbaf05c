#include "build/merge.h"

#include "build/lists.h"
#include "index/deletes.h"

struct work {
	const struct merge_part *part;
	const struct segment *segment;
	struct inverter *inverter;
	struct docs *docs;
	const struct steps *steps;
	uint32_t *new_doc;   /* by doc; NO_DOC: dead */
	/* The forms of the term with entry number e are the words
	 * words[first[e]] …, by form number: numbers of the inverter. */
	uint32_t *first, *words;
	uint32_t n_words;
	struct segment_view view;
	struct postings_cursor cursor;
};

static int broken(const struct work *work, const char *what,
                  struct ns_error *err)
{
	return err_corrupt(err, work->segment->name, -1, "lexicon: %s", what);
}

/* ---- docs ---------------------------------------------------------------- */

static int load_doc(struct work *work, uint32_t doc, struct ns_error *err)
{
	const struct segment *segment = work->segment;
	struct slice head, body = {0};
	const uint32_t lengths[2] = {
		segment_length(segment, FIELD_TEXT, doc),
		segment_length(segment, FIELD_TITLE, doc)};
	TRY(store_get(&segment->heads, &work->view.head, doc, &head, err));
	if (segment->has_bodies)
		TRY(store_get(&segment->bodies, &work->view.body, doc, &body,
		              err));
	return docs_add_record(work->docs, head, body,
	                       column_date(&segment->dates, doc), lengths, err);
}

static int load_docs(struct work *work, struct ns_error *err)
{
	uint32_t n = work->segment->info.doc_count;
	work->new_doc = mem_zero((size_t)n + 1, sizeof *work->new_doc);
	if (!work->new_doc)
		return err_nomem(err);
	for (uint32_t doc = 0; doc < n; doc++) {
		work->new_doc[doc] = NO_DOC;
		TRY(steps_tell(work->steps, "merging text", doc, n, err));
		if (deletes_has(work->part->dead, doc))
			continue;
		work->new_doc[doc] = (uint32_t)work->docs->n;
		TRY(load_doc(work, doc, err));
	}
	return NS_OK;
}

/* ---- words --------------------------------------------------------------- */

/* Gives each term its row of forms. */
static int make_rows(struct work *work, struct ns_error *err)
{
	const struct lexicon *lexicon = &work->segment->lexicon;
	struct lexicon_entry entry;
	uint32_t end = lexicon_end(lexicon);
	work->first = mem_zero((size_t)end + 1, sizeof *work->first);
	if (!work->first)
		return err_nomem(err);
	for (uint32_t i = 0; i < end; i = lexicon_next(lexicon, i)) {
		TRY(lexicon_get(lexicon, i, &entry, err));
		if (!entry.is_term || !field_has_words(entry.field))
			continue;
		if (entry.term.n_forms > end - work->n_words)
			return broken(work, "more forms than words", err);
		work->first[i] = work->n_words;
		work->n_words += entry.term.n_forms;
	}
	work->words = mem_zero((size_t)work->n_words + 1, sizeof *work->words);
	if (!work->words)
		return err_nomem(err);
	memset(work->words, 0xff, work->n_words * sizeof *work->words);
	return NS_OK;
}

static int load_words(struct work *work, struct ns_error *err)
{
	const struct lexicon *lexicon = &work->segment->lexicon;
	struct lexicon_entry word, term;
	TRY(make_rows(work, err));
	uint32_t end = lexicon_end(lexicon);
	for (uint32_t i = 0; i < end; i = lexicon_next(lexicon, i)) {
		TRY(lexicon_get(lexicon, i, &word, err));
		if (!word.is_word)
			continue;
		TRY(lexicon_get(lexicon, word.word_term, &term, err));
		if (!term.is_term || term.field != word.field ||
		    word.word_form >= term.term.n_forms)
			return broken(work, "a word without its term", err);
		TRY(inverter_word(work->inverter, word.field,
		                  slice_of(word.key, word.key_len),
		                  slice_of(term.key, term.key_len),
		                  &work->words[work->first[word.word_term] +
		                               word.word_form], err));
	}
	return NS_OK;
}

/* ---- lists --------------------------------------------------------------- */

/* The occurrences of a term in the doc where the cursor stands. */
static int load_places(struct work *work, const struct lexicon_entry *term,
                       uint32_t doc, struct ns_error *err)
{
	const uint32_t *row = work->words + work->first[term->entry];
	const uint32_t *positions, *forms;
	uint32_t n = postings_tf(&work->cursor);
	TRY(postings_places(&work->cursor, &positions, &forms));
	for (uint32_t i = 0; i < n; i++) {
		uint32_t word = row[forms ? forms[i] : 0];
		if (word == NO_TERM)
			return broken(work, "a form without its word", err);
		if (!inverter_takes(work->inverter,
		                    work->inverter->words[word].term, doc,
		                    positions[i]))
			return broken(work, "places that do not rise", err);
		TRY(inverter_add_word(work->inverter, word, doc, positions[i],
		                      err));
	}
	return NS_OK;
}

static int load_posting(struct work *work, const struct lexicon_entry *term,
                        struct ns_error *err)
{
	uint32_t value, doc = work->new_doc[work->cursor.doc];
	if (doc == NO_DOC)
		return NS_OK;
	if (field_has_words(term->field))
		return load_places(work, term, doc, err);
	TRY(inverter_value(work->inverter, term->field,
	                   slice_of(term->key, term->key_len), &value, err));
	if (!inverter_takes(work->inverter, value, doc, 0))
		return broken(work, "a value twice", err);
	return inverter_add_term(work->inverter, value, doc, err);
}

static int load_list(struct work *work, const struct lexicon_entry *term,
                     struct ns_error *err)
{
	struct postings_cursor *cursor = &work->cursor;
	int status = postings_open(cursor, &work->segment->postings,
	                           &term->term, err);
	while (status == NS_OK && cursor->doc != POSTINGS_END) {
		status = load_posting(work, term, err);
		if (status == NS_OK)
			postings_next(cursor);
	}
	if (status == NS_OK)
		status = cursor->status;
	postings_release(cursor);
	return status;
}

static int load_lists(struct work *work, struct ns_error *err)
{
	const struct lexicon *lexicon = &work->segment->lexicon;
	struct lexicon_entry entry;
	uint32_t end = lexicon_end(lexicon);
	uint64_t n = 0;
	for (uint32_t i = 0; i < end; i = lexicon_next(lexicon, i)) {
		TRY(steps_tell(work->steps, "merging lists", n++, end, err));
		TRY(lexicon_get(lexicon, i, &entry, err));
		if (entry.is_term)
			TRY(load_list(work, &entry, err));
	}
	return NS_OK;
}

int merge_load(const struct merge_part *part, struct inverter *inverter,
               struct docs *docs, const struct steps *steps,
               struct ns_error *err)
{
	struct work *work = mem_zero(1, sizeof *work);
	if (!work)
		return err_nomem(err);
	*work = (struct work){.part = part, .segment = part->segment,
	                      .inverter = inverter, .docs = docs,
	                      .steps = steps};
	int status = load_docs(work, err);
	if (status == NS_OK)
		status = load_words(work, err);
	if (status == NS_OK)
		status = load_lists(work, err);
	segment_view_release(&work->view);
	mem_free(work->new_doc);
	mem_free(work->first);
	mem_free(work->words);
	mem_free(work);
	return status;
}
