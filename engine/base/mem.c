#include "base/mem.h"

static void *system_alloc(void *context, size_t size)
{
	(void)context;
	return malloc(size);
}

static void *system_resize(void *context, void *block, size_t size)
{
	(void)context;
	return realloc(block, size);
}

static void system_release(void *context, void *block)
{
	(void)context;
	free(block);
}

const ns_allocator mem_system = {
	system_alloc, system_resize, system_release, NULL
};

static const ns_allocator *table = &mem_system;

void mem_set_table(const ns_allocator *replacement)
{
	table = replacement ? replacement : &mem_system;
}

void *mem_alloc(size_t size)
{
	return table->alloc(table->context, size ? size : 1);
}

void *mem_zero(size_t count, size_t size)
{
	size_t total;
	if (__builtin_mul_overflow(count, size, &total))
		return NULL;
	void *block = mem_alloc(total);
	if (block)
		memset(block, 0, total);
	return block;
}

void *mem_resize(void *block, size_t size)
{
	return table->resize(table->context, block, size ? size : 1);
}

char *mem_copy(const void *data, size_t len)
{
	if (len == SIZE_MAX)
		return NULL;
	char *copy = mem_alloc(len + 1);
	if (!copy)
		return NULL;
	if (len)
		memcpy(copy, data, len);
	copy[len] = '\0';
	return copy;
}

void mem_free(void *block)
{
	if (block)
		table->release(table->context, block);
}

int mem_grow(void **items, size_t *capacity, size_t needed, size_t size,
             struct ns_error *err)
{
	if (needed <= *capacity)
		return NS_OK;
	size_t wanted = *capacity < 8 ? 8 : *capacity;
	while (wanted < needed)
		if (__builtin_mul_overflow(wanted, (size_t)2, &wanted))
			return err_nomem(err);
	size_t bytes;
	if (__builtin_mul_overflow(wanted, size, &bytes))
		return err_nomem(err);
	void *grown = mem_resize(*items, bytes);
	if (!grown)
		return err_nomem(err);
	*items = grown;
	*capacity = wanted;
	return NS_OK;
}
