/* fuzz_block.c — do all levels of instructions read any block alike?
 *
 * Input: width, encodings of docs and of frequencies, salt (u8), before, last
 * (u32), then the bytes of a block.  The kernels of format/pack.h and
 * format/bitset.h get bytes that end where their contract says; format/block.h
 * gets a chunk.  What a block gives can be written and read again.
 */
#include "format/bitset.h"
#include "format/block.h"
#include "format/pack.h"
#include "tests/fuzz/fuzz.h"

struct input {
	unsigned width;
	uint8_t docs_enc, tf_enc;
	uint32_t before, last;
	struct random random;
	struct reader bytes;
};

/* ---- kernels ------------------------------------------------------------- */

static void compare(const uint32_t *a, const uint32_t *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		ASSERT_REL(a[i], ==, b[i]);
}

static void unpack(struct input *in, uint32_t values[BLOCK_DOCS])
{
	struct reader bytes = in->bytes;
	size_t size = pack_bytes(in->width);
	uint8_t *packed = fuzz_alloc(size);
	size_t n = min_size(size, reader_left(&bytes));
	if (n)
		memcpy(packed, bytes.next, n);
	pack_scalar.unpack(values, packed, in->width);
	for (enum cpu_level level = CPU_SCALAR; level <= cpu_level(); level++) {
		uint32_t other[BLOCK_DOCS];
		pack_kernels(level)->unpack(other, packed, in->width);
		compare(values, other, BLOCK_DOCS);
	}
	free(packed);
}

static void prefix(struct input *in, const uint32_t values[BLOCK_DOCS],
                   uint32_t docs[BLOCK_DOCS])
{
	uint32_t sum = in->before;
	unsigned few = random_below(&in->random, BLOCK_DOCS + 1);
	for (unsigned i = 0; i < BLOCK_DOCS; i++)
		docs[i] = sum += values[i] + 1;
	for (enum cpu_level level = CPU_SCALAR; level <= cpu_level(); level++) {
		uint32_t other[BLOCK_DOCS];
		pack_kernels(level)->prefix(other, values, BLOCK_DOCS,
		                            in->before);
		compare(docs, other, BLOCK_DOCS);
		pack_kernels(level)->prefix(other, values, few, in->before);
		compare(docs, other, few);
		memcpy(other, values, sizeof other);
		pack_kernels(level)->increment(other);
		for (unsigned i = 0; i < BLOCK_DOCS; i++)
			ASSERT_REL(other[i], ==, values[i] + 1);
	}
}

/* Searches want rising docs. */
static bool rises(const uint32_t docs[BLOCK_DOCS])
{
	for (unsigned i = 1; i < BLOCK_DOCS; i++)
		if (docs[i] <= docs[i - 1])
			return false;
	return true;
}

static void search(struct input *in, const uint32_t docs[BLOCK_DOCS])
{
	for (unsigned round = 0; round < 32; round++) {
		uint32_t at = random_below(&in->random, BLOCK_DOCS);
		uint32_t target = docs[at] + random_below(&in->random, 3) - 1;
		unsigned below = 0;
		while (below < BLOCK_DOCS && docs[below] < target)
			below++;
		for (enum cpu_level level = CPU_SCALAR; level <= cpu_level();
		     level++)
			ASSERT_REL(pack_kernels(level)->search(docs, target),
			           ==, below);
	}
}

static void find(struct input *in, const uint32_t docs[BLOCK_DOCS])
{
	uint32_t targets[BLOCK_DOCS + 1], which[BLOCK_DOCS + 1];
	uint32_t places[BLOCK_DOCS + 1];
	unsigned n = 0, expected = 0;
	uint64_t next = 0;
	for (unsigned i = 0; i < BLOCK_DOCS; i++) {
		uint64_t target = max_u64(next, docs[i]);
		target -= target > next && random_below(&in->random, 2);
		if (target > docs[BLOCK_DOCS - 1] ||
		    !random_below(&in->random, 3))
			continue;
		targets[n++] = (uint32_t)target;
		next = target + 1;
	}
	for (unsigned i = 0, k = 0; k < n; k++) {
		while (docs[i] < targets[k])
			i++;
		expected += docs[i] == targets[k];
	}
	/* one behind the last, which ends the search */
	targets[n] = UINT32_MAX;
	unsigned more = docs[BLOCK_DOCS - 1] < UINT32_MAX;
	for (enum cpu_level level = CPU_SCALAR; level <= cpu_level(); level++) {
		unsigned asked, found = pack_kernels(level)->find(
			docs, targets, n + more, docs[BLOCK_DOCS - 1], 7, which,
			places, &asked);
		ASSERT_REL(found, ==, expected);
		ASSERT_REL(asked, ==, n);
		for (unsigned k = 0; k < found; k++)
			ASSERT_REL(docs[places[k]], ==, targets[which[k] - 7]);
	}
}

