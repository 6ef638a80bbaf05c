#include "format/lexicon_block.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/bits.h"

uint64_t lexicon_hash(struct slice key)
{
	return XXH3_64bits(key.data, key.len);
}

unsigned lexicon_array_size(const struct lexicon_block *block,
                            enum lexicon_array array)
{
	switch (array) {
	case LEX_DF:
	case LEX_POST: return bits_count32(block->is_term & ~block->is_single);
	case LEX_CF:
	case LEX_POSN:
	case LEX_FORMS: return bits_count32(block->is_term);
	case LEX_DOC: return bits_count32(block->is_single);
	case LEX_REF: return bits_count32(block->is_word & ~block->is_self);
	case LEX_FORM:
	case LEX_WORD_DF: return bits_count32(block->is_word & ~block->is_sole);
	case LEX_ARRAYS: break;
	}
	return 0;
}

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
	return NS_OK;
}

static bool keys_fit(const struct lexicon_block *block, size_t suffix_bytes)
{
	size_t total = 0;
	for (unsigned i = 0; i < block->n; i++) {
		unsigned length = block->shared[i] + block->suffix_len[i];
		total += block->suffix_len[i];
		if (length < 1 || length > KEY_MAX ||
		    block->shared[i] > (i ? block->suffix_len[0] : 0))
			return false;
	}
	return total == suffix_bytes;
}

static bool masks_fit(const struct lexicon_block *block)
{
	uint32_t all = block->n == 32 ? UINT32_MAX : (1u << block->n) - 1;
	return !((block->is_term | block->is_word) & ~all) &&
	       (block->is_term | block->is_word) == all &&
	       !(block->is_self & ~(block->is_term & block->is_word)) &&
	       !(block->is_sole & ~block->is_word) &&
	       !(block->is_single & ~block->is_term) &&
	       (field_has_words(block->field) || !block->is_word);
}

static uint64_t load_u40(const uint8_t *bytes)
{
	return load_u32(bytes) | (uint64_t)bytes[4] << 32;
}

/* False where the bytes of block k cannot be a block. */
static bool parse(const struct lexicon *lexicon, uint32_t k,
                  struct lexicon_block *out)
{
	const uint8_t *offset = lexicon->offsets.data + 8 + 4 * (size_t)k;
	uint64_t start = 4 * (uint64_t)load_u32(offset);
	uint64_t end = 4 * (uint64_t)load_u32(offset + 4);
	if (start > end || end > lexicon->blocks.len)
		return false;
	struct reader reader = {lexicon->blocks.data + start,
	                        lexicon->blocks.data + end, false};
	out->n = reader_u8(&reader);
	out->field = reader_u8(&reader);
	size_t suffix_bytes = reader_u16(&reader);
	out->fingerprint = reader_bytes(&reader, out->n);
	out->shared = reader_bytes(&reader, out->n);
	out->suffix_len = reader_bytes(&reader, out->n);
	out->suffix = reader_bytes(&reader, suffix_bytes);
	const uint8_t *fixed = reader_bytes(&reader, LEX_FIXED);
	if (!fixed || out->n < 1 || out->n > LEXICON_BLOCK || out->field < 1 ||
	    out->field >= FIELD_END || !keys_fit(out, suffix_bytes))
		return false;
	out->is_term = load_u32(fixed);
	out->is_word = load_u32(fixed + 4);
	out->is_self = load_u32(fixed + 8);
	out->is_sole = load_u32(fixed + 12);
	out->is_single = load_u32(fixed + 16);
	memcpy(out->width, fixed + 20, LEX_ARRAYS);
	out->post_base = load_u40(fixed + 32);
	out->posn_base = load_u40(fixed + 37);
	if (!masks_fit(out))
		return false;
	for (unsigned a = 0; a < LEX_ARRAYS; a++) {
		unsigned n = lexicon_array_size(out, (enum lexicon_array)a);
		out->array[a] = reader_bytes(&reader,
		                             bits_bytes(n, out->width[a]));
		if (!out->array[a] || out->width[a] > LEX_WIDTH_MAX)
			return false;
	}
	return reader_left(&reader) < 4;
}

static uint64_t value(const struct lexicon_block *block,
                      enum lexicon_array array, uint32_t mask, unsigned i)
{
	return bits_get(block->array[array], bits_rank32(mask, i),
	                block->width[array]);
}

static void read_key(const struct lexicon_block *block, unsigned i,
                     struct lexicon_entry *out)
{
	size_t start = 0;
	for (unsigned j = 0; j < i; j++)
		start += block->suffix_len[j];
	unsigned shared = block->shared[i];
	memcpy(out->key, block->suffix, shared);
	memcpy(out->key + shared, block->suffix + start, block->suffix_len[i]);
	out->key_len = (uint8_t)(shared + block->suffix_len[i]);
}

