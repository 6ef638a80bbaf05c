#include "build/merge.h"

#include "index/deletes.h"

struct work {
	const struct merge_part *part;
	const struct segment *segment;
	struct docs *docs;
	const struct steps *steps;
	uint32_t *new_doc;   /* by doc; NO_DOC: dead */
	uint32_t *ranks;     /* by doc: among all that are in docs afterwards */
	/* The forms of the term with entry number e are the words
	 * words[first[e]] …, by form number: entry numbers. */
	uint32_t *first, *words;
	uint32_t n_words;
	struct segment_view view;
	struct run_writer writer;
	struct postings_cursor cursor;
	struct buffer list;
	uint32_t last_doc;   /* + 1, of the list being written; 0: none yet */
	uint8_t last_field, last_len, last_key[KEY_MAX]; /* of the term before */
};

static int broken(const struct work *work, const char *what,
                  struct ns_error *err)
{
	return err_corrupt(err, work->segment->name, -1, "lexicon: %s", what);
}

/* ---- docs ---------------------------------------------------------------- */

/* Its URL's number, from the record of its head. */
static int url_key(const struct work *work, struct slice head, uint64_t *out,
                   struct ns_error *err)
{
	struct slice url = {0};
	for (int i = 0; i < DOC_URL; i++)
		TRY(store_text(&head, &url, work->segment->name, err));
	*out = docs_url_key(url);
	return NS_OK;
}

static int load_sketch(const struct work *work, uint32_t doc, struct slice head,
                       uint8_t out[DOC_SKETCH], struct ns_error *err)
{
	const struct merge_part *part = work->part;
	const uint8_t *sketches = work->segment->stories.sketches;
	uint64_t key;
	memset(out, 0, DOC_SKETCH);
	if (sketches)
		memcpy(out, sketches + (size_t)doc * SKETCH_BYTES, SKETCH_BYTES);
	if (part->stories)
		key = stories_name_of(part->stories, part->place, doc);
	else
		TRY(url_key(work, head, &key, err));
	store_u64(out + SKETCH_BYTES, key);
	return NS_OK;
}

static int load_doc(struct work *work, uint32_t doc, struct ns_error *err)
{
	const struct segment *segment = work->segment;
	struct doc_record record = {
		.date = column_date(&segment->dates, doc),
		.date_is_day = column_date_is_day(&segment->dates, doc),
		.length = {segment_length(segment, FIELD_TEXT, doc),
		           segment_length(segment, FIELD_TITLE, doc)},
		.rank = work->ranks[doc]};
	TRY(store_get(&segment->heads, &work->view.head, doc, &record.head,
	              err));
	if (segment->has_bodies)
		TRY(store_get(&segment->bodies, &work->view.body, doc,
		              &record.body, err));
	TRY(load_sketch(work, doc, record.head, record.sketch, err));
	return docs_add_record(work->docs, &record, err);
}

/* The dead have none. */
static int rank_docs(struct work *work, struct ns_error *err)
{
	uint32_t n = work->segment->info.doc_count;
	uint32_t rank = (uint32_t)work->docs->n;
	uint32_t *by_rank = mem_zero((size_t)n + 1, sizeof *by_rank);
	work->ranks = mem_zero((size_t)n + 1, sizeof *work->ranks);
	int status = by_rank && work->ranks
		? segment_by_rank(work->segment, by_rank, err) : err_nomem(err);
	for (uint32_t i = 0; status == NS_OK && i < n; i++)
		if (!deletes_has(work->part->dead, by_rank[i]))
			work->ranks[by_rank[i]] = rank++;
	mem_free(by_rank);
	return status;
}

static int load_docs(struct work *work, struct ns_error *err)
{
	uint32_t n = work->segment->info.doc_count;
	work->new_doc = mem_zero((size_t)n + 1, sizeof *work->new_doc);
	if (!work->new_doc)
		return err_nomem(err);
	TRY(rank_docs(work, err));
	for (uint32_t doc = 0; doc < n; doc++) {
		work->new_doc[doc] = NO_DOC;
		TRY(steps_tell(work->steps, "merging text", doc, n, err));
		if (deletes_has(work->part->dead, doc))
			continue;
		work->new_doc[doc] = (uint32_t)work->docs->n;
		TRY(load_doc(work, doc, err));
		segment_forget(work->segment, doc);
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
		segment_forget(work->segment, i);
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
		work->words[work->first[word.word_term] + word.word_form] = i;
		segment_forget(work->segment, i);
	}
	return NS_OK;
}

/* ---- lists --------------------------------------------------------------- */

/* The occurrences of a term in the doc where the cursor stands, as the inverter
 * writes them (inverter.h). */
