#include "base/number_map.h"

void number_map_release(struct number_map *map)
{
	mem_free(map->slots);
	*map = (struct number_map){0};
}

/* The slot of the key, or the free one where it belongs. */
static size_t find(const struct number_map *map, uint64_t key)
{
	uint64_t hash = (key ^ key >> 32) * 0x9E3779B185EBCA87;
	size_t at = (hash ^ hash >> 32) & (map->size - 1);
	while (map->slots[at].value && map->slots[at].key != key)
		at = (at + 1) & (map->size - 1);
	return at;
}

uint32_t number_map_get(const struct number_map *map, uint64_t key)
{
	return map->size ? map->slots[find(map, key)].value - 1 : UINT32_MAX;
}

static uint64_t size_for(uint64_t n)
{
	uint64_t size = 64;
	while (size / 4 * 3 < n)
		size *= 2;
	return size;
}

uint64_t number_map_memory(uint64_t n)
{
	return size_for(n) * sizeof(struct number_pair);
}

int number_map_reserve(struct number_map *map, size_t n, struct ns_error *err)
{
	map->size = (size_t)size_for(n);
	map->slots = mem_zero(map->size, sizeof *map->slots);
	if (!map->slots)
		map->size = 0;
	return map->slots ? NS_OK : err_nomem(err);
}

static int grow(struct number_map *map, struct ns_error *err)
{
	if (map->used * 4 < map->size * 3)
		return NS_OK;
	struct number_map larger = {.size = map->size ? map->size * 2 : 64,
	                            .used = map->used};
	larger.slots = mem_zero(larger.size, sizeof *larger.slots);
	if (!larger.slots)
		return err_nomem(err);
	for (size_t i = 0; i < map->size; i++)
		if (map->slots[i].value)
			larger.slots[find(&larger, map->slots[i].key)] =
				map->slots[i];
	mem_free(map->slots);
	*map = larger;
	return NS_OK;
}

int number_map_add(struct number_map *map, uint64_t key, uint32_t value,
                   uint32_t *out, struct ns_error *err)
{
	TRY(grow(map, err));
	struct number_pair *slot = &map->slots[find(map, key)];
	if (!slot->value) {
		*slot = (struct number_pair){key, value + 1};
		map->used++;
	}
	*out = slot->value - 1;
	return NS_OK;
}
