/* explain.h — how did a hit get its score?
 *
 *   rains (rain)  3 of 12 docs  weight 1.7204018  tf 2  length 51  adds 1.0500288
 *   "heavy snow"        phrase  weight 0.8602009  tf 4  length 51  adds 0.6520548
 *   total                                                               1.7020836
 *
 * One line a leaf that matches, in the order of the plan; the columns are as
 * wide as their widest cell.  What is added is an integer number of units, so
 * the lines add up to the total, but for the rounding of the seventh decimal.
 */
#ifndef NS_ANSWER_EXPLAIN_H
#define NS_ANSWER_EXPLAIN_H

#include "rank/rank.h"

struct explain_row {
	const struct leaf *leaf;
	uint32_t tf, length, contribution;
};

/* A leaf as a person would write it: title:"heavy rain", =rains. */
void explain_leaf(const struct leaf *leaf, struct buffer *out);

/* Appends the lines; out's status tells whether all went well. */
void explain_print(const struct plan *plan, const struct explain_row *rows,
                   size_t n_rows, uint32_t score, struct buffer *out);

#endif
