/* renew.h — which segments does the next commit hold?
 *
 * The new articles become a segment; then the policy says which neighbours merge,
 * which segments stay, and which are left out.  All of it happens in files that
 * no commit names yet.
 */
#ifndef NS_BUILD_RENEW_H
#define NS_BUILD_RENEW_H

#include "build/budget.h"
#include "build/docs.h"
#include "build/policy.h"
#include "build/run.h"
#include "build/steps.h"
#include "build/update.h"
#include "index/commit.h"
#include "text/analyzer.h"

struct renewal {
	struct commit_writer *commit;
	struct update *update;     /* without segments where all is new */
	const struct analyzer *analyzer;
	struct runs *runs;         /* of the new articles; released on the way */
	struct docs *docs;         /* likewise */
	const struct budget *budget;
	struct spool_maker *maker;
	bool stored;               /* text is kept */
	bool ordered;              /* docs stand in an order of small lists */
	const struct steps *steps;
	enum policy_wish wish;
	/* results */
	uint64_t n_postings;       /* written */
	uint32_t n_merged;         /* old segments that went into others */
	bool changed;              /* the commit differs from the current one */
};

/* Adds all segments to the next manifest. */
int renew_segments(struct renewal *renewal, struct ns_error *err);

#endif
