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

/* What two must share, in hundredths of the shorter. */
static uint64_t share_of(const struct sketch_text *a, const struct sketch_text *b)
{
	enum { WEEK = 7 * 86400, SHORT_WORDS = 100 };
	int64_t early = a->date < b->date ? a->date : b->date;
	int64_t late = a->date < b->date ? b->date : a->date;
	if (early != NS_NO_DATE && (uint64_t)late - (uint64_t)early >= WEEK)
		return 90;
	return min_u32(a->words, b->words) < SHORT_WORDS ? 75 : 60;
}

bool sketch_alike(const struct sketch_text *a, const struct sketch_text *b)
{
	enum { LEAST = 11 };
	uint64_t same = 0, shorter = min_u32(a->words, b->words);
	uint64_t both = (uint64_t)a->words + b->words;
	for (unsigned i = 0; i < SKETCH_BYTES; i++)
		same += a->sketch.value[i] == b->sketch.value[i];
	/* same of SKETCH_BYTES is the resemblance; what both share is
	 * same / (SKETCH_BYTES + same) of the two together */
	return same >= LEAST &&
	       100 * same * both >= share_of(a, b) * (SKETCH_BYTES + same) *
	                            shorter;
}
