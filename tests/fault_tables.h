/* fault_tables.h — the n-th call fails: tables for io.h and mem.h.
 *
 * Calls of one kind are counted; number n of them fails, once or from there on.
 * What is alive of blocks, files and maps is counted too.
 */
#ifndef NS_TESTS_FAULT_TABLES_H
#define NS_TESTS_FAULT_TABLES_H

#include "base/io.h"

enum fault_kind { OPEN, CLOSE, READ, WRITE, SYNC, SPACE, STAT, MKDIR, RENAME,
                  UNLINK, LOCK, MAP, LIST, ALLOC, KINDS };
extern const char *const fault_kind_names[KINDS];

/* How a call fails.  SHORT: it does a part of the work, which is no failure. */
enum fault_way { ERROR_IO, ERROR_FULL, INTERRUPTED, SHORT, WAYS };
extern const char *const fault_way_names[WAYS];

struct fault {
	enum fault_kind kind;
	enum fault_way way;
	uint64_t n; /* which call of the kind; 0: none */
	bool sticky;
	uint64_t calls, failed;
	int64_t blocks, files, maps; /* alive */
};
extern struct fault fault;

extern const struct io_table fault_io;
extern const ns_allocator fault_mem;

/* Counts from the start: number n will fail. */
void fault_set(uint64_t n);

#endif
