/* pair_table.h — do these two frequent words ever stand next to each other, and
 * where is the list of the docs?
 *
 * The chunk `pair`: up to 64 terms of the text, and for each of them which of the
 * others ever follows it at once.  Each such pair has a list in `post`, docs and
 * frequencies without positions, so that "of the" is read as one word is, instead of
 * from the positions of two that are everywhere.
 *
 * A bit says whether a pair has a list, the bits before it say which: to find one
 * takes no search, and each takes 7 bytes here.  Not taken: pairs as keys of the
 * lexicon, in a field of their own: every walk over words would meet entries that are
 * none, and two words may be too long for a key.
 */
#ifndef NS_FORMAT_PAIR_TABLE_H
#define NS_FORMAT_PAIR_TABLE_H

#include "format/lexicon.h"

enum pair_array { PAIR_DF, PAIR_CF, PAIR_PLACE, PAIR_ARRAYS };

struct pair_table {
	unsigned n;                   /* words; 0: no pair is known */
	uint32_t n_pairs;
	const uint8_t *entries;       /* u32[n] */
	const uint8_t *follows;       /* u64[n] */
	const uint8_t *array[PAIR_ARRAYS];
	uint8_t width[PAIR_ARRAYS];
};

/* chunk.data NULL: there is none.  The chunk must outlive it and be followed by
 * CHUNK_PADDING readable bytes. */
int pair_table_open(struct pair_table *out, struct slice chunk,
                    const char *place, struct ns_error *err);

/* The entry number of the term of word i. */
uint32_t pair_table_entry(const struct pair_table *table, unsigned i);
/* The number of the word whose term has this entry number, below n, or n. */
unsigned pair_table_word(const struct pair_table *table, uint32_t entry);

/* The list of word a with word b behind it, both below n; false: they are never
 * neighbours. */
bool pair_table_find(const struct pair_table *table, unsigned a, unsigned b,
                     struct lexicon_term *out);

/* For who wants them all: bit b of the row: b stands behind a; and list i of
 * n_pairs, by a, then b. */
uint64_t pair_table_follows(const struct pair_table *table, unsigned a);
void pair_table_get(const struct pair_table *table, uint32_t i,
                    struct lexicon_term *out);

/* ---- writing ------------------------------------------------------------- */

/* Entry numbers of n words, rising; bit b of follows[a]: b stands behind a; the terms
 * of these pairs by a, then b, as postings_write left them. */
void pair_table_write(const uint32_t *entries, const uint64_t *follows,
                      unsigned n, const struct lexicon_term *terms,
                      struct buffer *out);

#endif
