#include "build/sketch.h"

void sketch_start(struct sketch_maker *maker)
{
	memset(maker->least, 0xff, sizeof maker->least);
	maker->n = 0;
}

/* All words of a short text as one. */
static void take_whole(struct sketch_maker *maker)
{
	uint64_t hash = maker->n;
	memset(maker->least, 0xff, sizeof maker->least);
	for (uint32_t i = 0; i < maker->n; i++)
		hash = sketch_mix(hash * 0x9E3779B185EBCA87 + maker->first[i]);
	sketch_shingle(maker, hash);
}

/* The bin that lends an empty one its value. */
static unsigned lender(const struct sketch_maker *maker, unsigned bin)
{
	for (uint64_t attempt = 1;; attempt++) {
		uint64_t hash = sketch_mix(attempt * 0x9E3779B185EBCA87 +
		                           bin * 0xC2B2AE3D27D4EB4F);
		unsigned other = sketch_bin(hash);
		if (maker->least[other] != UINT64_MAX)
			return other;
	}
}

void sketch_end(struct sketch_maker *maker, struct sketch *out)
{
	*out = (struct sketch){0};
	if (!maker->n)
		return;
	if (maker->n < SKETCH_SHORT)
		take_whole(maker);
	for (unsigned bin = 0; bin < SKETCH_BYTES; bin++) {
		unsigned from = maker->least[bin] != UINT64_MAX
			? bin : lender(maker, bin);
		/* another byte of it for each bin: few shingles lend to many */
		uint64_t hash = sketch_mix(maker->least[from] +
		                           bin * 0xC2B2AE3D27D4EB4F);
		out->value[bin] = (uint8_t)(hash >> 32);
	}
	/* all zeros mean that there is none */
	if (!sketch_is(out))
		out->value[0] = 1;
}

bool sketch_is(const struct sketch *sketch)
{
	unsigned any = 0;
	for (unsigned i = 0; i < SKETCH_BYTES; i++)
		any |= sketch->value[i];
	return any;
}

bool sketch_alike(const struct sketch *a, uint32_t words_a,
                  const struct sketch *b, uint32_t words_b)
{
	enum { LEAST = 11, SHORT_WORDS = 100, SHORT_SHARE = 75, SHARE = 60 };
	uint64_t same = 0, shorter = min_u32(words_a, words_b);
	uint64_t both = (uint64_t)words_a + words_b;
	for (unsigned i = 0; i < SKETCH_BYTES; i++)
		same += a->value[i] == b->value[i];
	/* same of SKETCH_BYTES is the resemblance; what both share is
	 * same / (SKETCH_BYTES + same) of the two together */
	return same >= LEAST &&
	       100 * same * both >= (shorter < SHORT_WORDS ? SHORT_SHARE : SHARE)
	                            * (SKETCH_BYTES + same) * shorter;
}
