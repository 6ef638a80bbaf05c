#include <criterion/criterion.h>

#include "format/block.h"
#include "format/pack.h"
#include "random.h"

/* The sets that may run here; the first is the one that others must equal. */
static unsigned kernels(const struct pack_kernels *sets[3])
{
	unsigned n = 0;
	for (enum cpu_level level = CPU_SCALAR; level <= cpu_level(); level++)
		if (!n || sets[n - 1] != pack_kernels(level))
			sets[n++] = pack_kernels(level);
	return n;
}

static void random_bytes(struct random *r, uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		bytes[i] = (uint8_t)random_u64(r);
}

/* As FORMAT.md says, bit by bit. */
static uint32_t value_of(const uint8_t *bytes, unsigned width, unsigned i)
{
	uint32_t value = 0;
	for (unsigned bit = 0; bit < width; bit++) {
		unsigned lane = i % 16, at = i / 16 * width + bit;
		size_t byte = width % 2 && at / 32 == width / 2
			? 64 * (width / 2) + 2 * lane
			: (16 * (at / 32) + lane) * 4;
		value |= (uint32_t)(bytes[byte + at % 32 / 8] >> at % 8 & 1)
		         << bit;
	}
	return value;
}

Test(pack, every_width_lies_as_format_md_says)
{
	struct random r = random_start(1);
	uint8_t bytes[32 * 31 + 64];
	uint32_t values[256], back[256];
	for (unsigned width = 0; width <= PACK_WIDTH_MAX; width++) {
		for (unsigned i = 0; i < 256; i++)
			values[i] = width ? (uint32_t)(random_u64(&r) >>
			                               (64 - width)) : 0;
		memset(bytes, 0xAA, sizeof bytes);
		pack_block(bytes, values, width);
		cr_assert_eq(bytes[pack_bytes(width)], 0xAA, "wrote too much");
		for (unsigned i = 0; i < 256; i++)
			cr_assert_eq(value_of(bytes, width, i), values[i],
			             "seed %lu, width %u", r.seed, width);
		pack_scalar.unpack(back, bytes, width);
		cr_assert(!memcmp(values, back, sizeof back),
		          "seed %lu, width %u", r.seed, width);
	}
}

/* Bytes of any kind are numbers of any width: nothing behind them is read (they
 * end where the memory does) nor written. */
Test(pack, every_kernel_unpacks_any_bytes)
{
	struct random r = random_start(2);
	const struct pack_kernels *sets[3];
	unsigned n = kernels(sets);
	for (unsigned round = 0; round < 64 * 20; round++) {
		unsigned width = round % 32;
		size_t size = pack_bytes(width);
		uint8_t *bytes = malloc(size ? size : 1);
		uint32_t want[256], got[258];
		random_bytes(&r, bytes, size);
		if (round / 32 < 2)
			memset(bytes, round < 32 ? 0 : 0xFF, size);
		pack_scalar.unpack(want, bytes, width);
		for (unsigned k = 0; k < n; k++) {
			got[0] = got[257] = 0xDEADBEEF;
			sets[k]->unpack(got + 1, bytes, width);
			cr_assert(!memcmp(want, got + 1, sizeof want),
			          "seed %lu, set %u, width %u", r.seed, k,
			          width);
			cr_assert(got[0] == 0xDEADBEEF && got[257] == got[0]);
		}
		free(bytes);
	}
}

Test(pack, every_kernel_adds_modulo_2_to_the_32)
{
	struct random r = random_start(3);
	const struct pack_kernels *sets[3];
	unsigned n = kernels(sets);
	for (unsigned round = 0; round < 33 * 40; round++) {
		uint32_t values[256], want[256], got[258];
		uint32_t base = round % 3 ? random_width(&r, 32) : UINT32_MAX;
		for (unsigned i = 0; i < 256; i++)
			values[i] = random_width(&r, round % 33);
		uint32_t doc = base;
		for (unsigned i = 0; i < 256; i++)
			want[i] = doc += values[i] + 1;
		for (unsigned k = 0; k < n; k++) {
			got[0] = got[257] = 0xDEADBEEF;
			sets[k]->prefix(got + 1, values, BLOCK_DOCS, base);
			cr_assert(!memcmp(want, got + 1, sizeof want),
			          "seed %lu, set %u, round %u", r.seed, k,
			          round);
			cr_assert(got[0] == 0xDEADBEEF && got[257] == got[0]);
		}
	}
}

