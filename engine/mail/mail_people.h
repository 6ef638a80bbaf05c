/* mail_people.h — who wrote it, by the value of a From field?
 *
 *     "Lee, Ann" <ann@example.org>, Bo (at work) <b@example.org>   Lee, Ann, Bo
 *     ann@example.org (Ann Lee)                                    Ann Lee
 *     ann@example.org                                              ann@example.org
 *     Lee, Ann <ann@example.org>                                   Lee, Ann
 *
 * The name, else the comment, else the address of each.  As the last line shows
 * (which RFC 5322 wants quoted), a comma ends a person only behind an address.
 */
#ifndef NS_MAIL_MAIL_PEOPLE_H
#define NS_MAIL_MAIL_PEOPLE_H

#include "base/mem.h"

/* Appends the names, joined by ", ", as the bytes that they are. */
void mail_people(struct slice value, struct buffer *out);

#endif
