/* pair_lists.h — lists of pairs that grow side by side, doc after doc.
 *
 * Docs and counts are varints in lists of the pool, doc gap first.  Where those are
 * more than their memory, all of them go to a spool, one behind the other, and start
 * anew: a list is then its parts in the spool and the rest in the pool, which joined
 * are what it would have been.  (Those of a gigabyte of news are 28 MB.)
 */
#ifndef NS_BUILD_PAIR_LISTS_H
#define NS_BUILD_PAIR_LISTS_H

#include "build/pool.h"
#include "build/spool.h"
#include "format/pair_table.h"

enum { PAIR_LISTS = PAIR_WORDS * PAIR_WORDS };

struct pair_list {
	struct pool_list rest;
	uint32_t last;               /* doc + 1; 0: none yet */
	uint32_t df;
};

/* Where each list's part begins, and where the last ends. */
struct pair_part {
	uint64_t from[PAIR_LISTS + 1];
};

struct pair_lists {
	struct pair_list items[PAIR_LISTS]; /* 64 · first + second */
	struct arena arena;
	size_t memory;
	struct spool spool;
	struct pair_part *parts;
	size_t n_parts, parts_capacity;
	struct buffer bytes;
};

void pair_lists_init(struct pair_lists *lists, struct spool_maker *maker,
                     size_t memory);
void pair_lists_release(struct pair_lists *lists);

/* Docs of a list rise. */
int pair_lists_add(struct pair_lists *lists, uint32_t pair, uint32_t doc,
                   uint32_t tf, struct ns_error *err);

/* A list as bytes, valid until the next call. */
int pair_lists_read(struct pair_lists *lists, uint32_t pair, struct slice *out,
                    struct ns_error *err);

#endif
