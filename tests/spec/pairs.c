#include "tests/spec/pairs.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/spec/positions.h"
#include "tests/spec/print.h"

enum { PAIR_WORDS = 64 };

/* A pair word with its whole list in memory. */
struct pair_word {
	const struct entry *term;
	struct list list;
	uint64_t *places;
};

struct pairs {
	uint32_t n;
	struct pair_word words[PAIR_WORDS];
	uint64_t follows[PAIR_WORDS]; /* behind each: the bits of words */
	uint64_t *col[3];             /* df − 1, cf − df and post of each pair */
};

/* ---- what the positions say ------------------------------------------------ */

static void pair_word_read(const struct segment *seg, uint32_t entry,
                           struct pair_word *out)
{
	must(entry < seg->n_entries && seg->entries[entry].term &&
	     seg->entries[entry].field == TEXT, "a pair word is a term of text");
	out->term = &seg->entries[entry];
	out->list = list_of(seg, out->term, false);
	uint64_t *forms = room(out->term->cf, 8);
	uint64_t *unit_end = room(out->term->df / 256, 8);
	out->places = room(out->term->cf, 8);
	list_read(seg, out->term, out->list, unit_end);
	positions_read(seg, out->term, out->list, unit_end, out->places, forms);
	free(forms);
	free(unit_end);
}

/* How often, in doc i of a, which is doc j of b, b stands behind a. */
static uint64_t times(const struct pair_word *a, size_t i, size_t from,
                      const struct pair_word *b, size_t j, size_t to)
{
	uint64_t n = 0;
	for (size_t x = 0; x < a->list.tfs[i]; x++)
		for (size_t y = 0; y < b->list.tfs[j]; y++)
			n += a->places[from + x] + 1 == b->places[to + y];
	return n;
}

/* What the positions say of a with b behind it; returns the docs. */
static size_t pair_count(const struct pair_word *a, const struct pair_word *b,
                         struct list out)
{
	size_t n = 0;
	for (size_t i = 0, j = 0, from = 0, to = 0; i < a->list.df; i++) {
		for (; j < b->list.df && b->list.docs[j] < a->list.docs[i]; j++)
			to += b->list.tfs[j];
		if (j < b->list.df && b->list.docs[j] == a->list.docs[i]) {
			out.docs[n] = a->list.docs[i];
			out.tfs[n] = times(a, i, from, b, j, to);
			n += out.tfs[n] > 0;
		}
		from += a->list.tfs[i];
	}
	return n;
}

/* ---- what their lists say -------------------------------------------------- */

static void pair_check(const struct segment *seg, const struct entry *pair,
                       struct list list, struct list want, size_t n)
{
	uint64_t cf = 0;
	list_read(seg, pair, list, NULL);
	must(list.df == n, "df of a pair");
	for (size_t i = 0; i < n; i++) {
		must(list.docs[i] == want.docs[i] && list.tfs[i] == want.tfs[i],
		     "a list of a pair");
		cf += list.tfs[i];
	}
	must(cf == pair->cf, "cf of a pair");
}

/* pair: NULL where there is none. */
static void pair_dump(const struct segment *seg, const struct pair_word *a,
                      const struct pair_word *b, const struct entry *pair)
{
	struct list want = list_of(seg, a->term, true);
	size_t n = pair_count(a, b, want);
	must((pair != NULL) == (n > 0), "neighbours are pairs");
	if (pair) {
		struct list list = list_of(seg, pair, true);
		pair_check(seg, pair, list, want, n);
		printf("pair:");
		key_print(a->term);
		putchar(' ');
		key_print(b->term);
		printf(" df=%" PRIu64 " cf=%" PRIu64 "\n", pair->df, pair->cf);
		list_print(seg, pair, list, NULL, NULL);
		list_release(&list);
	}
	list_release(&want);
}

static void pairs_read(const struct segment *seg, struct pairs *out)
{
	struct in in = in_of(seg->chunks[PAIR], 0, "pair");
	uint32_t last = 0, n_pairs = 0;
	out->n = u32(&in);
	must(out->n <= PAIR_WORDS, "at most 64 pair words");
	const uint8_t *width = take(&in, 3);
	zeros(&in, 1);
	for (uint32_t i = 0; i < out->n; i++) {
		uint32_t entry = u32(&in);
		must(!i || entry > last, "pair words rise");
		pair_word_read(seg, last = entry, &out->words[i]);
	}
	for (uint32_t i = 0; i < out->n; i++) {
		uint64_t follows = out->follows[i] = u64(&in);
		must(out->n == PAIR_WORDS || !(follows >> out->n),
		     "pairs of pair words");
		n_pairs += (uint32_t)__builtin_popcountll(follows);
	}
	for (int k = 0; k < 3; k++) {
		must(width[k] <= 40, "width in pair");
		bits(&in, n_pairs, width[k], out->col[k] = room(n_pairs, 8));
	}
	must(in.at == in.end, "pair ends with the numbers of its lists");
}

/* A pair as an entry of the lexicon, which it has none of. */
static struct entry pair_entry(const struct pairs *pairs, uint32_t at)
{
	struct entry out = {.field = TEXT, .term = true, .n_forms = 1};
	out.df = pairs->col[0][at] + 1;
	out.cf = out.df + pairs->col[1][at];
	out.doc = out.post = pairs->col[2][at];
	out.single = out.df == 1;
	return out;
}

void pairs_dump(const struct segment *seg)
{
	struct pairs pairs;
	uint32_t at = 0;
	if (!seg->chunks[PAIR].at)
		return;
	pairs_read(seg, &pairs);
	for (uint32_t a = 0; a < pairs.n; a++)
		for (uint32_t b = 0; b < pairs.n; b++) {
			struct entry pair;
			bool is = pairs.follows[a] >> b & 1;
			if (is)
				pair = pair_entry(&pairs, at++);
			pair_dump(seg, &pairs.words[a], &pairs.words[b],
			          is ? &pair : NULL);
		}
	for (uint32_t i = 0; i < pairs.n; i++) {
		list_release(&pairs.words[i].list);
		free(pairs.words[i].places);
	}
	for (int k = 0; k < 3; k++)
		free(pairs.col[k]);
}