static unsigned below(const uint32_t docs[256], uint32_t target)
{
	unsigned n = 0;
	while (n < 256 && docs[n] < target)
		n++;
	return n;
}

/* Rising docs; some sets start at 0, end at UINT32_MAX, or end in padding. */
static void rising_docs(struct random *r, unsigned style, uint32_t docs[256])
{
	uint32_t next = style & 1 ? random_width(r, 20) : 0;
	for (unsigned i = 0; i < 256; i++) {
		docs[i] = next;
		next += 1 + random_width(r, style % 24);
	}
	if (style & 2)
		docs[255] = UINT32_MAX;
	if (style & 4)
		for (unsigned i = random_below(r, 256); i < 256; i++)
			docs[i] = UINT32_MAX;
}

Test(pack, every_kernel_finds_every_target)
{
	struct random r = random_start(4);
	const struct pack_kernels *sets[3];
	unsigned n = kernels(sets);
	for (unsigned round = 0; round < 200; round++) {
		uint32_t docs[256];
		rising_docs(&r, round, docs);
		for (unsigned i = 0; i < 256 * 3 + 3; i++) {
			uint32_t target = i < 768 ? docs[i / 3] + i % 3 - 1
				: i == 768 ? 0 : i == 769 ? UINT32_MAX
				: random_width(&r, 32);
			for (unsigned k = 0; k < n; k++)
				cr_assert_eq(sets[k]->search(docs, target),
				             below(docs, target),
				             "seed %lu, set %u, target %u",
				             r.seed, k, target);
		}
	}
}

/* Docs, what stands beside docs, and anything; none above the last. */
static void random_targets(struct random *r, const uint32_t docs[256],
                           uint32_t *targets, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		uint32_t doc = docs[random_below(r, 256)];
		targets[i] = min_u32(docs[255], random_below(r, 3) ? doc
			: random_below(r, 2) ? doc + 1 - 2 * random_below(r, 2)
			: random_width(r, 32));
	}
}

Test(pack, every_kernel_finds_many_targets)
{
	struct random r = random_start(6);
	const struct pack_kernels *sets[3];
	unsigned n = kernels(sets);
	for (unsigned round = 0; round < 2000; round++) {
		uint32_t docs[256], first = random_width(&r, 30);
		unsigned m = random_below(&r, 257);
		rising_docs(&r, round, docs);
		/* one above the last ends the search */
		unsigned more = docs[255] < UINT32_MAX && random_below(&r, 2);
		uint32_t *targets = malloc((m + more) * 4 + 1);
		uint32_t *which = malloc((m + more) * 4 + 1);
		uint32_t *places = malloc((m + more) * 4 + 1);
		random_targets(&r, docs, targets, m);
		if (more)
			targets[m] = docs[255] + 1;
		for (unsigned k = 0; k < n; k++) {
			unsigned asked, j = 0, found = sets[k]->find(
				docs, targets, m + more, docs[255], first,
				which, places, &asked);
			cr_assert_eq(asked, m, "seed %lu, set %u", r.seed, k);
			for (unsigned i = 0; i < m; i++) {
				unsigned place = below(docs, targets[i]);
				if (docs[place] != targets[i])
					continue;
				cr_assert(j < found && which[j] == first + i &&
				          places[j] == place,
				          "seed %lu, set %u, target %u",
				          r.seed, k, targets[i]);
				j++;
			}
			cr_assert_eq(found, j, "seed %lu, set %u", r.seed, k);
		}
		free(targets);
		free(which);
		free(places);
	}
}

