#include "build/pairs.h"

#include "build/pair_lists.h"

enum { PAGE = 4096 };

#define NO_PAGE UINT64_MAX

/* A pair word on its way through its list. */
struct word {
	uint32_t term;               /* its number, which rises with its key */
	struct walk walk;
	struct walk_place *places;   /* lane by lane */
	struct walk_piece *pieces;   /* one for each lane, as are readers */
	struct spool_reader *readers;
	struct walk_occurrence at;
	uint64_t page;               /* of `at`; NO_PAGE: there are no more */
};

struct work {
	const struct pairs_input *input;
	struct word words[PAIR_WORDS];
	unsigned n;
	/* slot 0 is the position before the page */
	uint64_t stands[PAGE + 1];
	uint32_t count[PAIR_LISTS];  /* in the doc at hand; 64 · first + second */
	uint32_t touched[PAIR_LISTS]; /* those with a count */
	uint32_t n_touched;
	struct pair_lists lists;     /* by docs of the runs */
	/* a list on its way out */
	struct buffer list;
	uint32_t *docs, *tfs;
	size_t docs_capacity, tfs_capacity;
	struct arrange arrange;
	uint32_t n_pairs;
	uint64_t follows[PAIR_WORDS];
	struct lexicon_term terms[PAIR_LISTS];
};

/* ---- the words ----------------------------------------------------------- */

static int by_term(const void *a, const void *b)
{
	const struct heavy *const *x = a, *const *y = b;
	return ((*x)->term > (*y)->term) - ((*x)->term < (*y)->term);
}

/* To the next occurrence in a living doc. */
static int step(const struct work *work, struct word *word,
                struct ns_error *err)
{
	const struct lists_input *lists = work->input->lists;
	while (walk_next(&word->walk, &word->at)) {
		if (word->at.doc >= lists->n_docs)
			return spool_damaged(err);
		if (lists->new_doc[word->at.doc] == NO_DOC)
			continue;
		word->page = (uint64_t)word->at.doc << 32 |
		             word->at.position / PAGE;
		return NS_OK;
	}
	word->page = NO_PAGE;
	return walk_status(&word->walk);
}

/* Opens a piece for each lane, over the places of its runs. */
static int open_word(const struct work *work, const struct heavy *heavy,
                     struct word *word, struct ns_error *err)
{
	const struct runs *runs = work->input->lists->runs;
	word->term = heavy->term;
	word->places = mem_zero(heavy->n_places, sizeof *word->places);
	word->pieces = mem_zero(runs->n_lanes, sizeof *word->pieces);
	word->readers = mem_zero(runs->n_lanes, sizeof *word->readers);
	if (!word->places || !word->pieces || !word->readers)
		return err_nomem(err);
	uint32_t n = 0, n_pieces = 0;
	for (unsigned lane = 0; lane < runs->n_lanes; lane++) {
		uint32_t first = n;
		for (uint32_t i = 0; i < heavy->n_places; i++)
			if (heavy->places[i].run->lane == lane)
				word->places[n++] = heavy->places[i];
		if (n == first)
			continue;
		walk_piece_open(&word->pieces[n_pieces],
		                &word->readers[n_pieces], word->places + first,
		                n - first, NULL, 0, err);
		n_pieces++;
	}
	walk_start(&word->walk, word->pieces, n_pieces);
	return step(work, word, err);
}

/* In the order of the lexicon. */
static int start(struct work *work, struct ns_error *err)
{
	const struct heavies *heavies = work->input->heavies;
	const struct heavy *sorted[PAIR_WORDS];
	for (unsigned i = 0; i < heavies->n; i++)
		sorted[i] = &heavies->items[i];
	qsort(sorted, heavies->n, sizeof(*sorted), by_term);
	work->n = heavies->n;
	for (unsigned i = 0; i < heavies->n; i++)
		TRY(open_word(work, sorted[i], &work->words[i], err));
	return NS_OK;
}

static void release_words(struct work *work)
{
	unsigned n_lanes = work->input->lists->runs->n_lanes;
	for (unsigned i = 0; i < work->n; i++) {
		struct word *word = &work->words[i];
		for (unsigned lane = 0; word->readers && lane < n_lanes; lane++)
			spool_reader_release(&word->readers[lane]);
		mem_free(word->places);
		mem_free(word->pieces);
		mem_free(word->readers);
	}
}

/* ---- neighbours ---------------------------------------------------------- */

