#include "bench/decode_work.h"

#include <stdalign.h>

#include "base/bits.h"
#include "format/block.h"
#include "rank/score.h"

enum { EXCEPTIONS = 8, PATCHED_MAX = 28, VALUE_BITS = 20, SCORED_MAX = 9,
       TF_WIDTH_MAX = 30 };

static const uint8_t bitset_words[] = {5, 8, 16, 32};

/* ---- samples ------------------------------------------------------------- */

static uint32_t next_number(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 32);
}

/* How fast a packed number is read does not depend on its value: VALUE_BITS
 * keep docs in 32 bits at every width. */
static size_t make_packed(uint8_t *out, unsigned width, bool patched,
                          uint64_t *state, uint32_t *last)
{
	uint32_t values[BLOCK_DOCS], sum = BLOCK_DOCS - 1;
	uint8_t *next = out + pack_bytes(width);
	uint32_t mask = ((uint32_t)1 << min_u32(width, VALUE_BITS)) - 1;
	for (unsigned i = 0; i < BLOCK_DOCS; i++)
		sum += values[i] = next_number(state) & mask;
	pack_block(out, values, width);
	if (patched) {
		*next++ = EXCEPTIONS;
		for (unsigned i = 0; i < EXCEPTIONS; i++)
			*next++ = (uint8_t)(i * (BLOCK_DOCS / EXCEPTIONS) +
			                    next_number(state) % 32);
		*next++ = 1;
		for (unsigned i = 0; i < EXCEPTIONS; i++)
			*next++ = 1;
		sum += (uint32_t)EXCEPTIONS << width;
	}
	*last = sum;
	return (size_t)(next - out);
}

/* Any 256 of the bits: taken one by one, each with the chance that is left. */
static size_t make_bitset(uint8_t *out, size_t words, uint64_t *state,
                          uint32_t *last)
{
	uint32_t n_bits = (uint32_t)words * 64, left = BLOCK_DOCS;
	memset(out, 0, words * 8);
	for (uint32_t bit = 0; bit < n_bits; bit++) {
		if (next_number(state) % (n_bits - bit) >= left)
			continue;
		out[bit / 8] |= (uint8_t)(1u << bit % 8);
		*last = bit;
		left--;
	}
	return words * 8;
}

static bool is_bitset(enum encoding encoding)
{
	return encoding == ENC_BITSET || encoding == ENC_SCORED_BITSET;
}

static bool is_patched(enum encoding encoding)
{
	return encoding == ENC_PATCHED || encoding == ENC_SCORED_PATCHED;
}

static bool is_scored(enum encoding encoding)
{
	return encoding >= ENC_SCORED_FOR;
}

static size_t make_block(struct sample *sample, unsigned i, uint8_t *out,
                         uint64_t *state)
{
	unsigned width = sample->width;
	uint32_t sum;
	size_t size = is_bitset(sample->encoding)
		? make_bitset(out, bitset_words[width], state,
		              &sample->last[i])
		: make_packed(out, width, is_patched(sample->encoding), state,
		              &sample->last[i]);
	if (is_scored(sample->encoding))
		size += make_packed(out + size, 1, true, state, &sum);
	return size;
}

static bool exists(enum encoding encoding, unsigned width)
{
	const unsigned n_widths[ENCODINGS] = {
		[ENC_FOR] = WIDTHS, [ENC_PATCHED] = PATCHED_MAX + 1,
		[ENC_RUN] = 1, [ENC_BITSET] = ARRAY_LEN(bitset_words),
		[ENC_SCORED_FOR] = SCORED_MAX + 1,
		[ENC_SCORED_PATCHED] = SCORED_MAX + 1,
		[ENC_SCORED_BITSET] = ARRAY_LEN(bitset_words),
	};
	return width < n_widths[encoding];
}

/* Where the docs that are scored are, and the lengths of all. */
static struct walk {
	uint32_t doc;
	uint8_t lengths[2 * SCORED_DOCS];
} walk;

static void walk_start(uint64_t *state)
{
	walk.doc = 0;
	for (size_t doc = 0; doc < SCORED_DOCS; doc++)
		store_u16(walk.lengths + 2 * doc,
		          (uint16_t)(20 + next_number(state) % 1000));
}

bool sample_make(struct sample *sample, enum encoding encoding, unsigned width)
{
	uint64_t state = 1;
	if (!exists(encoding, width))
		return false;
	sample->encoding = encoding;
	sample->width = width;
	sample->docs_enc = sample->tfs_enc = (uint8_t)width;
	if (is_patched(encoding)) {
		sample->docs_enc |= DOCS_PATCHED;
		sample->tfs_enc |= TFS_PATCHED;
	} else if (is_bitset(encoding)) {
		sample->docs_enc = (uint8_t)(DOCS_BITSET + bitset_words[width]);
	}
	if (is_scored(encoding)) {
		sample->tfs_enc = TFS_PATCHED | 1;
		walk_start(&state);
	}
	size_t at = 0;
	for (unsigned i = 0; i < SAMPLE_BLOCKS; i++) {
		sample->size = make_block(sample, i, sample->bytes + at,
		                          &state);
		at += sample->size;
	}
	sample->n = at ? SAMPLE_WINDOW / sample->size : 0;
	for (size_t from = 0; at && at + from < SAMPLE_WINDOW; from++)
		sample->bytes[at + from] = sample->bytes[from];
	return true;
}

