/* fields.h — which part of an article does a column, or a key, hold?
 *
 * People name columns as they like: "Headline", "pub_date", "Article Text", "Titel" (a
 * table of which only `Text` were known would have articles without titles, and nothing
 * would say so).  A name is its letters and digits in lower case (of ASCII), and is
 * looked up in a list for each part; where several columns are in one list the name
 * that stands first in it wins, so that `content` is the body and `description` only
 * where nothing better is there.
 *
 * --map title=NAME,… says it for what the lists do not know, or know wrongly: a part
 * that is in the map is in that column and in no other.
 */
#ifndef NS_SOURCE_FIELDS_H
#define NS_SOURCE_FIELDS_H

#include "base/base.h"

enum field {
	FIELD_ID, FIELD_TITLE, FIELD_BODY, FIELD_DATE, FIELD_SECTION,
	FIELD_AUTHOR, FIELD_URL, FIELD_LANG, FIELD_TOPICS, FIELD_PLACES,
	FIELDS
};

/* "id", "title", … */
const char *field_name(enum field field);

/* Where in the list of this part the name is, from 0; -1: it is not. */
int field_rank(enum field field, struct slice name);

/* The part in whose list the name is, and where; FIELDS: in none. */
enum field field_find(struct slice name, int *rank);

/* Whether the body that has this rank is a summary: a `description` with a title is
 * an article, one without is that of anything, of a program or a shop. */
bool field_is_summary(int rank);

/* What --map says.  len 0: nothing of that part. */
struct field_map {
	struct slice names[FIELDS];
};

/* "title=headline,body=text"; the names are borrowed from it.  False, and a sentence
 * in why, where that is not what it is. */
bool field_map_parse(const char *text, struct field_map *out, char *why,
                     size_t size);

/* Whether two names are the same but for case, spaces and punctuation. */
bool field_same(struct slice a, struct slice b);

#endif
