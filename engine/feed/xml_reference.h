/* xml_reference.h — which character does &this; stand for?
 *
 * Those of XML, of HTML 4 by name, and numbers, of which 128 to 159 are taken as
 * windows-1252, as every browser does.  What no XML may hold is U+FFFD.
 */
#ifndef NS_FEED_XML_REFERENCE_H
#define NS_FEED_XML_REFERENCE_H

#include "base/base.h"

enum { XML_REFERENCE_MAX = 32 };

enum xml_reference_kind {
	REFERENCE_NONE,    /* the & is one */
	REFERENCE_UNKNOWN, /* &name; of somebody's DTD */
	REFERENCE_KNOWN,
	REFERENCE_CUT,     /* more bytes would tell */
};

/* text begins with '&'.  *taken: bytes of the reference, where it is one. */
enum xml_reference_kind xml_reference(struct slice text, uint32_t *character,
                                      size_t *taken);

#endif
