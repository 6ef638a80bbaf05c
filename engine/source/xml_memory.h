/* xml_memory.h — how does libxml2 stay within a bound, and run out of memory?
 *
 * libxml2 takes its allocator once, for the whole process.  Between
 * xml_memory_begin and xml_memory_end all that it takes on this thread hangs on
 * a ring, is counted, and is freed whole at the end, as after a good parse so
 * after a jump: 2.9.14 does not look at every allocation, so one that fails, or
 * passes the bound, does not return (json_memory.h does the same with yajl).
 *
 *     if (setjmp(memory.failed)) {
 *             xml_memory_end(&memory);
 *             return memory.status;        // NS_E_NOMEM or NS_E_LIMIT
 *     }
 *     xml_memory_begin(&memory, bound);
 *     … libxml2 …
 *     xml_memory_end(&memory);
 *
 * Outside of such a pair libxml2 gets what malloc has: its tables, which live as
 * long as the process.
 */
#ifndef NS_SOURCE_XML_MEMORY_H
#define NS_SOURCE_XML_MEMORY_H

#include "base/mem.h"
#include "source/ring.h"

#include <setjmp.h>

struct xml_block {
	struct ring ring;
	size_t size;
	struct xml_memory *owner; /* NULL: of malloc */
};

struct xml_memory {
	struct ring blocks;
	size_t held, max;
	struct xml_memory *outer; /* that was in force before */
	int status;
	/* A block that may grow to so many bytes and no further, or NULL: for
	 * arrays that libxml2 searches from the start for every item. */
	void **watched;
	size_t watched_max;
	jmp_buf failed;
};

/* Before the first use of libxml2 (or of libarchive, which uses it for xar);
 * more calls do nothing. */
void xml_memory_setup(void);

/* Pairs may stand inside one another: the innermost is in force.  The address
 * must not change between them. */
void xml_memory_begin(struct xml_memory *memory, size_t max);
void xml_memory_end(struct xml_memory *memory);

/* A pair that stays away for a while: from leave to enter what was in force
 * before it is so again. */
void xml_memory_leave(struct xml_memory *memory);
void xml_memory_enter(struct xml_memory *memory);

#endif
