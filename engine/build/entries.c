#include "build/entries.h"

#include "build/entries_row.h"

/* What the lexicon's blocks grow to before they are passed on. */
enum { PIECE = 1 << 18 };

/* ---- records of a range ---------------------------------------------------- */

void entries_writer_init(struct entries_writer *writer)
{
	*writer = (struct entries_writer){0};
	buffer_init(&writer->terms, SIZE_MAX);
	buffer_init(&writer->words, UINT32_MAX);
	buffer_init(&writer->sorted, UINT32_MAX);
}

void entries_writer_clear(struct entries_writer *writer)
{
	buffer_clear(&writer->terms);
	buffer_clear(&writer->words);
	buffer_clear(&writer->sorted);
	writer->n_items = 0;
	writer->n_terms = 0;
}

void entries_writer_release(struct entries_writer *writer)
{
	buffer_release(&writer->terms);
	buffer_release(&writer->words);
	buffer_release(&writer->sorted);
	mem_free(writer->items);
}

void entries_start_term(struct entries_writer *writer, struct slice key)
{
	writer->key = key;
	writer->has_self = false;
}

static void put_key(struct buffer *out, uint8_t field, struct slice key)
{
	buffer_byte(out, field);
	buffer_byte(out, (uint8_t)key.len);
	buffer_append(out, key.data, key.len);
}

int entries_add_word(struct entries_writer *writer, uint8_t field,
                     struct slice key, const struct entries_word *word,
                     struct ns_error *err)
{
	struct buffer *out = &writer->words;
	if (slice_equal(key, writer->key)) {
		writer->has_self = true;
		writer->self = *word;
		return NS_OK;
	}
	TRY(mem_grow((void **)&writer->items, &writer->items_capacity,
	             writer->n_items + 1, sizeof *writer->items, err));
	size_t at = out->len;
	put_key(out, field, key);
	buffer_varint(out, writer->n_terms);
	buffer_varint(out, (uint64_t)word->form << 1 | word->sole);
	buffer_varint(out, word->df);
	writer->items[writer->n_items++] = (struct entries_item){
		lexicon_separator(field, key), (uint32_t)at,
		(uint32_t)(out->len - at)};
	return buffer_check(out, err);
}

int entries_end_term(struct entries_writer *writer,
                     const struct lexicon_term *term,
                     const struct entries_size *size, struct ns_error *err)
{
	struct buffer *out = &writer->terms;
	put_key(out, term->field, writer->key);
	buffer_varint(out, writer->has_self);
	buffer_varint(out, term->df);
	buffer_varint(out, term->cf - term->df);
	buffer_varint(out, term->n_forms);
	buffer_varint(out, term->df == 1 ? term->doc : size->post);
	if (field_has_words(term->field))
		buffer_varint(out, term->df == 1 && term->cf == 1
		                   ? term->position : size->posn);
	if (writer->has_self) {
		buffer_varint(out, writer->self.form);
		buffer_varint(out, writer->self.df);
	}
	writer->n_terms++;
	return buffer_check(out, err);
}

/* ---- sorting ------------------------------------------------------------------ */

static struct slice item_key(const struct entries_writer *writer,
                             const struct entries_item *item)
{
	const uint8_t *record = writer->words.data + item->at;
	return slice_of(record + 2, record[1]);
}

static int compare(const void *a, const void *b, void *context)
{
	const struct entries_item *x = a, *y = b;
	if (x->head != y->head)
		return x->head < y->head ? -1 : 1;
	return slice_compare(item_key(context, x), item_key(context, y));
}

/* Words follow their terms, so nearly all are near their places already.  false: it
 * took more moves than that is worth. */
static bool insert_all(struct entries_writer *writer)
{
	enum { MOVES = 16 };
	struct entries_item *items = writer->items;
	size_t moves = 0, most = MOVES * writer->n_items;
	for (size_t i = 1; i < writer->n_items && moves <= most; i++) {
		struct entries_item item = items[i];
		size_t at = i;
		for (; at && compare(&items[at - 1], &item, writer) > 0; at--)
			items[at] = items[at - 1];
		items[at] = item;
		moves += i - at;
	}
	return moves <= most;
}

int entries_sort(struct entries_writer *writer, struct ns_error *err)
{
	if (!insert_all(writer))
		qsort_r(writer->items, writer->n_items, sizeof *writer->items,
		        compare, writer);
	for (size_t i = 0; i < writer->n_items; i++)
		buffer_append(&writer->sorted,
		              writer->words.data + writer->items[i].at,
		              writer->items[i].size);
	return buffer_check(&writer->sorted, err);
}

