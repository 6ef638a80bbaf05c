/* steps.h — how far is a commit, and does anybody want it to stop?
 *
 * The loops that take long tell of each thousandth step; the caller of the
 * library may answer that it is to end (Ctrl-C).  What was written by then is
 * removed, and the last commit is still the index.
 */
#ifndef NS_BUILD_STEPS_H
#define NS_BUILD_STEPS_H

#include "base/err.h"

struct steps {
	ns_progress_fn *tell; /* NULL: nobody listens */
	void *context;
};

/* NS_E_STOPPED where the caller wants it. */
static inline int steps_tell(const struct steps *steps, const char *phase,
                             uint64_t done, uint64_t total,
                             struct ns_error *err)
{
	if (done % 1024 || !steps->tell ||
	    steps->tell(steps->context, phase, done, total))
		return NS_OK;
	return err_set(err, NS_E_STOPPED, "stopped by its caller");
}

#endif
