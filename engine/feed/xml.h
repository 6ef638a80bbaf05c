/* xml.h — which elements stand in this XML, of any size, good or bad?
 *
 * libxml2's push parser reads what xml_mend.h makes of the bytes, and calls us
 * for each tag and text: no tree, so that memory is that of one tag, whatever
 * the document holds (50 MB of feed: see the figures in feed.h).  Tags come in
 * pairs always.  No network, no entity but HTML's, no DTD, 256 levels, and
 * XML_MEMORY for libxml2: its bounds are ours, not those of the bytes.
 *
 * Damage does not end the reading: what can be told apart behind it is read, and
 * the first of it is told, with its line.
 *
 * Rejected: libxml2's own recovery alone (xml_mend.h says what it loses), and its
 * reader, which keeps a subtree at a time: 10 bytes and more for each of a text.
 */
#ifndef NS_FEED_XML_H
#define NS_FEED_XML_H

#include "source/lines.h"
#include "source/outlet.h"
#include "source/xml_memory.h"
#include "feed/xml_mend.h"

enum {
	XML_CHUNK = 32 << 10,
	XML_MEMORY = 16 << 20,
};

/* Until the call returns.  uri and prefix may be empty, never NULL. */
struct xml_element {
	const char *uri, *prefix, *name;
	const void *attributes;
	int n_attributes;
	uint64_t line; /* of the end of its tag */
};

/* What is not NS_OK ends the reading with it. */
struct xml_handler {
	void *context;
	int (*start)(void *context, const struct xml_element *element,
	             struct ns_error *err);
	int (*text)(void *context, struct slice text, struct ns_error *err);
	int (*end)(void *context, struct ns_error *err);
};

struct xml {
	struct xml_mend mend;
	struct xml_memory memory;
	const struct xml_handler *handler;
	void *parser;
	struct ns_error *err;
	int status;
	uint64_t line;            /* at a call of the handler */
	struct xml_damage damage; /* of the document read last */
};

void xml_init(struct xml *xml);
void xml_release(struct xml *xml);

/* Reads one document to its end.  Errors: NS_E_NOMEM, those of lines, and what
 * the handler returned. */
int xml_read(struct xml *xml, struct lines *lines,
             const struct xml_handler *handler, struct ns_error *err);

/* Refuses what was damaged, and what did not end: `what`, which began in line `first`;
 * 0: all did. */
int xml_tell(const struct xml *xml, struct outlet *outlet, uint64_t first,
             const char *what, struct ns_error *err);

/* U+FFFD put for bad bytes so far. */
uint32_t xml_repairs(const struct xml *xml);

/* An attribute by its prefix ("" for none) and name; false where there is none. */
bool xml_attribute(const struct xml_element *element, const char *prefix,
                   const char *name, struct slice *out);

/* The name of the first element of a document, with its prefix; an empty slice
 * where these bytes are not the start of one: text stands before it. */
struct slice xml_root(struct slice prefix);

/* Whether it is one of these, up to NULL, with any prefix, in any case. */
bool xml_root_is(struct slice prefix, const char *const *names);

#endif