double sample_bits(enum encoding encoding, unsigned width)
{
	return is_bitset(encoding) ? bitset_words[width] / 4.0 : width;
}

/* ---- works --------------------------------------------------------------- */

struct room {
	alignas(64) uint32_t values[BLOCK_DOCS];
	alignas(64) uint32_t docs[BLOCK_DOCS];
	alignas(64) uint32_t gains[BLOCK_DOCS + SCORE_SLACK];
};

typedef bool step_fn(const struct sample *sample, const uint8_t *block,
                     unsigned i, struct room *room);

static inline __attribute__((always_inline)) bool
each(const struct sample *sample, size_t n, step_fn *step)
{
	struct room room;
	const uint8_t *block = sample->bytes;
	bool good = true;
	for (size_t i = 0; i < n; i++, block += sample->size) {
		good &= step(sample, block, i % SAMPLE_BLOCKS, &room);
		__asm__ volatile("" : : "r"(&room) : "memory");
	}
	return good;
}

static inline bool unpack(const struct sample *sample, const uint8_t *block,
                          unsigned i, struct room *room)
{
	(void)i;
	sample->kernels->unpack(room->values, block, sample->width);
	return true;
}

static inline bool sums(const struct sample *sample, const uint8_t *block,
                        unsigned i, struct room *room)
{
	sample->kernels->unpack(room->values, block, sample->width);
	sample->kernels->prefix(room->docs, room->values, BLOCK_DOCS,
	                       UINT32_MAX);
	return room->docs[BLOCK_DOCS - 1] == sample->last[i];
}

static inline bool docs(const struct sample *sample, const uint8_t *block,
                        unsigned i, struct room *room)
{
	const uint8_t *end;
	return block_read_docs(sample->docs_enc, block, block + sample->size, 0,
	                       sample->last[i], room->docs, &end);
}

static inline bool tfs(const struct sample *sample, const uint8_t *block,
                       unsigned i, struct room *room)
{
	const uint8_t *end;
	(void)i;
	return block_read_tfs(sample->tfs_enc, block, block + sample->size,
	                      room->values, &end);
}

static inline bool scores(const struct sample *sample, const uint8_t *block,
                          unsigned i, struct room *room)
{
	static const struct bm25 bm25 = {3 << 20, 0.3f, 0.9f / 500};
	const uint8_t *end = block + sample->size, *next;
	uint32_t first = walk.doc, last = first + sample->last[i];
	if (last >= SCORED_DOCS) {
		first = 0;
		last = sample->last[i];
	}
	walk.doc = last + 1;
	if (!block_read_docs(sample->docs_enc, block, end, first, last,
	                     room->docs, &next) ||
	    !block_read_tfs(sample->tfs_enc, next, end, room->values, &next))
		return false;
	score_kernels(cpu_level())->contribute(
		&bm25, room->values, room->docs, walk.lengths, BLOCK_DOCS,
		room->gains);
	return true;
}

static bool read_unpack(const struct sample *sample, size_t n)
{
	return each(sample, n, unpack);
}

static bool read_sums(const struct sample *sample, size_t n)
{
	return each(sample, n, sums);
}

static bool read_docs(const struct sample *sample, size_t n)
{
	return each(sample, n, docs);
}

static bool read_tfs(const struct sample *sample, size_t n)
{
	return each(sample, n, tfs);
}

static bool read_scores(const struct sample *sample, size_t n)
{
	return each(sample, n, scores);
}

const struct work_kind works[WORKS] = {
	[UNPACK] = {"unpack", ENC_FOR, read_unpack},
	[SUMS] = {"with sums", ENC_FOR, read_sums},
	[FOR_DOCS] = {"docs", ENC_FOR, read_docs},
	[FOR_TFS] = {"tfs", ENC_FOR, read_tfs},
	[PATCHED_DOCS] = {"patched docs", ENC_PATCHED, read_docs},
	[PATCHED_TFS] = {"patched tfs", ENC_PATCHED, read_tfs},
	[RUN] = {"run", ENC_RUN, read_docs},
	[BITSET] = {"bitset", ENC_BITSET, read_docs},
	[SCORED_FOR] = {"scored", ENC_SCORED_FOR, read_scores},
	[SCORED_PATCHED] = {"scored patched", ENC_SCORED_PATCHED, read_scores},
	[SCORED_BITSET] = {"scored bitset", ENC_SCORED_BITSET, read_scores},
};

bool work_reads(enum work work, const struct sample *sample)
{
	/* frequencies that are not patched have 30 bits (FORMAT.md) */
	return works[work].encoding == sample->encoding &&
	       !(work == FOR_TFS && sample->width > TF_WIDTH_MAX);
}
