#include <criterion/criterion.h>

#include "format/place_rows.h"
#include "format/place_widths.h"
#include "format/places.h"
#include "levels.h"
#include "random.h"

enum { N_MOST = 20000 };

/* A unit of any shape, and its bytes with the padding of a chunk. */
struct unit {
	uint32_t docs[BLOCK_DOCS], tfs[BLOCK_DOCS];
	uint8_t lengths[2 * BLOCK_DOCS + CHUNK_PADDING];
	struct places_shape shape;
	uint32_t positions[N_MOST], total;
	uint8_t *bytes;
	size_t size;
};

static uint32_t random_gap(struct random *r)
{
	return random_width(r, random_below(r, 50) ? 7 : 18);
}

static void make_unit(struct random *r, struct unit *unit)
{
	uint32_t total = 0, gap = random_below(r, 2) * TITLE_GAP;
	unsigned n = 1 + random_below(r, BLOCK_DOCS);
	for (unsigned i = 0; i < n; i++) {
		uint32_t next = 0, tf = 1 + random_width(r,
			random_below(r, 20) ? 3 : 8);
		for (uint32_t k = 0; k < tf; k++, next++) {
			next += random_gap(r);
			unit->positions[total++] = next;
		}
		uint32_t length = next + random_width(r, 12);
		if (random_below(r, 8) == 0 && next > gap)
			length = next - gap; /* not one more */
		unit->docs[i] = n - 1 - i;
		unit->tfs[i] = tf;
		store_u16(unit->lengths + 2 * (size_t)(n - 1 - i),
		          (uint16_t)min_u32(length, LENGTH_MAX));
	}
	unit->total = total;
	unit->shape = (struct places_shape){unit->docs, unit->tfs, n,
	                                    unit->lengths, gap};
}

static void write_unit(struct unit *unit)
{
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	places_write(&unit->shape, unit->positions, &out);
	cr_assert_eq(out.status, NS_OK);
	unit->size = out.len;
	unit->bytes = calloc(1, out.len + CHUNK_PADDING);
	memcpy(unit->bytes, out.data, out.len);
	buffer_release(&out);
}

Test(places, the_example_of_the_page)
{
	const uint32_t doc = 0, tf = 2, positions[] = {3, 17};
	const uint8_t length[2 + 2] = {10};
	const struct places_shape shape = {&doc, &tf, 1, length,
	                                   places_gap(FIELD_TEXT)};
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	places_write(&shape, positions, &out);
	cr_assert_eq(out.len, 2u);
	cr_assert(!memcmp(out.data, "\x6B\x01", 2));
	buffer_release(&out);
}

Test(places, a_width_is_the_largest_that_fits)
{
	struct random r = random_start(1);
	for (int round = 0; round < 20000; round++) {
		uint32_t span = random_width(&r, 21);
		uint32_t tf = 1 + random_width(&r, 31) % INT32_MAX;
		unsigned width = 0;
		while (((uint64_t)tf + 1) << (width + 1) <= span)
			width++;
		cr_assert_eq(places_width(span, tf), width, "%u of %u", tf,
		             span);
	}
}

/* Docs and frequencies that end where a row of 16 does. */
Test(places, every_level_knows_the_widths)
{
	struct random r = random_start(2);
	enum cpu_level top = levels_top();
	static const uint32_t edges[] = {0, 1, 2, LENGTH_MAX - 1, LENGTH_MAX};
	for (int round = 0; round < 3000; round++) {
		unsigned n = 1 + random_below(&r, BLOCK_DOCS), all = (n + 15) & ~15u;
		uint32_t *docs = calloc(all, sizeof *docs);
		uint32_t *tfs = calloc(all, sizeof *tfs);
		uint8_t *lengths = calloc(1, 2 * BLOCK_DOCS + CHUNK_PADDING);
		for (unsigned i = 0; i < all; i++) {
			docs[i] = i < n ? random_below(&r, BLOCK_DOCS)
			                : UINT32_MAX;
			tfs[i] = 1 + random_width(&r, random_below(&r, 9)
				? 4 : 31) % INT32_MAX;
		}
		for (unsigned i = 0; i < BLOCK_DOCS; i++)
			store_u16(lengths + 2 * (size_t)i, (uint16_t)(
				random_below(&r, 9)
					? random_width(&r, 16)
					: edges[random_below(&r, 5)]));
		const struct places_shape shape = {
			docs, tfs, n, lengths,
			random_below(&r, 2) * TITLE_GAP};
		for (enum cpu_level level = CPU_SCALAR; level <= top; level++) {
			uint8_t widths[BLOCK_DOCS];
			uint32_t bits[BLOCK_DOCS];
			place_widths_kernel(level)(&shape, widths, bits);
			for (unsigned i = 0; i < n; i++) {
				unsigned width = places_width_of(&shape, i);
				cr_assert_eq(widths[i], width,
				             "seed %lu, level %d, doc %u of %u",
				             r.seed, (int)level, i, n);
				cr_assert_eq(bits[i], tfs[i] * width);
			}
		}
		free(docs);
		free(tfs);
		free(lengths);
	}
}

