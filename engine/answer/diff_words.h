/* diff_words.h — which words do two texts have, as numbers that can be compared?
 *
 * A word here is what stands between blanks, as written: case and marks are what
 * two versions of a story may differ in.  How many blanks there are says nothing;
 * the end of a paragraph is a word of its own, however many empty lines follow, but
 * none where the text begins or ends.
 *
 * Equal words of both texts get the same number, by a table of XXH3 hashes.  Eight
 * bytes are kept for each word, four to eight for each different one: for two texts
 * of 16 MiB at most 200 MiB, for news a few dozen KiB.
 */
#ifndef NS_ANSWER_DIFF_WORDS_H
#define NS_ANSWER_DIFF_WORDS_H

#include "base/mem.h"

struct diff_words {
	struct slice text;
	uint32_t *starts; /* where each word begins */
	uint32_t *ids;    /* equal ones are equal words */
	uint32_t n;
};

struct diff_texts {
	struct diff_words side[2]; /* the old, the new */
	uint32_t n_ids;
};

/* Texts below 2²⁸ bytes (NS_ARTICLE_MAX, four times if it was no UTF-8), which must
 * outlive *out. */
int diff_words_read(struct diff_texts *out, struct slice old_text,
                    struct slice new_text, struct ns_error *err);
void diff_words_release(struct diff_texts *texts);

/* Finds the word behind `at` (0, or the end of the word before); false: none. */
bool diff_word_next(struct slice text, size_t at, size_t *start, size_t *end);
/* Where the word that begins at start ends. */
size_t diff_word_end(struct slice text, size_t start);

#endif
