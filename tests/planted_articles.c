#include "planted_articles.h"

#include <stdio.h>
#include <string.h>

enum { WORDS = 30000, PARAGRAPHS = 64, FORMS = 8 };

struct making {
	struct random *random;
	struct planted *out;
	struct arena arena;
	size_t capacity;
};

static void *must(void *block)
{
	if (!block)
		abort();
	return block;
}

static void must_hold(const struct buffer *buffer)
{
	if (buffer->status != NS_OK)
		abort();
}

/* ---- originals ----------------------------------------------------------- */

/* Word number i, with as many syllables as it needs. */
static void put_word(struct buffer *out, uint32_t i)
{
	static const char *const syllables[] = {
		"ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "du", "fa",
		"ge", "hi", "jo", "pu", "wa", "ze", "cri", "sto", "plu"};
	do {
		buffer_text(out, syllables[i % ARRAY_LEN(syllables)]);
		i /= ARRAY_LEN(syllables);
	} while (i);
}

/* Zipf's law, nearly: of a random magnitude, then any of it. */
static uint32_t any_word(struct random *random)
{
	uint32_t below = 1u << (1 + random_below(random, 15));
	return random_below(random, min_u32(below, WORDS));
}

static void put_words(struct making *making, struct buffer *out, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		put_word(out, any_word(making->random));
		buffer_text(out, i + 1 == n ? "." : " ");
	}
}

/* One of a few forms, in which every fifth word is a number. */
static void put_report(struct making *making, struct buffer *out)
{
	uint32_t form = random_below(making->random, FORMS) * 1000;
	for (uint32_t i = 0; i < 60; i++) {
		put_word(out, form + i * 7);
		if (i % 4 == 3)
			buffer_printf(out, " %u", random_below(making->random,
			                                       100000));
		buffer_text(out, " ");
	}
}

static void make_body(struct making *making, struct buffer *out)
{
	struct random *random = making->random;
	if (random_chance(random, 10)) {
		put_report(making, out);
		return;
	}
	for (uint32_t n = 3 + random_below(random, 8); n; n--) {
		put_words(making, out, 20 + random_below(random, 50));
		buffer_text(out, "\n\n");
	}
	for (uint32_t i = 0; random_chance(random, 30) && i < 25; i++) {
		put_word(out, 12000 + i); /* about the paper */
		buffer_text(out, " ");
	}
}

/* ---- copies -------------------------------------------------------------- */

struct paragraphs {
	struct slice items[PARAGRAPHS];
	size_t n;
};

static void cut_paragraphs(struct paragraphs *out, struct slice text)
{
	out->n = 0;
	while (text.len && out->n < PARAGRAPHS) {
		const uint8_t *end = memmem(text.data, text.len, "\n\n", 2);
		size_t n = end && out->n + 1 < PARAGRAPHS
			? (size_t)(end - text.data) + 2 : text.len;
		out->items[out->n++] = slice_of(text.data, n);
		text = slice_from(text, n);
	}
}

/* Three of a hundred words are left out, three are others, three stand behind one. */
static void copy_words(struct making *making, struct slice text, bool edited,
                       struct buffer *out)
{
	size_t at = 0;
	while (at < text.len) {
		size_t end = at;
		while (end < text.len && text.data[end] != ' ')
			end++;
		end += end < text.len;
		uint32_t fate = edited ? random_below(making->random, 100) : 100;
		if (fate >= 3 && fate < 9)
			put_word(out, any_word(making->random));
		if (fate >= 3 && fate < 9)
			buffer_text(out, " ");
		if (fate >= 6)
			buffer_append(out, text.data + at, end - at);
		at = end;
	}
}

enum edit { EDIT_WORDS = 1, EDIT_APPEND = 2, EDIT_CUT = 4, EDIT_ORDER = 8,
            EDIT_HEADLINE = 16, EDIT_AGENCY = 32 };

static unsigned choose_edits(struct random *random)
{
	unsigned edits = 0;
	for (uint32_t n = 1 + random_below(random, 3); n; n--)
		edits |= 1u << random_below(random, 6);
	return edits;
}

