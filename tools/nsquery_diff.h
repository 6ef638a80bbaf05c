/* nsquery_diff.h — how do two articles of the index differ? */
#ifndef NS_TOOLS_NSQUERY_DIFF_H
#define NS_TOOLS_NSQUERY_DIFF_H

#include "tools/nsquery.h"

/* Have title and body the same words? */
bool nsquery_diff_same(const ns_diff *diff);

void nsquery_print_diff(FILE *file, const struct text_style *style,
                        const ns_diff *diff);
/* One line of JSON. */
void nsquery_print_diff_json(FILE *file, const ns_diff *diff);

#endif
