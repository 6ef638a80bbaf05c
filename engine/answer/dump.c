#include "answer/dump.h"

#include <inttypes.h>

#include "answer/fields.h"

/* A word and the term that it is a form of, by entry numbers. */
struct form {
	uint32_t term, form, word;
};

struct forms {
	struct form *items;
	size_t n, capacity;
};

static int compare_forms(const void *a, const void *b)
{
	const struct form *x = a, *y = b;
	if (x->term != y->term)
		return x->term < y->term ? -1 : 1;
	if (x->form != y->form)
		return x->form < y->form ? -1 : 1;
	return (x->word > y->word) - (x->word < y->word);
}

/* Collects the words of one term, or of all (term UINT32_MAX).  The whole
 * lexicon is read: from a term to its words there is no way back, and no query
 * needs one. */
static int forms_collect(struct forms *forms, const struct lexicon *lexicon,
                         uint32_t term, struct ns_error *err)
{
	struct lexicon_entry entry;
	uint32_t end = lexicon_end(lexicon);
	for (uint32_t i = 0; i < end; i = lexicon_next(lexicon, i)) {
		TRY(lexicon_get(lexicon, i, &entry, err));
		if (!entry.is_word ||
		    (term != UINT32_MAX && entry.word_term != term))
			continue;
		TRY(mem_grow((void **)&forms->items, &forms->capacity,
		             forms->n + 1, sizeof *forms->items, err));
		forms->items[forms->n++] = (struct form){
			entry.word_term, entry.word_form, entry.entry};
	}
	if (forms->n)
		qsort(forms->items, forms->n, sizeof *forms->items,
		      compare_forms);
	return NS_OK;
}

/* ---- one list ------------------------------------------------------------ */

/* Lists of one segment on their way out. */
struct dumping {
	const struct segment *segment;
	const uint8_t *dead; /* bitmap: lists hold the dead too, until a merge */
	struct segment_view view;
	struct output *out;
};

static struct dumping dumping_of(const struct snapshot_segment *at,
                                 struct output *out)
{
	return (struct dumping){.segment = &at->segment, .dead = at->dead,
	                        .out = out};
}

static void numbers_print(struct buffer *text, const char *name,
                          const uint32_t *numbers, size_t n)
{
	buffer_printf(text, " %s=", name);
	for (size_t i = 0; i < n; i++)
		buffer_printf(text, "%s%" PRIu32, i ? "," : "", numbers[i]);
}

static int doc_print(struct dumping *dumping, struct postings_cursor *cursor,
                     const struct lexicon_term *term, struct ns_error *err)
{
	struct output *out = dumping->out;
	struct ns_article article = {.date = NS_NO_DATE};
	const uint32_t *positions, *forms;
	TRY(segment_head(dumping->segment, &dumping->view, cursor->doc, &article,
	                 err));
	buffer_printf(&out->text, "  doc %" PRIu32 " id=", cursor->doc);
	output_text(out, slice_text(article.id));
	uint32_t tf = postings_tf(cursor);
	if (field_has_tfs(term->field))
		buffer_printf(&out->text, " tf=%" PRIu32, tf);
	if (field_has_words(term->field)) {
		TRY(postings_places(cursor, &positions, &forms));
		numbers_print(&out->text, "positions", positions, tf);
		if (forms)
			numbers_print(&out->text, "forms", forms, tf);
	}
	if (deletes_has(dumping->dead, cursor->doc))
		buffer_text(&out->text, " dead");
	buffer_byte(&out->text, '\n');
	return output_step(out, err);
}

static int docs_print(struct dumping *dumping, const struct lexicon_term *term,
                      struct ns_error *err)
{
	struct postings_cursor cursor;
	int status = postings_open(&cursor, &dumping->segment->postings,
	                           term, err);
	while (status == NS_OK && cursor.doc != POSTINGS_END) {
		status = doc_print(dumping, &cursor, term, err);
		if (status == NS_OK)
			postings_next(&cursor);
	}
	if (status == NS_OK)
		status = cursor.status;
	postings_release(&cursor);
	return status;
}