static void edit_body(struct making *making, struct slice body, unsigned edits,
                      struct buffer *out)
{
	struct random *random = making->random;
	struct paragraphs parts;
	cut_paragraphs(&parts, body);
	if (edits & EDIT_AGENCY)
		buffer_text(out, "LONDON, March 3 (Agency) - ");
	/* of two paragraphs neither can be spared */
	if ((edits & EDIT_CUT) && !(edits & EDIT_APPEND) && parts.n > 3)
		parts.n--;
	if ((edits & EDIT_ORDER) && parts.n > 1) {
		size_t i = random_below(random, (uint32_t)parts.n - 1);
		struct slice swap = parts.items[i];
		parts.items[i] = parts.items[i + 1];
		parts.items[i + 1] = swap;
	}
	for (size_t i = 0; i < parts.n; i++) {
		copy_words(making, parts.items[i], edits & EDIT_WORDS, out);
		buffer_text(out, "\n\n");
	}
	/* no longer than what it is appended to */
	if (edits & EDIT_APPEND)
		put_words(making, out, 10 + random_below(random, min_u32(
			50, (uint32_t)body.len / 20 + 1)));
}

/* ---- the collection ------------------------------------------------------- */

static ns_text keep(struct making *making, struct buffer *buffer)
{
	must_hold(buffer);
	ns_text out = {must(arena_copy(&making->arena, buffer->data,
	                               buffer->len)), buffer->len};
	buffer_clear(buffer);
	return out;
}

static void add(struct making *making, struct ns_article article, size_t origin)
{
	struct planted *out = making->out;
	struct buffer id;
	size_t n = out->set.n;
	buffer_init(&id, 100);
	buffer_printf(&id, "%zu-%zu", origin, n);
	article.id = keep(making, &id);
	buffer_release(&id);
	if (mem_grow((void **)&out->set.articles, &making->capacity, n + 1,
	             sizeof article, NULL) != NS_OK)
		abort();
	out->origin = must(mem_resize(out->origin, making->capacity *
	                                           sizeof *out->origin));
	out->set.articles[n] = article;
	out->origin[out->set.n++] = origin;
}

static void add_copy(struct making *making, const struct ns_article *of,
                     size_t origin)
{
	struct ns_article copy = *of;
	struct buffer text;
	unsigned edits = choose_edits(making->random);
	buffer_init(&text, NS_ARTICLE_MAX);
	if (edits & EDIT_HEADLINE) {
		put_words(making, &text, 6);
		copy.title = keep(making, &text);
	}
	edit_body(making, slice_text(of->body), edits, &text);
	copy.body = keep(making, &text);
	buffer_release(&text);
	add(making, copy, origin);
}

static struct ns_article make_original(struct making *making)
{
	struct ns_article article = {.date = NS_NO_DATE};
	struct buffer text;
	buffer_init(&text, NS_ARTICLE_MAX);
	put_words(making, &text, 4 + random_below(making->random, 8));
	article.title = keep(making, &text);
	make_body(making, &text);
	article.body = keep(making, &text);
	buffer_release(&text);
	return article;
}

static void shuffle(struct planted *planted, struct random *random)
{
	for (size_t i = planted->set.n; i > 1; i--) {
		size_t j = random_below(random, (uint32_t)i);
		struct ns_article article = planted->set.articles[i - 1];
		size_t origin = planted->origin[i - 1];
		planted->set.articles[i - 1] = planted->set.articles[j];
		planted->origin[i - 1] = planted->origin[j];
		planted->set.articles[j] = article;
		planted->origin[j] = origin;
	}
}

void planted_make(struct planted *out, struct random *random,
                  const struct ns_article *originals, size_t n)
{
	*out = (struct planted){.n_originals = n};
	struct making making = {.random = random, .out = out};
	for (size_t i = 0; i < n; i++) {
		struct ns_article original = originals ? originals[i]
		                                       : make_original(&making);
		original.url = (ns_text){0};
		add(&making, original, i);
		/* most have none, some many */
		uint32_t copies = random_chance(random, 60)
			? 0 : random_width(random, 3);
		while (copies--)
			add_copy(&making, &original, i);
	}
	shuffle(out, random);
	out->set.arena = making.arena;
}

void planted_release(struct planted *planted)
{
	random_release(&planted->set);
	mem_free(planted->set.articles);
	mem_free(planted->origin);
}
