/* columns.h — which number has each doc: section, rank, date?
 */
#ifndef NS_TESTS_SPEC_COLUMNS_H
#define NS_TESTS_SPEC_COLUMNS_H

#include "tests/spec/segment.h"

void columns_read(struct segment *seg);
/* Of which place in the order in which docs were given a doc is. */
uint64_t rank_of(const struct segment *seg, uint64_t doc);

#endif
