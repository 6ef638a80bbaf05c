/* What do the bytes of a block say?  In three steps, so that a look-up pays for
 * what it reads: where the keys are, where the numbers are, and (for those that
 * walk blocks) whether the lengths of all keys fit. */
#include "format/lexicon_block.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/bits.h"

uint64_t lexicon_hash(struct slice key)
{
	return XXH3_64bits(key.data, key.len);
}

static bool keys_fit(const struct lexicon_block *block)
{
	size_t total = 0;
	for (unsigned i = 0; i < block->n; i++) {
		unsigned length = block->shared[i] + block->suffix_len[i];
		total += block->suffix_len[i];
		if (length < 1 || length > KEY_MAX ||
		    block->shared[i] > (i ? block->suffix_len[0] : 0))
			return false;
	}
	return total == block->suffix_bytes;
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

static void count_both(uint32_t a, uint32_t b, unsigned *n_a, unsigned *n_b)
{
	uint64_t both = bits_count_halves(a | (uint64_t)b << 32);
	*n_a = both & 0xFF;
	*n_b = (unsigned)(both >> 32);
}

/* How many values each array has: the masks fit, so that what is a part of what
 * need not be asked again. */
static void array_sizes(const struct lexicon_block *block,
                        uint8_t out[LEX_ARRAYS])
{
	unsigned terms, words, single, sole;
	count_both(block->is_term, block->is_word, &terms, &words);
	count_both(block->is_single, block->is_sole, &single, &sole);
	unsigned shared = words - sole;
	out[LEX_DF] = out[LEX_POST] = (uint8_t)(terms - single);
	out[LEX_CF] = out[LEX_POSN] = out[LEX_FORMS] = (uint8_t)terms;
	out[LEX_DOC] = (uint8_t)single;
	out[LEX_REF] = (uint8_t)(words - bits_count32(block->is_self));
	out[LEX_FORM] = out[LEX_WORD_DF] = (uint8_t)shared;
}

static uint64_t load_u40(const uint8_t *bytes)
{
	return load_u32(bytes) | (uint64_t)bytes[4] << 32;
}

bool lexicon_block_keys(const struct lexicon *lexicon, uint32_t k,
                        struct lexicon_block *out)
{
	const uint8_t *offset = lexicon->offsets.data + 8 + 4 * (size_t)k;
	uint64_t start = 4 * (uint64_t)load_u32(offset);
	uint64_t end = 4 * (uint64_t)load_u32(offset + 4);
	if (start > end || end > lexicon->blocks.len || end - start < 4)
		return false;
	const uint8_t *bytes = lexicon->blocks.data + start;
	size_t n = bytes[0];
	out->n = bytes[0];
	out->field = bytes[1];
	out->suffix_bytes = load_u16(bytes + 2);
	out->fingerprint = bytes + 4;
	out->shared = out->fingerprint + n;
	out->suffix_len = out->shared + n;
	out->suffix = out->suffix_len + n;
	out->end = lexicon->blocks.data + end;
	return n >= 1 && n <= LEXICON_BLOCK && out->field >= 1 &&
	       out->field < FIELD_END &&
	       4 + 3 * n + out->suffix_bytes + LEX_FIXED <= end - start &&
	       out->suffix_len[0] <= out->suffix_bytes;
}

bool lexicon_block_numbers(struct lexicon_block *block)
{
	const uint8_t *fixed = block->suffix + block->suffix_bytes;
	block->is_term = load_u32(fixed);
	block->is_word = load_u32(fixed + 4);
	block->is_self = load_u32(fixed + 8);
	block->is_sole = load_u32(fixed + 12);
	block->is_single = load_u32(fixed + 16);
	memcpy(block->width, fixed + 20, LEX_ARRAYS);
	block->post_base = load_u40(fixed + 32);
	block->posn_base = load_u40(fixed + 37);
	if (!masks_fit(block))
		return false;
	block->arrays = fixed + LEX_FIXED;
	uint8_t sizes[LEX_ARRAYS];
	array_sizes(block, sizes);
	size_t at = 0, room = (size_t)(block->end - block->arrays);
	unsigned widest = 0;
	for (unsigned a = 0; a < LEX_ARRAYS; a++) {
		block->start[a] = (uint16_t)at;
		at += bits_bytes(sizes[a], block->width[a]);
		widest = max_u32(widest, block->width[a]);
	}
	return widest <= LEX_WIDTH_MAX && at <= room && room - at < 4;
}

bool lexicon_block_parse(const struct lexicon *lexicon, uint32_t k,
                         struct lexicon_block *out)
{
	return lexicon_block_keys(lexicon, k, out) && keys_fit(out) &&
	       lexicon_block_numbers(out);
}

static uint64_t value(const struct lexicon_block *block,
                      enum lexicon_array array, unsigned place)
{
	return bits_get(block->arrays + block->start[array], place,
	                block->width[array]);
}

bool lexicon_block_term(const struct lexicon *lexicon,
                        const struct lexicon_block *block, uint32_t k,
                        unsigned i, struct lexicon_term *out)
{
	unsigned terms, singles;
	uint32_t before = (1u << i) - 1;
	count_both(block->is_term & before, block->is_single & before, &terms,
	           &singles);
	bool single = block->is_single >> i & 1;
	*out = (struct lexicon_term){.entry = k * LEXICON_BLOCK + i,
	                             .field = block->field};
	uint64_t df = single ? 1 : value(block, LEX_DF, terms - singles) + 2;
	uint64_t doc = single ? value(block, LEX_DOC, singles) : 0;
	uint64_t posn = value(block, LEX_POSN, terms);
	uint64_t forms = value(block, LEX_FORMS, terms) + 1;
	out->df = (uint32_t)df;
	out->cf = df + value(block, LEX_CF, terms);
	out->n_forms = (uint32_t)forms;
	out->doc = (uint32_t)doc;
	if (!single)
		out->post = block->post_base +
		            value(block, LEX_POST, terms - singles);
	if (single && out->cf == 1) {
		if (posn >= UINT32_MAX)
			return false;
		out->position = (uint32_t)posn;
	} else {
		out->posn = block->posn_base + posn;
	}
	return df <= lexicon->doc_count && (!single || doc < lexicon->doc_count) &&
	       forms <= out->cf && forms <= UINT32_MAX &&
	       (field_has_words(block->field) || (out->cf == df && forms == 1));
}

bool lexicon_block_word(const struct lexicon *lexicon,
                        const struct lexicon_block *block, uint32_t k,
                        unsigned i, struct lexicon_reference *out)
{
	uint32_t refs = block->is_word & ~block->is_self;
	uint32_t shared = block->is_word & ~block->is_sole;
	uint32_t entry = k * LEXICON_BLOCK + i;
	*out = (struct lexicon_reference){.sole = block->is_sole >> i & 1,
	                                  .term = entry};
	if (refs >> i & 1) {
		uint64_t zigzag = value(block, LEX_REF, bits_rank32(refs, i));
		int64_t delta = (int64_t)(zigzag >> 1) ^ -(int64_t)(zigzag & 1);
		int64_t term = (int64_t)entry + delta;
		if (term < 0 || term >= (int64_t)lexicon_end(lexicon))
			return false;
		out->term = (uint32_t)term;
	}
	if (out->sole)
		return true;
	unsigned place = bits_rank32(shared, i);
	uint64_t form = value(block, LEX_FORM, place);
	uint64_t df = value(block, LEX_WORD_DF, place) + 1;
	out->form = (uint32_t)form;
	out->df = (uint32_t)df;
	return form <= UINT32_MAX && df <= lexicon->doc_count;
}
