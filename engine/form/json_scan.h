/* json_scan.h — where does a byte of a JSON document stand?
 *
 * Brackets and strings are all that is known, so that a fault in one article costs no
 * other.  Byte by byte, over any ends of what was read.
 */
#ifndef NS_FORM_JSON_SCAN_H
#define NS_FORM_JSON_SCAN_H

#include "base/base.h"

enum { JSON_SCAN_KEY = 16 };

struct json_scan {
	uint32_t depth;        /* brackets that are open */
	bool string, escaped;  /* within a string; behind its backslash */
	char key[JSON_SCAN_KEY]; /* the last string in an object that may hold lists */
	size_t key_len;        /* more than JSON_SCAN_KEY: another */
	bool wrapped;          /* within an object that is under a key of services */
	bool listed;           /* the list under a key has begun; the caller's */
};

/* Whether the last key is one of what services put around a list of articles,
 * {"response": {"docs": […]}}, or a name of such a list. */
bool json_scan_is_wrap(const struct json_scan *scan);
bool json_scan_is_list(const struct json_scan *scan);

/* Whether strings may be keys of lists here. */
static inline bool json_scan_holds_keys(const struct json_scan *s)
{
	return s->depth == 1 || (s->depth == 2 && s->wrapped);
}

static inline void json_scan_string(struct json_scan *s, uint8_t c)
{
	if (s->escaped) {
		s->escaped = false;
	} else if (c == '\\') {
		s->escaped = true;
	} else if (c == '"') {
		s->string = false;
		return;
	}
	if (!json_scan_holds_keys(s))
		return;
	if (s->key_len < JSON_SCAN_KEY)
		s->key[s->key_len] = (char)c;
	s->key_len++;
}

static inline void json_scan_step(struct json_scan *s, uint8_t c)
{
	if (s->string) {
		json_scan_string(s, c);
	} else if (c == '"') {
		s->string = true;
		if (json_scan_holds_keys(s))
			s->key_len = 0;
	} else if (c == '{' || c == '[') {
		if (s->depth == 1)
			s->wrapped = c == '{' && json_scan_is_wrap(s);
		s->depth++;
	} else if ((c == '}' || c == ']') && s->depth) {
		s->depth--;
	}
}

/* Whether this byte, over which it stepped, opened a list of articles. */
static inline bool json_scan_opened(const struct json_scan *s, uint8_t c)
{
	return c == '[' && !s->string &&
	       (s->depth == 2 || (s->depth == 3 && s->wrapped)) &&
	       json_scan_is_list(s);
}

#endif
