#include <criterion/criterion.h>

#include "random_list.h"
#include "rank/candidates.h"

static struct list list;
static struct candidates these, before;

/* A word of a plan, made by hand. */
static struct part open_word(struct random *r, const struct sample *s,
                             bool scored)
{
	const struct leaf leaf = {.n_docs = 1000, .sum_length = 300000,
	                          .weight = random_width(r, 24)};
	cr_assert_eq(list_open(&list, &s->source, &s->term, NULL), NS_OK);
	return (struct part){.scored = scored, .df = s->df, .list = &list,
	                     .bm25 = bm25_of(&leaf, 1.2f, 0.75f),
	                     .lengths = s->lengths};
}

/* Whether the word is in a doc, and what it contributes. */
static bool contribution(const struct sample *s, const struct part *part,
                         uint32_t doc, uint32_t *out)
{
	uint32_t low = 0, high = s->df;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (s->docs[middle] < doc)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == s->df || s->docs[low] != doc)
		return false;
	*out = bm25_contribution(&part->bm25, s->tfs[low],
	                         load_u16(s->lengths + 2 * (size_t)doc));
	return true;
}

/* Rising docs, with scores: none, some, or as many as there may be. */
static void random_candidates(struct random *r, const struct sample *s)
{
	size_t most = random_below(r, 8) ? random_width(r, 10) : WINDOW;
	unsigned spread = random_below(r, 6);
	uint64_t doc = random_below(r, 3) ? 0 : random_below(r, s->doc_count);
	these.n = 0;
	while (these.n < most && doc < s->doc_count) {
		these.docs[these.n] = (uint32_t)doc;
		these.scores[these.n++] = random_width(r, 20);
		doc += 1 + (uint64_t)random_width(r, spread);
	}
	before = these;
}

static void check_same(size_t n, uint64_t seed)
{
	cr_assert_eq(these.n, n, "seed %lu: %zu, not %zu", seed, these.n, n);
	cr_assert(!memcmp(these.docs, before.docs, n * sizeof *these.docs) &&
	          !memcmp(these.scores, before.scores,
	                  n * sizeof *these.scores), "seed %lu", seed);
}

static void check_require(const struct sample *s, struct part *part,
                          bool scored, uint64_t seed)
{
	size_t n = 0;
	candidates_require(&these, part, scored, 0);
	for (size_t i = 0; i < before.n; i++) {
		uint32_t gain, doc = before.docs[i], score = before.scores[i];
		if (!contribution(s, part, doc, &gain))
			continue;
		before.docs[n] = doc;
		before.scores[n++] = score + (scored && part->scored ? gain
		                                                     : 0);
	}
	check_same(n, seed);
}

static void check_exclude(const struct sample *s, struct part *part,
                          uint64_t seed)
{
	size_t n = 0;
	candidates_exclude(&these, part);
	for (size_t i = 0; i < before.n; i++) {
		uint32_t gain, doc = before.docs[i], score = before.scores[i];
		if (contribution(s, part, doc, &gain))
			continue;
		before.docs[n] = doc;
		before.scores[n++] = score;
	}
	check_same(n, seed);
}

static void check_add(const struct sample *s, struct part *part, uint64_t seed)
{
	candidates_add(&these, part, 0);
	for (size_t i = 0; part->scored && i < before.n; i++) {
		uint32_t gain;
		if (contribution(s, part, before.docs[i], &gain))
			before.scores[i] += gain;
	}
	check_same(before.n, seed);
}

Test(candidates, are_required_excluded_and_added_to)
{
	struct random r = random_start(1);
	for (unsigned round = 0; round < 300; round++) {
		struct sample s;
		bool words = random_below(&r, 3), scored = words &&
			random_below(&r, 3);
		sample_write(&r, &s, random_df(&r),
		             words ? FIELD_TEXT : FIELD_SECTION, 300);
		struct part part = open_word(&r, &s, scored);
		random_candidates(&r, &s);
		check_require(&s, &part, random_below(&r, 2), r.seed);
		list_rewind(&list);
		random_candidates(&r, &s);
		check_exclude(&s, &part, r.seed);
		list_rewind(&list);
		random_candidates(&r, &s);
		check_add(&s, &part, r.seed);
		cr_assert_eq(list.status, NS_OK);
		sample_release(&s);
	}
}

Test(candidates, with_too_little_or_dead_are_dropped)
{
	struct random r = random_start(2);
	for (unsigned round = 0; round < 300; round++) {
		const struct sample s = {.doc_count = 1 + random_width(&r, 16)};
		uint8_t *dead = malloc(s.doc_count / 8 + 1);
		uint32_t least = random_below(&r, 4) ? random_width(&r, 20) : 0;
		size_t n = 0;
		for (uint32_t i = 0; i < s.doc_count / 8 + 1; i++)
			dead[i] = (uint8_t)random_u64(&r);
		random_candidates(&r, &s);
		candidates_bury(&these, NULL);
		candidates_keep(&these, 0);
		check_same(before.n, r.seed);
		candidates_keep(&these, least);
		candidates_bury(&these, dead);
		for (size_t i = 0; i < before.n; i++) {
			uint32_t doc = before.docs[i];
			if (before.scores[i] < least ||
			    dead[doc / 8] >> doc % 8 & 1)
				continue;
			before.docs[n] = doc;
			before.scores[n++] = before.scores[i];
		}
		check_same(n, r.seed);
		free(dead);
	}
}
