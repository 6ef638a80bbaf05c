/* json_memory.h — how does yajl, which looks at no allocation, run out of memory?
 *
 * yajl writes through whatever its allocator returns.  So on failure this one
 * does not return: it jumps back to where the caller stood before it entered
 * yajl.  All blocks hang on a list, so that what yajl held is freed whole, after
 * a jump as after a good end; nothing of yajl's has to be closed.
 *
 *     if (setjmp(memory->failed))
 *             return err_nomem(err);       // after json_memory_release
 *     yajl_alloc(&callbacks, &memory->functions, context) …
 *
 * Rejected: a pool large enough for every line, which leans on what yajl does
 * inside; and malloc, which no test can make fail.
 */
#ifndef NS_SOURCE_JSON_MEMORY_H
#define NS_SOURCE_JSON_MEMORY_H

#include "base/mem.h"
#include "source/ring.h"

#include <setjmp.h>
#include <yajl/yajl_common.h>

struct json_memory {
	yajl_alloc_funcs functions;
	struct ring blocks; /* a ring stands before each */
	jmp_buf failed;
};

/* The address must not change afterwards. */
void json_memory_init(struct json_memory *memory);

/* Frees all blocks; the memory can be used again. */
void json_memory_release(struct json_memory *memory);

#endif
