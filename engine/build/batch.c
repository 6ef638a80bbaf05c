#include "build/batch.h"

static_assert((int)BATCH_BYTES > (int)WORD_MAX, "one form always has room");

void batch_start(struct batch *batch, struct inverter *inverter,
                 struct analyzer *analyzer, uint32_t doc)
{
	batch->inverter = inverter;
	batch->analyzer = analyzer;
	batch->doc = doc;
	batch->n = batch->n_bytes = batch->n_news = 0;
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
		else
			batch->news[batch->n_news++] = (uint8_t)i;
	}
}

static struct slice stem(struct batch *batch, const struct batch_token *token)
{
	struct slice form = slice_of(token->key.bytes, token->key.len);
	struct slice term = analyzer_stem(batch->analyzer, form);
	return term.data && term.len > WORD_MAX ? form : term;
}

/* The terms of words that are not there, as far as there is room for them. */
static void stem_news(struct batch *batch)
{
	const struct inverter_table *table = &batch->inverter->term_table;
	unsigned used = 0;
	for (unsigned i = 0; i < batch->n_news; i++) {
		const struct batch_token *token = &batch->tokens[batch->news[i]];
		struct batch_term *term = &batch->terms[i];
		term->bytes = stem(batch, token);
		if (!term->bytes.data || used + term->bytes.len > BATCH_BYTES) {
			term->bytes.data = NULL;
			continue;
		}
		bytes_keep(batch->stems + used, term->bytes.data,
		           term->bytes.len);
		term->bytes.data = batch->stems + used;
		used += (unsigned)term->bytes.len;
		term->hash = inverter_hash(token->key.field, term->bytes);
		if (table->size)
			__builtin_prefetch(&table->slots[term->hash &
			                                 (table->size - 1)]);
	}
}

static void fetch_terms(struct batch *batch)
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
	for (unsigned i = 0; i < batch->n_news; i++) {
		struct batch_term *term = &batch->terms[i];
		term->guess = term->bytes.data
			? guess_word(&inverter->term_table, term->hash) : NO_TERM;
		if (term->guess != NO_TERM)
			__builtin_prefetch(&inverter->terms[term->guess], 1);
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
	for (unsigned i = 0; i < batch->n_news; i++) {
		uint32_t guess = batch->terms[i].guess;
		if (guess == NO_TERM)
			continue;
		__builtin_prefetch(inverter->terms[guess].key.bytes);
		__builtin_prefetch(inverter->terms[guess].list.next, 1);
	}
}

/* Looks the word up in all its slots, or makes it, with its term if that is known. */
static int find_word(struct batch *batch, struct batch_token *token,
                     const struct batch_term *known, struct ns_error *err)
{
	struct inverter *inverter = batch->inverter;
	token->word = inverter_find_word(inverter, &token->key, token->hash);
	if (token->word != NO_TERM)
		return NS_OK;
	struct batch_term term = {0};
	if (known && known->bytes.data) {
		term = *known;
	} else {
		term.bytes = stem(batch, token);
		if (!term.bytes.data)
			return err_nomem(err);
		term.hash = inverter_hash(token->key.field, term.bytes);
	}
	return inverter_new_word(inverter, &token->key, token->hash, term.bytes,
	                         term.hash, &token->word, err);
}

int batch_end(struct batch *batch, struct ns_error *err)
{
	struct inverter *inverter = batch->inverter;
	const struct batch_term *next = batch->terms;
	guess_words(batch);
	stem_news(batch);
	fetch_terms(batch);
	fetch_lists(batch);
	for (unsigned i = 0; i < batch->n; i++) {
		struct batch_token *token = &batch->tokens[i];
		if (token->word == NO_TERM)
			TRY(find_word(batch, token, next++, err));
		else if (!key_equal(&inverter->words[token->word].key,
		                    &token->key))
			TRY(find_word(batch, token, NULL, err));
		TRY(inverter_add_word(inverter, token->word, batch->doc,
		                      token->position, err));
	}
	batch->n = batch->n_bytes = batch->n_news = 0;
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
