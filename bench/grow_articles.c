/* grow_articles.c — the articles that are copied: kept, compared by id, made. */
#include "bench/grow.h"

#include <stdlib.h>

#include "tools/cli.h"

static const char program[] = "nsbench";

bool grow_keep(struct grow_collection *out, struct grow_article article,
               struct slice line)
{
	article.line = (uint8_t *)arena_copy(&out->arena, line.data, line.len);
	article.len = (uint32_t)line.len;
	if (!article.line ||
	    mem_grow((void **)&out->articles, &out->capacity, out->n + 1,
	             sizeof *out->articles, NULL) != NS_OK) {
		cli_say(program, "memory ended");
		return false;
	}
	out->articles[out->n++] = article;
	out->body_size += article.body_size;
	return true;
}

void grow_release(struct grow_collection *collection)
{
	arena_release(&collection->arena);
	mem_free(collection->articles);
	*collection = (struct grow_collection){0};
}

/* ---- ids ------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
	return slice_compare(*(const struct slice *)a,
	                     *(const struct slice *)b);
}

/* a7 of "a7-12", which a later copy of a7 would have too; else nothing. */
static struct slice without_number(struct slice id)
{
	size_t n = id.len;
	while (n && id.data[n - 1] >= '0' && id.data[n - 1] <= '9')
		n--;
	bool number = n < id.len && n && id.data[n - 1] == '-';
	return slice_of(id.data, number ? n - 1 : 0);
}

static bool tell_clash(struct slice id)
{
	cli_say(program, "two articles would have the id \"%.*s\"",
	        (int)min_size(id.len, 300), (const char *)id.data);
	return false;
}

bool grow_ids_differ(const struct grow_collection *collection)
{
	size_t n = collection->n;
	struct slice *ids = mem_zero(n + 1, sizeof *ids);
	bool differ = ids;
	if (!ids)
		cli_say(program, "memory ended");
	for (size_t i = 0; i < n && ids; i++) {
		const struct grow_article *article = &collection->articles[i];
		ids[i] = slice_of(article->line + article->id,
		                  article->id_end - article->id);
	}
	if (ids)
		qsort(ids, n, sizeof *ids, compare);
	for (size_t i = 0; i < n && differ; i++) {
		struct slice stem = without_number(ids[i]);
		if ((i && !compare(&ids[i - 1], &ids[i])) ||
		    (stem.len && bsearch(&stem, ids, n, sizeof *ids, compare)))
			differ = tell_clash(ids[i]);
	}
	mem_free(ids);
	return differ;
}

/* ---- articles that are made up --------------------------------------------- */

enum { MADE = 4096, VOCABULARY_BITS = 16 };

/* Rank r with a chance of about 1/r; the more frequent the shorter. */
static void put_word(struct buffer *line, uint64_t *random, bool capital)
{
	char word[GROW_WORD];
	uint32_t bits = grow_below(random, VOCABULARY_BITS + 1);
	size_t n = grow_syllables(word, grow_below(random, 1u << bits), 1);
	if (capital)
		word[0] = (char)(word[0] - 'a' + 'A');
	buffer_append(line, word, n);
}

/* Sentences of 12 words or so. */
static void put_words(struct buffer *line, uint64_t *random, uint32_t n)
{
	bool start = true;
	for (uint32_t i = 0; i < n; i++) {
		put_word(line, random, start);
		start = grow_below(random, 12) == 0;
		if (i + 1 < n)
			buffer_text(line, start ? ". " : " ");
	}
}

static struct grow_article put_article(struct buffer *line, uint64_t *random,
                                       uint32_t number)
{
	static const char *const sections[] = {"World", "Sport", "Arts"};
	struct grow_article article = {0};
	buffer_text(line, "{\"id\":\"");
	article.id = (uint32_t)line->len;
	buffer_printf(line, "m%u", number);
	article.id_end = (uint32_t)line->len;
	buffer_text(line, "\",\"title\":\"");
	put_words(line, random, 4 + grow_below(random, 6));
	buffer_text(line, "\",\"body\":\"");
	article.body = (uint32_t)line->len;
	put_words(line, random, 20 + grow_below(random, 800));
	article.body_end = (uint32_t)line->len;
	article.body_size = article.body_end - article.body;
	uint32_t day = grow_below(random, 30 * 12 * 28);
	buffer_printf(line, "\",\"date\":\"%u-%02u-%02u\",\"section\":\"%s\"}",
	              1990 + day / 336, 1 + day / 28 % 12, 1 + day % 28,
	              sections[day % ARRAY_LEN(sections)]);
	return article;
}

bool grow_make(struct grow_collection *out, uint64_t seed)
{
	struct buffer line;
	uint64_t random = seed;
	bool good = true;
	buffer_init(&line, NS_ARTICLE_MAX);
	for (uint32_t i = 0; i < MADE && good; i++) {
		buffer_clear(&line);
		struct grow_article article = put_article(&line, &random, i);
		good = line.status == NS_OK;
		if (!good)
			cli_say(program, "memory ended");
		good = good && grow_keep(out, article,
		                         slice_of(line.data, line.len));
	}
	buffer_release(&line);
	return good;
}
