/* stat.h — what does an index hold, and what does each part of it cost?
 *
 *     index       /data/news/.nsindex
 *     generation  3
 *     also kept   2
 *     articles    1,192
 *     dead        12, 1.0 % of all in the segments
 *     segments    1
 *     size        3,412,552 bytes
 *     language    english
 *     …
 *     seg-0123456789abcdef  1,204 articles, 12 of them dead, 30,112 words …
 *       info               136   0.0 %
 *       lxkt             4,096   0.1 %
 *
 * The share of a chunk is that of its segment; "frame" is all that is no chunk:
 * header, table, footer and padding.
 */
#ifndef NS_ANSWER_STAT_H
#define NS_ANSWER_STAT_H

#include "answer/output.h"
#include "index/snapshot.h"

/* place: the folder, as the caller named it. */
int stat_print(const struct snapshot *snapshot, const char *place,
               struct output *out, struct ns_error *err);

#endif
