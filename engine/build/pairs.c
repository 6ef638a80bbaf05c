#include "build/pairs.h"

#include "build/lists.h"
#include "format/pair_table.h"

enum { PAGE = 4096, PAIRS = PAIR_WORDS * PAIR_WORDS };

#define NO_PAGE UINT64_MAX

/* A pair word on its way through its list. */
struct word {
	uint32_t number, entry;      /* of its term: in the inverter, in the lexicon */
	uint64_t cf;
	struct inverter_walk walk;
	struct inverter_occurrence at;
	uint64_t page;               /* of `at`; NO_PAGE: there are no more */
};

/* What is known of a pair: docs and counts as varints, doc gap first. */
struct pair {
	struct pool_list list;
	uint32_t last;               /* doc + 1 */
	uint32_t df;
	uint32_t tf;                 /* in the doc at hand */
};

struct work {
	const struct pairs_input *input;
	struct word words[PAIR_WORDS];
	unsigned n;
	/* slot 0 is the position before the page */
	uint64_t stands[PAGE + 1];
	struct pair pairs[PAIRS];    /* 64 · first + second */
	uint32_t touched[PAIRS];     /* those with a tf */
	uint32_t n_touched;
	struct arena arena;
	/* a list on its way out */
	uint32_t *docs, *tfs;
	size_t docs_capacity, tfs_capacity;
	uint32_t n_pairs;
	uint64_t follows[PAIR_WORDS];
	struct lexicon_term terms[PAIRS];
};

/* ---- the words ----------------------------------------------------------- */

/* Terms sort as their entries do. */
static bool goes_before(const struct word *a, const struct word *b)
{
	return a->cf != b->cf ? a->cf > b->cf : a->entry < b->entry;
}

static void choose(struct work *work)
{
	const struct inverter *inverter = work->input->inverter;
	for (size_t i = 0; i < inverter->n_terms; i++) {
		const struct lexicon_term *term = &work->input->terms[i];
		const struct word word = {.number = (uint32_t)i,
			.entry = term->entry, .cf = term->cf};
		if (!term->df || term->field != FIELD_TEXT ||
		    (work->n == PAIR_WORDS &&
		     !goes_before(&word, &work->words[work->n - 1])))
			continue;
		unsigned j = work->n < PAIR_WORDS ? work->n++ : work->n - 1;
		for (; j && goes_before(&word, &work->words[j - 1]); j--)
			work->words[j] = work->words[j - 1];
		work->words[j] = word;
	}
}

static int by_entry(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	return (x->entry > y->entry) - (x->entry < y->entry);
}

/* To the next occurrence in a living doc. */
static void step(const struct work *work, struct word *word)
{
	while (inverter_walk_next(&word->walk, &word->at)) {
		uint32_t doc = work->input->new_doc[word->at.doc];
		if (doc == NO_DOC)
			continue;
		word->page = (uint64_t)doc << 32 | word->at.position / PAGE;
		return;
	}
	word->page = NO_PAGE;
}

static void start(struct work *work)
{
	choose(work);
	qsort(work->words, work->n, sizeof *work->words, by_entry);
	for (unsigned i = 0; i < work->n; i++) {
		struct word *word = &work->words[i];
		inverter_walk_start(&word->walk,
			&work->input->inverter->terms[word->number]);
		step(work, word);
	}
}

/* ---- neighbours ---------------------------------------------------------- */

static void count(struct work *work, unsigned first, uint64_t behind)
{
	for (; behind; behind &= behind - 1) {
		uint32_t i = PAIR_WORDS * first +
		             (uint32_t)__builtin_ctzll(behind);
		if (!work->pairs[i].tf++)
			work->touched[work->n_touched++] = i;
	}
}

/* Slots 0 … last, which become zero again but for the one behind the page, the
 * next page's slot 0. */
static void count_page(struct work *work, uint32_t last)
{
	uint64_t *stands = work->stands;
	for (uint32_t i = 0; i < last; i++) {
		uint64_t behind = stands[i + 1];
		if (behind)
			for (uint64_t here = stands[i]; here; here &= here - 1)
				count(work, (unsigned)__builtin_ctzll(here),
				      behind);
		stands[i] = 0;
	}
	stands[0] = last == PAGE ? stands[last] : 0;
	stands[last] = 0;
}

