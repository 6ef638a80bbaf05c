#include "build/entries_row.h"

enum { WINDOW = 1 << 18, SMALL_WINDOW = 1 << 14, RECORD = 2 + 255 + 8 * VARINT_MAX };

static bool read_key(struct spool_reader *bytes, struct entries_key *key)
{
	if ((size_t)(bytes->end - bytes->next) < RECORD)
		spool_reader_fill(bytes, RECORD);
	if (bytes->next == bytes->end)
		return false;
	const uint8_t *head = spool_bytes(bytes, 2);
	if (!head)
		return false;
	key->field = head[0];
	key->len = head[1];
	const uint8_t *own = spool_bytes(bytes, key->len);
	if (!own)
		return false;
	bytes_keep(key->bytes, own, key->len);
	key->head = lexicon_separator(key->field,
	                              slice_of(key->bytes, key->len));
	return true;
}

static int compare(const struct entries_key *a, const struct entries_key *b)
{
	if (a->head != b->head)
		return a->head < b->head ? -1 : 1;
	return slice_compare(slice_of(a->bytes, a->len),
	                     slice_of(b->bytes, b->len));
}

/* ---- terms ------------------------------------------------------------------- */

static uint32_t number(struct spool_reader *bytes)
{
	return (uint32_t)spool_varint(bytes);
}

static void read_places(struct entries_terms *terms, bool words)
{
	struct spool_reader *bytes = &terms->bytes;
	struct lexicon_term *term = &terms->term;
	if (term->df == 1) {
		term->doc = number(bytes);
	} else {
		/* long lists are aligned */
		if (term->df >= BLOCK_DOCS)
			terms->post += -terms->post & 3;
		term->post = terms->post;
		terms->post += spool_varint(bytes);
	}
	if (!words)
		return;
	term->posn = terms->posn;
	if (term->df == 1 && term->cf == 1)
		term->position = number(bytes);
	else
		terms->posn += spool_varint(bytes);
}

static void next_term(struct entries_terms *terms)
{
	struct spool_reader *bytes = &terms->bytes;
	if (!read_key(bytes, &terms->key)) {
		terms->ended = true;
		return;
	}
	terms->number++;
	terms->has_self = number(bytes);
	terms->term = (struct lexicon_term){.field = terms->key.field,
	                                    .df = number(bytes)};
	terms->term.cf = terms->term.df + spool_varint(bytes);
	terms->term.n_forms = number(bytes);
	read_places(terms, field_has_words(terms->key.field));
	if (terms->has_self)
		terms->self = (struct entries_word){
			.form = number(bytes), .sole = terms->term.n_forms == 1};
	if (terms->has_self)
		terms->self.df = number(bytes);
}

/* ---- words -------------------------------------------------------------------- */

static void next_word(struct entries_words *words)
{
	struct spool_reader *bytes = &words->bytes;
	if (!read_key(bytes, &words->key)) {
		words->ended = true;
		return;
	}
	words->term = words->first + number(bytes);
	uint32_t form = number(bytes);
	words->word.form = form >> 1;
	words->word.sole = form & 1;
	words->word.df = number(bytes);
}

static void sink(struct entries_row *row, size_t at)
{
	struct entries_words **heap = row->heap, *item = heap[at];
	for (size_t child; (child = 2 * at + 1) < row->n_heap; at = child) {
		if (child + 1 < row->n_heap &&
		    compare(&heap[child + 1]->key, &heap[child]->key) < 0)
			child++;
		if (compare(&item->key, &heap[child]->key) <= 0)
			break;
		heap[at] = heap[child];
	}
	heap[at] = item;
}

static void note(struct entries_row *row, const struct spool_reader *bytes)
{
	if (row->status == NS_OK)
		row->status = bytes->status;
}

static void step_words(struct entries_row *row)
{
	next_word(row->heap[0]);
	note(row, &row->heap[0]->bytes);
	if (row->heap[0]->ended)
		row->heap[0] = row->heap[--row->n_heap];
	if (row->n_heap)
		sink(row, 0);
}

/* ---- both ------------------------------------------------------------------------ */

static int open_words(struct entries_row *row, const struct entries *entries,
                      struct ns_error *err)
{
	row->words = mem_zero(entries->n_ranges + 1, sizeof *row->words);
	row->heap = mem_zero(entries->n_ranges + 1, sizeof(*row->heap));
	if (!row->words || !row->heap)
		return err_nomem(err);
	for (size_t i = 0; i < entries->n_ranges; i++) {
		const struct entries_range *range = &entries->ranges[i];
		struct entries_words *words = &row->words[row->n_words++];
		words->first = range->first;
		spool_read(&words->bytes, &entries->words, range->from,
		           range->to, SMALL_WINDOW, err);
		next_word(words);
		TRY(words->bytes.status);
		if (!words->ended)
			row->heap[row->n_heap++] = words;
	}
	for (size_t i = row->n_heap / 2; i-- > 0;)
		sink(row, i);
	return NS_OK;
}

int entries_row_open(struct entries_row *row, const struct entries *entries,
                     struct ns_error *err)
{
	*row = (struct entries_row){.terms.number = UINT32_MAX};
	spool_read(&row->terms.bytes, &entries->terms, 0,
	           spool_size(&entries->terms), WINDOW, err);
	TRY(open_words(row, entries, err));
	next_term(&row->terms);
	return row->terms.bytes.status;
}

void entries_row_release(struct entries_row *row)
{
	spool_reader_release(&row->terms.bytes);
	for (size_t i = 0; i < row->n_words; i++)
		spool_reader_release(&row->words[i].bytes);
	mem_free(row->words);
	mem_free(row->heap);
}

bool entries_row_next(struct entries_row *row)
{
	if (row->is_term) {
		next_term(&row->terms);
		note(row, &row->terms.bytes);
	}
	if (row->is_word)
		step_words(row);
	if (row->status != NS_OK)
		return false;
	bool term = !row->terms.ended, word = row->n_heap;
	int order = !word ? -1 : !term ? 1
		: compare(&row->terms.key, &row->heap[0]->key);
	row->is_term = term && order <= 0;
	row->is_word = word && order >= 0;
	row->key = row->is_term ? &row->terms.key
	         : row->is_word ? &row->heap[0]->key : NULL;
	return row->key;
}
