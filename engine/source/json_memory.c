#include "source/json_memory.h"

#include <stdalign.h>

static_assert(sizeof(struct json_block) % alignof(max_align_t) == 0,
              "blocks stay aligned");

static void link_in(struct json_memory *memory, struct json_block *block)
{
	block->before = &memory->blocks;
	block->next = memory->blocks.next;
	block->next->before = block;
	memory->blocks.next = block;
}

static void unlink_from(struct json_block *block)
{
	block->before->next = block->next;
	block->next->before = block->before;
}

static void *take(void *context, size_t size)
{
	struct json_memory *memory = context;
	struct json_block *block = NULL;
	if (size <= SIZE_MAX - sizeof *block)
		block = mem_alloc(sizeof *block + size);
	if (!block)
		longjmp(memory->failed, 1);
	link_in(memory, block);
	return block + 1;
}

static void *retake(void *context, void *data, size_t size)
{
	if (!data)
		return take(context, size);
	struct json_memory *memory = context;
	struct json_block *block = (struct json_block *)data - 1, *grown = NULL;
	unlink_from(block);
	if (size <= SIZE_MAX - sizeof *block)
		grown = mem_resize(block, sizeof *block + size);
	link_in(memory, grown ? grown : block);
	if (!grown)
		longjmp(memory->failed, 1);
	return grown + 1;
}

static void give_back(void *context, void *data)
{
	(void)context;
	if (!data)
		return;
	struct json_block *block = (struct json_block *)data - 1;
	unlink_from(block);
	mem_free(block);
}

void json_memory_init(struct json_memory *memory)
{
	memory->blocks.next = memory->blocks.before = &memory->blocks;
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
