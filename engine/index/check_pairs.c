/* Do the lists of pairs say what the positions say?
 *
 * All pair words are walked side by side.  In each doc every two of them that are there
 * are compared position by position, and where they are neighbours their list must
 * stand on the doc; one that holds another doc never gets to its end.  Some hundred
 * comparisons a doc: obvious, and slower than the bits of build/pairs.c, which must not
 * be checked by themselves. */
#include "index/check_segment.h"

struct word {
	struct postings_cursor cursor;
	const uint32_t *positions;  /* in the doc at hand */
	uint32_t tf;                /* 0: is not in the doc */
};

struct work {
	const struct segment *segment;
	const struct pair_table *pairs;
	struct ns_error *err;
	struct word words[PAIR_WORDS];
	unsigned n_open;
	struct postings_cursor *lists;  /* of the pairs, by word, then second word */
	uint32_t n_lists;
	uint32_t list_of[PAIR_WORDS][PAIR_WORDS]; /* + 1; 0: none */
};

static int wrong(const struct work *work, unsigned a, unsigned b,
                 const char *what)
{
	return err_corrupt(work->err, work->segment->name, -1,
	                   "pair: %s (words %u and %u)", what, a, b);
}

static int open_word(struct work *work, unsigned i)
{
	struct lexicon_entry entry;
	const struct segment *segment = work->segment;
	TRY(lexicon_get(&segment->lexicon, pair_table_entry(work->pairs, i),
	                &entry, work->err));
	if (!entry.is_term || entry.field != FIELD_TEXT)
		return wrong(work, i, i, "a word that is no term of the text");
	return postings_open(&work->words[work->n_open++].cursor,
	                     &segment->postings, &entry.term, work->err);
}

static int open_list(struct work *work, unsigned a, unsigned b)
{
	struct lexicon_term term;
	const struct segment *segment = work->segment;
	if (!pair_table_find(work->pairs, a, b, &term))
		return NS_OK;
	TRY(postings_check(&segment->postings, &term,
	                   segment->lengths[FIELD_TEXT].data,
	                   segment->info.field[FIELD_TEXT].avglen0, work->err));
	work->list_of[a][b] = ++work->n_lists;
	return postings_open(&work->lists[work->n_lists - 1],
	                     &segment->postings, &term, work->err);
}

static int open_all(struct work *work)
{
	unsigned n = work->pairs->n;
	work->lists = mem_zero((size_t)work->pairs->n_pairs + 1,
	                       sizeof *work->lists);
	if (!work->lists)
		return err_nomem(work->err);
	for (unsigned i = 0; i < n; i++)
		TRY(open_word(work, i));
	for (unsigned a = 0; a < n; a++)
		for (unsigned b = 0; b < n; b++)
			TRY(open_list(work, a, b));
	return NS_OK;
}

/* The next doc that any of the words is in. */
static uint32_t next_doc(const struct work *work)
{
	uint32_t doc = POSTINGS_END;
	for (unsigned i = 0; i < work->n_open; i++)
		doc = min_u32(doc, work->words[i].cursor.doc);
	return doc;
}

static int load(struct work *work, uint32_t doc)
{
	for (unsigned i = 0; i < work->n_open; i++) {
		struct word *word = &work->words[i];
		const uint32_t *forms;
		word->tf = word->cursor.doc == doc ? postings_tf(&word->cursor)
		                                   : 0;
		if (word->cursor.doc == doc)
			TRY(postings_places(&word->cursor, &word->positions,
			                    &forms));
	}
	return NS_OK;
}

/* How often b stands right behind a. */
static uint32_t count(const struct word *a, const struct word *b)
{
	uint32_t n = 0;
	for (uint32_t i = 0, j = 0; i < a->tf && j < b->tf;) {
		uint64_t wanted = (uint64_t)a->positions[i] + 1;
		n += b->positions[j] == wanted;
		if (b->positions[j] < wanted)
			j++;
		else
			i++;
	}
	return n;
}

static int check_doc(struct work *work, uint32_t doc, unsigned a, unsigned b)
{
	uint32_t n = count(&work->words[a], &work->words[b]);
	uint32_t number = work->list_of[a][b];
	struct postings_cursor *list = number ? &work->lists[number - 1] : NULL;
	bool listed = list && list->doc == doc;
	if (list)
		TRY(list->status);
	if (listed != (n > 0))
		return wrong(work, a, b, listed
			? "are no neighbours in a doc of their list"
			: "are neighbours in a doc that their list lacks");
	if (!listed)
		return NS_OK;
	if (postings_tf(list) != n)
		return wrong(work, a, b, "a frequency that is not that of "
		             "the positions");
	postings_next(list);
	return list->status;
}

static int check_docs_of(struct work *work)
{
	uint32_t doc;
	unsigned n = work->n_open;
	while ((doc = next_doc(work)) != POSTINGS_END) {
		TRY(load(work, doc));
		for (unsigned a = 0; a < n; a++)
			for (unsigned b = 0; b < n && work->words[a].tf; b++)
				if (work->words[b].tf)
					TRY(check_doc(work, doc, a, b));
		for (unsigned i = 0; i < n; i++) {
			if (work->words[i].tf)
				postings_next(&work->words[i].cursor);
			TRY(work->words[i].cursor.status);
		}
	}
	for (unsigned a = 0; a < n; a++)
		for (unsigned b = 0; b < n; b++)
			if (work->list_of[a][b] && work->lists[
			    work->list_of[a][b] - 1].doc != POSTINGS_END)
				return wrong(work, a, b, "are no neighbours "
				             "in a doc of their list");
	return NS_OK;
}

int check_pairs(const struct segment *segment, struct ns_error *err)
{
	struct work *work = mem_zero(1, sizeof *work);
	if (!work)
		return err_nomem(err);
	work->segment = segment;
	work->pairs = &segment->pairs;
	work->err = err;
	int status = open_all(work);
	if (status == NS_OK)
		status = check_docs_of(work);
	for (unsigned i = 0; i < work->n_open; i++)
		postings_release(&work->words[i].cursor);
	for (uint32_t i = 0; i < work->n_lists; i++)
		postings_release(&work->lists[i]);
	mem_free(work->lists);
	mem_free(work);
	return status;
}
