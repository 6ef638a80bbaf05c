#include "base/bits.h"
#include "format/lexicon_block.h"

int lexicon_writer_init(struct lexicon_writer *writer, struct ns_error *err)
{
	*writer = (struct lexicon_writer){0};
	buffer_init(&writer->keys, SIZE_MAX);
	buffer_init(&writer->offsets, SIZE_MAX);
	buffer_init(&writer->blocks, SIZE_MAX);
	writer->pending = mem_zero(LEXICON_BLOCK, sizeof *writer->pending);
	if (!writer->pending)
		return err_nomem(err);
	buffer_zeros(&writer->offsets, 8); /* the two counts, at the end */
	return NS_OK;
}

void lexicon_writer_release(struct lexicon_writer *writer)
{
	buffer_release(&writer->keys);
	buffer_release(&writer->offsets);
	buffer_release(&writer->blocks);
	mem_free(writer->pending);
	writer->pending = NULL;
}

/* The arrays of a block as numbers. */
struct columns {
	uint64_t value[LEX_ARRAYS][LEXICON_BLOCK];
	unsigned n[LEX_ARRAYS];
	uint64_t all[LEX_ARRAYS];
};

static void put(struct columns *columns, enum lexicon_array array,
                uint64_t value)
{
	columns->value[array][columns->n[array]++] = value;
	columns->all[array] |= value;
}

static bool place_inlined(const struct lexicon_term *term)
{
	return term->df == 1 && term->cf == 1;
}

/* The least offsets of the block: what the others are counted from. */
static void find_bases(const struct lexicon_writer *writer,
                       struct lexicon_block *block)
{
	block->post_base = block->posn_base = UINT64_MAX;
	for (unsigned i = 0; i < writer->n_pending; i++) {
		const struct lexicon_term *term = &writer->pending[i].term;
		if (!writer->pending[i].is_term)
			continue;
		if (term->df > 1)
			block->post_base = min_u64(block->post_base, term->post);
		if (field_has_words(block->field) && !place_inlined(term))
			block->posn_base = min_u64(block->posn_base, term->posn);
	}
	if (block->post_base == UINT64_MAX)
		block->post_base = 0;
	if (block->posn_base == UINT64_MAX)
		block->posn_base = 0;
}

static void put_term(const struct lexicon_block *block,
                     const struct lexicon_term *term, struct columns *columns)
{
	if (term->df > 1) {
		put(columns, LEX_DF, term->df - 2);
		put(columns, LEX_POST, term->post - block->post_base);
	} else {
		put(columns, LEX_DOC, term->doc);
	}
	put(columns, LEX_CF, term->cf - term->df);
	put(columns, LEX_POSN,
	    !field_has_words(block->field) ? 0
	    : place_inlined(term) ? term->position
	    : term->posn - block->posn_base);
	put(columns, LEX_FORMS, term->n_forms - 1);
}

static void put_word(const struct lexicon_entry *entry,
                     struct columns *columns)
{
	if (entry->word_term != entry->entry) {
		int64_t delta = (int64_t)entry->word_term -
		                (int64_t)entry->entry;
		put(columns, LEX_REF, delta < 0 ? ~((uint64_t)delta << 1)
		                                : (uint64_t)delta << 1);
	}
	if (!entry->word_sole) {
		put(columns, LEX_FORM, entry->word_form);
		put(columns, LEX_WORD_DF, entry->word_df - 1);
	}
}

static void fill(const struct lexicon_writer *writer,
                 struct lexicon_block *block, struct columns *columns)
{
	find_bases(writer, block);
	for (unsigned i = 0; i < writer->n_pending; i++) {
		const struct lexicon_entry *entry = &writer->pending[i];
		uint32_t bit = 1u << i;
		if (entry->is_term) {
			block->is_term |= bit;
			block->is_single |= entry->term.df == 1 ? bit : 0;
			put_term(block, &entry->term, columns);
		}
		if (entry->is_word) {
			bool self = entry->word_term == entry->entry;
			block->is_word |= bit;
			block->is_self |= self ? bit : 0;
			block->is_sole |= entry->word_sole ? bit : 0;
			put_word(entry, columns);
		}
	}
}

static unsigned shared_bytes(const struct lexicon_entry *a,
                             const struct lexicon_entry *b)
{
	unsigned n = 0, most = min_u32(a->key_len, b->key_len);
	while (n < most && a->key[n] == b->key[n])
		n++;
	return n;
}

