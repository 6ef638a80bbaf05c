/* xml_mend_inside.h — what do the two halves of xml_mend.h know of one another?
 *
 * xml_mend.c has the states and single bytes, xml_mend_tags.c what begins with
 * '<'.
 */
#ifndef NS_FEED_XML_MEND_INSIDE_H
#define NS_FEED_XML_MEND_INSIDE_H

#include "feed/xml_mend.h"

/* The bytes of one call, and what may be said of them. */
struct piece {
	const uint8_t *data;
	size_t at, n;
	bool last;
	bool waits; /* more bytes are needed to go on */
};

static inline bool mend_is_white(uint8_t c)
{
	return c == ' ' || (c >= 9 && c <= 13);
}

/* Out of what is left out only the line ends remain. */
void mend_leave_out(struct xml_mend *m, const uint8_t *from, size_t n);
void mend_put_control(struct xml_mend *m, uint8_t c);
/* Escaped, where it would be markup. */
void mend_put_character(struct xml_mend *m, uint32_t c);
/* p->at is at a '&'; no byte from `end` on belongs to it. */
void mend_put_reference(struct xml_mend *m, struct piece *p, size_t end);

/* p->at is at a '<'. */
void mend_markup(struct xml_mend *m, struct piece *p);
void mend_open_first(struct xml_mend *m);
struct slice mend_open_name(const struct xml_mend *m, uint32_t i);

#endif