static int term_print(struct dumping *dumping, const struct lexicon_entry *entry,
                      const struct form *forms, size_t n_forms,
                      struct ns_error *err)
{
	struct output *out = dumping->out;
	struct lexicon_entry word;
	buffer_printf(&out->text, "%s:", field_name(entry->field));
	output_text(out, slice_of(entry->key, entry->key_len));
	buffer_printf(&out->text, " df=%" PRIu32 " cf=%" PRIu64 " forms=%"
	              PRIu32 "\n", entry->term.df, entry->term.cf,
	              entry->term.n_forms);
	for (size_t i = 0; i < n_forms; i++) {
		TRY(lexicon_get(&dumping->segment->lexicon, forms[i].word,
		                &word, err));
		buffer_printf(&out->text, "  form %" PRIu32 " ",
		              word.word_form);
		output_text(out, slice_of(word.key, word.key_len));
		buffer_printf(&out->text, " df=%" PRIu32 "\n", word.word_sole
		              ? entry->term.df : word.word_df);
		TRY(output_step(out, err));
	}
	return docs_print(dumping, &entry->term, err);
}

/* ---- one word ------------------------------------------------------------ */

/* The entry of the term that key stands for: that of the word, else of the term
 * itself, else of the stem that key would have. */
static int resolve(const struct segment *segment, struct analyzer *analyzer,
                   unsigned field, struct slice key, struct lexicon_entry *out,
                   bool *found, struct ns_error *err)
{
	const struct lexicon *lexicon = &segment->lexicon;
	*found = false;
	if (!key.len || key.len > KEY_MAX)
		return NS_OK;
	TRY(lexicon_find(lexicon, field, key, out, found, err));
	if (!*found && field_has_words(field)) {
		struct slice stem = analyzer_stem(analyzer, key);
		if (!stem.data)
			return err_nomem(err);
		if (stem.len <= KEY_MAX)
			TRY(lexicon_find(lexicon, field, stem, out, found,
			                 err));
	}
	if (!*found || !out->is_word)
		return NS_OK;
	TRY(lexicon_get(lexicon, out->word_term, out, err));
	if (!out->is_term)
		return err_corrupt(err, segment->name, -1,
		                   "lexicon: a word refers to entry %" PRIu32
		                   ", which is no term", out->entry);
	return NS_OK;
}

static int word_print(struct dumping *dumping, struct analyzer *analyzer,
                      unsigned field, struct slice key, bool named,
                      bool *found, struct ns_error *err)
{
	const struct segment *segment = dumping->segment;
	struct lexicon_entry entry;
	struct forms forms = {0};
	TRY(resolve(segment, analyzer, field, key, &entry, found, err));
	if (!*found)
		return NS_OK;
	if (named)
		buffer_printf(&dumping->out->text, "segment %s\n",
		              segment->name);
	int status = forms_collect(&forms, &segment->lexicon, entry.entry, err);
	if (status == NS_OK)
		status = term_print(dumping, &entry, forms.items, forms.n, err);
	mem_free(forms.items);
	return status;
}

static int word_everywhere(const struct snapshot *snapshot,
                           struct analyzer *analyzer, unsigned field,
                           struct slice key, struct output *out,
                           struct ns_error *err)
{
	bool any = false, found;
	uint32_t n = snapshot->manifest.n_segments;
	for (uint32_t i = 0; i < n; i++) {
		struct dumping dumping = dumping_of(&snapshot->segments[i], out);
		int status = word_print(&dumping, analyzer, field, key, n > 1,
		                        &found, err);
		segment_view_release(&dumping.view);
		TRY(status);
		any |= found;
	}
	if (!any)
		return err_set(err, NS_E_MISSING, "%s:%.*s is not in the index",
		               field_name(field),
		               (int)min_size(key.len, KEY_MAX),
		               (const char *)key.data);
	return output_end(out, err);
}

int dump_word(const struct snapshot *snapshot, struct analyzer *analyzer,
              struct slice word, struct output *out, struct ns_error *err)
{
	struct buffer folded;
	unsigned field = field_cut(&word);
	if (field == FIELD_URL || field == FIELD_ID)
		return word_everywhere(snapshot, analyzer, field, word, out,
		                       err);
	buffer_init(&folded, 1u << 20);
	analyzer_fold(analyzer, word, &folded);
	int status = buffer_check(&folded, err);
	if (status == NS_OK)
		status = word_everywhere(snapshot, analyzer, field,
		                         slice_of(folded.data, folded.len),
		                         out, err);
	buffer_release(&folded);
	return status;
}

