/* pairs.h — do the lists of pairs say what the positions say?
 */
#ifndef NS_TESTS_SPEC_PAIRS_H
#define NS_TESTS_SPEC_PAIRS_H

#include "tests/spec/segment.h"

/* Prints all of them. */
void pairs_dump(const struct segment *seg);

#endif
