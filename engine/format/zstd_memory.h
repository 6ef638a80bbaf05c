/* zstd_memory.h — zstd's memory passes through our table (mem.h). */
#ifndef NS_FORMAT_ZSTD_MEMORY_H
#define NS_FORMAT_ZSTD_MEMORY_H

#include <zstd_errors.h>

#include "base/mem.h"

static inline void *zstd_alloc(void *context, size_t size)
{
	(void)context;
	return mem_alloc(size);
}

static inline void zstd_free(void *context, void *block)
{
	(void)context;
	mem_free(block);
}

static const ZSTD_customMem zstd_memory = {zstd_alloc, zstd_free, NULL};

#endif
