/* Do the lists of pairs say what the positions say?
 *
 * Doc by doc all pair words are marked where they stand, a bit for each word at each
 * position, and every occurrence asks the position behind its own who stands there.
 * What came out waits with its pair until a few docs can be compared with as many of
 * the pair's list at once; a list that holds more docs than came out lies too.
 *
 * build/pairs.c also marks words by bits, but goes over the positions of a page, not
 * over occurrences, and nothing is shared with it.
 *
 * Not taken: comparing every two words that are in a doc, position by position, with
 * a cursor for each pair: 4.5 of the 11.7 billion instructions of a check of 43,000
 * articles, and 4 KiB of memory to clear for each pair, half the time of a check of
 * 17 articles. */
#include "format/list.h"
#include "index/check_segment.h"

enum {
	SPAN = 1024,   /* positions that are marked at once */
	WAITING = 64,
};

struct word {
	struct postings_cursor cursor;
	const uint32_t *next, *end; /* positions in the doc that did not ask yet */
};

/* How often a pair was met in a doc. */
struct meeting {
	uint32_t doc, tf;
};

struct pair {
	uint32_t compared;          /* docs of its list */
	uint32_t n_waiting;
	struct meeting waiting[WAITING];
};

struct work {
	const struct segment *segment;
	const struct pair_table *table;
	struct ns_error *err;
	struct word *words;
	uint32_t docs[PAIR_WORDS];  /* where their cursors stand */
	unsigned n_open;
	struct pair *pairs;         /* as in the table */
	uint32_t first_pair[PAIR_WORDS]; /* of each first word */
	uint64_t stands[SPAN + 1];
	/* of pair PAIR_WORDS · a + b, in the doc at hand */
	uint32_t tfs[PAIR_WORDS * PAIR_WORDS];
	uint16_t met[PAIR_WORDS * PAIR_WORDS]; /* those with a tf */
	uint32_t n_met;
};

static int wrong(const struct work *work, unsigned a, unsigned b,
                 const char *what)
{
	return err_corrupt(work->err, work->segment->name, -1,
	                   "pair: %s (words %u and %u)", what, a, b);
}

static int lacks(const struct work *work, unsigned a, unsigned b)
{
	return wrong(work, a, b,
	             "are neighbours in a doc that their list lacks");
}

static int has_more(const struct work *work, unsigned a, unsigned b)
{
	return wrong(work, a, b, "are no neighbours in a doc of their list");
}

/* ---- opening --------------------------------------------------------------- */

static int open_word(struct work *work, unsigned i)
{
	struct lexicon_entry entry;
	const struct segment *segment = work->segment;
	TRY(lexicon_get(&segment->lexicon, pair_table_entry(work->table, i),
	                &entry, work->err));
	if (!entry.is_term || entry.field != FIELD_TEXT)
		return wrong(work, i, i, "a word that is no term of the text");
	struct postings_cursor *cursor = &work->words[work->n_open++].cursor;
	TRY(postings_open(cursor, &segment->postings, &entry.term, work->err));
	work->docs[i] = cursor->doc;
	return NS_OK;
}

static int open_list(struct work *work, uint32_t number)
{
	struct lexicon_term term;
	const struct segment *segment = work->segment;
	pair_table_get(work->table, number, &term);
	work->pairs[number].compared = work->pairs[number].n_waiting = 0;
	return postings_check(&segment->postings, &term,
	                      segment->lengths[FIELD_TEXT].data,
	                      segment->info.field[FIELD_TEXT].avglen0,
	                      work->err);
}

static int open_all(struct work *work)
{
	const struct pair_table *table = work->table;
	uint32_t first = 0;
	work->words = mem_alloc(table->n * sizeof *work->words);
	/* words that are never neighbours have no pair */
	work->pairs = mem_alloc(((size_t)table->n_pairs + 1) *
	                        sizeof *work->pairs);
	if (!work->words || !work->pairs)
		return err_nomem(work->err);
	for (unsigned i = 0; i < table->n; i++) {
		work->first_pair[i] = first;
		first += (uint32_t)__builtin_popcountll(
			pair_table_follows(table, i));
		TRY(open_word(work, i));
	}
	for (uint32_t i = 0; i < table->n_pairs; i++)
		TRY(open_list(work, i));
	return NS_OK;
}

/* ---- lists ----------------------------------------------------------------- */

/* What waits with a pair against the next docs of its list. */
static int compare(const struct work *work, unsigned a, unsigned b,
                   uint32_t number)
{
	struct pair *pair = &work->pairs[number];
	struct lexicon_term term;
	struct list list;
	pair_table_get(work->table, number, &term);
	TRY(list_open(&list, &work->segment->postings, &term, work->err));
	if (pair->n_waiting > term.df - pair->compared)
		return lacks(work, a, b);
	for (uint32_t i = 0; i < pair->n_waiting; i++, pair->compared++) {
		const struct meeting *meeting = &pair->waiting[i];
		uint32_t at = pair->compared % BLOCK_DOCS;
		list_load(&list, pair->compared / BLOCK_DOCS);
		const uint32_t *docs = list_docs(&list);
		const uint32_t *tfs = list_tfs(&list);
		TRY(list.status);
		if (docs[at] != meeting->doc)
			return docs[at] > meeting->doc ? lacks(work, a, b)
			                               : has_more(work, a, b);
		if (tfs[at] != meeting->tf)
			return wrong(work, a, b, "a frequency that is not "
			             "that of the positions");
	}
	pair->n_waiting = 0;
	return NS_OK;
}

