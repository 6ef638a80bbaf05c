/* How is a key found?  The tree over the separators names the block; the
 * fingerprints name its entries that may be it; one comparison of bytes decides.
 *
 * Of a block, what is read is checked, and no more: 96 ns a word of 876, where a
 * binary search and a check of all 32 keys took 144 (12,324 blocks, all of it in
 * the caches, Sapphire Rapids, gcc 12).
 *
 * Not taken: to fetch the lines of offsets and block ahead of their use (no
 * difference beside the noise of cold look-ups, 8 runs of 300 each). */
#include "format/lexicon_block.h"

#include "base/varint.h"

static int corrupt(const struct lexicon *lexicon, uint32_t k,
                   struct ns_error *err)
{
	return err_corrupt(err, lexicon->place, -1,
	                   "lexicon: impossible bytes in block %u", k);
}

static uint32_t rank(const struct lexicon *lexicon, uint64_t separator)
{
	return lexicon->search(&lexicon->tree, separator);
}

/* Of blocks [low, high), whose first keys begin as (field, key) does: how many of
 * them are not above it. */
static int split_equals(const struct lexicon *lexicon, unsigned field,
                        struct slice key, uint32_t low, uint32_t *high,
                        struct ns_error *err)
{
	struct lexicon_block block;
	while (low < *high) {
		uint32_t middle = low + (*high - low) / 2;
		if (!lexicon_block_keys(lexicon, middle, &block))
			return corrupt(lexicon, middle, err);
		struct slice first = slice_of(block.suffix, block.suffix_len[0]);
		if (block.field < field || (block.field == field &&
		                            slice_compare(first, key) <= 0))
			low = middle + 1;
		else
			*high = middle;
	}
	return NS_OK;
}

/* The last block whose first key is not above (field, key); n_blocks: none. */
static int find_block(const struct lexicon *lexicon, unsigned field,
                      struct slice key, uint32_t *out, struct ns_error *err)
{
	uint64_t separator = lexicon_separator(field, key);
	uint32_t n = rank(lexicon, separator);
	if (n && load_u64(lexicon->keys.data + 8 * (size_t)(n - 1)) == separator)
		TRY(split_equals(lexicon, field, key,
		                 rank(lexicon, separator - 1), &n, err));
	*out = n ? n - 1 : lexicon->n_blocks;
	return NS_OK;
}

/* Where a key stands. */
struct place {
	bool found;              /* false: nowhere, and nothing else is set */
	struct lexicon_block block;
	uint32_t k;              /* number of the block */
	unsigned i;              /* of the entry in it */
};

static int locate(const struct lexicon *lexicon, unsigned field,
                  struct slice key, struct place *out, struct ns_error *err)
{
	out->found = false;
	if (!key.len || key.len > KEY_MAX)
		return NS_OK;
	TRY(find_block(lexicon, field, key, &out->k, err));
	if (out->k == lexicon->n_blocks)
		return NS_OK;
	uint8_t fingerprint = lexicon_fingerprint(lexicon_hash(key));
	if (!lexicon_block_keys(lexicon, out->k, &out->block))
		return corrupt(lexicon, out->k, err);
	uint32_t may = out->block.field == field
	             ? lexicon_block_match(&out->block, fingerprint) : 0;
	for (; may; may &= may - 1) {
		out->i = (unsigned)__builtin_ctz(may);
		if (!lexicon_block_is(&out->block, out->i, key))
			continue;
		out->found = lexicon_block_numbers(&out->block);
		return out->found ? NS_OK : corrupt(lexicon, out->k, err);
	}
	return NS_OK;
}

int lexicon_find(const struct lexicon *lexicon, unsigned field,
                 struct slice key, struct lexicon_entry *out, bool *found,
                 struct ns_error *err)
{
	struct place at;
	int status = locate(lexicon, field, key, &at, err);
	*found = at.found;
	if (!at.found)
		return status;
	if (!lexicon_block_entry(lexicon, &at.block, at.k, at.i, out))
		return corrupt(lexicon, at.k, err);
	return lexicon_sole_df(lexicon, out, err);
}

int lexicon_find_term(const struct lexicon *lexicon, unsigned field,
                      struct slice key, struct lexicon_term *out, bool *found,
                      struct ns_error *err)
{
	struct place at;
	int status = locate(lexicon, field, key, &at, err);
	*found = at.found && at.block.is_term >> at.i & 1;
	if (*found && !lexicon_block_term(lexicon, &at.block, at.k, at.i, out))
		return corrupt(lexicon, at.k, err);
	return status;
}

/* The term that a word refers to, and its key. */
static bool read_term(const struct lexicon *lexicon, unsigned field,
                      const struct lexicon_block *block, uint32_t k, unsigned i,
                      struct lexicon_word *out)
{
	return block->field == field && i < block->n &&
	       block->is_term >> i & 1 &&
	       lexicon_block_key(block, i, out->key, &out->key_len) &&
	       lexicon_block_term(lexicon, block, k, i, &out->term);
}

int lexicon_find_word(const struct lexicon *lexicon, unsigned field,
                      struct slice key, struct lexicon_word *out, bool *found,
                      struct ns_error *err)
{
	struct place at;
	struct lexicon_reference word;
	int status = locate(lexicon, field, key, &at, err);
	*found = at.found && at.block.is_word >> at.i & 1;
	if (!*found)
		return status;
	uint32_t k = at.k;
	if (!lexicon_block_word(lexicon, &at.block, k, at.i, &word))
		return corrupt(lexicon, k, err);
	if (word.term != k * LEXICON_BLOCK + at.i) {
		k = word.term / LEXICON_BLOCK;
		at.i = word.term % LEXICON_BLOCK;
		if (k != at.k && !(lexicon_block_keys(lexicon, k, &at.block) &&
		                   lexicon_block_numbers(&at.block)))
			return corrupt(lexicon, k, err);
	}
	if (!read_term(lexicon, field, &at.block, k, at.i, out))
		return err_corrupt(err, lexicon->place, -1,
		                   "lexicon: a word without its term");
	out->form = word.form;
	out->sole = word.sole;
	out->df = word.sole ? out->term.df : word.df;
	return NS_OK;
}

int lexicon_lower_bound(const struct lexicon *lexicon, unsigned field,
                        struct slice key, uint32_t *out, struct ns_error *err)
{
	uint32_t k;
	struct lexicon_block block;
	*out = 0;
	TRY(find_block(lexicon, field, key, &k, err));
	if (k == lexicon->n_blocks)
		return NS_OK;
	if (!lexicon_block_parse(lexicon, k, &block))
		return corrupt(lexicon, k, err);
	uint8_t bytes[KEY_MAX], len;
	unsigned i = block.field < field ? block.n : 0;
	for (; i < block.n; i++)
		if (!lexicon_block_key(&block, i, bytes, &len) ||
		    slice_compare(slice_of(bytes, len), key) >= 0)
			break;
	*out = k * LEXICON_BLOCK + (i == block.n ? LEXICON_BLOCK : i);
	return NS_OK;
}
