/* random.h — numbers for random tests, the same for the same seed everywhere.
 *
 * splitmix64.  NS_SEED in the environment replaces a test's own seed; every
 * failure prints the seed that it came from.
 */
#ifndef NS_TESTS_RANDOM_H
#define NS_TESTS_RANDOM_H

#include <stdint.h>
#include <stdlib.h>

struct random {
	uint64_t state, seed;
};

static inline struct random random_start(uint64_t seed)
{
	const char *wanted = getenv("NS_SEED");
	if (wanted)
		seed = strtoull(wanted, NULL, 0);
	return (struct random){seed, seed};
}

static inline uint64_t random_u64(struct random *random)
{
	uint64_t z = random->state += 0x9E3779B97F4A7C15u;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

/* 0 … n − 1; n > 0. */
static inline uint32_t random_below(struct random *random, uint32_t n)
{
	return (uint32_t)((random_u64(random) >> 32) * n >> 32);
}

/* A number of a random width up to `bits`: small ones as often as large. */
static inline uint32_t random_width(struct random *random, unsigned bits)
{
	unsigned width = random_below(random, bits + 1);
	return width ? (uint32_t)(random_u64(random) >> (64 - width)) : 0;
}

#endif
