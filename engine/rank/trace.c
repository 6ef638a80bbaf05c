#include "rank/trace.h"

void trace_keep(struct trace *trace, uint64_t least)
{
	size_t kept = 0;
	for (size_t i = 0; i < trace->n; i++) {
		trace->items[kept] = trace->items[i];
		kept += trace->items[i].key >= least;
	}
	trace->n = kept;
}

/* The place of a key among falling ones, if it is there: halved without a jump. */
static size_t place_of(const uint64_t *keys, size_t n, uint64_t key)
{
	size_t first = 0;
	for (; n > 1; n -= n / 2)
		first += keys[first + n / 2] >= key ? n / 2 : 0;
	return first;
}

void trace_find(const struct trace *trace, const uint64_t *keys, size_t n,
                uint32_t *numbers)
{
	for (size_t i = 0; i < trace->n; i++) {
		const struct trace_item *item = &trace->items[i];
		size_t place = place_of(keys, n, item->key);
		if (keys[place] == item->key)
			numbers[place] = item->number;
	}
}
