/* find_id.h — which doc of a segment has this id? */
#ifndef NS_INDEX_FIND_ID_H
#define NS_INDEX_FIND_ID_H

#include "format/segment.h"

#define FIND_NONE UINT32_MAX

/* *doc: the doc, dead or alive, or FIND_NONE. */
int find_id(const struct segment *segment, struct slice id, uint32_t *doc,
            struct ns_error *err);

#endif
