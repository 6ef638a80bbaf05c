/* stories.h — which docs tell the same story?
 */
#ifndef NS_TESTS_SPEC_STORIES_H
#define NS_TESTS_SPEC_STORIES_H

#include "tests/spec/segment.h"

/* Prints them. */
void stories_dump(const struct segment *seg);

#endif
