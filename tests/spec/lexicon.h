/* lexicon.h — which terms and words are there?
 */
#ifndef NS_TESTS_SPEC_LEXICON_H
#define NS_TESTS_SPEC_LEXICON_H

#include "tests/spec/segment.h"

void lexicon_read(struct segment *seg);

#endif
