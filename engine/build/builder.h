/* builder.h — what the facade needs of a builder besides the public calls. */
#ifndef NS_BUILD_BUILDER_H
#define NS_BUILD_BUILDER_H

#include "index/snapshot.h"
#include "text/analyzer.h"

/* The commit that is being updated: without segments where there is none. */
const struct snapshot *builder_snapshot(const ns_builder *builder);
struct analyzer *builder_analyzer(ns_builder *builder);

/* NS_E_USAGE where the builder takes no changes to what is there. */
int builder_check_update(const ns_builder *builder, struct ns_error *err);

/* Marks a doc of the commit as dead; *lived: it was not. */
int builder_bury(ns_builder *builder, uint32_t segment, uint32_t doc,
                 bool *lived, struct ns_error *err);

#endif
