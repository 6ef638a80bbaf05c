/* find_id.h — which doc has this id? */
#ifndef NS_INDEX_FIND_ID_H
#define NS_INDEX_FIND_ID_H

#include "index/snapshot.h"

#define FIND_NONE UINT32_MAX

/* *doc: the doc, dead or alive, or FIND_NONE. */
int find_id(const struct segment *segment, struct slice id, uint32_t *doc,
            struct ns_error *err);

/* The same among the living of all segments.  NS_E_MISSING where none has it. */
int find_living(const struct snapshot *snapshot, struct slice id,
                const struct segment **segment, uint32_t *doc,
                struct ns_error *err);

#endif
