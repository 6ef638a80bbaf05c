/* lock.h — who may write?
 *
 * One writer at a time, by an open-file-description lock on the file `lock`: the
 * kernel gives it free when the writer dies, and closing another handle of the
 * same file does not (as it would with POSIX record locks).  The file's text,
 * `pid P on HOST at TIME`, is for people: it says who took the lock last, and
 * nothing is decided by it.
 */
#ifndef NS_INDEX_LOCK_H
#define NS_INDEX_LOCK_H

#include "base/io.h"

/* Takes the lock in dir; *out is the handle that holds it.
 * NS_E_LOCKED: "locked, last taken by pid P on HOST at TIME".
 * NS_E_MISSING: the lock, or dir, was removed by a writer that gave it up. */
int lock_take(int *out, int dir, const char *place, struct ns_error *err);

#endif
