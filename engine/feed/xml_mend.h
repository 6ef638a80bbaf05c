/* xml_mend.h — which XML did the writer of these bytes mean?
 *
 * One in some twenty feeds is no XML: a bare & in a link, HTML's &nbsp; without
 * a DTD, a control character, a tag that is never closed.  libxml2's recovery
 * drops "&T" of "AT&T", drops every &lt; behind the first error, and ends at the
 * first bare '<'.  So the bytes are mended on their way to it, a few at a time:
 *
 *   &nbsp; &#146; &    the character; as windows-1252 means it; &amp;
 *   a < b, <joe@a.org> text, as are tags that are cut off by another
 *   </p> out of place  left out, or the end of what is still open in it
 *   comments, <?…?>, DOCTYPE, controls   left out, their line ends kept
 *   &name; of a DTD    stays as it is written: nothing is ever expanded or
 *                      fetched, so that a bomb of entities is a line of text
 *   a=b c             a="b" c=""
 *   CDATA              in pieces, complete in each output: libxml2 searches an
 *                      incomplete one from its start each time
 *
 * What comes out has one element <x> around it all, so that junk before or
 * behind the root, and a second root, are no errors.  Lines stay the same.
 *
 * Memory is that of one tag, XML_TAG_MAX; attributes of a longer one are lost.
 */
#ifndef NS_FEED_XML_MEND_H
#define NS_FEED_XML_MEND_H

#include "base/mem.h"

enum {
	XML_DEPTH = 256,
	XML_TAG_MAX = 64 << 10,
	XML_NAME_MAX = 128,
	XML_ATTRIBUTES = 128, /* of a tag: libxml2 compares each with all */
};

enum xml_mend_state {
	MEND_TEXT, MEND_CDATA, MEND_COMMENT, MEND_DOCTYPE,
	MEND_SKIP, /* up to '>' */
};

/* The first damage that cost something. */
struct xml_damage {
	uint64_t line; /* 0: none */
	char what[120];
};

struct xml_mend {
	struct buffer out;  /* good XML; the caller takes it and clears it */
	struct buffer work; /* what waits, and the new bytes behind it */
	struct buffer repaired;
	size_t waits;       /* bytes of work */
	enum xml_mend_state state;
	uint64_t line;      /* that the next byte is in */
	uint64_t opened;    /* line of the construct at hand */
	uint32_t brackets;  /* of a DOCTYPE */
	uint8_t quote;      /* inside of one, or 0 */
	bool declares;      /* a DTD declares entities */
	struct buffer names;/* of the open elements, in one another */
	uint32_t starts[XML_DEPTH + 2];
	uint32_t depth;
	bool full;          /* deeper than XML_DEPTH: the rest is not read */
	uint32_t repairs;   /* U+FFFD put for bad bytes */
	struct xml_damage damage;
};

void xml_mend_init(struct xml_mend *mend);
void xml_mend_clear(struct xml_mend *mend); /* for another document */
void xml_mend_release(struct xml_mend *mend);

/* Appends to mend->out what becomes of these bytes, the last ones or not.  The
 * only failure is NS_E_NOMEM. */
int xml_mend(struct xml_mend *mend, struct slice bytes, bool last,
             struct ns_error *err);

/* Notes damage at this line, unless there was some before. */
void xml_mend_note(struct xml_damage *damage, uint64_t line,
                   const char *format, ...) PRINTF_LIKE(3, 4);

#endif
