/* stat_size.h — what does each part of an index cost, and what would it be without?
 *
 *     size        3,412,552 bytes in 1 segment
 *
 *       lxkt             4,096   0.1 %
 *       …
 *     text           1,402,811  41.1 %, 30,112 words …
 *       terms          140,204   4.1 %
 *       …
 *     the heaviest lists          post           posn            articles …
 *       text:the            12,004          80,120   2.7 %        1,192 …
 *     to leave out
 *       positions      1,002,332  29.4 %
 *
 * A line is left out where its part is not there.  All percentages are of the
 * whole index, all segments together.
 */
#ifndef NS_ANSWER_STAT_SIZE_H
#define NS_ANSWER_STAT_SIZE_H

#include "answer/output.h"
#include "index/snapshot.h"

int stat_size_print(const struct snapshot *snapshot, const char *place,
                    struct output *out, struct ns_error *err);

#endif
