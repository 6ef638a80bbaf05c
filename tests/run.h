/* run.h — an inverter filled word by word, and what it holds read back from its run. */
#ifndef NS_TESTS_RUN_H
#define NS_TESTS_RUN_H

#include <criterion/criterion.h>

#include "build/walk.h"
#include "random.h"

/* The number of a word. */
static inline uint32_t word_of(struct inverter *inverter, uint8_t field,
                               struct slice form, struct slice term)
{
	struct inverter_key key = key_of(field, form);
	uint32_t hash = inverter_hash(field, form);
	uint32_t word = inverter_find_word(inverter, &key, hash);
	if (word == NO_TERM)
		cr_assert_eq(inverter_new_word(inverter, &key, hash, term,
		                               inverter_hash(field, term),
		                               &word, NULL), NS_OK);
	return word;
}

/* One more of its occurrences. */
static inline void add_place(struct inverter *inverter, uint8_t field,
                             struct slice form, struct slice term, uint32_t doc,
                             uint32_t position)
{
	cr_assert_eq(inverter_add_word(inverter,
	                               word_of(inverter, field, form, term),
	                               doc, position, NULL), NS_OK);
}

/* A run in memory and a reader on its first term. */
struct tale {
	struct runs runs;
	struct run_reader reader;
	struct walk_piece piece;
	uint32_t map[64];
	char forms[64][256]; /* of the term whose list was started */
	struct walk_place place;
};

static const struct budget tale_budget = {
	.run = SIZE_MAX, .range = 1 << 20, .threads = 1};

static inline void tale_start(struct tale *tale, const struct inverter *inverter)
{
	struct run *run;
	*tale = (struct tale){0};
	cr_assert_eq(runs_add(&tale->runs, NULL, &tale_budget, 0, &run, NULL),
	             NS_OK);
	if (inverter->n_terms)
		cr_assert_eq(run_write(run, inverter, NULL), NS_OK);
	run_reader_open(&tale->reader, run, NULL, NULL);
}

/* Reads the forms of the term at hand and starts its list. */
static inline void tale_list(struct tale *tale, struct walk *walk)
{
	struct spool_reader *bytes = &tale->reader.bytes;
	uint32_t n = tale->reader.n_forms;
	cr_assert_leq(n, 64u);
	for (uint32_t i = 0; i < n; i++) {
		size_t len = *spool_bytes(bytes, 1);
		const uint8_t *form = len ? spool_bytes(bytes, len)
		                          : tale->reader.stored;
		len = len ? len : tale->reader.key.len;
		memcpy(tale->forms[i], form, len);
		tale->forms[i][len] = '\0';
		tale->map[i] = i;
	}
	uint64_t size = spool_varint(bytes), from = spool_reader_tell(bytes);
	tale->place = (struct walk_place){tale->runs.items[0], from, from + size};
	walk_piece_start(&tale->piece, bytes, from + size, tale->map, n + !n,
	                 NULL);
	walk_start(walk, &tale->piece, 1);
}

static inline void tale_end(struct tale *tale)
{
	run_reader_release(&tale->reader);
	runs_release(&tale->runs);
}

#endif