enum { BITS = BITSET_WORDS_MAX * 64 };

static void ask_bits(const struct bitset_kernels *kernels, const uint8_t *words,
                     size_t n, const uint32_t *ids, size_t n_ids)
{
	uint16_t before[BITSET_WORDS_MAX + 1];
	uint32_t other[BITS + BITSET_SLACK];
	ASSERT_REL(kernels->count(words, n), ==, n_ids);
	ASSERT_REL(kernels->count_both(words, words, n), ==, n_ids);
	ASSERT_REL(kernels->ids(words, n, 5, other), ==, n_ids);
	for (size_t i = 0; i < n_ids; i++)
		ASSERT_REL(other[i], ==, ids[i] + 5);
	kernels->ranks(words, n, before);
	memcpy(other, ids, n_ids * sizeof *ids);
	kernels->places(words, before, other, n_ids);
	for (size_t i = 0; i < n_ids; i++)
		ASSERT_REL(other[i], ==, i);
}

static void bits(const struct input *in)
{
	struct reader bytes = in->bytes;
	size_t n = min_size(reader_left(&bytes) / 8, BITSET_WORDS_MAX), n_ids = 0;
	struct slice words = fuzz_exact(&bytes, 8 * n);
	uint32_t ids[BITS];
	for (uint32_t bit = 0; bit < 64 * n; bit++)
		if (bitset_has(words.data, bit))
			ids[n_ids++] = bit;
	for (enum cpu_level level = CPU_SCALAR; level <= cpu_level(); level++)
		ask_bits(bitset_kernels(level), words.data, n, ids, n_ids);
	fuzz_free(words);
}

/* ---- blocks -------------------------------------------------------------- */

static bool docs(const struct input *in, struct slice chunk)
{
	uint32_t docs[BLOCK_DOCS], again[BLOCK_DOCS];
	const uint8_t *end, *limit = chunk.data + chunk.len;
	struct buffer out;
	if (!block_read_docs(in->docs_enc, chunk.data, limit, in->before,
	                     in->last, docs, &end))
		return false;
	ASSERT_REL(end - chunk.data, <=, chunk.len);
	ASSERT_REL(docs[0], >=, in->before);
	ASSERT_REL(docs[BLOCK_DOCS - 1], ==, in->last);
	ASSERT_REL(rises(docs), ==, true);
	buffer_init(&out, SIZE_MAX);
	uint8_t enc = block_write_docs(docs, in->before, &out);
	size_t size = out.len;
	buffer_zeros(&out, CHUNK_PADDING);
	ASSERT_REL(block_read_docs(enc, out.data, out.data + size, in->before,
	                           in->last, again, &end), ==, true);
	compare(docs, again, BLOCK_DOCS);
	buffer_release(&out);
	return true;
}

/* Read where they lie, and all at once. */
static bool tfs(const struct input *in, struct slice chunk)
{
	uint32_t tfs[BLOCK_DOCS];
	const uint8_t *end, *limit = chunk.data + chunk.len;
	struct block_values values;
	bool open = block_open_tfs(&values, in->tf_enc, chunk.data, limit, &end);
	for (unsigned i = 0; open && i < BLOCK_DOCS; i++)
		tfs[i] = block_value(&values, i) + 1;
	uint32_t all[BLOCK_DOCS];
	if (!block_read_tfs(in->tf_enc, chunk.data, limit, all, &end))
		return false;
	ASSERT_REL(open, ==, true);
	compare(all, tfs, BLOCK_DOCS);
	for (unsigned i = 0; i < BLOCK_DOCS; i++)
		ASSERT_REL(all[i] - 1, <, (uint32_t)INT32_MAX);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = {.bytes = {data, data + size, false}};
	uint32_t values[BLOCK_DOCS], sums[BLOCK_DOCS];
	in.width = reader_u8(&in.bytes) % (PACK_WIDTH_MAX + 1);
	in.docs_enc = reader_u8(&in.bytes);
	in.tf_enc = reader_u8(&in.bytes);
	in.random.state = reader_u8(&in.bytes);
	in.before = reader_u32(&in.bytes);
	in.last = reader_u32(&in.bytes);
	unpack(&in, values);
	prefix(&in, values, sums);
	if (rises(sums)) {
		search(&in, sums);
		find(&in, sums);
	}
	bits(&in);
	struct reader rest = in.bytes;
	struct slice chunk = fuzz_rest(&rest);
	bool docs_sound = docs(&in, chunk);
	bool tfs_sound = tfs(&in, chunk);
	fuzz_sound = docs_sound || tfs_sound;
	fuzz_free(chunk);
	return 0;
}
