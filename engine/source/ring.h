/* ring.h — which blocks does somebody hold, so that all can be freed at once?
 *
 * A ring of two pointers in each, whose head is no block: putting one in and taking
 * one out need no search and no memory.
 */
#ifndef NS_SOURCE_RING_H
#define NS_SOURCE_RING_H

struct ring {
	struct ring *next, *before;
};

static inline void ring_init(struct ring *head)
{
	head->next = head->before = head;
}

static inline void ring_put(struct ring *head, struct ring *item)
{
	item->before = head;
	item->next = head->next;
	item->next->before = item;
	head->next = item;
}

static inline void ring_take(struct ring *item)
{
	item->before->next = item->next;
	item->next->before = item->before;
}

#endif
