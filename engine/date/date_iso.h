/* date_iso.h — dates of ISO 8601, as machines write them.
 *
 * The forms are in date.h.  Nothing else may stand before or behind.
 */
#ifndef NS_DATE_DATE_ISO_H
#define NS_DATE_DATE_ISO_H

#include "date/date.h"

/* Fills all of *out but the fault. */
bool date_iso(struct slice text, struct date *out);

#endif
