#include "build/pair_lists.h"

/* What a part costs besides: less memory than that is not worth one. */
enum { LEAST = 64 << 10 };

void pair_lists_init(struct pair_lists *lists, struct spool_maker *maker,
                     size_t memory)
{
	*lists = (struct pair_lists){.memory = memory < LEAST ? LEAST : memory};
	spool_init(&lists->spool, maker, 0);
	buffer_init(&lists->bytes, SIZE_MAX);
}

void pair_lists_release(struct pair_lists *lists)
{
	arena_release(&lists->arena);
	spool_release(&lists->spool);
	buffer_release(&lists->bytes);
	mem_free(lists->parts);
}

static int put_aside(struct pair_lists *lists, struct ns_error *err)
{
	TRY(mem_grow((void **)&lists->parts, &lists->parts_capacity,
	             lists->n_parts + 1, sizeof *lists->parts, err));
	struct pair_part *part = &lists->parts[lists->n_parts++];
	for (uint32_t i = 0; i < PAIR_LISTS; i++) {
		struct pair_list *list = &lists->items[i];
		part->from[i] = spool_size(&lists->spool);
		buffer_clear(&lists->bytes);
		pool_copy(&list->rest, &lists->bytes);
		TRY(buffer_check(&lists->bytes, err));
		TRY(spool_append(&lists->spool, lists->bytes.data,
		                 lists->bytes.len, err));
		list->rest = (struct pool_list){0};
	}
	part->from[PAIR_LISTS] = spool_size(&lists->spool);
	arena_release(&lists->arena);
	return NS_OK;
}

int pair_lists_add(struct pair_lists *lists, uint32_t pair, uint32_t doc,
                   uint32_t tf, struct ns_error *err)
{
	struct pair_list *list = &lists->items[pair];
	if (!pool_put(&lists->arena, &list->rest, doc + 1 - list->last) ||
	    !pool_put(&lists->arena, &list->rest, tf))
		return err_nomem(err);
	list->last = doc + 1;
	list->df++;
	return lists->arena.total > lists->memory ? put_aside(lists, err) : NS_OK;
}

int pair_lists_read(struct pair_lists *lists, uint32_t pair, struct slice *out,
                    struct ns_error *err)
{
	struct buffer *bytes = &lists->bytes;
	buffer_clear(bytes);
	for (size_t i = 0; i < lists->n_parts; i++) {
		const uint64_t *from = &lists->parts[i].from[pair];
		size_t n = (size_t)(from[1] - from[0]);
		uint8_t *room = buffer_reserve(bytes, n);
		if (!room)
			return err_nomem(err);
		TRY(spool_read_at(&lists->spool, from[0], room, n, err));
		bytes->len += n;
	}
	pool_copy(&lists->items[pair].rest, bytes);
	*out = slice_of(bytes->data, bytes->len);
	return buffer_check(bytes, err);
}
