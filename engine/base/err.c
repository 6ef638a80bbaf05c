#include "base/err.h"

#include <errno.h>
#include <stdarg.h>

static const char *const names[] = {
	[NS_OK] = "ok",
	[NS_E_USAGE] = "usage error",
	[NS_E_IO] = "i/o error",
	[NS_E_NOMEM] = "out of memory",
	[NS_E_CORRUPT] = "corrupt",
	[NS_E_VERSION] = "another format",
	[NS_E_LOCKED] = "locked",
	[NS_E_LIMIT] = "limit passed",
	[NS_E_MISSING] = "not found",
	[NS_E_DURABILITY] = "outcome unknown",
	[NS_E_STOPPED] = "stopped",
};

NS_API const char *ns_status_name(int code)
{
	if (code < 0 || (size_t)code >= ARRAY_LEN(names))
		return "unknown status";
	return names[code];
}

NS_API const char *ns_version(void)
{
	return NS_VERSION;
}

static int fill(struct ns_error *err, int code, const char *place,
                int64_t offset, int64_t line, const char *format, va_list args)
{
	if (!err)
		return code;
	err->code = code;
	err->offset = offset;
	err->line = line;
	snprintf(err->place, sizeof err->place, "%s", place ? place : "");
	vsnprintf(err->message, sizeof err->message, format, args);
	return code;
}

int err_set(struct ns_error *err, int code, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fill(err, code, "", -1, 0, format, args);
	va_end(args);
	return code;
}

int err_at(struct ns_error *err, int code, const char *place, int64_t offset,
           int64_t line, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fill(err, code, place, offset, line, format, args);
	va_end(args);
	return code;
}

int err_io(struct ns_error *err, const char *place, const char *what)
{
	int code = errno == ENOMEM ? NS_E_NOMEM : NS_E_IO;
	return err_at(err, code, place, -1, 0, "cannot %s: %s", what,
	              strerror(errno));
}

int err_corrupt(struct ns_error *err, const char *place, int64_t offset,
                const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fill(err, NS_E_CORRUPT, place, offset, 0, format, args);
	va_end(args);
	return NS_E_CORRUPT;
}

int err_nomem(struct ns_error *err)
{
	return err_set(err, NS_E_NOMEM, "memory ended");
}
