#include "index/check_segment.h"

#include "base/varint.h"
#include "index/find_id.h"

int check_wrong(const struct segment *segment, struct ns_error *err,
                const char *fault, uint32_t where)
{
	return err_corrupt(err, segment->name, -1, "%s (%u)", fault, where);
}

int check_lengths(const struct segment *segment, struct ns_error *err)
{
	for (unsigned field = FIELD_TEXT; field <= FIELD_TITLE; field++) {
		uint64_t sum = 0;
		uint32_t n = 0;
		for (uint32_t doc = 0; doc < segment->info.doc_count; doc++) {
			uint32_t length = segment_length(segment, field, doc);
			sum += length;
			n += length > 0;
		}
		if (n != segment->info.field[field].n ||
		    sum != segment->info.field[field].sum_length)
			return check_wrong(segment, err, "info: the lengths of a "
			                   "field do not add up", field);
	}
	return NS_OK;
}

int check_ranks(const struct segment *segment, struct ns_error *err)
{
	uint32_t *docs = mem_zero((size_t)segment->info.doc_count + 1,
	                          sizeof *docs);
	if (!docs)
		return err_nomem(err);
	int status = segment_by_rank(segment, docs, err);
	mem_free(docs);
	return status;
}

int check_stories(const struct segment *segment, struct ns_error *err)
{
	return story_table_check(&segment->stories, segment->name, err);
}

/* ---- words --------------------------------------------------------------- */

/* What its list says of each form of a term.  The forms of a term are close to each
 * other among the words: with the counts of the last few terms kept, a list is walked
 * once for all its forms, not once for each (1.6 of 4.3 billion instructions remain,
 * 43,000 articles). */
struct form {
	uint32_t df, cf;
	uint32_t end; /* the last doc + 1 */
};

enum { RECENT = 16 };

struct forms {
	struct recent {
		bool is_counted;
		uint32_t term;   /* its entry number */
		struct form *forms;
		size_t capacity;
	} recent[RECENT];        /* by entry number */
};

static int walk_forms(struct postings_cursor *cursor, struct form *forms)
{
	const uint32_t *places, *which;
	for (; cursor->doc != POSTINGS_END; postings_next(cursor)) {
		uint32_t tf = postings_tf(cursor), end = cursor->doc + 1;
		TRY(postings_places(cursor, &places, &which));
		for (uint32_t i = 0; i < tf; i++) {
			struct form *form = &forms[which ? which[i] : 0];
			form->cf++;
			form->df += form->end != end;
			form->end = end;
		}
	}
	return cursor->status;
}

static int count_forms(const struct segment *segment,
                       const struct lexicon_term *term, struct forms *forms,
                       const struct form **out, struct ns_error *err)
{
	struct recent *recent = &forms->recent[term->entry % RECENT];
	struct postings_cursor cursor;
	*out = recent->forms;
	if (recent->is_counted && recent->term == term->entry)
		return NS_OK;
	recent->is_counted = false;
	TRY(mem_grow((void **)&recent->forms, &recent->capacity, term->n_forms,
	             sizeof *recent->forms, err));
	memset(recent->forms, 0, term->n_forms * sizeof *recent->forms);
	int status = postings_open(&cursor, &segment->postings, term, err);
	if (status == NS_OK)
		status = walk_forms(&cursor, recent->forms);
	postings_release(&cursor);
	recent->term = term->entry;
	recent->is_counted = status == NS_OK;
	*out = recent->forms;
	return status;
}

static void release_forms(struct forms *forms)
{
	for (unsigned i = 0; i < RECENT; i++)
		mem_free(forms->recent[i].forms);
}

/* A word's numbers against its term's list. */
static int check_word(const struct segment *segment,
                      const struct lexicon_entry *word, struct forms *recent,
                      struct ns_error *err)
{
	struct lexicon_entry other;
	const struct lexicon_entry *term = word;
	const struct form *forms;
	if (word->word_term != word->entry) {
		TRY(lexicon_get(&segment->lexicon, word->word_term, &other,
		                err));
		term = &other;
	}
	if (!term->is_term || term->field != word->field)
		return check_wrong(segment, err, "lexicon: a word without its term",
		                   word->entry);
	if (word->word_sole != (term->term.n_forms == 1) ||
	    word->word_form >= term->term.n_forms)
		return check_wrong(segment, err, "lexicon: a wrong form number",
		                   word->entry);
	if (word->word_sole)
		return NS_OK;
	TRY(count_forms(segment, &term->term, recent, &forms, err));
	uint32_t form = word->word_form;
	if (forms[form].df != word->word_df)
		return check_wrong(segment, err, "lexicon: a wrong df of a word",
		                   word->entry);
	if (form && forms[form].cf > forms[form - 1].cf)
		return check_wrong(segment, err,
		                   "lexicon: forms not numbered by frequency",
		                   word->entry);
	return NS_OK;
}

int check_words(const struct segment *segment, struct ns_error *err)
{
	const struct lexicon *lexicon = &segment->lexicon;
	struct forms forms = {0};
	struct lexicon_entry entry;
	uint64_t words[FIELD_END] = {0}, expected[FIELD_END] = {0};
	int status = NS_OK;
	for (uint32_t i = 0; status == NS_OK && i < lexicon_end(lexicon);
	     i = lexicon_next(lexicon, i)) {
		status = lexicon_get(lexicon, i, &entry, err);
		if (status != NS_OK)
			break;
		if (entry.is_term && field_has_words(entry.field))
			expected[entry.field] += entry.term.n_forms;
		words[entry.field] += entry.is_word;
		if (entry.is_word)
			status = check_word(segment, &entry, &forms, err);
	}
	release_forms(&forms);
	for (unsigned f = FIELD_TEXT; f <= FIELD_TITLE && status == NS_OK; f++)
		if (words[f] != expected[f])
			status = check_wrong(segment, err, "lexicon: words and forms "
			                     "do not pair", f);
	return status;
}

/* ---- docs ---------------------------------------------------------------- */

static int check_id(const struct segment *segment, ns_text id, uint32_t doc,
                    struct ns_error *err)
{
	uint32_t found;
	TRY(find_id(segment, slice_text(id), &found, err));
	if (found != doc)
		return check_wrong(segment, err, "head: an id of another doc", doc);
	return NS_OK;
}

int check_docs(const struct segment *segment, struct ns_error *err)
{
	struct segment_view view = {0};
	int status = NS_OK;
	for (uint32_t doc = 0; status == NS_OK &&
	                       doc < segment->info.doc_count; doc++) {
		struct ns_article article = {0};
		status = segment_head(segment, &view, doc, &article, err);
		if (status == NS_OK)
			status = segment_body(segment, &view, doc, &article,
			                      err);
		if (status == NS_OK && article.date != NS_NO_DATE &&
		    (article.date < DATE_LEAST || article.date > DATE_MOST))
			status = check_wrong(segment, err, "date: not in the years 1 "
			                     "to 9999", doc);
		if (status == NS_OK)
			status = check_id(segment, article.id, doc, err);
	}
	segment_view_release(&view);
	return status;
}
