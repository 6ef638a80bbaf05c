/* stem.h — what is the stem of this form?
 *
 * libstemmer takes about 310 ns a word (Zen 5); news repeats its words, so a memo
 * stands in front: 16,384 places, one for each hash, the later word evicts.  A hit
 * takes 17 ns.  Forms over
 * 23 bytes go past it.
 */
#ifndef NS_TEXT_STEM_H
#define NS_TEXT_STEM_H

#include "base/mem.h"

struct stem;

/* algorithm: a canonical name of libstemmer.  NS_E_USAGE where it has none. */
int stem_open(struct stem **out, const char *algorithm, struct ns_error *err);
void stem_free(struct stem *stem);

/* Stems a folded form; valid until the next call.  Empty data (NULL): memory
 * ended inside libstemmer. */
struct slice stem_word(struct stem *stem, struct slice form);

/* The canonical name of a name or ISO 639 code, or NULL. */
const char *stem_language(const char *name);

/* Appends the names that stem_language knows, with commas. */
void stem_languages(struct buffer *out);

#endif
