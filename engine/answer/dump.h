/* dump.h — what is in a list, as text?
 *
 *     text:missil df=2 cf=3 forms=2
 *       form 0 missile df=2
 *       form 1 missiles df=1
 *       doc 0 id=a1 tf=1 positions=4
 *       doc 6 id=b2 tf=2 positions=3,17 forms=0,1
 *     section:world df=1 cf=1 forms=1
 *       doc 6 id=b2
 *
 * One list for each term; a word that is no term stands among the forms of its
 * own.  `forms=` is left out where the term has one form; values have neither
 * frequencies nor positions.  tests/spec/ prints the same from FORMAT.md
 * alone.
 */
#ifndef NS_ANSWER_DUMP_H
#define NS_ANSWER_DUMP_H

#include "answer/output.h"
#include "index/snapshot.h"
#include "text/analyzer.h"

/* word: "missiles", "title:rain", "section:World".  NS_E_MISSING where no
 * segment has it.  With several segments each has a line of its own. */
int dump_word(const struct snapshot *snapshot, struct analyzer *analyzer,
              struct slice word, struct output *out, struct ns_error *err);

/* Every list of every segment, in the order of the lexicon, each segment behind
 * a line "segment seg-…". */
int dump_all(const struct snapshot *snapshot, struct output *out,
             struct ns_error *err);

#endif
