/* trec_tags.h — where are the tags in text that was never valid SGML?
 *
 * Collections of news are SGML by name: tags stay open, "<" and "&" stand bare, and
 * the declarations are lost.  So nothing is parsed but what must be seen: text, the
 * tag that begins here, the tag that ends here.
 *
 *     <F P=105>  </F>  <P>  <DOC id="1">  <TABLE/>    tags
 *     a < b   <rick@uunet.uu.net>   <500 dlrs   <A.B<C   text
 *     <!-- comments -->  <!DOCTYPE …>  <? … ?>        nothing
 *
 * A tag is "<", perhaps "/", a name that begins with a letter, then ">" or white and
 * attributes without "<" up to ">", TAG_LIMIT bytes at most.  Nesting is the
 * caller's affair: the scanner goes once over the bytes and keeps nothing.
 *
 * Rejected: libxml2's HTML parser, which moves elements that it knows to where
 * HTML wants them, and <TITLE> and <P> are among those used here.
 */
#ifndef NS_FORM_TREC_TAGS_H
#define NS_FORM_TREC_TAGS_H

#include "base/base.h"

enum { TAG_NAME_MAX = 23, TAG_LIMIT = 4096 };

enum tag_kind { TAG_TEXT, TAG_BEGINS, TAG_ENDS, TAG_NONE };

struct tag {
	enum tag_kind kind;
	struct slice text;            /* of TAG_TEXT, as it stands there */
	char name[TAG_NAME_MAX + 1];  /* in capitals */
	struct slice attributes;
};

struct tags {
	const uint8_t *next, *end;
	bool no_comment_ends; /* in what is left */
};

void tags_init(struct tags *tags, struct slice text);

/* TAG_NONE at the end. */
void tags_next(struct tags *tags, struct tag *out);

/* The tag at the start of text (which begins with "<"): its bytes, or 0. */
size_t tags_at(struct slice text, struct tag *out);

/* The value of an attribute (name in capitals); empty where there is none. */
struct slice tags_attribute(struct slice attributes, const char *name);

#endif
