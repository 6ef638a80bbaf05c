/* check.h — is everything in this index as FORMAT.md says?
 *
 * Reads every byte and believes nothing: checksums and ids, then structure, then
 * whether the chunks agree with each other: words with terms, forms with lists,
 * columns with postings, lengths with sums, heads with the id field.
 *
 * The commit before the newest, which can be asked too, is checked likewise.
 *
 * What a crash left behind (tmp files, segments that no commit names) is litter:
 * it is listed, and is no fault.
 */
#ifndef NS_INDEX_CHECK_H
#define NS_INDEX_CHECK_H

#include "index/snapshot.h"

/* Prints a line for each fault and each piece of litter.  The first fault is the
 * error. */
int check_index(const char *dir, ns_print_fn *print, void *context,
                struct ns_error *err);

#endif
