/* err.h — how does a failure travel to the person who can act on it?
 *
 * As a status that is returned, and an ns_error that its caller owns: a code, a
 * sentence, a place.  No thread-local "last error": it misleads as soon as a
 * clean-up path makes calls of its own (libgit2's error-handling.md says so of
 * its own).  The first failure wins: whoever fills an ns_error returns at once,
 * so nothing overwrites it on the way up.
 *
 * Every function here returns the code it was given, so that failing is one
 * line:   return err_set(err, NS_E_LIMIT, "…", n);
 * err may be NULL.
 */
#ifndef NS_BASE_ERR_H
#define NS_BASE_ERR_H

#include "base/base.h"

#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

int err_set(struct ns_error *err, int code, const char *format, ...)
	PRINTF_LIKE(3, 4);

/* The same with a place.  offset -1 and line 0 mean "none". */
int err_at(struct ns_error *err, int code, const char *place, int64_t offset,
           int64_t line, const char *format, ...) PRINTF_LIKE(6, 7);

/* A failed system call: "cannot WHAT: strerror(errno)", NS_E_IO, or NS_E_NOMEM
 * for ENOMEM.  place is the path. */
int err_io(struct ns_error *err, const char *place, const char *what);

/* Bytes of an index that cannot be.  All corruption passes through here, so that
 * one breakpoint catches it. */
int err_corrupt(struct ns_error *err, const char *place, int64_t offset,
                const char *format, ...) PRINTF_LIKE(4, 5);

int err_nomem(struct ns_error *err);

/* TRY(call): returns the status of call where it is not NS_OK. */
#define TRY(call)                                                              \
	do {                                                                   \
		int status_ = (call);                                          \
		if (status_ != NS_OK)                                          \
			return status_;                                        \
	} while (0)

/* TRY_TO(label, status, call): the same for functions that clean up at a label. */
#define TRY_TO(label, status, call)                                            \
	do {                                                                   \
		(status) = (call);                                             \
		if ((status) != NS_OK)                                         \
			goto label;                                            \
	} while (0)

#endif
