/* sketch.h — how alike are two texts, told from a few bytes of each?
 *
 * A text is the set of its shingles: each run of SHINGLE words, folded.  The share
 * of the shingles of two texts that both have (their resemblance) is the chance that
 * a hash which is smallest among those of one is smallest among those of the other
 * (Broder 1997).  Shingles are dealt into 28 bins by the first bits of one hash, and
 * each bin keeps a byte of its smallest (Li, Owen, Zhang 2012): one hash a word instead
 * of 28.  A bin that got none takes the value of another, chosen by a
 * rule that is the same for all texts, so that the chance stays what it is
 * (Shrivastava 2017).
 *
 * Two are copies where what they share is enough of the shorter: three fifths of its
 * shingles, three quarters where it has fewer than a hundred words, and that the
 * estimate is good for something 11 of the 28 bytes are to be the same, which a text has
 * with one of two and a half times its length.  So what has a paragraph appended is a
 * copy, and what quotes a sentence is none.  Three words of a hundred left out, three
 * others put in their place and three between them leave three quarters of the shingles.
 *
 * Of pairs with planted edits (tests/planted.c) so many are in one story: 97.4 % of
 * those of made up articles (96.9 to 97.8 by four other seeds), 98.0 % of 2,224 of the
 * BBC's, 98.8 % of 4,000 of Reuters'; all pairs that are in one are true.
 *
 * It all takes 3 % of the time of a build of the news set by one thread (42,943 articles;
 * the least of eight, in turns, 3.04 CPU seconds and 2.95 without), 3.8 % of the
 * instructions of 8,000 of them, and 2.8 % of the index (46.3 MB without).
 *
 * Not taken: 16 values of 14 bits, which take as much; joined where half of them were
 * equal, or five that made four fifths of the shorter: of 2,961 pairs of the news set
 * that share three to four tenths of their shingles 956 were in one story, 494 by 28
 * bytes and seven to eight tenths.  Shingles of four words: of Reuters' articles of under
 * a hundred words 98 instead of 146 pairs days apart (reports of one form) resemble each
 * other by a half or more, but of those on the same day 221 instead of 239.  Only 8
 * equal bytes (with 70 and 80 of a hundred): threads of answers that quote each other
 * become stories (6,929 of 42,943 articles were in one, not 6,221).
 *
 * Reports of one form (the market, the weather, an auction) differ in few words, numbers
 * most of all, and no share of shingles tells them from edits.  But they come every week,
 * and copies within days: a week or more apart nine tenths are asked of all.  Of 1,117
 * pairs of Reuters' articles that were joined (in a model of this, with other hashes of
 * words) that parts 177; of 24 of those, read one by one, 24 were reports of one form.
 * Before, read by a person, of 28 random pairs of newspaper articles in one story 22 were
 * copies, corrections or updates and 6 such reports; of 12 of Usenet's two were posts sent
 * twice and ten answers that quote the whole post.
 *
 * Not taken: numbers that weigh more, as shingles of their own, once, twice or three
 * times, since what they have in common is then worth more as well: 1,215, 1,392 and
 * 1,522 pairs instead of 1,117, of those that were joined before 1,054, 1,027 and 1,013.
 * Shingles with a number in them counted two and three times: 1,179 and 1,254 pairs.
 * How many numbers two have in common would tell (of 124 pairs that share less than half
 * 12 were read, all reports), and the rule above parts 136 of 216 that share less
 * than four fifths; but it needs more bytes of each text in the index.
 *
 * A text of fewer than SKETCH_SHORT words is one shingle: it is a copy of what has the
 * same words in the same order, and of nothing else.  A text without words has no
 * sketch and is no copy of anything.
 */
#ifndef NS_BUILD_SKETCH_H
#define NS_BUILD_SKETCH_H

#include "format/story_table.h"

enum { SHINGLE = 3, SKETCH_SHORT = 16 };

struct sketch_maker {
	uint64_t least[SKETCH_BYTES]; /* of each bin, all ones: none */
	uint32_t first[SKETCH_SHORT];  /* hashes of the first words, */
	uint32_t last[SHINGLE - 1];    /* and of the last, the older first */
	uint32_t n;                    /* words */
};

void sketch_start(struct sketch_maker *maker);

static inline uint64_t sketch_mix(uint64_t value)
{
	value = (value ^ value >> 32) * 0x9FB21C651E98DF25;
	return value ^ value >> 35;
}

static inline unsigned sketch_bin(uint64_t hash)
{
	return (unsigned)((hash >> 32) * SKETCH_BYTES >> 32);
}

static inline void sketch_shingle(struct sketch_maker *maker, uint64_t shingle)
{
	uint64_t hash = sketch_mix(shingle);
	uint64_t *least = &maker->least[sketch_bin(hash)];
	if (hash < *least)
		*least = hash;
}

/* The next word, by its hash. */
static inline void sketch_word(struct sketch_maker *maker, uint32_t word)
{
	if (maker->n < SKETCH_SHORT)
		maker->first[maker->n] = word;
	if (++maker->n >= SHINGLE)
		sketch_shingle(maker,
		               ((uint64_t)maker->last[0] << 32 |
		                maker->last[1]) * 0x9E3779B185EBCA87 +
		               word * 0xC2B2AE3D27D4EB4F);
	maker->last[0] = maker->last[1];
	maker->last[1] = word;
}

void sketch_end(struct sketch_maker *maker, struct sketch *out);

/* Does the doc have one? */
bool sketch_is(const struct sketch *sketch);

/* What is known of a text when it is compared. */
struct sketch_text {
	struct sketch sketch;
	uint32_t words;
	int64_t date; /* or NS_NO_DATE */
};

/* Are they copies? */
bool sketch_alike(const struct sketch_text *a, const struct sketch_text *b);

#endif
