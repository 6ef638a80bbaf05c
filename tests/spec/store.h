/* store.h — what is kept to be shown of each doc?
 */
#ifndef NS_TESTS_SPEC_STORE_H
#define NS_TESTS_SPEC_STORE_H

#include "tests/spec/segment.h"

/* The ids of the heads, and, as they are stored, the bodies. */
void store_read(struct segment *seg, bool with_bodies);

#endif
