/* inverter.h — from "which terms are in this doc" to "which docs are in this
 * term".
 *
 * Docs come in order.  Each word (a folded form in a field) is found by one hash
 * look-up and knows its term; the occurrence is appended to the term's list.
 * Values of value fields are terms without words.
 *
 * A list is a row of numbers, for each occurrence
 *     gap · 4 + (form ≠ 0) · 2 + (a new doc)
 *     [form]          the form's place among the term's forms, in order of
 *                     appearance, where it is not the first
 *     [doc gap]       where the doc is new: difference to the last doc, or the
 *                     doc + 1 for the first
 * where gap is the position for the first occurrence in a doc, then the
 * difference to the last position − 1.  "rain" at 3 and 7 of doc 0, at 0 of
 * doc 2: 13 1, 12, 1 2.
 */
#ifndef NS_BUILD_INVERTER_H
#define NS_BUILD_INVERTER_H

#include "build/key.h"
#include "build/pool.h"
#include "format/layout.h"

#define NO_TERM UINT32_MAX

/* What an occurrence touches stands together, behind the key: in one line of the
 * cache, as large arrays begin 16 bytes behind one. */
struct inverter_term {
	struct inverter_key key;    /* first, as in a word: tables look there */
	uint32_t last_doc;      /* + 1; 0: none yet */
	uint32_t last_position; /* + 1; 0 at the start of a doc */
	struct pool_list list;
	uint32_t n_forms;
	uint32_t last_word;     /* of its forms; they chain by inverter_word.next */
};

struct inverter_word {
	struct inverter_key key;
	uint32_t term;
	uint32_t form;          /* among the term's forms, by appearance */
	uint32_t next;          /* word of the same term, or NO_TERM */
};

/* An open-addressing table of numbers of terms or words. */
struct inverter_table {
	struct inverter_slot {
		uint32_t hash, number; /* number + 1; 0: free */
	} *slots;
	size_t size, used;             /* size is a power of two */
};

struct inverter {
	struct arena arena;
	struct inverter_term *terms;
	struct inverter_word *words;
	size_t n_terms, n_words, terms_capacity, words_capacity;
	struct inverter_table term_table, word_table;
};

void inverter_release(struct inverter *inverter);

/* A word in steps (batch.h): what keys are looked for by; the word with this key and
 * its hash, or NO_TERM; one that is not there yet, with its term; an occurrence of it.
 * Docs do not fall, positions of a term in a doc rise. */
uint32_t inverter_hash(uint8_t field, struct slice bytes);
uint32_t inverter_find_word(const struct inverter *inverter,
                            const struct inverter_key *key, uint32_t hash);
int inverter_new_word(struct inverter *inverter, const struct inverter_key *key,
                      uint32_t hash, struct slice term, uint32_t term_hash,
                      uint32_t *out, struct ns_error *err);
int inverter_add_word(struct inverter *inverter, uint32_t word, uint32_t doc,
                      uint32_t position, struct ns_error *err);

/* Adds a whole value; one that the doc has already is nothing new. */
int inverter_add_value(struct inverter *inverter, uint8_t field,
                       struct slice value, uint32_t doc, struct ns_error *err);

/* Bytes of memory that it uses, with what writing it as a run takes besides. */
size_t inverter_memory(const struct inverter *inverter);

/* Empties it; the memory of tables stays for the next run. */
void inverter_clear(struct inverter *inverter);

#endif
