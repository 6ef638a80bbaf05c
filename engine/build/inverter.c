#include "build/inverter.h"

#include "build/order.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

void inverter_release(struct inverter *inverter)
{
	arena_release(&inverter->arena);
	mem_free(inverter->terms);
	mem_free(inverter->words);
	mem_free(inverter->term_table.slots);
	mem_free(inverter->word_table.slots);
	*inverter = (struct inverter){0};
}

uint32_t key_hash_long(uint8_t field, struct slice bytes)
{
	return (uint32_t)XXH3_64bits_withSeed(bytes.data, bytes.len, field);
}

uint32_t inverter_hash(uint8_t field, struct slice bytes)
{
	return key_hash(field, bytes, key_text(bytes));
}

/* Doubles the table at three quarters full. */
static int table_grow(struct inverter_table *table, struct ns_error *err)
{
	if (table->used * 4 < table->size * 3)
		return NS_OK;
	size_t size = table->size ? table->size * 2 : 1024;
	struct inverter_slot *slots = mem_zero(size, sizeof *slots);
	if (!slots)
		return err_nomem(err);
	for (size_t i = 0; i < table->size; i++) {
		if (!table->slots[i].number)
			continue;
		size_t at = table->slots[i].hash & (size - 1);
		while (slots[at].number)
			at = (at + 1) & (size - 1);
		slots[at] = table->slots[i];
	}
	mem_free(table->slots);
	table->slots = slots;
	table->size = size;
	return NS_OK;
}

/* The number of the item with this key, or NO_TERM; *at is its slot, or the free
 * one where it belongs.  Items of `size` bytes begin with their key. */
static uint32_t table_find(const struct inverter_table *table,
                           const void *items, size_t size, uint32_t hash,
                           const struct inverter_key *key, size_t *at)
{
	size_t mask = table->size - 1;
	for (*at = hash & mask;; *at = (*at + 1) & mask) {
		struct inverter_slot slot = table->slots[*at];
		if (!slot.number)
			return NO_TERM;
		const void *item = (const char *)items +
		                   (slot.number - 1) * size;
		if (slot.hash == hash && key_equal(item, key))
			return slot.number - 1;
	}
}

static void table_set(struct inverter_table *table, size_t at, uint32_t hash,
                      uint32_t number)
{
	table->slots[at] = (struct inverter_slot){hash, number + 1};
	table->used++;
}

static int term_of(struct inverter *inverter, uint8_t field, struct slice bytes,
                   uint32_t hash, uint32_t *out, struct ns_error *err)
{
	TRY(table_grow(&inverter->term_table, err));
	struct inverter_key key = key_of(field, bytes);
	size_t at;
	*out = table_find(&inverter->term_table, inverter->terms,
	                  sizeof *inverter->terms, hash, &key, &at);
	if (*out != NO_TERM)
		return NS_OK;
	TRY(mem_grow((void **)&inverter->terms, &inverter->terms_capacity,
	             inverter->n_terms + 1, sizeof *inverter->terms, err));
	const char *copy = arena_copy(&inverter->arena, bytes.data, bytes.len);
	if (!copy)
		return err_nomem(err);
	inverter->terms[inverter->n_terms] = (struct inverter_term){
		.key = key_of(field, slice_of(copy, bytes.len)),
		.last_word = NO_TERM,
	};
	*out = (uint32_t)inverter->n_terms++;
	table_set(&inverter->term_table, at, hash, *out);
	return NS_OK;
}

static int add_word(struct inverter *inverter, uint8_t field, struct slice form,
                    struct slice term, uint32_t term_hash, uint32_t *out,
                    struct ns_error *err)
{
	uint32_t number;
	TRY(term_of(inverter, field, term, term_hash, &number, err));
	TRY(mem_grow((void **)&inverter->words, &inverter->words_capacity,
	             inverter->n_words + 1, sizeof *inverter->words, err));
	struct inverter_term *owner = &inverter->terms[number];
	const uint8_t *key = owner->key.bytes;
	if (!slice_equal(form, term)) {
		key = (const uint8_t *)arena_copy(&inverter->arena, form.data,
		                                  form.len);
		if (!key)
			return err_nomem(err);
	}
	*out = (uint32_t)inverter->n_words++;
	inverter->words[*out] = (struct inverter_word){
		.key = key_of(field, slice_of(key, form.len)),
		.term = number,
		.form = owner->n_forms++,
		.next = owner->last_word,
	};
	owner->last_word = *out;
	return NS_OK;
}

static int append(struct inverter *inverter, struct inverter_term *term,
                  uint32_t form, uint32_t doc, uint32_t position,
                  struct ns_error *err)
{
	bool new_doc = term->last_doc != doc + 1;
	if (new_doc)
		term->last_position = 0;
	ASSERT_REL(position, >=, term->last_position);
	uint64_t gap = position - term->last_position;
	struct arena *arena = &inverter->arena;
	bool good = pool_put(arena, &term->list,
	                     gap << 2 | (form ? 2u : 0) | new_doc);
	if (form)
		good = good && pool_put(arena, &term->list, form);
	if (new_doc)
		good = good && pool_put(arena, &term->list,
		                        doc + 1 - term->last_doc);
	term->last_doc = doc + 1;
	term->last_position = position + 1;
	return good ? NS_OK : err_nomem(err);
}

uint32_t inverter_find_word(const struct inverter *inverter,
                            const struct inverter_key *key, uint32_t hash)
{
	size_t at;
	if (!inverter->word_table.size)
		return NO_TERM;
	return table_find(&inverter->word_table, inverter->words,
	                  sizeof *inverter->words, hash, key, &at);
}

int inverter_new_word(struct inverter *inverter, const struct inverter_key *key,
                      uint32_t hash, struct slice term, uint32_t term_hash,
                      uint32_t *out, struct ns_error *err)
{
	struct inverter_table *table = &inverter->word_table;
	TRY(table_grow(table, err));
	size_t at = hash & (table->size - 1);
	while (table->slots[at].number)
		at = (at + 1) & (table->size - 1);
	TRY(add_word(inverter, key->field, slice_of(key->bytes, key->len), term,
	             term_hash, out, err));
	table_set(table, at, hash, *out);
	return NS_OK;
}

int inverter_add_word(struct inverter *inverter, uint32_t word, uint32_t doc,
                      uint32_t position, struct ns_error *err)
{
	const struct inverter_word *at = &inverter->words[word];
	return append(inverter, &inverter->terms[at->term], at->form, doc,
	              position, err);
}

int inverter_add_value(struct inverter *inverter, uint8_t field,
                       struct slice value, uint32_t doc, struct ns_error *err)
{
	uint32_t term;
	TRY(term_of(inverter, field, value, inverter_hash(field, value), &term,
	            err));
	if (inverter->terms[term].last_doc == doc + 1)
		return NS_OK;
	return append(inverter, &inverter->terms[term], 0, doc, 0, err);
}

size_t inverter_memory(const struct inverter *inverter)
{
	return inverter->arena.total +
	       inverter->n_terms * (sizeof *inverter->terms + ORDER_BYTES) +
	       inverter->n_words * sizeof *inverter->words +
	       (inverter->term_table.size + inverter->word_table.size) *
	       sizeof *inverter->word_table.slots;
}

static void table_clear(struct inverter_table *table)
{
	if (table->slots)
		memset(table->slots, 0, table->size * sizeof *table->slots);
	table->used = 0;
}

void inverter_clear(struct inverter *inverter)
{
	arena_release(&inverter->arena);
	table_clear(&inverter->term_table);
	table_clear(&inverter->word_table);
	inverter->n_terms = inverter->n_words = 0;
}
