/* check_commit.h — do the segments of one commit fit together?
 *
 * They are analyzed alike, their ranks follow each other, and no id lives in two
 * of them.
 */
#ifndef NS_INDEX_CHECK_COMMIT_H
#define NS_INDEX_CHECK_COMMIT_H

#include "index/snapshot.h"

/* For segments that are sound each on its own.  The first fault is the error. */
int check_commit(const struct snapshot *snapshot, struct ns_error *err);

#endif