/* ---- all ranges --------------------------------------------------------------- */

void entries_init(struct entries *entries, struct spool_maker *maker,
                  size_t memory)
{
	*entries = (struct entries){0};
	spool_init(&entries->terms, maker, memory - memory / 4);
	spool_init(&entries->words, maker, memory / 4);
}

void entries_release(struct entries *entries)
{
	spool_release(&entries->terms);
	spool_release(&entries->words);
	mem_free(entries->ranges);
	mem_free(entries->numbers);
}

int entries_append(struct entries *entries, const struct entries_writer *range,
                   struct ns_error *err)
{
	TRY(mem_grow((void **)&entries->ranges, &entries->ranges_capacity,
	             entries->n_ranges + 1, sizeof *entries->ranges, err));
	uint64_t from = spool_size(&entries->words);
	TRY(spool_append(&entries->terms, range->terms.data, range->terms.len,
	                 err));
	TRY(spool_append(&entries->words, range->sorted.data,
	                 range->sorted.len, err));
	entries->ranges[entries->n_ranges++] = (struct entries_range){
		from, spool_size(&entries->words), entries->n_terms};
	entries->n_terms += range->n_terms;
	return NS_OK;
}

static int number(struct entries *entries, struct entries_row *row)
{
	uint32_t entry = 0;
	uint8_t field = 0;
	while (entries_row_next(row)) {
		/* a block has entries of one field */
		if (row->key->field != field)
			entry = (entry + LEXICON_BLOCK - 1) / LEXICON_BLOCK *
			        LEXICON_BLOCK;
		field = row->key->field;
		if (row->is_term)
			entries->numbers[row->terms.number] = entry;
		entry++;
	}
	return row->status;
}

int entries_number(struct entries *entries, struct ns_error *err)
{
	struct entries_row row;
	entries->numbers = mem_zero((size_t)entries->n_terms + 1,
	                            sizeof *entries->numbers);
	if (!entries->numbers)
		return err_nomem(err);
	TRY(spool_end(&entries->terms, err));
	TRY(spool_end(&entries->words, err));
	int status = entries_row_open(&row, entries, err);
	if (status == NS_OK)
		status = number(entries, &row);
	entries_row_release(&row);
	return status;
}

static void set_word(const struct entries *entries,
                     const struct entries_word *word, uint32_t term,
                     struct lexicon_entry *entry)
{
	entry->is_word = true;
	entry->word_term = entries->numbers[term];
	entry->word_form = word->form;
	entry->word_df = word->df;
	entry->word_sole = word->sole;
}

static void fill(const struct entries *entries, const struct entries_row *row,
                 struct lexicon_entry *entry)
{
	const struct entries_terms *terms = &row->terms;
	if (row->is_term) {
		entry->is_term = true;
		entry->term = terms->term;
		entry->term.entry = entry->entry;
		ASSERT_REL(entries->numbers[terms->number], ==, entry->entry);
		if (terms->has_self)
			set_word(entries, &terms->self, terms->number, entry);
	}
	if (row->is_word)
		set_word(entries, &entries_row_word(row)->word,
		         entries_row_word(row)->term, entry);
}

static int pass_blocks(struct lexicon_writer *lexicon, struct spool *blocks,
                       struct ns_error *err)
{
	TRY(buffer_check(&lexicon->blocks, err));
	TRY(spool_append(blocks, lexicon->blocks.data, lexicon->blocks.len,
	                 err));
	lexicon_writer_pass(lexicon);
	return NS_OK;
}

static int write_all(const struct entries *entries, struct entries_row *row,
                     struct lexicon_writer *lexicon, struct spool *blocks,
                     struct ns_error *err)
{
	while (entries_row_next(row)) {
		const struct entries_key *key = row->key;
		struct lexicon_entry entry = {.field = key->field,
		                              .key_len = key->len};
		bytes_keep(entry.key, key->bytes, key->len);
		entry.entry = lexicon_writer_next(lexicon, entry.field);
		fill(entries, row, &entry);
		lexicon_writer_add(lexicon, &entry);
		if (lexicon->blocks.len >= PIECE)
			TRY(pass_blocks(lexicon, blocks, err));
	}
	TRY(row->status);
	TRY(lexicon_writer_finish(lexicon, err));
	return pass_blocks(lexicon, blocks, err);
}

int entries_write(struct entries *entries, struct lexicon_writer *lexicon,
                  struct spool *blocks, struct ns_error *err)
{
	struct entries_row row;
	int status = entries_row_open(&row, entries, err);
	if (status == NS_OK)
		status = write_all(entries, &row, lexicon, blocks, err);
	entries_row_release(&row);
	return status;
}
