/* entries_row.h — both rows of records as one: key after key, with the term and the
 * word that are spelled so.
 *
 * Words of all ranges are merged by a heap; nearly always the range that gave the
 * last word gives the next, too.
 */
#ifndef NS_BUILD_ENTRIES_ROW_H
#define NS_BUILD_ENTRIES_ROW_H

#include "build/entries.h"

struct entries_key {
	uint64_t head;
	uint8_t field, len;
	uint8_t bytes[256];
};

struct entries_terms {
	struct spool_reader bytes;
	struct entries_key key;
	bool ended;
	/* the term at hand */
	struct lexicon_term term;
	uint32_t number;
	bool has_self;
	struct entries_word self;
	uint64_t post, posn;       /* bytes of all lists so far */
};

struct entries_words {
	struct spool_reader bytes;
	struct entries_key key;
	bool ended;
	uint32_t term;             /* number of its term */
	struct entries_word word;
	uint32_t first;
};

struct entries_row {
	struct entries_terms terms;
	struct entries_words *words;
	struct entries_words **heap;
	size_t n_words, n_heap;
	/* what has the key at hand */
	const struct entries_key *key;
	bool is_term, is_word;
	int status;                /* of the first reader that failed */
};

int entries_row_open(struct entries_row *row, const struct entries *entries,
                     struct ns_error *err);
void entries_row_release(struct entries_row *row);
/* To the next key; false behind the last, or after a failure. */
bool entries_row_next(struct entries_row *row);
/* The word at hand that is not spelled as its term. */
static inline const struct entries_words *entries_row_word(
	const struct entries_row *row)
{
	return row->heap[0];
}

#endif