static void count(struct work *work, unsigned first, uint64_t behind)
{
	for (; behind; behind &= behind - 1) {
		uint32_t i = PAIR_WORDS * first +
		             (uint32_t)__builtin_ctzll(behind);
		if (!work->count[i]++)
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
	for (uint32_t i = 0; i < work->n_touched; i++) {
		uint32_t pair = work->touched[i];
		TRY(pair_lists_add(&work->lists, pair, doc, work->count[pair],
		                   err));
		work->count[pair] = 0;
	}
	work->n_touched = 0;
	return NS_OK;
}

static uint64_t first_page(const struct work *work)
{
	uint64_t page = NO_PAGE;
	for (unsigned i = 0; i < work->n; i++)
		page = min_u64(page, work->words[i].page);
	return page;
}

/* Marks all that stands on the page; *last is the last slot with a mark. */
static int mark_page(struct work *work, uint64_t page, uint32_t *last,
                     struct ns_error *err)
{
	*last = 0;
	for (unsigned i = 0; i < work->n; i++) {
		struct word *word = &work->words[i];
		while (word->page == page) {
			uint32_t slot = word->at.position % PAGE + 1;
			work->stands[slot] |= (uint64_t)1 << i;
			*last = max_u32(*last, slot);
			TRY(step(work, word, err));
		}
	}
	return NS_OK;
}

static int collect(struct work *work, struct ns_error *err)
{
	uint64_t page = first_page(work);
	while (page != NO_PAGE) {
		uint32_t last;
		TRY(mark_page(work, page, &last, err));
		count_page(work, last);
		uint64_t next = first_page(work);
		if (next != page + 1)
			work->stands[0] = 0;
		if (next >> 32 != page >> 32) {
			TRY(end_doc(work, (uint32_t)(page >> 32), err));
			TRY(steps_tell(work->input->steps, "writing pairs",
			               page >> 32,
			               work->input->lists->n_docs, err));
		}
		page = next;
	}
	return NS_OK;
}

/* ---- lists --------------------------------------------------------------- */

/* The docs and counts of a pair, as its list has them. */
static int read_pair(struct work *work, uint32_t pair,
                     struct postings_list *list, struct ns_error *err)
{
	const struct lists_input *input = work->input->lists;
	struct slice bytes;
	uint32_t next = 0;
	TRY(mem_grow((void **)&work->docs, &work->docs_capacity, list->df,
	             sizeof *work->docs, err));
	TRY(mem_grow((void **)&work->tfs, &work->tfs_capacity, list->df,
	             sizeof *work->tfs, err));
	TRY(pair_lists_read(&work->lists, pair, &bytes, err));
	struct reader reader = reader_of(bytes);
	for (uint32_t i = 0; i < list->df; i++) {
		next += reader_varint32(&reader);
		if (reader.bad || next - 1 >= input->n_docs)
			return spool_damaged(err);
		work->docs[i] = input->new_doc[next - 1];
		work->tfs[i] = reader_varint32(&reader);
		list->cf += work->tfs[i];
	}
	list->docs = work->docs;
	list->tfs = work->tfs;
	const struct arrange_list all = {list->df, work->docs, work->tfs, NULL,
	                                 NULL};
	const struct arrange_cuts *cuts = work->input->lists->cuts;
	return cuts ? arrange_list(&work->arrange, all, cuts, err) : NS_OK;
}

static int write_pair(struct work *work, uint32_t pair, struct spool *post,
                      struct ns_error *err)
{
	static const uint8_t zeros[4];
	const struct lists_input *input = work->input->lists;
	struct postings_list list = {.field = FIELD_PAIR,
		.df = work->lists.items[pair].df, .n_forms = 1, .lengths = input->lengths[0],
		.avglen0 = input->avglen0[0]};
	struct lexicon_term *term = &work->terms[work->n_pairs++];
	struct buffer none;
	TRY(read_pair(work, pair, &list, err));
	buffer_init(&none, 0); /* a list without positions */
	buffer_clear(&work->list);
	TRY(postings_write(&list, &work->list, &none, term, err));
	if (list.df >= BLOCK_DOCS)
		TRY(spool_append(post, zeros, -spool_size(post) & 3, err));
	term->post += spool_size(post);
	return spool_append(post, work->list.data, work->list.len, err);
}

static int write_all(struct work *work, struct spool *post,
                     struct buffer *out, struct ns_error *err)
{
	uint32_t entries[PAIR_WORDS];
	TRY(start(work, err));
	TRY(collect(work, err));
	for (unsigned i = 0; i < work->n; i++) {
		entries[i] = work->input->entries[work->words[i].term];
		for (unsigned j = 0; j < work->n; j++) {
			uint32_t pair = PAIR_WORDS * i + j;
			if (!work->lists.items[pair].df)
				continue;
			work->follows[i] |= (uint64_t)1 << j;
			TRY(write_pair(work, pair, post, err));
		}
	}
	pair_table_write(entries, work->follows, work->n, work->terms, out);
	return buffer_check(out, err);
}

int pairs_write(const struct pairs_input *input, struct spool *post,
                struct buffer *out, struct ns_error *err)
{
	struct work *work = mem_zero(1, sizeof *work);
	if (!work)
		return err_nomem(err);
	work->input = input;
	pair_lists_init(&work->lists, input->maker, input->memory);
	buffer_init(&work->list, SIZE_MAX);
	int status = write_all(work, post, out, err);
	release_words(work);
	pair_lists_release(&work->lists);
	buffer_release(&work->list);
	mem_free(work->docs);
	mem_free(work->tfs);
	arrange_release(&work->arrange);
	mem_free(work);
	return status;
}
