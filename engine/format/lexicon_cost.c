#include "format/lexicon_cost.h"

#include "base/bits.h"
#include "base/varint.h"
#include "format/lexicon_block.h"

enum { KEY_FIXED = 3 }; /* fingerprint, shared, suffix_len */

uint64_t lexicon_cost_all(const struct lexicon_cost *cost)
{
	return cost->terms + cost->places + cost->words + cost->frame;
}

static void measure_block(const struct lexicon_block *block, uint64_t size,
                          struct lexicon_cost *cost)
{
	unsigned shared = bits_count32(block->is_word & ~block->is_sole);
	uint64_t end = block->start[LEX_WORD_DF] +
	               bits_bytes(shared, block->width[LEX_WORD_DF]);
	uint64_t places = (uint64_t)block->start[LEX_FORMS] -
	                  block->start[LEX_POSN];
	uint64_t keys = KEY_FIXED * (uint64_t)block->n + block->suffix_bytes;
	for (unsigned i = 0; i < block->n; i++) {
		uint64_t key = KEY_FIXED + (uint64_t)block->suffix_len[i];
		*(block->is_term >> i & 1 ? &cost->terms : &cost->words) += key;
	}
	cost->terms += block->start[LEX_POSN];
	cost->places += places;
	cost->words += end - block->start[LEX_FORMS];
	cost->frame += size - keys - end;
	cost->n_terms += bits_count32(block->is_term);
	cost->n_words += bits_count32(block->is_word);
}

int lexicon_measure(const struct lexicon *lexicon,
                    struct lexicon_cost cost[FIELD_END], struct ns_error *err)
{
	const uint8_t *offsets = lexicon->offsets.data + 8;
	uint64_t own = 4 * (uint64_t)lexicon->n_blocks;
	for (uint32_t k = 0; k < lexicon->n_blocks; k++) {
		struct lexicon_block block;
		if (!lexicon_block_parse(lexicon, k, &block))
			return err_corrupt(err, lexicon->place, -1, "lexicon: "
			                   "impossible bytes in block %u", k);
		const uint8_t *at = offsets + 4 * (size_t)k;
		uint64_t size = 4 * ((uint64_t)load_u32(at + 4) - load_u32(at));
		measure_block(&block, size, &cost[block.field]);
		cost[block.field].frame += 8 + 4;
		own += size + 8;
	}
	uint64_t all = (uint64_t)lexicon->keys.len + lexicon->offsets.len +
	               lexicon->blocks.len;
	cost[0].frame += all - min_u64(all, own);
	return NS_OK;
}
