/* date_letters.h — which letter stands here, and how is it compared?
 *
 * Names of months are written with capitals and without, with marks and without
 * them, and Arabic ones with one of several alefs and yehs: each letter is folded to
 * one that stands for all of them.  Latin (Vietnamese's with two marks among them),
 * Greek, Cyrillic, Hebrew, Arabic, Devanagari and Thai.
 */
#ifndef NS_DATE_DATE_LETTERS_H
#define NS_DATE_DATE_LETTERS_H

#include "base/base.h"

struct date_letter {
	size_t len;      /* bytes it takes */
	char folded[4];  /* n bytes; none, where it only changes the one before */
	size_t n;
};

/* The letter at the start of text; false: there is none. */
bool date_letter_at(struct slice text, struct date_letter *out);

/* 1 where a point joins letters to one word, as in "เม.ย." and "π.μ.", which other
 * scripts than Latin and Cyrillic write; else 0.  text begins behind a letter. */
size_t date_points(struct slice text);

#endif