static int load_places(struct work *work, const struct lexicon_entry *term,
                       uint32_t doc, struct ns_error *err)
{
	const uint32_t *positions, *forms;
	uint32_t n = postings_tf(&work->cursor), from = 0;
	TRY(postings_places(&work->cursor, &positions, &forms));
	for (uint32_t i = 0; i < n; i++) {
		uint32_t form = forms ? forms[i] : 0;
		if (form >= term->term.n_forms)
			return broken(work, "a form without its word", err);
		if (positions[i] < from)
			return broken(work, "places that do not rise", err);
		buffer_varint(&work->list, (uint64_t)(positions[i] - from) << 2 |
		                           (form ? 2u : 0) | !i);
		if (form)
			buffer_varint(&work->list, form);
		if (!i)
			buffer_varint(&work->list, doc + 1 - work->last_doc);
		from = positions[i] + 1;
	}
	work->last_doc = doc + 1;
	return buffer_check(&work->list, err);
}

static int load_posting(struct work *work, const struct lexicon_entry *term,
                        struct ns_error *err)
{
	uint32_t doc = work->new_doc[work->cursor.doc];
	if (doc == NO_DOC)
		return NS_OK;
	if (doc < work->last_doc)
		return broken(work, "docs that do not rise", err);
	if (field_has_words(term->field))
		return load_places(work, term, doc, err);
	buffer_byte(&work->list, 1);
	buffer_varint(&work->list, doc + 1 - work->last_doc);
	work->last_doc = doc + 1;
	return buffer_check(&work->list, err);
}

static int load_postings(struct work *work, const struct lexicon_entry *term,
                         struct ns_error *err)
{
	struct postings_cursor *cursor = &work->cursor;
	buffer_clear(&work->list);
	work->last_doc = 0;
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

static int write_forms(struct work *work, const struct lexicon_entry *term,
                       struct ns_error *err)
{
	const uint32_t *row = work->words + work->first[term->entry];
	struct lexicon_entry word;
	for (uint32_t i = 0; i < term->term.n_forms; i++) {
		if (row[i] == UINT32_MAX)
			return broken(work, "a form without its word", err);
		TRY(lexicon_get(&work->segment->lexicon, row[i], &word, err));
		run_writer_form(&work->writer,
		                slice_of(word.key, word.key_len),
		                slice_of(term->key, term->key_len));
	}
	return NS_OK;
}

/* What is merged leans on it. */
static int check_order(struct work *work, const struct run_key *key,
                       struct ns_error *err)
{
	const struct run_key last = {work->last_field, work->last_len,
	                             work->last_key};
	if (!key->len || run_key_compare(&last, key) >= 0)
		return broken(work, "terms that do not rise", err);
	work->last_field = key->field;
	work->last_len = key->len;
	memcpy(work->last_key, key->bytes, key->len);
	return NS_OK;
}

static int load_list(struct work *work, const struct lexicon_entry *term,
                     struct ns_error *err)
{
	const struct run_key key = {term->field, term->key_len, term->key};
	bool words = field_has_words(term->field);
	TRY(check_order(work, &key, err));
	TRY(load_postings(work, term, err));
	if (!work->last_doc)
		return NS_OK;
	TRY(run_writer_start(&work->writer, key,
	                     words ? term->term.n_forms : 0, err));
	if (words)
		TRY(write_forms(work, term, err));
	return run_writer_list(&work->writer, work->list.data, work->list.len,
	                       err);
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
		segment_forget(work->segment, i);
	}
	return run_writer_end(&work->writer, err);
}

static int load_all(struct work *work, struct ns_error *err)
{
	TRY(load_docs(work, err));
	TRY(load_words(work, err));
	return load_lists(work, err);
}

uint64_t merge_memory(const struct merge_part *part)
{
	const struct info *info = &part->segment->info;
	uint64_t docs = info->doc_count;
	uint64_t entries = lexicon_end(&part->segment->lexicon);
	return (3 * docs + 2 * entries) * sizeof(uint32_t) +
	       (part->stories ? part->stories->memory : 0);
}

int merge_load(const struct merge_part *part, struct run *run,
               struct docs *docs, const struct steps *steps,
               struct ns_error *err)
{
	struct work *work = mem_zero(1, sizeof *work);
	if (!work)
		return err_nomem(err);
	*work = (struct work){.part = part, .segment = part->segment,
	                      .docs = docs, .steps = steps};
	run_writer_init(&work->writer, run);
	buffer_init(&work->list, SIZE_MAX);
	int status = load_all(work, err);
	segment_view_release(&work->view);
	run_writer_release(&work->writer);
	buffer_release(&work->list);
	mem_free(work->new_doc);
	mem_free(work->ranks);
	mem_free(work->first);
	mem_free(work->words);
	mem_free(work);
	return status;
}
