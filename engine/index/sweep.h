/* sweep.h — which files of an index does no commit need any more?
 *
 * Files that are being written (tmp-…), and segments, deletes and manifests that
 * no kept commit names.  A crash leaves them; the next writer removes them.
 * Files of other names are not ours and stay.
 */
#ifndef NS_INDEX_SWEEP_H
#define NS_INDEX_SWEEP_H

#include "index/manifest.h"

/* The commits whose files stay, newest first. */
struct kept {
	const struct manifest *manifests[2];
	size_t n;
};

/* Has the name one of the forms that files of an index have? */
bool sweep_is_ours(const char *name);

bool sweep_is_litter(const char *name, const struct kept *kept);

/* Removes litter.  What cannot be removed stays litter, and is no failure. */
int sweep_files(int dir, const char *place, const struct kept *kept,
                struct ns_error *err);

#endif
