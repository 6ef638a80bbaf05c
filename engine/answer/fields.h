/* fields.h — what is a field called? */
#ifndef NS_ANSWER_FIELDS_H
#define NS_ANSWER_FIELDS_H

#include "format/layout.h"

static inline const char *field_name(unsigned field)
{
	static const char *const names[FIELD_END] = {
		[FIELD_TEXT] = "text", [FIELD_TITLE] = "title",
		[FIELD_SECTION] = "section", [FIELD_AUTHOR] = "author",
		[FIELD_LANG] = "lang", [FIELD_URL] = "url", [FIELD_ID] = "id",
		[FIELD_TOPIC] = "topic", [FIELD_PLACE] = "place",
	};
	return field && field < FIELD_END ? names[field] : "?";
}

/* The field before the colon of *text, which is then cut off; FIELD_TEXT where
 * none is named. */
static inline unsigned field_cut(struct slice *text)
{
	for (unsigned field = FIELD_TEXT; field < FIELD_END; field++) {
		size_t n = strlen(field_name(field));
		if (text->len > n && text->data[n] == ':' &&
		    !memcmp(text->data, field_name(field), n)) {
			*text = slice_from(*text, n + 1);
			return field;
		}
	}
	return FIELD_TEXT;
}

#endif