static void read_back(const struct unit *unit, uint64_t seed)
{
	uint32_t *back = malloc(unit->total * sizeof *back);
	struct reader reader = reader_of(slice_of(unit->bytes, unit->size));
	cr_assert(places_read(&reader, &unit->shape, back), "seed %lu", seed);
	cr_assert_eq(reader_left(&reader), 0u);
	cr_assert(!memcmp(back, unit->positions, unit->total * sizeof *back),
	          "seed %lu", seed);
	free(back);
	if (!unit->size)
		return;
	back = malloc(unit->total * sizeof *back);
	reader = reader_of(slice_of(unit->bytes, unit->size - 1));
	cr_assert(!places_read(&reader, &unit->shape, back), "seed %lu", seed);
	free(back);
}

/* Some docs, at a level. */
static void read_some(struct random *r, const struct unit *unit,
                      enum cpu_level level)
{
	const struct place_kernels *kernels = place_kernels(level);
	struct place_rows rows;
	uint64_t low_bits = 0, low = 0;
	const uint32_t *want = unit->positions;
	for (unsigned i = 0; i < unit->shape.n; i++)
		low_bits += unit->tfs[i] *
		            (uint64_t)places_width_of(&unit->shape, i);
	cr_assert(place_rows_open(&rows, slice_of(unit->bytes, unit->size),
	                          low_bits));
	if (random_below(r, 4) == 0)
		cr_assert_eq(kernels->size(&rows, unit->total), unit->size);
	for (unsigned i = 0; i < unit->shape.n; i++) {
		uint32_t tf = unit->tfs[i];
		const struct place_doc doc = {
			(uint32_t)(want - unit->positions), tf, low,
			places_width_of(&unit->shape, i)};
		if (random_below(r, 3) == 0) {
			uint32_t shift = random_below(r, 20);
			uint32_t *got = malloc((tf + PLACES_FEW) * sizeof *got);
			cr_assert(kernels->read(&rows, &doc, shift, got));
			for (uint32_t k = 0; k < tf; k++)
				cr_assert_eq(got[k], want[k] - shift,
				             "seed %lu, level %d, doc %u",
				             r->seed, (int)level, i);
			free(got);
		}
		want += tf;
		low += (uint64_t)tf * doc.width;
	}
	cr_assert_eq(kernels->size(&rows, unit->total), unit->size);
}

Test(places, every_reader_reads_what_was_written)
{
	struct random r = random_start(3);
	enum cpu_level top = levels_top();
	struct unit *unit = malloc(sizeof *unit);
	for (int round = 0; round < 1000; round++) {
		make_unit(&r, unit);
		write_unit(unit);
		read_back(unit, r.seed);
		for (enum cpu_level level = CPU_SCALAR; level <= top; level++)
			read_some(&r, unit, level);
		free(unit->bytes);
	}
	free(unit);
}

static void flip(struct random *r, uint8_t *bytes, size_t size)
{
	if (size)
		bytes[random_below(r, (uint32_t)size)] ^=
			(uint8_t)(1u << random_below(r, 8));
}

/* What a damaged unit gives stays below the lengths that are exact. */
Test(places, positions_behind_the_end_are_refused)
{
	struct random r = random_start(4);
	struct unit *unit = malloc(sizeof *unit);
	unsigned refused = 0;
	for (int round = 0; round < 1000; round++) {
		make_unit(&r, unit);
		write_unit(unit);
		flip(&r, unit->bytes, unit->size);
		uint32_t *back = malloc(unit->total * sizeof *back);
		struct reader reader = reader_of(slice_of(unit->bytes,
		                                          unit->size));
		bool good = places_read(&reader, &unit->shape, back);
		refused += !good;
		for (unsigned i = 0, k = 0; good && i < unit->shape.n; i++) {
			uint32_t length = load_u16(unit->lengths + 2 *
			                           (size_t)unit->docs[i]);
			k += unit->tfs[i];
			cr_assert(length == LENGTH_MAX ||
			          back[k - 1] < length + unit->shape.gap,
			          "seed %lu", r.seed);
		}
		free(back);
		free(unit->bytes);
	}
	cr_assert_gt(refused, 10u);
	free(unit);
}

/* No reader leaves the padding, and each ends. */
Test(places, damaged_rows_never_crash)
{
	struct random r = random_start(5);
	enum cpu_level top = levels_top();
	struct unit *unit = malloc(sizeof *unit);
	for (int round = 0; round < 1000; round++) {
		make_unit(&r, unit);
		write_unit(unit);
		for (int i = 0; i < 3; i++)
			flip(&r, unit->bytes, unit->size);
		struct place_rows rows;
		enum cpu_level level = random_below(&r, top + 1);
		const struct place_kernels *kernels = place_kernels(level);
		uint64_t low_bits = random_below(&r,
			(uint32_t)(8 * unit->size + 1));
		cr_assert(place_rows_open(&rows, slice_of(unit->bytes,
			unit->size), low_bits));
		for (int i = 0; i < 20; i++) {
			struct place_doc doc = {
				.before = random_below(&r, unit->total + 9),
				.count = 1 + random_width(&r, 6),
				.width = random_below(&r, 20)};
			if (doc.count * doc.width > low_bits)
				doc.width = 0;
			doc.low = random_below(&r, (uint32_t)low_bits + 1 -
				doc.count * doc.width);
			uint32_t *out = malloc((doc.count + PLACES_FEW) *
			                       sizeof *out);
			kernels->read(&rows, &doc, 0, out);
			free(out);
		}
		cr_assert_eq(kernels->size(&rows, 8 * (uint32_t)unit->size + 1),
		             SIZE_MAX);
		free(unit->bytes);
	}
	free(unit);
}
