/* analyzer.h — what are the terms of this text?
 *
 * A text becomes tokens.  A token has
 *   form      the word as written, folded (NFKC, case, apostrophes): what people
 *             type, and what "=word" finds
 *   term      what is indexed: the stem of the form
 *   position  its place in the text, counted in words
 *   span      the bytes of the original text that it stands for
 *
 * Building and asking use this same file, so that both cut words alike.  Cutting
 * is words.h, stemming is stem.h; here they meet, and the words of the news that
 * neither knows are put right:
 *
 *   text            tokens (form/term @position; a compound covers its parts)
 *   president’s     president's/presid
 *   U.S.  U.S       u.s                       never stemmed
 *   AT&T            at/at@0 t/t@1 at&t@0      the compound is never stemmed
 *   de-escalation   de@0 escalation/escal@1 deescalation/deescal@0
 *   @handle #tag    handle@0 @handle@0
 *   mig-29 covid19  a word with a digit is never stemmed
 *
 * Rules that the rest leans on:
 *  - Parts come in the order of the text; positions never go back, except that a
 *    compound follows its parts and takes the position of the first.
 *  - At one position a term occurs once: a compound whose term is that of its
 *    first part is not given.
 *  - A compound has `covers` > 0: the number of positions that it spans
 *    (AT&T 2, @handle 1).  A plain word has 0.
 *  - A word of over 255 bytes (folded) keeps its position, is not given, and is
 *    counted; so is a compound, without the position.
 *  - The terms depend on the text and the language alone, not on the locale.
 */
#ifndef NS_TEXT_ANALYZER_H
#define NS_TEXT_ANALYZER_H

#include "base/mem.h"

enum { WORD_MAX = 255 }; /* bytes of a form or term */

struct token {
	struct slice form, term; /* valid until the next call of analysis_next;
	                            16 bytes of a form may be read */
	uint32_t position;
	uint32_t start, end; /* span in the text, in bytes */
	uint32_t covers;     /* positions that a compound spans, or 0 */
};

struct analyzer; /* immutable but for the stemmer's memo: one thread at a time */

/* language: a name or ISO code of libstemmer ("english", "en", "de", …) or
 * "none" for no stemming.  NS_E_USAGE where it is unknown; the message names
 * those that there are. */
int analyzer_open(struct analyzer **out, const char *language,
                  struct ns_error *err);
void analyzer_free(struct analyzer *analyzer);

/* The canonical name, "english" or "none". */
const char *analyzer_language(const struct analyzer *analyzer);

/* What the terms depend on, in 64 bits: our rules' version, the Unicode version
 * of utf8proc and the stems of a fixed list of words.  Stored in an index: where
 * it differs, words may be cut or stemmed in another way than at build time. */
uint64_t analyzer_identity(const struct analyzer *analyzer);

/* A walk over one text. */
struct analysis {
	struct analyzer *analyzer;
	struct slice text;
	size_t offset;        /* where the next word is looked for */
	uint32_t position;    /* of the next word; at the end: positions used */
	uint64_t overlong;    /* words and compounds over WORD_MAX, so far */
	int status;           /* NS_E_NOMEM: memory ended; the walk is over */
	bool forms_only;      /* may be set once started, by who keeps the terms
	                         of forms: a word that is alone comes with an
	                         empty term, which analyzer_stem knows */
	bool by_rules;        /* may be set once started: no word goes a short
	                         way; tests compare */
};

/* Starts at the given position (0, or behind the gap after a title).  text is
 * borrowed, at most UINT32_MAX bytes, and need not be valid UTF-8: a bad byte
 * is no part of a word. */
void analysis_start(struct analysis *analysis, struct analyzer *analyzer,
                    struct slice text, uint32_t position);

/* The next token, or false at the end of the text.  Uses the analyzer's own
 * scratch memory: one walk at a time for each analyzer. */
bool analysis_next(struct analysis *analysis, struct token *out);

/* Folds a whole value as a word is folded (NFKC, case, apostrophes), inner white
 * space runs to one space, trimmed; for section, author and lang.  Appends to
 * out, whose sticky status tells of failure. */
void analyzer_fold(struct analyzer *analyzer, struct slice value,
                   struct buffer *out);

/* Stems a folded form, by the rules above (digits, u.s, at&t, @handle are given
 * back as they are).  The slice is valid until the next call on analyzer; its
 * data is NULL where memory ended. */
struct slice analyzer_stem(struct analyzer *analyzer, struct slice form);

#endif
