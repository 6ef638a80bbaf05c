/* grow.h — nsbench grow: where does a collection of any size come from?
 *
 *     nsbench grow --bytes=1G FILE... >large.jsonl
 *
 * Out of real articles (JSON lines as nsindex reads them), copy after copy, until
 * their bodies hold so many bytes.  The first copy has them as they are.  In each
 * later one an id gets the number of the copy (a7-1, a7-2 …), and 3 in 100 words
 * of a body are others: half of them taken from other articles, half new ones,
 * which are made up and stand nowhere else:
 *
 *     rimobatuq   four syllables or more of a consonant and a vowel, then q
 *
 * So lists grow with the collection as those of news do, and so does the lexicon,
 * whose tail is made of names and slips of the pen that occur once: 1 GiB of
 * newswire, Usenet and BBC brings 2.5 million new words.  No stemmer takes
 * anything from a word in q, so that each is a term of its own; none of this shape
 * is in the 161 MB of articles that were looked through.
 *
 * The same files and seed give the same bytes everywhere: all is done with
 * integers, and no clock is asked.  Without a FILE the articles are made up too:
 * words by Zipf's law, lengths of news.
 *
 * Not taken: copies without changes.  Their lists would be the first copy's again
 * and again, with the same gaps, and no lexicon would ever outgrow its budget.
 */
#ifndef NS_BENCH_GROW_H
#define NS_BENCH_GROW_H

#include "base/mem.h"

/* One line of JSON as it is written again, without white space between its
 * parts; places are offsets in it, 0 where there is no such part. */
struct grow_article {
	const uint8_t *line;
	uint32_t len;
	uint32_t id, id_end;     /* between the quotes */
	uint32_t body, body_end; /* so too, still escaped */
	uint32_t body_size;      /* in bytes of text */
};

struct grow_collection {
	struct arena arena;
	struct grow_article *articles;
	size_t n, capacity;
	uint64_t body_size;    /* of all */
	uint64_t without_text; /* were left out */
};

/* What fails has been told. */
bool grow_read(struct grow_collection *out, const char *path);
bool grow_make(struct grow_collection *out, uint64_t seed);
/* Would two articles of any copies have one id? */
bool grow_ids_differ(const struct grow_collection *collection);
void grow_release(struct grow_collection *collection);

/* Takes over what is in the line; false where memory ends, which is told. */
bool grow_keep(struct grow_collection *out, struct grow_article article,
               struct slice line);

/* ---- chance and words ---------------------------------------------------- */

uint64_t grow_random(uint64_t *state);
/* 0 … n − 1; n > 0. */
uint32_t grow_below(uint64_t *state, uint32_t n);

enum { GROW_WORD = 32 };

/* So many syllables or more, different for each number; returns the size. */
size_t grow_syllables(char out[GROW_WORD], uint64_t number, unsigned least);
/* The new word of this number, in an order that the seed decides. */
size_t grow_new_word(char out[GROW_WORD], uint64_t number, uint64_t seed);
/* The first word of an escaped text at or behind `from`: letters, digits and
 * bytes ≥ 0x80 in a row.  false where there is none. */
bool grow_word(const uint8_t *from, const uint8_t *end, struct slice *out);

int bench_grow(int argc, char **argv);

#endif
