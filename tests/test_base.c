#include <criterion/criterion.h>
#include <math.h>

#include "base/bits.h"
#include "base/cpu.h"
#include "base/crc32c.h"
#include "base/mem.h"
#include "random.h"

Test(crc32c, known_values)
{
	cr_assert_eq(crc32c(0, "123456789", 9), 0xE3069283u);
	cr_assert_eq(crc32c_portable(0, "123456789", 9), 0xE3069283u);
	cr_assert_eq(crc32c(0, "", 0), 0u);
}

Test(crc32c, both_kernels_agree_in_any_pieces)
{
	struct random r = random_start(1);
	uint8_t bytes[300];
	for (int round = 0; round < 2000; round++) {
		size_t n = random_below(&r, sizeof bytes);
		size_t cut = n ? random_below(&r, (uint32_t)n) : 0;
		for (size_t i = 0; i < n; i++)
			bytes[i] = (uint8_t)random_u64(&r);
		uint32_t whole = crc32c(0, bytes, n);
		cr_assert_eq(whole, crc32c_portable(0, bytes, n));
		cr_assert_eq(whole, crc32c(crc32c(0, bytes, cut), bytes + cut,
		                           n - cut), "seed %lu", r.seed);
	}
}

Test(varint, round_trip_and_worked_example)
{
	uint8_t out[VARINT_MAX];
	cr_assert_eq(varint_put(out, 300), 2);
	cr_assert_eq(out[0], 0xAC);
	cr_assert_eq(out[1], 0x02);
	struct random r = random_start(2);
	for (int i = 0; i < 20000; i++) {
		uint64_t value = random_u64(&r) >> random_below(&r, 64);
		size_t n = varint_put(out, value);
		cr_assert_eq(n, varint_size(value));
		struct reader reader = reader_of(slice_of(out, n));
		cr_assert_eq(reader_varint(&reader), value);
		cr_assert(!reader.bad && !reader_left(&reader));
		reader = reader_of(slice_of(out, n - 1));
		reader_varint(&reader);
		cr_assert(reader.bad, "cut short, seed %lu", r.seed);
	}
}

Test(varint, refuses_other_spellings)
{
	static const uint8_t overlong[] = {0x80, 0x00};
	static const uint8_t endless[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	                                  0xff, 0xff, 0xff, 0xff, 0x01};
	struct reader reader = reader_of(slice_of(overlong, 2));
	reader_varint(&reader);
	cr_assert(reader.bad);
	reader = reader_of(slice_of(endless, sizeof endless));
	reader_varint(&reader);
	cr_assert(reader.bad);
}

Test(bits, rows_of_any_width)
{
	struct random r = random_start(3);
	uint8_t bytes[64 * 5 + 8];
	for (unsigned width = 0; width <= 40; width++) {
		uint64_t values[64];
		memset(bytes, 0, sizeof bytes);
		for (unsigned i = 0; i < 64; i++) {
			values[i] = width ? random_u64(&r) >> (64 - width) : 0;
			bits_put(bytes, i, width, values[i]);
		}
		for (unsigned i = 0; i < 64; i++)
			cr_assert_eq(bits_get(bytes, i, width), values[i],
			             "width %u value %u", width, i);
	}
}

Test(bits, a_row_at_once_is_the_row_of_each)
{
	struct random r = random_start(12);
	for (unsigned round = 0; round < 3000; round++) {
		unsigned width = random_below(&r, 33), n = random_below(&r, 70);
		uint32_t values[70];
		uint8_t each[300] = {0}, once[300];
		size_t size = bits_bytes(n, width);
		memset(once, 0xA5, sizeof once);
		for (unsigned i = 0; i < n; i++) {
			values[i] = (uint32_t)random_u64(&r);
			bits_put(each, i, width,
			         values[i] & (((uint64_t)1 << width) - 1));
		}
		bits_row(once, values, n, width);
		cr_assert_eq(memcmp(each, once, size), 0,
		             "seed %lu: %u values of %u bits", r.seed, n, width);
		cr_assert_eq(once[size], 0xA5, "a byte too much");
	}
}

Test(bits, worked_example)
{
	uint8_t bytes[16] = {0};
	for (unsigned i = 0; i < 5; i++)
		bits_put(bytes, i, 3, i + 1);
	cr_assert_eq(bytes[0], 0xD1);
	cr_assert_eq(bytes[1], 0x58);
}

Test(bits, logarithm_is_that_of_libm)
{
	struct random r = random_start(4);
	cr_assert_eq(bits_log2(1), 0u);
	cr_assert_eq(bits_log2(8), (uint64_t)3 << 32);
	for (int i = 0; i < 5000; i++) {
		uint64_t value = (random_u64(&r) >> random_below(&r, 63)) | 1;
		double ours = (double)bits_log2(value) / 4294967296.0;
		cr_assert(fabs(ours - log2((double)value)) < 1e-8,
		          "log2(%lu): %.12f", value, ours);
	}
}

static uint64_t log2_by_steps(uint64_t value)
{
	unsigned whole = bits_width64(value) - 1;
	uint64_t mantissa = value << (63 - whole), log = whole;
	for (int i = 0; i < 32; i++) {
		unsigned __int128 square =
			(unsigned __int128)mantissa * mantissa;
		bool carry = square >> 127;
		log = log << 1 | carry;
		mantissa = (uint64_t)(square >> (carry ? 64 : 63));
	}
	return log;
}