static int end_doc(struct work *work, uint32_t doc, struct ns_error *err)
{
	bool good = true;
	for (uint32_t i = 0; i < work->n_touched; i++) {
		struct pair *pair = &work->pairs[work->touched[i]];
		good = good && pool_put(&work->arena, &pair->list,
		                        doc + 1 - pair->last) &&
		       pool_put(&work->arena, &pair->list, pair->tf);
		pair->last = doc + 1;
		pair->df++;
		pair->tf = 0;
	}
	work->n_touched = 0;
	return good ? NS_OK : err_nomem(err);
}

static uint64_t first_page(const struct work *work)
{
	uint64_t page = NO_PAGE;
	for (unsigned i = 0; i < work->n; i++)
		page = min_u64(page, work->words[i].page);
	return page;
}

/* Marks all that stands on the page; returns the last slot with a mark. */
static uint32_t mark_page(struct work *work, uint64_t page)
{
	uint32_t last = 0;
	for (unsigned i = 0; i < work->n; i++) {
		struct word *word = &work->words[i];
		while (word->page == page) {
			uint32_t slot = word->at.position % PAGE + 1;
			work->stands[slot] |= (uint64_t)1 << i;
			last = max_u32(last, slot);
			step(work, word);
		}
	}
	return last;
}

static int collect(struct work *work, struct ns_error *err)
{
	uint64_t page = first_page(work);
	while (page != NO_PAGE) {
		count_page(work, mark_page(work, page));
		uint64_t next = first_page(work);
		if (next != page + 1)
			work->stands[0] = 0;
		if (next >> 32 != page >> 32) {
			TRY(end_doc(work, (uint32_t)(page >> 32), err));
			TRY(steps_tell(work->input->steps, "writing pairs",
			               page >> 32, work->input->doc_count,
			               err));
		}
		page = next;
	}
	return NS_OK;
}

/* ---- lists --------------------------------------------------------------- */

static int write_pair(struct work *work, const struct pair *pair,
                      struct buffer *post, struct ns_error *err)
{
	struct pool_reader reader = pool_read(&pair->list);
	struct buffer none;
	struct postings_list list = {.field = FIELD_PAIR, .df = pair->df,
		.n_forms = 1, .lengths = work->input->lengths,
		.avglen0 = work->input->avglen0};
	uint32_t next = 0;
	TRY(mem_grow((void **)&work->docs, &work->docs_capacity, pair->df,
	             sizeof *work->docs, err));
	TRY(mem_grow((void **)&work->tfs, &work->tfs_capacity, pair->df,
	             sizeof *work->tfs, err));
	for (uint32_t i = 0; i < pair->df; i++) {
		next += (uint32_t)pool_get(&reader);
		work->docs[i] = next - 1;
		work->tfs[i] = (uint32_t)pool_get(&reader);
		list.cf += work->tfs[i];
	}
	list.docs = work->docs;
	list.tfs = work->tfs;
	buffer_init(&none, 0); /* a list without positions */
	return postings_write(&list, post, &none,
	                      &work->terms[work->n_pairs++], err);
}

static int write_all(struct work *work, struct buffer *post,
                     struct buffer *out, struct ns_error *err)
{
	uint32_t entries[PAIR_WORDS];
	start(work);
	TRY(collect(work, err));
	for (unsigned i = 0; i < work->n; i++) {
		entries[i] = work->words[i].entry;
		for (unsigned j = 0; j < work->n; j++) {
			const struct pair *pair =
				&work->pairs[PAIR_WORDS * i + j];
			if (!pair->df)
				continue;
			work->follows[i] |= (uint64_t)1 << j;
			TRY(write_pair(work, pair, post, err));
		}
	}
	pair_table_write(entries, work->follows, work->n, work->terms, out);
	return buffer_check(out, err);
}

int pairs_write(const struct pairs_input *input, struct buffer *post,
                struct buffer *out, struct ns_error *err)
{
	struct work *work = mem_zero(1, sizeof *work);
	if (!work)
		return err_nomem(err);
	work->input = input;
	int status = write_all(work, post, out, err);
	arena_release(&work->arena);
	mem_free(work->docs);
	mem_free(work->tfs);
	mem_free(work);
	return status;
}
