/* repair.h — the newest manifest is damaged: what can be saved?
 *
 * The newest older commit that opens becomes the index again: the damaged
 * manifests above it are moved aside as bad-commit-…, after saying what is lost.
 * Where no older commit is kept nothing is moved: without any manifest the
 * segments would be litter to the next writer, and they may still be of use.
 * A damaged segment cannot be repaired; nothing is done about it.
 */
#ifndef NS_INDEX_REPAIR_H
#define NS_INDEX_REPAIR_H

#include "base/io.h"

/* Takes the writer's lock.  Prints a line for each step.
 * NS_E_CORRUPT: it cannot be repaired; nothing was changed. */
int repair_index(const char *dir, ns_print_fn *print, void *context,
                 struct ns_error *err);

#endif
