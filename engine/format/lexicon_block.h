/* lexicon_block.h — the 32 entries of one block, as bytes (FORMAT.md, "Lexicon").
 *
 * Read in steps, each of which checks what the next may trust: extents, not
 * values.  A look-up asks where the keys are, looks for its own among the
 * fingerprints, and only then where the numbers are.
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
	/* keys */
	unsigned n;
	uint8_t field;
	size_t suffix_bytes;
	const uint8_t *fingerprint, *shared, *suffix_len, *suffix, *end;
	/* numbers */
	uint32_t is_term, is_word, is_self, is_sole, is_single;
	uint8_t width[LEX_ARRAYS];
	uint16_t start[LEX_ARRAYS]; /* in arrays */
	const uint8_t *arrays;
	uint64_t post_base, posn_base;
};

/* What a word says of itself; df only where it is not sole. */
struct lexicon_reference {
	uint32_t term, form, df;
	bool sole;
};

/* Block k < n_blocks.  Each is false where the bytes cannot be a block.  Keys: the
 * parts are there, the first key is in the suffixes. */
bool lexicon_block_keys(const struct lexicon *lexicon, uint32_t k,
                        struct lexicon_block *out);
/* After that: masks that fit, arrays inside the block. */
bool lexicon_block_numbers(struct lexicon_block *block);
/* Both, and every key lies in the suffixes: for walks over all of them. */
bool lexicon_block_parse(const struct lexicon *lexicon, uint32_t k,
                         struct lexicon_block *out);

/* Entry i of block k as a term, as a word, once the numbers are known; false where
 * the values are impossible. */
bool lexicon_block_term(const struct lexicon *lexicon,
                        const struct lexicon_block *block, uint32_t k,
                        unsigned i, struct lexicon_term *out);
bool lexicon_block_word(const struct lexicon *lexicon,
                        const struct lexicon_block *block, uint32_t k,
                        unsigned i, struct lexicon_reference *out);

/* Both, and the key: an entry, but for the df of a sole word. */
bool lexicon_block_entry(const struct lexicon *lexicon,
                         const struct lexicon_block *block, uint32_t k,
                         unsigned i, struct lexicon_entry *out);
/* Asks the term of a sole word for it. */
int lexicon_sole_df(const struct lexicon *lexicon, struct lexicon_entry *entry,
                    struct ns_error *err);

/* Where the suffix of entry i starts: the sum of the lengths before it. */
size_t lexicon_block_suffix(const struct lexicon_block *block, unsigned i);
/* Copies the key of entry i, if it lies in the suffixes. */
bool lexicon_block_key(const struct lexicon_block *block, unsigned i,
                       uint8_t out[KEY_MAX], uint8_t *out_len);
/* The entries, a bit for each, with this fingerprint. */
uint32_t lexicon_block_match(const struct lexicon_block *block,
                             uint8_t fingerprint);
/* Is this the key of entry i? */
bool lexicon_block_is(const struct lexicon_block *block, unsigned i,
                      struct slice key);

static inline uint8_t lexicon_fingerprint(uint64_t hash)
{
	return (uint8_t)hash;
}

uint64_t lexicon_hash(struct slice key);

#endif
