#include <criterion/criterion.h>

#include "format/layout.h"
#include "format/row.h"
#include "levels.h"
#include "random.h"

enum { N_MOST = 300 };

/* As FORMAT.md says, bit by bit. */
static uint32_t value_of(const uint8_t *bytes, unsigned width, size_t i)
{
	uint32_t value = 0;
	for (unsigned bit = 0; bit < width; bit++) {
		size_t at = i * width + bit;
		value |= (uint32_t)(bytes[at / 8] >> at % 8 & 1) << bit;
	}
	return value;
}

/* Bytes end where the padding of a chunk does, numbers where the slack does. */
static void read_exactly(struct random *r, enum cpu_level top, unsigned width,
                         size_t n)
{
	size_t size = bits_bytes(n, width);
	uint8_t *bytes = malloc(size + CHUNK_PADDING);
	uint32_t want[N_MOST + 1];
	for (size_t i = 0; i < size + CHUNK_PADDING; i++)
		bytes[i] = (uint8_t)random_u64(r);
	for (size_t i = 0; i < n; i++)
		want[i] = value_of(bytes, width, i);
	for (enum cpu_level level = CPU_SCALAR; level <= top; level++) {
		uint32_t *got = malloc((n + ROW_SLACK) * sizeof *got);
		memset(got, 0xAA, n * sizeof *got);
		row_read_at(level, bytes, n, width, got);
		cr_assert(!memcmp(got, want, n * sizeof *got),
		          "seed %lu, level %d, width %u, n %zu", r->seed,
		          (int)level, width, n);
		free(got);
	}
	free(bytes);
}

Test(row, every_level_reads_every_width_and_length)
{
	struct random r = random_start(1);
	enum cpu_level top = levels_top();
	for (unsigned width = 0; width <= 32; width++)
		for (size_t n = 0; n <= N_MOST; n++)
			read_exactly(&r, top, width, n);
}

/* At any address. */
Test(row, every_level_reads_at_every_alignment)
{
	struct random r = random_start(2);
	enum cpu_level top = levels_top();
	uint8_t bytes[64 + 32 * 32 / 8 + CHUNK_PADDING];
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)random_u64(&r);
	for (unsigned width = 0; width <= 32; width++)
		for (size_t start = 0; start < 64; start++)
			for (enum cpu_level level = CPU_SCALAR; level <= top;
			     level++) {
				uint32_t got[32 + ROW_SLACK];
				row_read_at(level, bytes + start, 32, width,
				            got);
				for (size_t i = 0; i < 32; i++)
					cr_assert_eq(got[i], value_of(
						bytes + start, width, i),
						"seed %lu, width %u", r.seed,
						width);
			}
}

Test(row, what_was_put_is_read)
{
	struct random r = random_start(3);
	for (unsigned width = 0; width <= 32; width++) {
		uint8_t bytes[N_MOST * 4 + CHUNK_PADDING] = {0};
		uint32_t values[N_MOST], got[N_MOST + ROW_SLACK];
		for (size_t i = 0; i < N_MOST; i++) {
			values[i] = random_width(&r, width);
			bits_put(bytes, i, width, values[i]);
		}
		row_read(bytes, N_MOST, width, got);
		cr_assert(!memcmp(got, values, sizeof values),
		          "seed %lu, width %u", r.seed, width);
	}
}
