#include "build/batch.h"

static_assert((int)BATCH_BYTES > (int)WORD_MAX, "one form always has room");

void batch_start(struct batch *batch, struct inverter *inverter,
                 struct analyzer *analyzer, uint32_t doc)
{
	batch->inverter = inverter;
	batch->analyzer = analyzer;
	batch->doc = doc;
	batch->n = batch->n_bytes = 0;
}

/* The first word with this hash, whose bytes may yet differ; or NO_TERM. */
static uint32_t guess_word(const struct inverter_table *table, uint32_t hash)
{
	if (!table->size)
		return NO_TERM;
	for (size_t at = hash;; at++) {
		struct inverter_slot slot = table->slots[at & (table->size - 1)];
		if (!slot.number || slot.hash == hash)
			return slot.number - 1;
	}
}

static void guess_words(struct batch *batch)
{
	const struct inverter *inverter = batch->inverter;
	for (unsigned i = 0; i < batch->n; i++) {
		struct batch_token *token = &batch->tokens[i];
		token->word = guess_word(&inverter->word_table, token->hash);
		if (token->word != NO_TERM)
			__builtin_prefetch(&inverter->words[token->word]);
	}
}

static void fetch_terms(const struct batch *batch)
{
	const struct inverter *inverter = batch->inverter;
	for (unsigned i = 0; i < batch->n; i++) {
		uint32_t word = batch->tokens[i].word;
		if (word == NO_TERM)
			continue;
		if (inverter->words[word].key.len > sizeof batch->tokens->key.head)
			__builtin_prefetch(inverter->words[word].key.bytes);
		__builtin_prefetch(
			&inverter->terms[inverter->words[word].term].last_doc,
			1);
	}
}

static void fetch_lists(const struct batch *batch)
{
	const struct inverter *inverter = batch->inverter;
	for (unsigned i = 0; i < batch->n; i++) {
		uint32_t word = batch->tokens[i].word;
		if (word != NO_TERM)
			__builtin_prefetch(inverter->terms[
				inverter->words[word].term].list.next, 1);
	}
}

/* Looks the word up in all its slots, or makes it. */
static int find_word(struct batch *batch, struct batch_token *token,
                     struct ns_error *err)
{
	struct slice form = slice_of(token->key.bytes, token->key.len);
	token->word = inverter_find_word(batch->inverter, &token->key,
	                                 token->hash);
	if (token->word != NO_TERM)
		return NS_OK;
	struct slice term = analyzer_stem(batch->analyzer, form);
	if (!term.data)
		return err_nomem(err);
	return inverter_word(batch->inverter, token->key.field, form,
	                     term.len > WORD_MAX ? form : term, &token->word,
	                     err);
}

int batch_end(struct batch *batch, struct ns_error *err)
{
	struct inverter *inverter = batch->inverter;
	guess_words(batch);
	fetch_terms(batch);
	fetch_lists(batch);
	for (unsigned i = 0; i < batch->n; i++) {
		struct batch_token *token = &batch->tokens[i];
		if (token->word == NO_TERM ||
		    !key_equal(&inverter->words[token->word].key, &token->key))
			TRY(find_word(batch, token, err));
		TRY(inverter_add_word(inverter, token->word, batch->doc,
		                      token->position, err));
	}
	batch->n = batch->n_bytes = 0;
	return NS_OK;
}

int batch_add(struct batch *batch, uint8_t field, struct slice form,
              uint32_t position, struct ns_error *err)
{
	const struct inverter_table *table = &batch->inverter->word_table;
	if (batch->n == BATCH_TOKENS || batch->n_bytes + form.len > BATCH_BYTES)
		TRY(batch_end(batch, err));
	struct batch_token *token = &batch->tokens[batch->n++];
	uint8_t *copy = batch->bytes + batch->n_bytes;
	struct key_text text = key_text_padded(form);
	if (form.len > 16) {
		memcpy(copy, form.data, form.len);
	} else {
		store_u64(copy, text.first);
		store_u64(copy + 8, text.last);
	}
	batch->n_bytes += (unsigned)form.len;
	key_set(&token->key, field, slice_of(copy, form.len), text.first);
	token->hash = key_hash(field, form, text);
	token->position = position;
	if (table->size)
		__builtin_prefetch(&table->slots[token->hash &
		                                 (table->size - 1)]);
	return NS_OK;
}
