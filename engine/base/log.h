/* log.h — what should an operator know that is no error?
 *
 * Litter that was removed, a race that was run again, old files that had to
 * stay: lines for whoever asked for them (ns_set_log), else for nobody.
 */
#ifndef NS_BASE_LOG_H
#define NS_BASE_LOG_H

#include "base/err.h"

/* Set while no other thread runs; NULL: no log. */
void log_set(ns_log_fn *log, void *context);

/* One line, without its end.  Any thread. */
void log_say(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
