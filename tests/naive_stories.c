#include "naive_stories.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base/utf8.h"

#define A 0x9E3779B185EBCA87u
#define B 0xC2B2AE3D27D4EB4Fu
#define E 0x165667B19E3779F9u

enum { BYTES = 28, FEW = 16 };

struct told {
	uint8_t sketch[BYTES];
	bool any;
	uint64_t words;
	int64_t date;
	struct buffer url;
};

static uint64_t mix(uint64_t x)
{
	uint64_t z = (x ^ (x >> 32)) * 0x9FB21C651E98DF25u;
	return z ^ (z >> 35);
}

static uint64_t eight(struct slice form, size_t from)
{
	uint64_t value = 0;
	for (size_t i = from; i < form.len && i < from + 8; i++)
		value |= (uint64_t)form.data[i] << 8 * (i - from);
	return value;
}

static uint64_t word_of(struct slice form)
{
	if (form.len > 16)
		return XXH3_64bits_withSeed(form.data, form.len, 1) & UINT32_MAX;
	uint64_t h = eight(form, 0) * A ^ (eight(form, 8) + form.len + 256) * B;
	return (h ^ (h >> 32)) * E >> 32;
}

static void add_words(struct buffer *words, struct analyzer *analyzer,
                      ns_text text, uint64_t *length)
{
	struct analysis walk;
	struct token token;
	analysis_start(&walk, analyzer, slice_text(text), 0);
	while (analysis_next(&walk, &token))
		buffer_u64(words, word_of(token.form));
	*length += walk.position;
}

static size_t bin_of(uint64_t shingle)
{
	return (shingle >> 32) * BYTES >> 32;
}

static void put(uint64_t bins[BYTES], uint64_t shingle)
{
	if (shingle < bins[bin_of(shingle)])
		bins[bin_of(shingle)] = shingle;
}

static void sketch(struct told *told, const uint64_t *words, size_t n)
{
	uint64_t bins[BYTES], whole = n;
	for (size_t i = 0; i < BYTES; i++)
		bins[i] = UINT64_MAX;
	for (size_t i = 0; n >= FEW && i + 2 < n; i++)
		put(bins, mix((words[i] << 32 | words[i + 1]) * A +
		              words[i + 2] * B));
	for (size_t i = 0; n < FEW && i < n; i++)
		whole = mix(whole * A + words[i]);
	if (n && n < FEW)
		put(bins, mix(whole));
	told->any = n > 0;
	bool zero = true;
	for (uint64_t i = 0; n && i < BYTES; i++) {
		uint64_t from = i;
		for (uint64_t k = 1; bins[from] == UINT64_MAX; k++)
			from = bin_of(mix(k * A + i * B));
		told->sketch[i] = (uint8_t)(mix(bins[from] + i * B) >> 32);
		zero &= !told->sketch[i];
	}
	if (n && zero)
		told->sketch[0] = 1;
}

static void tell(struct told *told, struct analyzer *analyzer,
                 const struct ns_article *article)
{
	struct buffer words;
	buffer_init(&words, SIZE_MAX);
	told->date = article->date;
	add_words(&words, analyzer, article->title, &told->words);
	add_words(&words, analyzer, article->body, &told->words);
	if (told->words > 65535)
		told->words = 65535;
	/* malloc aligns it */
	sketch(told, (const uint64_t *)(const void *)words.data, words.len / 8);
	buffer_release(&words);
	uint32_t repairs = 0;
	struct slice url = slice_text(article->url);
	struct buffer clean;
	buffer_init(&clean, SIZE_MAX);
	if (utf8_clean(&url, &clean, &repairs) != NS_OK)
		abort();
	buffer_init(&told->url, SIZE_MAX);
	buffer_append(&told->url, url.data, url.len);
	buffer_release(&clean);
}

static bool are_alike(const struct told *a, const struct told *b)
{
	uint64_t least = a->words < b->words ? a->words : b->words;
	uint64_t e = 0, t = least < 100 ? 75 : 60;
	bool dated = a->date != NS_NO_DATE && b->date != NS_NO_DATE;
	if (dated && (a->date - b->date >= 604800 || b->date - a->date >= 604800))
		t = 90;
	for (size_t i = 0; i < BYTES; i++)
		e += a->sketch[i] == b->sketch[i];
	return e >= 11 &&
	       100 * e * (a->words + b->words) >= t * (BYTES + e) * least;
}

static bool meet(const struct told *a, const struct told *b, size_t i)
{
	size_t at[] = {i, (i + 1) % BYTES, (i + 4) % BYTES};
	for (size_t k = 0; k < 3; k++)
		if (a->sketch[at[k]] != b->sketch[at[k]])
			return false;
	return a->any && b->any;
}

static void join(size_t *story, size_t n, size_t a, size_t b)
{
	size_t from = story[a] > story[b] ? story[a] : story[b];
	size_t to = story[a] > story[b] ? story[b] : story[a];
	for (size_t i = 0; i < n; i++)
		if (story[i] == from)
			story[i] = to;
}

/* The first and the last before doc that meet it at byte i. */
static void look(const struct told *told, size_t *story, size_t doc, size_t i)
{
	size_t first = doc, last = doc;
	for (size_t other = 0; other < doc; other++) {
		if (!meet(&told[other], &told[doc], i))
			continue;
		first = first == doc ? other : first;
		last = other;
	}
	if (first < doc && are_alike(&told[first], &told[doc]))
		join(story, doc + 1, first, doc);
	if (last < doc && are_alike(&told[last], &told[doc]))
		join(story, doc + 1, last, doc);
}

static bool are_versions(const struct told *a, const struct told *b)
{
	return a->url.len && a->url.len < 256 &&
	       slice_equal(slice_of(a->url.data, a->url.len),
	                   slice_of(b->url.data, b->url.len));
}

void naive_stories(const struct ns_article *const *articles, size_t n,
                   size_t *out)
{
	struct analyzer *analyzer;
	struct told *told = calloc(n + 1, sizeof *told);
	if (!told || analyzer_open(&analyzer, "english", NULL) != NS_OK)
		abort();
	for (size_t doc = 0; doc < n; doc++) {
		tell(&told[doc], analyzer, articles[doc]);
		out[doc] = doc;
		for (size_t i = 0; i < BYTES; i++)
			look(told, out, doc, i);
		for (size_t other = 0; other < doc; other++)
			if (are_versions(&told[other], &told[doc]))
				join(out, doc + 1, other, doc);
	}
	for (size_t doc = 0; doc < n; doc++)
		buffer_release(&told[doc].url);
	free(told);
	analyzer_free(analyzer);
}
