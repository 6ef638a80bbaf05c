/* steps.h — how far is a commit, how long did its phases take, and does anybody want
 * it to stop?
 *
 * The loops that take long tell of each thousandth step; the caller of the
 * library may answer that it is to end (Ctrl-C).  What was written by then is
 * removed, and the last commit is still the index.
 *
 * A phase lasts from when it is first told until another is, so that the phases of a
 * commit add up to its time.  All of this belongs to the builder's thread.
 */
#ifndef NS_BUILD_STEPS_H
#define NS_BUILD_STEPS_H

#include "base/err.h"

/* Adds up the seconds of phases.  Zeroed: no phase, no report. */
struct steps_clock {
	ns_build_report *report; /* gets them; NULL: nobody wants to know */
	const char *phase;       /* that is under way, or NULL */
	double since;
};

/* Ends the phase that is under way; NULL: nothing follows it. */
void steps_enter(struct steps_clock *clock, const char *phase);

struct steps {
	ns_progress_fn *tell; /* NULL: nobody listens */
	void *context;
	struct steps_clock *clock; /* NULL: time is not kept */
};

/* NS_E_STOPPED where the caller wants it. */
static inline int steps_tell_now(const struct steps *steps, const char *phase,
                                 uint64_t done, uint64_t total,
                                 struct ns_error *err)
{
	if (steps->clock)
		steps_enter(steps->clock, phase);
	if (!steps->tell || steps->tell(steps->context, phase, done, total))
		return NS_OK;
	return err_set(err, NS_E_STOPPED, "stopped by its caller");
}

/* The same in a loop that comes here often. */
static inline int steps_tell(const struct steps *steps, const char *phase,
                             uint64_t done, uint64_t total,
                             struct ns_error *err)
{
	return done % 1024 ? NS_OK
	                   : steps_tell_now(steps, phase, done, total, err);
}

#endif
