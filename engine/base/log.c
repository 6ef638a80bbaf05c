#include "base/log.h"

#include <stdarg.h>

static ns_log_fn *hook;
static void *hook_context;

void log_set(ns_log_fn *log, void *context)
{
	hook = log;
	hook_context = context;
}

void log_say(const char *format, ...)
{
	char line[512];
	va_list args;
	if (!hook)
		return;
	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	hook(hook_context, line);
}
