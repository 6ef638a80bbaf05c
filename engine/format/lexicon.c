#include "format/lexicon_block.h"

#include "base/varint.h"

static int corrupt(const struct lexicon *lexicon, uint32_t block,
                   const char *what, struct ns_error *err)
{
	return err_corrupt(err, lexicon->place, -1,
	                   "lexicon: %s in block %u", what, block);
}

int lexicon_open(struct lexicon *out, struct slice keys, struct slice offsets,
                 struct slice blocks, uint32_t doc_count, const char *place,
                 struct ns_error *err)
{
	*out = (struct lexicon){.keys = keys, .offsets = offsets,
	                        .blocks = blocks, .doc_count = doc_count,
	                        .place = place};
	struct reader reader = reader_of(offsets);
	out->n_blocks = reader_u32(&reader);
	out->n_entries = reader_u32(&reader);
	if (reader.bad ||
	    offsets.len != 8 + 4 * ((uint64_t)out->n_blocks + 1) ||
	    keys.len != 8 * (uint64_t)out->n_blocks ||
	    out->n_blocks > UINT32_MAX / LEXICON_BLOCK ||
	    out->n_entries > out->n_blocks * (uint32_t)LEXICON_BLOCK)
		return err_corrupt(err, place, -1,
		                   "lexicon: sizes that do not fit together");
	out->search = lexicon_tree_search(cpu_level());
	return lexicon_tree_init(&out->tree, keys, err);
}

void lexicon_release(struct lexicon *lexicon)
{
	lexicon_tree_release(&lexicon->tree);
}

uint64_t lexicon_separator(unsigned field, struct slice key)
{
	uint64_t first = load_few(key.data, min_size(key.len, 7));
	return __builtin_bswap64(first << 8 | field);
}

/* ---- entries by number --------------------------------------------------- */

bool lexicon_block_entry(const struct lexicon *lexicon,
                         const struct lexicon_block *block, uint32_t k,
                         unsigned i, struct lexicon_entry *out)
{
	struct lexicon_reference word = {0};
	out->entry = k * LEXICON_BLOCK + i;
	out->field = block->field;
	out->is_term = block->is_term >> i & 1;
	out->is_word = block->is_word >> i & 1;
	if (!lexicon_block_key(block, i, out->key, &out->key_len) ||
	    (out->is_term &&
	     !lexicon_block_term(lexicon, block, k, i, &out->term)) ||
	    (out->is_word && !lexicon_block_word(lexicon, block, k, i, &word)))
		return false;
	out->word_term = word.term;
	out->word_form = word.form;
	out->word_df = word.df;
	out->word_sole = word.sole;
	return true;
}

int lexicon_sole_df(const struct lexicon *lexicon, struct lexicon_entry *entry,
                    struct ns_error *err)
{
	if (!entry->is_word || !entry->word_sole)
		return NS_OK;
	if (entry->word_term == entry->entry) {
		entry->word_df = entry->term.df;
		return NS_OK;
	}
	struct lexicon_block block;
	struct lexicon_term term;
	uint32_t k = entry->word_term / LEXICON_BLOCK;
	unsigned i = entry->word_term % LEXICON_BLOCK;
	if (!lexicon_block_keys(lexicon, k, &block) ||
	    !lexicon_block_numbers(&block) || i >= block.n ||
	    !(block.is_term >> i & 1) ||
	    !lexicon_block_term(lexicon, &block, k, i, &term))
		return corrupt(lexicon, k, "a word without its term", err);
	entry->word_df = term.df;
	return NS_OK;
}

int lexicon_get(const struct lexicon *lexicon, uint32_t entry,
                struct lexicon_entry *out, struct ns_error *err)
{
	struct lexicon_block block;
	uint32_t k = entry / LEXICON_BLOCK;
	unsigned i = entry % LEXICON_BLOCK;
	if (k >= lexicon->n_blocks || !lexicon_block_keys(lexicon, k, &block) ||
	    !lexicon_block_numbers(&block) || i >= block.n ||
	    !lexicon_block_entry(lexicon, &block, k, i, out))
		return corrupt(lexicon, k, "impossible bytes", err);
	return lexicon_sole_df(lexicon, out, err);
}

uint32_t lexicon_next(const struct lexicon *lexicon, uint32_t entry)
{
	struct lexicon_block block;
	uint32_t k = entry / LEXICON_BLOCK;
	if (k < lexicon->n_blocks && lexicon_block_keys(lexicon, k, &block) &&
	    entry % LEXICON_BLOCK + 1 < block.n)
		return entry + 1;
	return (k + 1) * LEXICON_BLOCK;
}

uint32_t lexicon_end(const struct lexicon *lexicon)
{
	return lexicon->n_blocks * LEXICON_BLOCK;
}

/* ---- check --------------------------------------------------------------- */

static bool follows(const struct lexicon_entry *a, const struct lexicon_entry *b)
{
	return a->field < b->field ||
	       (a->field == b->field &&
	        slice_compare(slice_of(a->key, a->key_len),
	                      slice_of(b->key, b->key_len)) < 0);
}

/* One block against what the others and the separators say. */
static const char *check_block(const struct lexicon *lexicon, uint32_t k,
                               struct lexicon_entry *last, uint32_t *n_entries)
{
	struct lexicon_block block;
	struct lexicon_entry entry;
	if (!lexicon_block_parse(lexicon, k, &block))
		return "impossible bytes";
	for (unsigned i = 0; i < block.n; i++) {
		if (!lexicon_block_entry(lexicon, &block, k, i, &entry))
			return "impossible numbers";
		struct slice key = slice_of(entry.key, entry.key_len);
		if (block.fingerprint[i] !=
		    lexicon_fingerprint(lexicon_hash(key)))
			return "a wrong fingerprint";
		if (*n_entries && !follows(last, &entry))
			return "keys out of order";
		if (!i && load_u64(lexicon->keys.data + 8 * (size_t)k) !=
		          lexicon_separator(entry.field, key))
			return "a wrong separator";
		/* only the last block of a field may be short */
		if (!i && k && last->field == entry.field &&
		    last->entry % LEXICON_BLOCK != LEXICON_BLOCK - 1)
			return "a short block before it";
		*last = entry;
		++*n_entries;
	}
	return NULL;
}

int lexicon_check(const struct lexicon *lexicon, struct ns_error *err)
{
	struct lexicon_entry last = {0};
	uint32_t n_entries = 0;
	for (uint32_t k = 0; k < lexicon->n_blocks; k++) {
		const char *fault = check_block(lexicon, k, &last, &n_entries);
		if (fault)
			return corrupt(lexicon, k, fault, err);
	}
	if (n_entries != lexicon->n_entries)
		return corrupt(lexicon, lexicon->n_blocks,
		               "a wrong number of entries", err);
	return NS_OK;
}
