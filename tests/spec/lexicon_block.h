/* lexicon_block.h — what does a block of the lexicon say of its 32 entries?
 */
#ifndef NS_TESTS_SPEC_LEXICON_BLOCK_H
#define NS_TESTS_SPEC_LEXICON_BLOCK_H

#include "tests/spec/segment.h"

/* Numbers of entries begin with `first`. */
void lexicon_block_read(struct in *in, struct entry *out, uint64_t first);

#endif
