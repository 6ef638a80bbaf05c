/* trec_elements.h — which part of an article is in which element?
 *
 *   id        DOCNO; of <DOC> the attribute id; of <REUTERS> NEWID
 *   title     HEADLINE HEAD HL TI TTL TITLE DOCTITLE HEDLINE, attribute title; a
 *             second one is a paragraph of the body
 *   body      TEXT LP LEADPARA BODY SUMMARY, and what stands in <DOC> itself
 *   author    BYLINE AUTHOR AU, without "By", and without "Reuters" or "Times Staff
 *             Writer" behind the last comma
 *   date      DATE DATE1 DD, else what FILEID or DOCNO say (trec_date.h)
 *   section   SECTION, up to its first ';' ("Metro; Part B; Page 1; Metro Desk");
 *             USDEPT
 *   topics    of <REUTERS> the list TOPICS;   places   PLACES
 *   url       URL, attribute url;   lang   LANG LANGUAGE
 *   captions  CAPTION GRAPHIC; DATELINE; of <REUTERS> the lists PEOPLE, ORGS,
 *             EXCHANGES, COMPANIES:
 *
 *                 People: james-baker, stoltenberg
 *                 WASHINGTON, Feb 26 -
 *
 * People and organizations are kept and shown, not searched: they are in the text as a
 * rule, and codes in it would be counted as its words.  The dateline is no part of the
 * body for the same reason that the byline is none: both say where a text comes from.
 *
 * The body keeps its lines as they are wrapped.  <P> and other tags of blocks end
 * a line; tags of style (<B>, <I>, <SUP> …) vanish; others are a space.  Elements
 * that are not known vanish as tags inside of the text and with their text outside
 * of it (<PROFILE>, <PAGE>, <SO>).  Of <REUTERS> the last word "Reuter" is
 * furniture, the wire's signature.  In UNPROC and BRIEF stories, which have no BODY, the body is what TEXT
 * holds without its elements.
 */
#ifndef NS_FORM_TREC_ELEMENTS_H
#define NS_FORM_TREC_ELEMENTS_H

#include "source/draft.h"
#include "form/trec_tags.h"

/* What the text at hand belongs to. */
enum trec_role {
	TREC_BODY,
	TREC_FIELD,   /* `field`, which gathers in `value` */
	TREC_LEFT_OUT /* an element outside of the text that nobody knows */
};

struct trec_elements {
	struct draft *draft;
	enum trec_role role;
	const struct trec_element *field;
	struct buffer value;
	const char *text;               /* name of the element it is in, or NULL */
	char unknown[TAG_NAME_MAX + 1]; /* of what is left out, or empty */
	bool reuters, dated;
	bool whole; /* its TEXT or BODY was closed, the last thing that is text */
};

void trec_elements_init(struct trec_elements *elements);
void trec_elements_release(struct trec_elements *elements);

/* Fills the parts of draft from the markup of one article, from its opening tag,
 * UTF-8. */
void trec_elements_read(struct trec_elements *elements, struct slice markup,
                        struct draft *draft);

#endif
