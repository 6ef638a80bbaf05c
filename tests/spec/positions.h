/* positions.h — where in its docs does a term stand, and in which form?
 */
#ifndef NS_TESTS_SPEC_POSITIONS_H
#define NS_TESTS_SPEC_POSITIONS_H

#include "tests/spec/postings.h"

/* cf numbers each, doc after doc; unit_end is what list_read learned. */
void positions_read(const struct segment *seg, const struct entry *term,
                    struct list list, const uint64_t *unit_end, uint64_t *places,
                    uint64_t *forms);

#endif