static void write_keys(const struct lexicon_writer *writer, uint8_t field,
                       struct buffer *out)
{
	const struct lexicon_entry *first = writer->pending, *entry = first;
	const struct lexicon_entry *end = first + writer->n_pending;
	unsigned shared[LEXICON_BLOCK] = {0}, suffix_bytes = first->key_len;
	for (unsigned i = 1; i < writer->n_pending; i++) {
		shared[i] = shared_bytes(first, first + i);
		suffix_bytes += first[i].key_len - shared[i];
	}
	buffer_byte(out, (uint8_t)writer->n_pending);
	buffer_byte(out, field);
	buffer_u16(out, (uint16_t)suffix_bytes);
	for (entry = first; entry < end; entry++)
		buffer_byte(out, lexicon_fingerprint(lexicon_hash(
			slice_of(entry->key, entry->key_len))));
	for (unsigned i = 0; i < writer->n_pending; i++)
		buffer_byte(out, (uint8_t)shared[i]);
	for (unsigned i = 0; i < writer->n_pending; i++)
		buffer_byte(out, (uint8_t)(first[i].key_len - shared[i]));
	for (unsigned i = 0; i < writer->n_pending; i++)
		buffer_append(out, first[i].key + shared[i],
		              first[i].key_len - shared[i]);
}

static void write_u40(struct buffer *out, uint64_t value)
{
	buffer_u32(out, (uint32_t)value);
	buffer_byte(out, (uint8_t)(value >> 32));
}

static void write_arrays(const struct columns *columns, struct buffer *out)
{
	for (unsigned a = 0; a < LEX_ARRAYS; a++) {
		unsigned width = bits_width64(columns->all[a]);
		size_t start = out->len;
		buffer_zeros(out, bits_bytes(columns->n[a], width));
		for (unsigned i = 0; out->status == NS_OK &&
		                     i < columns->n[a]; i++)
			bits_put(out->data + start, i, width,
			         columns->value[a][i]);
	}
}

static void flush(struct lexicon_writer *writer)
{
	if (!writer->n_pending)
		return;
	struct lexicon_block block = {.field = writer->field};
	struct columns columns = {0};
	struct buffer *out = &writer->blocks;
	fill(writer, &block, &columns);
	buffer_u64(&writer->keys, lexicon_separator(
		block.field, slice_of(writer->pending->key,
		                      writer->pending->key_len)));
	buffer_u32(&writer->offsets,
	           (uint32_t)((writer->passed + out->len) / 4));
	write_keys(writer, block.field, out);
	buffer_u32(out, block.is_term);
	buffer_u32(out, block.is_word);
	buffer_u32(out, block.is_self);
	buffer_u32(out, block.is_sole);
	buffer_u32(out, block.is_single);
	for (unsigned a = 0; a < LEX_ARRAYS; a++) {
		unsigned width = bits_width64(columns.all[a]);
		if (width > LEX_WIDTH_MAX && out->status == NS_OK)
			out->status = NS_E_LIMIT;
		buffer_byte(out, (uint8_t)width);
	}
	buffer_zeros(out, 3);
	write_u40(out, block.post_base);
	write_u40(out, block.posn_base);
	write_arrays(&columns, out);
	buffer_zeros(out, -out->len & 3);
	writer->n_entries += writer->n_pending;
	writer->n_pending = 0;
	writer->n_blocks++;
}

uint32_t lexicon_writer_next(const struct lexicon_writer *writer,
                             unsigned field)
{
	bool flushes = writer->n_pending == LEXICON_BLOCK ||
	               (writer->n_pending && writer->field != field);
	return flushes ? (writer->n_blocks + 1) * LEXICON_BLOCK
	               : writer->n_blocks * LEXICON_BLOCK + writer->n_pending;
}

void lexicon_writer_add(struct lexicon_writer *writer,
                        const struct lexicon_entry *entry)
{
	ASSERT_REL(entry->entry, ==, lexicon_writer_next(writer, entry->field));
	ASSERT_REL(entry->key_len, >, 0);
	if (writer->n_pending == LEXICON_BLOCK ||
	    (writer->n_pending && writer->field != entry->field))
		flush(writer);
	writer->field = entry->field;
	writer->pending[writer->n_pending++] = *entry;
}

void lexicon_writer_pass(struct lexicon_writer *writer)
{
	writer->passed += writer->blocks.len;
	buffer_clear(&writer->blocks);
}

int lexicon_writer_finish(struct lexicon_writer *writer, struct ns_error *err)
{
	flush(writer);
	uint64_t units = (writer->passed + writer->blocks.len) / 4;
	if (units > UINT32_MAX ||
	    writer->n_blocks > UINT32_MAX / LEXICON_BLOCK - 1)
		return err_set(err, NS_E_LIMIT,
		               "the lexicon is larger than 16 GiB");
	buffer_u32(&writer->offsets, (uint32_t)units);
	TRY(buffer_check(&writer->keys, err));
	TRY(buffer_check(&writer->offsets, err));
	TRY(buffer_check(&writer->blocks, err));
	store_u32(writer->offsets.data, writer->n_blocks);
	store_u32(writer->offsets.data + 4, writer->n_entries);
	return NS_OK;
}
