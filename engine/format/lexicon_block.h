/* lexicon_block.h — the 32 entries of one block, as bytes (FORMAT.md, "Lexicon").
 *
 * Parsed before use: every length is checked against the block's extent, so that
 * what follows may trust the sizes, but not the values.
 */
#ifndef NS_FORMAT_LEXICON_BLOCK_H
#define NS_FORMAT_LEXICON_BLOCK_H

#include "format/lexicon.h"

/* The packed arrays, in the order of the file. */
enum lexicon_array {
	LEX_DF, LEX_CF, LEX_POST, LEX_DOC, LEX_POSN, LEX_FORMS,
	LEX_REF, LEX_FORM, LEX_WORD_DF,
	LEX_ARRAYS
};
enum { LEX_WIDTH_MAX = 40, LEX_FIXED = 20 + 12 + 10 };

struct lexicon_block {
	unsigned n;
	uint8_t field;
	const uint8_t *fingerprint, *shared, *suffix_len, *suffix;
	uint32_t is_term, is_word, is_self, is_sole, is_single;
	uint8_t width[LEX_ARRAYS];
	const uint8_t *array[LEX_ARRAYS];
	uint64_t post_base, posn_base;
};

/* How many values an array has, by the masks. */
unsigned lexicon_array_size(const struct lexicon_block *block,
                            enum lexicon_array array);

static inline uint8_t lexicon_fingerprint(uint64_t hash)
{
	return (uint8_t)hash;
}

uint64_t lexicon_hash(struct slice key);

#endif
