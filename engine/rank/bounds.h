/* bounds.h — how much can a doc of this unit get at the most?
 *
 * For k1 = 1.2 and b = 0.75 from the bound of the unit, which was made for an
 * average length of its own (format/impact.h): an impact is at most that times
 * max(1, avglen / avglen0).  For others from the largest tf and the smallest
 * length of the unit.  Lists under 256 postings have no bounds: at most the
 * weight.
 *
 * Bounds are computed in double and rounded up.  A contribution is made of some
 * eight single steps, each off by 2⁻²⁴ of its result, and a rounding to the next
 * integer: 3 + weight · 2⁻²⁰ covers both.
 */
#ifndef NS_RANK_BOUNDS_H
#define NS_RANK_BOUNDS_H

#include "format/impact.h"
#include "format/postings.h"
#include "rank/rank.h"

struct bounds {
	const struct postings_directory *directory;
	double scale;    /* units of a bound of 1/255 */
	double k1, c0, c1; /* for other k1 and b */
	bool usual;      /* k1 = 1.2, b = 0.75 */
	uint32_t weight, slack;
	uint32_t most;   /* of any doc */
};

/* The directory is borrowed. */
void bounds_init(struct bounds *bounds, const struct leaf *leaf,
                 const struct postings_directory *directory, float avglen0,
                 const struct rank_request *request);

/* Of the units first … last. */
uint32_t bounds_of(const struct bounds *bounds, uint32_t first, uint32_t last);

/* What at least k docs of the list get, for the smallest k of 10, 100, 1000 that
 * is not below `k`; 0: not known.  Docs may be dead. */
uint32_t bounds_kth(const struct bounds *bounds, const struct leaf *leaf,
                    uint32_t df, uint32_t k, float avglen0);

#endif
