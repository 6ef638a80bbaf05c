/* trace.h — which doc was it that has this key?
 *
 * A key of best.h says when a doc was given, not where it stands, and there is no
 * way back from the one to the other (it would take as many bytes as the ranks).
 * So what went in is written down, in the order in which it came, and what cannot be
 * among the best any more is left out when room ends; at the end each key finds its
 * doc.
 *
 * Only segments whose docs have an order of their own need it: any words among
 * 182,000 articles take 1.04, 1.1 and 1.2 times as long for the top 10, 100 and 1000.
 * Not taken: docs that move with their keys; 1.4 and 1.7 times for the top 100 and
 * 1000, and also where docs stand as they were given.
 */
#ifndef NS_RANK_TRACE_H
#define NS_RANK_TRACE_H

#include "base/mem.h"

struct trace {
	size_t n, room;    /* room 0: nothing is written down */
	struct trace_item {
		uint64_t key;
		uint32_t number;
	} *items;
};

static inline void trace_add(struct trace *trace, uint64_t key, uint32_t number)
{
	trace->items[trace->n++] = (struct trace_item){key, number};
}

/* Leaves out those with smaller keys. */
void trace_keep(struct trace *trace, uint64_t least);

/* numbers[i]: of keys[i], for n > 0 falling keys, all of which were added. */
void trace_find(const struct trace *trace, const uint64_t *keys, size_t n,
                uint32_t *numbers);

#endif
