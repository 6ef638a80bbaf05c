#include "source/json_memory.h"

#include <stdalign.h>

static_assert(sizeof(struct ring) % alignof(max_align_t) == 0,
              "blocks stay aligned");

static void *take(void *context, size_t size)
{
	struct json_memory *memory = context;
	struct ring *block = NULL;
	if (size <= SIZE_MAX - sizeof *block)
		block = mem_alloc(sizeof *block + size);
	if (!block)
		longjmp(memory->failed, 1);
	ring_put(&memory->blocks, block);
	return block + 1;
}

static void *retake(void *context, void *data, size_t size)
{
	if (!data)
		return take(context, size);
	struct json_memory *memory = context;
	struct ring *block = (struct ring *)data - 1, *grown = NULL;
	ring_take(block);
	if (size <= SIZE_MAX - sizeof *block)
		grown = mem_resize(block, sizeof *block + size);
	ring_put(&memory->blocks, grown ? grown : block);
	if (!grown)
		longjmp(memory->failed, 1);
	return grown + 1;
}

static void give_back(void *context, void *data)
{
	(void)context;
	if (!data)
		return;
	struct ring *block = (struct ring *)data - 1;
	ring_take(block);
	mem_free(block);
}

void json_memory_init(struct json_memory *memory)
{
	ring_init(&memory->blocks);
	memory->functions = (yajl_alloc_funcs){
		.malloc = take, .realloc = retake, .free = give_back,
		.ctx = memory,
	};
}

void json_memory_release(struct json_memory *memory)
{
	while (memory->blocks.next != &memory->blocks)
		give_back(memory, memory->blocks.next + 1);
}
