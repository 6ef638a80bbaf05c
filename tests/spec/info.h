/* info.h — how many docs are there, and how long are they?
 */
#ifndef NS_TESTS_SPEC_INFO_H
#define NS_TESTS_SPEC_INFO_H

#include "tests/spec/segment.h"

/* Returns whether the texts are stored. */
bool info_read(struct segment *seg);
uint32_t length_of(const struct segment *seg, unsigned field, uint64_t doc);

#endif
