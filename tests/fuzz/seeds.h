/* seeds.h — what do the real encoders write?  Inputs for the targets to start
 * from, made at build time: binaries that anyone can make are not committed. */
#ifndef NS_TESTS_FUZZ_SEEDS_H
#define NS_TESTS_FUZZ_SEEDS_H

#include "base/mem.h"
#include "tests/random.h"

/* Writes what is in the buffer as the next seed of a target, and clears it. */
void seed_keep(const char *target, struct buffer *bytes);

void seeds_of_lists(struct random *random);
void seeds_of_blocks(struct random *random);
void seeds_of_places(struct random *random);
void seeds_of_lexicons(struct random *random);
void seeds_of_columns(struct random *random);
void seeds_of_stores(struct random *random);
void seeds_of_dates(void);
/* Segments, manifests and queries, of small indexes. */
void seeds_of_indexes(struct random *random);
void seeds_of_packed(void);
/* Archives of web pages. */
void seeds_of_archives(void);

#endif
