#include "form/json_keys.h"

/* As if nothing were remembered. */
static enum field look_up(const struct field_map *map, struct slice key,
                          int *rank)
{
	*rank = 0;
	for (int i = 0; map && i < FIELDS; i++)
		if (slice_equal(key, map->names[i]))
			return (enum field)i;
	int i = 0;
	while (i < FIELDS && !slice_equal(key, slice_of(
	       field_name((enum field)i), strlen(field_name((enum field)i)))))
		i++;
	if (i == FIELDS) {
		i = (int)field_find(key, rank);
		++*rank;
	}
	bool mapped = map && i < FIELDS && map->names[i].len;
	return mapped ? FIELDS : (enum field)i;
}

enum field json_keys_find(struct json_keys *keys, struct slice key, int *rank)
{
	if (!key.len || key.len > JSON_KEY_MOST)
		return look_up(keys->map, key, rank);
	size_t at = key.len + 3u * key.data[0] + key.data[key.len - 1];
	struct json_key *known = &keys->known[at % JSON_KEYS];
	if (!slice_equal(slice_of(known->name, known->len), key)) {
		known->field = (uint8_t)look_up(keys->map, key, &known->rank);
		known->len = (uint8_t)key.len;
		memcpy(known->name, key.data, key.len);
	}
	*rank = known->rank;
	return (enum field)known->field;
}