Test(bits, logarithm_is_defined_by_its_steps)
{
	struct random r = random_start(7);
	for (uint64_t value = 1; value < 200000; value++)
		cr_assert_eq(bits_log2(value), log2_by_steps(value), "%lu",
		             value);
	for (int i = 0; i < 400000; i++) {
		uint64_t value = random_u64(&r) >> random_below(&r, 63);
		/* beside powers of two the truth is beside a step */
		if (i % 4 == 0)
			value = ((uint64_t)1 << random_below(&r, 64)) +
			        random_below(&r, 64) - 32;
		value += !value;
		cr_assert_eq(bits_log2(value), log2_by_steps(value),
		             "%lu, seed %lu", value, r.seed);
	}
}

Test(buffer, stays_failed_past_its_maximum)
{
	struct buffer buffer;
	buffer_init(&buffer, 10);
	buffer_text(&buffer, "12345");
	buffer_text(&buffer, "678901");
	cr_assert_eq(buffer.status, NS_E_LIMIT);
	buffer_text(&buffer, "x");
	cr_assert_eq(buffer.len, 5u);
	buffer_clear(&buffer);
	buffer_text(&buffer, "1234567890");
	cr_assert_eq(buffer.status, NS_OK);
	cr_assert_eq(buffer.len, 10u);
	buffer_release(&buffer);
}

Test(arena, pieces_do_not_overlap)
{
	struct arena arena = {0};
	struct random r = random_start(5);
	uint8_t *pieces[500];
	size_t sizes[500];
	for (unsigned i = 0; i < 500; i++) {
		sizes[i] = random_below(&r, i % 50 ? 100 : 100000);
		pieces[i] = arena_alloc(&arena, sizes[i]);
		cr_assert_not_null(pieces[i]);
		cr_assert_eq((uintptr_t)pieces[i] % 16, 0u);
		memset(pieces[i], (int)i & 0xff, sizes[i]);
	}
	for (unsigned i = 0; i < 500; i++)
		for (size_t j = 0; j < sizes[i]; j++)
			cr_assert_eq(pieces[i][j], i & 0xff);
	arena_release(&arena);
}

static size_t n_allocated;

static void *counted(void *context, size_t size)
{
	(void)context;
	n_allocated++;
	return malloc(size);
}

Test(arena, gives_whole_lines)
{
	struct arena arena = {0};
	for (size_t size = 1; size < 5000; size += 1 + size / 7) {
		cr_assert_not_null(arena_alloc(&arena, size % 3 * 16 + 1));
		uint8_t *piece = arena_aligned(&arena, size);
		cr_assert_not_null(piece);
		cr_assert_eq((uintptr_t)piece % CACHE_LINE, 0u);
		cr_assert_leq((uintptr_t)(piece + size), (uintptr_t)arena.next);
		memset(piece, 0xff, size);
	}
	cr_assert_null(arena_aligned(&arena, SIZE_MAX));
	arena_release(&arena);
}

Test(arena, reset_keeps_what_fits)
{
	ns_allocator table = mem_system;
	struct random r = random_start(6);
	table.alloc = counted;
	mem_set_table(&table);
	for (int round = 0; round < 200; round++) {
		struct arena arena = {0};
		unsigned n = random_below(&r, 60), most = 20000;
		size_t sizes[60], before = 0;
		for (unsigned i = 0; i < n; i++)
			sizes[i] = random_below(&r, i % 9 ? 90 : most);
		for (int again = 0; again < 4; again++) {
			before = again < 2 ? 0 : n_allocated;
			for (unsigned i = 0; i < n; i++) {
				void *piece = arena_alloc(&arena, sizes[i]);
				cr_assert_not_null(piece);
				memset(piece, again, sizes[i]);
			}
			cr_assert(!before || n_allocated == before,
			          "seed %lu", r.seed);
			arena_reset(&arena);
		}
		arena_release(&arena);
	}
	mem_set_table(NULL);
}

Test(arena, reset_gives_a_lot_back)
{
	struct arena arena = {0};
	cr_assert_not_null(arena_alloc(&arena, 5 << 20));
	arena_reset(&arena);
	cr_assert_eq(arena.total, 0u);
	cr_assert_not_null(arena_alloc(&arena, 100));
	cr_assert_leq(arena.total, 1u << 20);
	arena_release(&arena);
}

static void *no_memory(void *context, size_t size)
{
	(void)context;
	(void)size;
	return NULL;
}

static void *no_resize(void *context, void *block, size_t size)
{
	(void)context;
	(void)block;
	(void)size;
	return NULL;
}

Test(mem, failure_is_told)
{
	ns_allocator table = mem_system;
	table.alloc = no_memory;
	table.resize = no_resize;
	mem_set_table(&table);
	struct buffer buffer;
	struct arena arena = {0};
	buffer_init(&buffer, SIZE_MAX);
	buffer_byte(&buffer, 1);
	cr_assert_eq(buffer.status, NS_E_NOMEM);
	cr_assert_null(arena_alloc(&arena, 1));
	cr_assert_null(mem_zero(SIZE_MAX, 2));
	mem_set_table(NULL);
}
