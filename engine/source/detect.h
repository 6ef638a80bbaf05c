/* detect.h — what does libuchardet take these bytes for?
 *
 * It counts letters and pairs of letters of some forty languages.  It is C++: where
 * memory ends its operator new throws, and an exception that leaves it ends the
 * program.  Before it throws, operator new calls a handler if there is one: ours
 * jumps back to here, as json_memory.h does for yajl.  What uchardet held by then is
 * lost, once.  The handler is found by its name in the running program, so that
 * nothing is linked with a C++ runtime; it stands only during a call: one thread at
 * a time may be here.  It sees at most DETECT_MOST bytes: its memory does not depend
 * on the input, its time does (some 30 MB/s).
 *
 * Rejected: an object of our own in C++ that catches (a compiler for one function),
 * and memory tried for before (another thread may take it in between).
 */
#ifndef NS_SOURCE_DETECT_H
#define NS_SOURCE_DETECT_H

#include "base/mem.h"

enum { DETECT_MOST = 64 << 10 };

/* A name of charset.h, never of UTF-8, UTF-16 or UTF-32; NULL: it does not know.
 * The only failure is NS_E_NOMEM. */
int detect_charset(struct slice bytes, const char **out);

#endif
