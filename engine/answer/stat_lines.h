/* stat_lines.h — how does a table of sizes look?
 *
 *     articles    1,192
 *       info               136   0.0 %
 */
#ifndef NS_ANSWER_STAT_LINES_H
#define NS_ANSWER_STAT_LINES_H

#include "base/mem.h"

enum { STAT_LABEL = 12, STAT_NUMBER = 15, STAT_PERCENT = 7 };

void stat_label(struct buffer *text, const char *name);
/* value, right in `width` columns. */
void stat_number(struct buffer *text, uint64_t value, size_t width);
void stat_percent(struct buffer *text, uint64_t part, uint64_t whole);

/* "articles    1,192" and unit. */
void stat_number_line(struct buffer *text, const char *name, uint64_t value,
                      const char *unit);
/* "  info    136   0.0 %", the name in `width` columns; without an end. */
void stat_share(struct buffer *text, const char *name, size_t width,
                uint64_t bytes, uint64_t whole);

#endif
