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
	uint64_t n_occurrences;
};

void inverter_release(struct inverter *inverter);

/* Adds an occurrence of a word in a words field.  Docs do not fall, positions of
 * a term in a doc rise. */
int inverter_add(struct inverter *inverter, uint8_t field, struct slice form,
                 struct slice term, uint32_t doc, uint32_t position,
                 struct ns_error *err);

/* The same in steps (batch.h): the word with this key and its hash, or NO_TERM. */
uint32_t inverter_find_word(const struct inverter *inverter,
                            const struct inverter_key *key, uint32_t hash);

/* Adds a whole value.  *previous is the last doc that had it, + 1; 0: none. */
int inverter_add_value(struct inverter *inverter, uint8_t field,
                       struct slice value, uint32_t doc, uint32_t *previous,
                       struct ns_error *err);

/* The last doc that had this value; NO_TERM: none. */
uint32_t inverter_find_value(const struct inverter *inverter, uint8_t field,
                             struct slice value);

/* For lists that exist already (merge.h): the number of a word, whose term is
 * known, or of a value, and one more of its occurrences.  Docs and positions as
 * above; where they come from a file that may be damaged, _takes says first
 * whether they do rise. */
int inverter_word(struct inverter *inverter, uint8_t field, struct slice form,
                  struct slice term, uint32_t *out, struct ns_error *err);
int inverter_value(struct inverter *inverter, uint8_t field, struct slice value,
                   uint32_t *out, struct ns_error *err);
bool inverter_takes(const struct inverter *inverter, uint32_t term,
                    uint32_t doc, uint32_t position);
int inverter_add_word(struct inverter *inverter, uint32_t word, uint32_t doc,
                      uint32_t position, struct ns_error *err);
int inverter_add_term(struct inverter *inverter, uint32_t term, uint32_t doc,
                      struct ns_error *err);

/* A list, decoded. */
struct inverter_occurrence {
	uint32_t doc, position, form;
};
struct inverter_walk {
	struct pool_reader reader;
	const struct pool_list *list;
	uint32_t doc, position;
};
void inverter_walk_start(struct inverter_walk *walk,
                         const struct inverter_term *term);

static inline bool inverter_walk_next(struct inverter_walk *walk,
                                      struct inverter_occurrence *out)
{
	if (walk->reader.next == walk->list->next)
		return false;
	uint64_t code = pool_get(&walk->reader);
	out->form = code & 2 ? (uint32_t)pool_get(&walk->reader) : 0;
	if (code & 1) {
		walk->doc += (uint32_t)pool_get(&walk->reader);
		walk->position = 0;
	}
	out->doc = walk->doc;
	out->position = walk->position + (uint32_t)(code >> 2);
	walk->position = out->position + 1;
	return true;
}

#endif
