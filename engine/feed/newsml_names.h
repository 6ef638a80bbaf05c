/* newsml_names.h — what does an element say that stands in this one?
 *
 * A name alone does not tell: <location> is a place in <identified-content> and a
 * word of the text in <p>; <name> is that of a subject, or of a copyright's holder.
 * NITF, RCV1 and both NewsML share one table, since what differs has other names,
 * but for their case.
 */
#ifndef NS_FEED_NEWSML_NAMES_H
#define NS_FEED_NEWSML_NAMES_H

#include "feed/xml.h"

enum newsml_part {
	NEWSML_NONE,    /* outside of all articles */
	NEWSML_ITEM,    /* an article, and what orders its parts */
	NEWSML_NITF,    /* the same, of NITF */
	NEWSML_PACKAGE,
	NEWSML_SKIP,
	/* texts */
	NEWSML_TEXT, NEWSML_CARRIER, NEWSML_CONTENT, NEWSML_HTML, NEWSML_BLOCK,
	NEWSML_LEAD, NEWSML_SUMMARY, NEWSML_SUBHEAD,
	/* said by the text inside */
	NEWSML_TITLE, NEWSML_AUTHOR, NEWSML_CAPTION, NEWSML_DATE, NEWSML_KEYWORD,
	NEWSML_KEYWORDS, NEWSML_PLACE, NEWSML_PERSON, NEWSML_ORG,
	NEWSML_CLASSIFIER, NEWSML_NAME,
	/* said by elements inside */
	NEWSML_ABOUT, NEWSML_SUBJECT, NEWSML_LOCATED, NEWSML_CREATOR,
	NEWSML_CODES,
	/* said by attributes */
	NEWSML_META, NEWSML_DOC_ID, NEWSML_ISSUE, NEWSML_PUBDATA, NEWSML_EVLOC,
	NEWSML_TOBJECT, NEWSML_LANGUAGE, NEWSML_PROPERTY, NEWSML_CODE_OF,
	NEWSML_ENCODING
};

/* Whether the text inside says it. */
static inline bool newsml_is_field(enum newsml_part part)
{
	return part >= NEWSML_TITLE && part <= NEWSML_NAME;
}

/* Of what a subject or a list of codes is. */
enum newsml_kind {
	KIND_NONE, KIND_TOPIC, KIND_PLACE, KIND_PERSON, KIND_ORG, KIND_WRITTEN,
	KIND_CREATOR
};

/* The part that an element of this name is inside of another; rank: the higher,
 * the better it tells. */
enum newsml_part newsml_part_of(enum newsml_part in, const char *name,
                                int *rank);

/* The kind that type="cpnat:geoArea" or class="bip:topics:1.0" means. */
enum newsml_kind newsml_subject_kind(struct slice type);
enum newsml_kind newsml_codes_kind(struct slice list);

#endif