static bool read_term(const struct lexicon *lexicon,
                      const struct lexicon_block *block, unsigned i,
                      struct lexicon_entry *out)
{
	struct lexicon_term *term = &out->term;
	uint32_t terms = block->is_term, several = terms & ~block->is_single;
	bool single = block->is_single >> i & 1;
	*term = (struct lexicon_term){.entry = out->entry,
	                              .field = out->field, .df = 1};
	uint64_t df = single ? 1 : value(block, LEX_DF, several, i) + 2;
	if (df > lexicon->doc_count)
		return false;
	term->df = (uint32_t)df;
	term->cf = df + value(block, LEX_CF, terms, i);
	uint64_t posn = value(block, LEX_POSN, terms, i);
	uint64_t forms = value(block, LEX_FORMS, terms, i) + 1;
	if (forms > term->cf || forms > UINT32_MAX)
		return false;
	term->n_forms = (uint32_t)forms;
	if (!single) {
		term->post = block->post_base +
		             value(block, LEX_POST, several, i);
	} else {
		uint64_t doc = value(block, LEX_DOC, block->is_single, i);
		if (doc >= lexicon->doc_count)
			return false;
		term->doc = (uint32_t)doc;
	}
	if (single && term->cf == 1) {
		if (posn >= UINT32_MAX)
			return false;
		term->position = (uint32_t)posn;
	} else {
		term->posn = block->posn_base + posn;
	}
	return field_has_words(out->field) || (term->cf == df && forms == 1);
}

static bool read_word(const struct lexicon *lexicon,
                      const struct lexicon_block *block, unsigned i,
                      struct lexicon_entry *out)
{
	uint32_t refs = block->is_word & ~block->is_self;
	uint32_t shared = block->is_word & ~block->is_sole;
	out->word_sole = block->is_sole >> i & 1;
	out->word_term = out->entry;
	out->word_form = 0;
	out->word_df = 0;
	if (refs >> i & 1) {
		uint64_t zigzag = value(block, LEX_REF, refs, i);
		int64_t delta = (int64_t)(zigzag >> 1) ^ -(int64_t)(zigzag & 1);
		int64_t term = (int64_t)out->entry + delta;
		if (term < 0 || term >= (int64_t)lexicon_end(lexicon))
			return false;
		out->word_term = (uint32_t)term;
	}
	if (!(shared >> i & 1))
		return true;
	uint64_t form = value(block, LEX_FORM, shared, i);
	uint64_t df = value(block, LEX_WORD_DF, shared, i) + 1;
	out->word_form = (uint32_t)form;
	out->word_df = (uint32_t)df;
	return form <= UINT32_MAX && df <= lexicon->doc_count;
}

/* Entry i of a parsed block; the df of a sole word needs its term. */
static bool read_entry(const struct lexicon *lexicon,
                       const struct lexicon_block *block, uint32_t k,
                       unsigned i, struct lexicon_entry *out)
{
	out->entry = k * LEXICON_BLOCK + i;
	out->field = block->field;
	out->is_term = block->is_term >> i & 1;
	out->is_word = block->is_word >> i & 1;
	read_key(block, i, out);
	return (!out->is_term || read_term(lexicon, block, i, out)) &&
	       (!out->is_word || read_word(lexicon, block, i, out));
}

static int read_sole_df(const struct lexicon *lexicon,
                        struct lexicon_entry *out, struct ns_error *err)
{
	if (!out->is_word || !out->word_sole)
		return NS_OK;
	if (out->word_term == out->entry) {
		out->word_df = out->term.df;
		return NS_OK;
	}
	struct lexicon_block block;
	struct lexicon_entry term;
	uint32_t k = out->word_term / LEXICON_BLOCK;
	unsigned i = out->word_term % LEXICON_BLOCK;
	if (!parse(lexicon, k, &block) || i >= block.n ||
	    !read_entry(lexicon, &block, k, i, &term) || !term.is_term)
		return corrupt(lexicon, k, "a word without its term", err);
	out->word_df = term.term.df;
	return NS_OK;
}

int lexicon_get(const struct lexicon *lexicon, uint32_t entry,
                struct lexicon_entry *out, struct ns_error *err)
{
	struct lexicon_block block;
	uint32_t k = entry / LEXICON_BLOCK;
	unsigned i = entry % LEXICON_BLOCK;
	if (k >= lexicon->n_blocks || !parse(lexicon, k, &block) ||
	    i >= block.n || !read_entry(lexicon, &block, k, i, out))
		return corrupt(lexicon, k, "impossible bytes", err);
	return read_sole_df(lexicon, out, err);
}

