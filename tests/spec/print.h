/* print.h — how does `nsindex dump` write lists down?
 */
#ifndef NS_TESTS_SPEC_PRINT_H
#define NS_TESTS_SPEC_PRINT_H

#include "tests/spec/postings.h"

void bytes_print(struct bytes bytes);
void key_print(const struct entry *entry);
/* places and forms may be NULL. */
void list_print(const struct segment *seg, const struct entry *term,
                struct list list, const uint64_t *places, const uint64_t *forms);

#endif