static int compare_last(const struct work *work)
{
	struct lexicon_term term;
	uint32_t number = 0;
	for (unsigned a = 0; a < work->n_open; a++) {
		uint64_t row = pair_table_follows(work->table, a);
		for (; row; row &= row - 1, number++) {
			unsigned b = (unsigned)__builtin_ctzll(row);
			TRY(compare(work, a, b, number));
			pair_table_get(work->table, number, &term);
			if (work->pairs[number].compared != term.df)
				return has_more(work, a, b);
		}
	}
	return NS_OK;
}

/* ---- docs ------------------------------------------------------------------ */

static void count(struct work *work, unsigned a, uint64_t behind)
{
	for (; behind; behind &= behind - 1) {
		unsigned i = PAIR_WORDS * a +
		             (unsigned)__builtin_ctzll(behind);
		if (!work->tfs[i]++)
			work->met[work->n_met++] = (uint16_t)i;
	}
}

/* Asks for the occurrences of `words` below first + SPAN.  Returns the words that
 * have more. */
static uint64_t ask_span(struct work *work, uint64_t words, uint32_t first)
{
	uint64_t *stands = work->stands, more = 0;
	for (uint64_t left = words; left; left &= left - 1) {
		const struct word *word = &work->words[__builtin_ctzll(left)];
		const uint32_t *next = word->next;
		for (; next < word->end && *next - first <= SPAN; next++)
			stands[*next - first] |= left & -left;
	}
	for (uint64_t left = words; left; left &= left - 1) {
		unsigned i = (unsigned)__builtin_ctzll(left);
		const struct word *word = &work->words[i];
		const uint32_t *next = word->next;
		for (; next < word->end && *next - first < SPAN; next++)
			count(work, i, stands[*next - first + 1]);
	}
	for (uint64_t left = words; left; left &= left - 1) {
		struct word *word = &work->words[__builtin_ctzll(left)];
		while (word->next < word->end && *word->next - first < SPAN)
			stands[*word->next++ - first] = 0;
		more |= word->next < word->end ? left & -left : 0;
	}
	stands[SPAN] = 0;
	return more;
}

static int ask_doc(struct work *work, uint32_t doc)
{
	uint64_t words = 0;
	for (unsigned i = 0; i < work->n_open; i++) {
		struct word *word = &work->words[i];
		const uint32_t *forms;
		if (work->docs[i] != doc)
			continue;
		TRY(postings_places(&word->cursor, &word->next, &forms));
		word->end = word->next + postings_tf(&word->cursor);
		words |= (uint64_t)1 << i;
	}
	while (words) {
		uint32_t first = UINT32_MAX;
		for (uint64_t left = words; left; left &= left - 1)
			first = min_u32(first, *work->words[
			                __builtin_ctzll(left)].next);
		words = ask_span(work, words, first);
	}
	return NS_OK;
}

/* The pairs that were met in the doc keep it. */
static int keep(struct work *work, uint32_t doc)
{
	for (; work->n_met; work->n_met--) {
		uint32_t i = work->met[work->n_met - 1];
		unsigned a = i / PAIR_WORDS, b = i % PAIR_WORDS;
		uint64_t row = pair_table_follows(work->table, a);
		if (!(row >> b & 1))
			return lacks(work, a, b);
		uint32_t number = work->first_pair[a] +
			(uint32_t)__builtin_popcountll(
				row & (((uint64_t)1 << b) - 1));
		struct pair *pair = &work->pairs[number];
		pair->waiting[pair->n_waiting++] =
			(struct meeting){doc, work->tfs[i]};
		work->tfs[i] = 0;
		if (pair->n_waiting == WAITING)
			TRY(compare(work, a, b, number));
	}
	return NS_OK;
}

static int check_docs_of(struct work *work)
{
	for (;;) {
		uint32_t doc = POSTINGS_END;
		for (unsigned i = 0; i < work->n_open; i++)
			doc = min_u32(doc, work->docs[i]);
		if (doc == POSTINGS_END)
			return compare_last(work);
		TRY(ask_doc(work, doc));
		TRY(keep(work, doc));
		for (unsigned i = 0; i < work->n_open; i++) {
			struct postings_cursor *cursor = &work->words[i].cursor;
			if (work->docs[i] != doc)
				continue;
			work->docs[i] = postings_next(cursor);
			TRY(cursor->status);
		}
	}
}

int check_pairs(const struct segment *segment, struct ns_error *err)
{
	if (!segment->pairs.n)
		return NS_OK;
	struct work *work = mem_zero(1, sizeof *work);
	if (!work)
		return err_nomem(err);
	work->segment = segment;
	work->table = &segment->pairs;
	work->err = err;
	int status = open_all(work);
	if (status == NS_OK)
		status = check_docs_of(work);
	for (unsigned i = 0; i < work->n_open; i++)
		postings_release(&work->words[i].cursor);
	mem_free(work->words);
	mem_free(work->pairs);
	mem_free(work);
	return status;
}
