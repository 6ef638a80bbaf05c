/* json_keys.h — which part of an article does this key hold, as it did before?
 *
 * The articles of a file have the same keys, so where a key led is remembered, under
 * its length and its first and last letter: in one of 32 places, where it takes that
 * of a key that came to the same one.  A key of more than JSON_KEY_MOST bytes is
 * looked up each time.
 *
 * Instructions of `build --preview` for the first 1.5 MB of Reuters (and of the BBC,
 * whose articles have few keys that are not the usual ones):
 *
 *     each key looked up                                     110.5 (62.5) million
 *     the same, if a name has its first letter and length    111.1 (62.6)
 *     the n-th key of an object remembered in place n         95.7 (62.3)
 *     this                                                    86.8 (62.3)
 *
 * Lengths and first letters say little where eighty names are known; places by number
 * are wrong behind every key that some articles lack.
 */
#ifndef NS_FORM_JSON_KEYS_H
#define NS_FORM_JSON_KEYS_H

#include "source/fields.h"

enum { JSON_KEYS = 32, JSON_KEY_MOST = 22 };

/* All zero at first. */
struct json_keys {
	const struct field_map *map; /* other keys, or NULL; set once */
	struct json_key {
		uint8_t len, field;
		uint8_t name[JSON_KEY_MOST];
		int rank;
	} known[JSON_KEYS];
};

/* The part that the key holds, and its rank: 0 where the map says so, or it is the
 * part's own name.  FIELDS: none. */
enum field json_keys_find(struct json_keys *keys, struct slice key, int *rank);

#endif