/* Sums of fewer values: whole rows are written, and nothing behind them. */
Test(pack, every_kernel_adds_a_part_of_a_block)
{
	struct random r = random_start(7);
	const struct pack_kernels *sets[3];
	unsigned n = kernels(sets);
	for (unsigned m = 0; m <= 256; m++) {
		uint32_t room = (m + 15) / 16 * 16;
		uint32_t base = random_width(&r, 32), doc = base;
		uint32_t *values = malloc(room * 4 + 1);
		uint32_t *got = malloc(room * 4 + 1);
		for (unsigned i = 0; i < room; i++)
			values[i] = random_width(&r, 32);
		for (unsigned k = 0; k < n; k++, doc = base) {
			sets[k]->prefix(got, values, m, base);
			for (unsigned i = 0; i < m; i++) {
				doc += values[i] + 1;
				cr_assert_eq(got[i], doc,
				             "seed %lu, set %u, %u of %u",
				             r.seed, k, i, m);
			}
		}
		free(values);
		free(got);
	}
}

Test(pack, every_kernel_adds_one)
{
	struct random r = random_start(8);
	const struct pack_kernels *sets[3];
	unsigned n = kernels(sets);
	for (unsigned k = 0; k < n; k++) {
		uint32_t values[257], got[257];
		for (unsigned i = 0; i < 257; i++)
			got[i] = values[i] = i % 5 ? random_width(&r, 32)
			                           : UINT32_MAX;
		sets[k]->increment(got);
		for (unsigned i = 0; i < 256; i++)
			cr_assert_eq(got[i], values[i] + 1);
		cr_assert_eq(got[256], values[256]);
	}
}

/* What block_read_docs must say, in 64 bits. */
static bool sums_to(const uint32_t values[256], uint32_t before, uint32_t last,
                    uint32_t docs[256])
{
	uint64_t next = before;
	for (unsigned i = 0; i < 256; i++) {
		next += values[i];
		docs[i] = (uint32_t)next++;
	}
	return next == (uint64_t)last + 1;
}

/* One block of a width, patched by n exceptions of h bytes. */
static size_t make_block(struct random *r, uint8_t *bytes, unsigned width,
                         unsigned n, unsigned h, uint32_t values[256])
{
	size_t at = pack_bytes(width);
	random_bytes(r, bytes, at);
	pack_scalar.unpack(values, bytes, width);
	if (!n)
		return at;
	bytes[at++] = (uint8_t)n;
	uint8_t *index = bytes + at;
	for (unsigned i = 0; i < n; i++)
		index[i] = (uint8_t)(i * 8 + random_below(r, 8));
	bytes[at += n] = (uint8_t)h;
	at++;
	for (unsigned i = 0; i < n; i++) {
		uint64_t high = random_width(r, 8 * h);
		high &= (1ull << (32 - width)) - 1;
		for (unsigned j = 0; j < h; j++)
			bytes[at++] = (uint8_t)(high >> 8 * j);
		values[index[i]] |= (uint32_t)(high << width);
	}
	return at;
}

/* Sums that pass 2^32 and come out right modulo 2^32 are still refused. */
Test(block, exceptions_and_sums_are_those_of_64_bits)
{
	struct random r = random_start(5);
	unsigned good = 0, wrapped = 0;
	for (unsigned round = 0; round < 32 * 200; round++) {
		uint8_t bytes[32 * 31 + 2 + 31 * 5 + 64] = {0};
		uint32_t values[256], want[256], got[256];
		unsigned width = round % 32;
		unsigned n = round & 32 ? 1 + random_below(&r, 31) : 0;
		unsigned h = 1 + random_below(&r, 4);
		size_t size = make_block(&r, bytes, width, n, h, values);
		uint32_t before = random_width(&r, 31);
		sums_to(values, before, 0, want);
		uint32_t last = want[255];
		bool fits = sums_to(values, before, last, want);
		uint8_t enc = (uint8_t)(width | (n ? DOCS_PATCHED : 0));
		const uint8_t *end;
		if (!enc)
			continue;
		bool said = block_read_docs(enc, bytes, bytes + size, before,
		                            last, got, &end);
		cr_assert_eq(said, fits, "seed %lu, round %u", r.seed, round);
		cr_assert(!fits || (end == bytes + size &&
		                    !memcmp(want, got, sizeof got)),
		          "seed %lu, round %u", r.seed, round);
		good += fits;
		wrapped += !fits;
	}
	cr_assert(good > 1000 && wrapped > 500, "%u, %u", good, wrapped);
}
