/* plain.h — which words of a text need no rule?
 *
 * Letters and digits of ASCII in a row, behind which nothing joins and before which
 * no sign stands: nine of ten words of the news.  For them the boundaries of
 * words.h, the folding of fold.h and the clusters of analyzer.c come to one thing:
 * the word ends where the row does, and is the row in lower case.
 *
 *     The U.S. said 1,204 men (not "boys") don’t
 *     ^^^      ^^^^       ^^^  ^^^  ^^^^           the rest is left to the rules
 *
 * So a window of the text is made lower case and into rows of bits, 64 bytes at a
 * time: where letters and digits are, and what else a word may begin with.  Words
 * are then found by counting zeros.  A byte at a time by the rules took 569
 * instructions a token, so it takes 240, most of them for the words that are left
 * to the rules; a build of 55 MB of news takes 2.42 CPU seconds instead of 2.73.
 *
 * Not taken: AVX-512 beside AVX2 (what remains to be won of the kernel is below a
 * hundredth of a build).
 */
#ifndef NS_TEXT_PLAIN_H
#define NS_TEXT_PLAIN_H

#include "base/base.h"
#include "base/cpu.h"

enum {
	PLAIN_WINDOW = 1024, /* bytes of the text at a time */
	PLAIN_SLACK = 64     /* that may be read behind a form */
};

/* Of 64 bytes, the first in the lowest bit. */
struct plain_bits {
	uint64_t words;  /* letters and digits of ASCII */
	uint64_t digits;
	uint64_t firsts; /* what a word begins with: those, '_', bytes ≥ 0x80 */
};

struct plain {
	size_t start, size; /* the window: bytes of the text */
	struct plain_bits bits[PLAIN_WINDOW / 64];
	uint8_t lower[PLAIN_WINDOW + PLAIN_SLACK];
};

struct plain_word {
	size_t start, end;   /* bytes of the text */
	const uint8_t *form; /* until the next call */
};

enum plain_found {
	PLAIN_WORD,
	PLAIN_NOT, /* the first word at or after *from is for the rules */
	PLAIN_END  /* there is no word any more */
};

/* Before a text is walked. */
static inline void plain_start(struct plain *plain)
{
	plain->start = plain->size = 0;
}

/* The first word at or after *from, a boundary of the text's words; *from, which
 * never falls, moves on over what is no word. */
enum plain_found plain_next(struct plain *plain, struct slice text, size_t *from,
                            struct plain_word *out);

/* Whether the word that was given last holds a digit. */
bool plain_digit(const struct plain *plain, const struct plain_word *word);

/* 64 bytes, by a level's kernel; for tests, which compare all. */
void plain_look(enum cpu_level level, const uint8_t text[64], uint8_t lower[64],
                struct plain_bits *out);

#endif
