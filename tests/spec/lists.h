/* lists.h — is the list of each term what lexicon, info and columns say of it?
 */
#ifndef NS_TESTS_SPEC_LISTS_H
#define NS_TESTS_SPEC_LISTS_H

#include "tests/spec/segment.h"

/* Prints all of them. */
void lists_dump(struct segment *seg);

#endif
