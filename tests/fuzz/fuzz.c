/* fuzz.c — see fuzz.h. */
#include "tests/fuzz/fuzz.h"

bool fuzz_sound;

void *fuzz_alloc(size_t size)
{
	void *block = calloc(size ? size : 1, 1);
	if (!block) {
		fprintf(stderr, "fuzz: no memory for %zu bytes\n", size);
		exit(1);
	}
	return block;
}

static struct slice take(struct reader *input, size_t n, size_t padding)
{
	n = min_size(n, reader_left(input));
	uint8_t *block = fuzz_alloc(n + padding);
	if (n)
		memcpy(block, reader_bytes(input, n), n);
	return slice_of(block, n);
}

struct slice fuzz_chunk(struct reader *input, size_t n)
{
	return take(input, n, CHUNK_PADDING);
}

struct slice fuzz_exact(struct reader *input, size_t n)
{
	return take(input, n, 0);
}

struct slice fuzz_rest(struct reader *input)
{
	return take(input, reader_left(input), CHUNK_PADDING);
}

void fuzz_free(struct slice chunk)
{
	free((void *)(uintptr_t)chunk.data);
}
