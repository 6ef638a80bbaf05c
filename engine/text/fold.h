/* fold.h — which words are the same but for their dress?
 *
 * A word is folded by itself: NFKC, full case folding, ignorable characters (soft
 * hyphens, zero-width marks) left out, and the apostrophes U+2019 and U+02BC made
 * U+0027.  Folding twice gives what folding once gives.
 */
#ifndef NS_TEXT_FOLD_H
#define NS_TEXT_FOLD_H

#include "base/mem.h"

enum {
	FOLD_IN_MAX = 2048,  /* bytes of a word as written */
	FOLD_MAX = 255       /* bytes of a form */
};

/* Scratch of one thread. */
struct fold {
	int32_t points[4 * FOLD_IN_MAX];
};

/* Folds word into out[FOLD_MAX] and returns the bytes used: 0 where nothing is
 * left, -1 where the word or its form is too long. */
int fold_word(struct fold *fold, struct slice word, bool ascii,
              uint8_t out[FOLD_MAX]);

/* The same where all bytes, one at least, are letters and digits of ASCII; false
 * where another is among them, or where there are too many. */
bool fold_plain(struct slice word, uint8_t out[FOLD_MAX], bool *digit);

#endif
