/* check_segment.h — do the chunks of one segment agree with each other? */
#ifndef NS_INDEX_CHECK_SEGMENT_H
#define NS_INDEX_CHECK_SEGMENT_H

#include "format/segment.h"

/* "FAULT (WHERE)", of a segment. */
int check_wrong(const struct segment *segment, struct ns_error *err,
                const char *fault, uint32_t where);

/* The parts of a check, from the bytes up; each needs those before it to be in
 * order.  The first fault is the error. */
int check_lengths(const struct segment *segment, struct ns_error *err);
int check_lists(const struct segment *segment, struct ns_error *err);
int check_words(const struct segment *segment, struct ns_error *err);
int check_ranks(const struct segment *segment, struct ns_error *err);
int check_pairs(const struct segment *segment, struct ns_error *err);
int check_stories(const struct segment *segment, struct ns_error *err);
int check_docs(const struct segment *segment, struct ns_error *err);

#endif