/* ---- all of them --------------------------------------------------------- */

static int lists_print(struct dumping *dumping, const struct forms *forms,
                       struct ns_error *err)
{
	const struct lexicon *lexicon = &dumping->segment->lexicon;
	struct lexicon_entry entry;
	size_t at = 0;
	uint32_t end = lexicon_end(lexicon);
	for (uint32_t i = 0; i < end; i = lexicon_next(lexicon, i)) {
		size_t first = at;
		while (at < forms->n && forms->items[at].term <= i)
			first += forms->items[at++].term < i;
		TRY(lexicon_get(lexicon, i, &entry, err));
		if (entry.is_term)
			TRY(term_print(dumping, &entry, forms->items + first,
			               at - first, err));
	}
	return NS_OK;
}

static int pair_print(struct dumping *dumping, unsigned a, unsigned b,
                      struct ns_error *err)
{
	const struct segment *segment = dumping->segment;
	struct lexicon_term term;
	struct lexicon_entry word;
	struct buffer *text = &dumping->out->text;
	if (!pair_table_find(&segment->pairs, a, b, &term))
		return NS_OK;
	for (unsigned i = 0; i < 2; i++) {
		TRY(lexicon_get(&segment->lexicon,
		                pair_table_entry(&segment->pairs, i ? b : a),
		                &word, err));
		buffer_text(text, i ? " " : "pair:");
		output_text(dumping->out, slice_of(word.key, word.key_len));
	}
	buffer_printf(text, " df=%" PRIu32 " cf=%" PRIu64 "\n", term.df,
	              term.cf);
	return docs_print(dumping, &term, err);
}

static int pairs_print(struct dumping *dumping, struct ns_error *err)
{
	unsigned n = dumping->segment->pairs.n;
	for (unsigned a = 0; a < n; a++)
		for (unsigned b = 0; b < n; b++)
			TRY(pair_print(dumping, a, b, err));
	return NS_OK;
}

/* Stories of the segment alone, and what it says of older ones. */
static void stories_print(const struct story_table *table, struct output *out)
{
	struct buffer *text = &out->text;
	for (uint32_t i = 0; i < table->n_stories; i++) {
		uint32_t at, end;
		story_table_members(table, i, &at, &end);
		buffer_printf(text, "story %016" PRIx64,
		              story_table_name(table, i));
		for (; at < end; at++)
			buffer_printf(text, " %" PRIu32,
			              story_table_member(table, at));
		buffer_text(text, "\n");
	}
	for (uint32_t i = 0; i < table->n_links; i++) {
		struct story_link link = story_table_link(table, i);
		buffer_printf(text, "link %016" PRIx64 " %016" PRIx64 "\n",
		              link.from, link.to);
	}
	struct reader reader = reader_of(table->adopted);
	for (uint32_t i = 0; i < table->n_adopted; i++) {
		size_t len = (size_t)reader_varint(&reader);
		buffer_text(text, "adopted ");
		output_text(out, slice_of(reader_bytes(&reader, len), len));
		buffer_text(text, "\n");
	}
}

int dump_all(const struct snapshot *snapshot, struct output *out,
             struct ns_error *err)
{
	for (uint32_t i = 0; i < snapshot->manifest.n_segments; i++) {
		struct dumping dumping = dumping_of(&snapshot->segments[i], out);
		struct forms forms = {0};
		buffer_printf(&out->text, "segment %s\n",
		              dumping.segment->name);
		int status = forms_collect(&forms, &dumping.segment->lexicon,
		                           UINT32_MAX, err);
		if (status == NS_OK)
			status = lists_print(&dumping, &forms, err);
		if (status == NS_OK)
			status = pairs_print(&dumping, err);
		if (status == NS_OK) {
			stories_print(&dumping.segment->stories, out);
			status = output_end(out, err);
		}
		segment_view_release(&dumping.view);
		mem_free(forms.items);
		TRY(status);
	}
	return output_end(out, err);
}
