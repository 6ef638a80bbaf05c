#include "source/xml_memory.h"

#include <libxml/parser.h>
#include <pthread.h>
#include <stdalign.h>

static_assert(sizeof(struct xml_block) % alignof(max_align_t) == 0,
              "blocks stay aligned");
static_assert(offsetof(struct xml_block, ring) == 0, "a ring of them is one of rings");

static _Thread_local struct xml_memory *current;

static _Noreturn void fail(struct xml_memory *memory, int status)
{
	memory->status = status;
	longjmp(memory->failed, 1);
}

static void link_in(struct xml_memory *memory, struct xml_block *block,
                    size_t size)
{
	block->owner = memory;
	block->size = size;
	memory->held += size;
	ring_put(&memory->blocks, &block->ring);
}

static void unlink_from(struct xml_block *block)
{
	block->owner->held -= block->size;
	ring_take(&block->ring);
}

static void *take(size_t size)
{
	struct xml_memory *memory = current;
	struct xml_block *block = NULL;
	if (!memory) {
		if (size <= SIZE_MAX - sizeof *block)
			block = malloc(sizeof *block + size);
		if (block)
			block->owner = NULL;
		return block ? block + 1 : NULL;
	}
	if (size > memory->max - memory->held)
		fail(memory, NS_E_LIMIT);
	block = mem_alloc(sizeof *block + size);
	if (!block)
		fail(memory, NS_E_NOMEM);
	link_in(memory, block, size);
	return block + 1;
}

static void give_back(void *data)
{
	if (!data)
		return;
	struct xml_block *block = (struct xml_block *)data - 1;
	if (!block->owner) {
		free(block);
		return;
	}
	unlink_from(block);
	mem_free(block);
}

static void *retake_of_malloc(struct xml_block *block, size_t size)
{
	if (size > SIZE_MAX - sizeof *block)
		return NULL;
	block = realloc(block, sizeof *block + size);
	return block ? block + 1 : NULL;
}

static void *retake(void *data, size_t size)
{
	if (!data)
		return take(size);
	struct xml_block *block = (struct xml_block *)data - 1;
	struct xml_memory *memory = block->owner;
	if (!memory)
		return retake_of_malloc(block, size);
	bool watched = memory->watched && *memory->watched == data;
	if (watched && size > memory->watched_max)
		fail(memory, NS_E_LIMIT);
	size_t old = block->size;
	if (size > old && size - old > memory->max - memory->held)
		fail(memory, NS_E_LIMIT);
	unlink_from(block);
	struct xml_block *grown = mem_resize(block, sizeof *block + size);
	link_in(memory, grown ? grown : block, grown ? size : old);
	if (!grown)
		fail(memory, NS_E_NOMEM);
	return grown + 1;
}

static char *copy(const char *text)
{
	size_t size = strlen(text) + 1;
	char *result = take(size);
	if (result)
		memcpy(result, text, size);
	return result;
}

static void setup_once(void)
{
	xmlMemSetup(give_back, take, retake, copy);
	xmlInitParser();
}

void xml_memory_setup(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, setup_once);
}

void xml_memory_enter(struct xml_memory *memory)
{
	memory->outer = current;
	current = memory;
}

/* Also after a jump out of a pair inside this one, whose end was not met. */
void xml_memory_leave(struct xml_memory *memory)
{
	current = memory->outer;
}

void xml_memory_begin(struct xml_memory *memory, size_t max)
{
	xml_memory_setup();
	ring_init(&memory->blocks);
	memory->held = 0;
	memory->max = max;
	memory->status = NS_OK;
	memory->watched = NULL;
	xml_memory_enter(memory);
}

void xml_memory_end(struct xml_memory *memory)
{
	/* the thread's last error holds text from the ring */
	xmlResetLastError();
	while (memory->blocks.next != &memory->blocks)
		give_back((struct xml_block *)memory->blocks.next + 1);
	xml_memory_leave(memory);
}
