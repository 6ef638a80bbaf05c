/* ascii_case.h — which texts are the same but for the case of letters?
 *
 * Names of machines (types, headers, tags, endings of files) are ASCII, so what
 * counts is the case of its letters alone, in every locale.  strncasecmp asks the
 * locale: in Turkish ones "TITLE" need not be "title".
 */
#ifndef NS_BASE_ASCII_CASE_H
#define NS_BASE_ASCII_CASE_H

#include "base/ascii.h"

static inline bool ascii_begins(struct slice text, const char *with)
{
	size_t i = 0;
	while (with[i] && i < text.len &&
	       ascii_lower(text.data[i]) == ascii_lower((uint8_t)with[i]))
		i++;
	return !with[i];
}

static inline bool ascii_is(struct slice text, const char *word)
{
	return text.len == strlen(word) && ascii_begins(text, word);
}

static inline bool ascii_is_any(struct slice text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ascii_is(text, words[i]))
			return true;
	return false;
}

static inline bool ascii_ends(struct slice text, const char *with)
{
	size_t n = strlen(with);
	return text.len >= n &&
	       ascii_begins(slice_of(text.data + text.len - n, n), with);
}

#endif
