/* bounds.h — is no doc of a block worth more than its bound says?
 */
#ifndef NS_TESTS_SPEC_BOUNDS_H
#define NS_TESTS_SPEC_BOUNDS_H

#include "tests/spec/postings.h"

/* As they stand in a directory: bound[nt], max_tf[nt], min_len[nt]; kth[4] of
 * long lists, else NULL. */
struct bounds { const uint8_t *of_blocks, *kth; };

struct bounds bounds_take(struct in *in, uint32_t df);
void bounds_check(const struct segment *seg, const struct entry *term,
                  struct list list, struct bounds bounds);

#endif