/* ---- search ------------------------------------------------------------- */

uint64_t lexicon_separator(unsigned field, struct slice key)
{
	uint64_t separator = field;
	for (size_t i = 0; i < 7; i++)
		separator = separator << 8 | (i < key.len ? key.data[i] : 0);
	return separator;
}

/* Order of the first key of block k against (field, key): < 0 if before. */
static bool compare_first(const struct lexicon *lexicon, uint32_t k,
                          uint64_t separator, unsigned field, struct slice key,
                          int *order)
{
	uint64_t first = load_u64(lexicon->keys.data + 8 * (size_t)k);
	if (first != separator) {
		*order = first < separator ? -1 : 1;
		return true;
	}
	struct lexicon_block block;
	if (!parse(lexicon, k, &block))
		return false;
	*order = block.field != field
	       ? (int)block.field - (int)field
	       : slice_compare(slice_of(block.suffix, block.suffix_len[0]), key);
	return true;
}

/* The last block whose first key is not above (field, key); n_blocks: none. */
static int find_block(const struct lexicon *lexicon, unsigned field,
                      struct slice key, uint32_t *out, struct ns_error *err)
{
	uint64_t separator = lexicon_separator(field, key);
	uint32_t low = 0, high = lexicon->n_blocks;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order;
		if (!compare_first(lexicon, middle, separator, field, key,
		                   &order))
			return corrupt(lexicon, middle, "impossible bytes", err);
		if (order <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	*out = low ? low - 1 : lexicon->n_blocks;
	return NS_OK;
}

static bool key_is(const struct lexicon_block *block, unsigned i, size_t start,
                   struct slice key)
{
	unsigned shared = block->shared[i], rest = block->suffix_len[i];
	return key.len == shared + rest &&
	       !memcmp(key.data, block->suffix, shared) &&
	       !memcmp(key.data + shared, block->suffix + start, rest);
}

int lexicon_find(const struct lexicon *lexicon, unsigned field,
                 struct slice key, struct lexicon_entry *out, bool *found,
                 struct ns_error *err)
{
	uint32_t k;
	struct lexicon_block block;
	*found = false;
	if (!key.len || key.len > KEY_MAX)
		return NS_OK;
	TRY(find_block(lexicon, field, key, &k, err));
	if (k == lexicon->n_blocks)
		return NS_OK;
	if (!parse(lexicon, k, &block))
		return corrupt(lexicon, k, "impossible bytes", err);
	if (block.field != field)
		return NS_OK;
	uint8_t fingerprint = lexicon_fingerprint(lexicon_hash(key));
	size_t start = 0;
	for (unsigned i = 0; i < block.n; start += block.suffix_len[i++]) {
		if (block.fingerprint[i] != fingerprint ||
		    !key_is(&block, i, start, key))
			continue;
		if (!read_entry(lexicon, &block, k, i, out))
			return corrupt(lexicon, k, "impossible numbers", err);
		*found = true;
		return read_sole_df(lexicon, out, err);
	}
	return NS_OK;
}

int lexicon_lower_bound(const struct lexicon *lexicon, unsigned field,
                        struct slice key, uint32_t *out, struct ns_error *err)
{
	uint32_t k;
	struct lexicon_block block;
	TRY(find_block(lexicon, field, key, &k, err));
	if (k == lexicon->n_blocks) {
		*out = 0;
		return NS_OK;
	}
	if (!parse(lexicon, k, &block))
		return corrupt(lexicon, k, "impossible bytes", err);
	struct lexicon_entry entry;
	unsigned i = 0;
	if (block.field < field)
		i = block.n;
	for (; i < block.n; i++) {
		read_key(&block, i, &entry);
		if (slice_compare(slice_of(entry.key, entry.key_len), key) >= 0)
			break;
	}
	*out = k * LEXICON_BLOCK + i;
	if (i == block.n)
		*out = (k + 1) * LEXICON_BLOCK;
	return NS_OK;
}

uint32_t lexicon_next(const struct lexicon *lexicon, uint32_t entry)
{
	struct lexicon_block block;
	uint32_t k = entry / LEXICON_BLOCK;
	if (k < lexicon->n_blocks && parse(lexicon, k, &block) &&
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
	if (!parse(lexicon, k, &block))
		return "impossible bytes";
	for (unsigned i = 0; i < block.n; i++) {
		if (!read_entry(lexicon, &block, k, i, &entry))
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
