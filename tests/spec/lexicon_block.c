#include "tests/spec/lexicon_block.h"

#include <string.h>

#include <xxhash.h>

/* Numbers of `width` bits for the entries of a block that `who` marks. */
static void column_read(struct in *in, uint32_t who, unsigned width,
                        uint64_t out[32])
{
	uint64_t values[32];
	must(width <= 40, "width in a lexicon block");
	bits(in, (size_t)__builtin_popcount(who), width, values);
	for (unsigned i = 0, k = 0; i < 32; i++)
		out[i] = who >> i & 1 ? values[k++] : 0;
}

static void keys_read(struct in *in, struct entry *out, uint32_t *n)
{
	*n = u8(in);
	uint8_t field = u8(in);
	uint64_t left = take_int(in, 2);
	const uint8_t *prints = take(in, *n), *shared = take(in, *n);
	const uint8_t *sizes = take(in, *n);
	must(*n >= 1 && *n <= 32 && field >= 1 && field <= 9, "n and field");
	must(!shared[0], "the first key of a block shares nothing");
	for (uint32_t i = 0; i < *n; i++) {
		unsigned size = (unsigned)shared[i] + sizes[i];
		must(size >= 1 && size <= 255, "a key has 1 to 255 bytes");
		must(shared[i] <= out->key_size || !i, "shared bytes");
		memcpy(out[i].key, out->key, shared[i]);
		memcpy(out[i].key + shared[i], take(in, sizes[i]), sizes[i]);
		must(left >= sizes[i], "suffix_bytes");
		left -= sizes[i];
		out[i].key_size = (uint8_t)size;
		out[i].field = field;
		out[i].here = true;
		must((uint8_t)XXH3_64bits(out[i].key, size) == prints[i],
		     "fingerprint");
	}
	must(!left, "suffix_bytes is their sum");
}

void lexicon_block_read(struct in *in, struct entry *out, uint64_t first)
{
	uint32_t n, mark[5];
	uint64_t base[2], col[9][32];
	keys_read(in, out, &n);
	for (int i = 0; i < 5; i++) {
		mark[i] = u32(in);
		must(!((uint64_t)mark[i] >> n), "marks of entries that are there");
	}
	uint32_t term = mark[0], word = mark[1], self = mark[2], sole = mark[3],
	         single = mark[4];
	must(!(self & ~(term & word)) && !(sole & ~word) && !(single & ~term),
	     "marks fit together");
	must((term | word) == (uint32_t)((1ull << n) - 1), "each is one or other");
	const uint8_t *width = take(in, 9);
	zeros(in, 3);
	base[0] = take_int(in, 5);
	base[1] = take_int(in, 5);
	const uint32_t who[9] = {term & ~single, term, term & ~single, single,
		term, term, word & ~self, word & ~sole, word & ~sole};
	for (int i = 0; i < 9; i++)
		column_read(in, who[i], width[i], col[i]);
	for (uint32_t i = 0; i < n; i++) {
		struct entry *entry = &out[i];
		entry->term = term >> i & 1;
		entry->word = word >> i & 1;
		entry->self = self >> i & 1;
		entry->sole = sole >> i & 1;
		entry->single = single >> i & 1;
		entry->df = entry->single ? 1 : col[0][i] + 2;
		entry->cf = entry->df + col[1][i];
		entry->post = base[0] + col[2][i];
		entry->doc = col[3][i];
		entry->position = col[4][i];
		entry->posn = base[1] + col[4][i];
		entry->n_forms = col[5][i] + 1;
		uint64_t zigzag = col[6][i];
		entry->of_term = first + i + (zigzag >> 1 ^ -(zigzag & 1));
		entry->form = col[7][i];
		entry->word_df = col[8][i] + 1;
		must(entry->field < 3 || (entry->term && !entry->word),
		     "a value is a term and no word");
	}
}
