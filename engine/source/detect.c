#include "source/detect.h"

#include "source/charset_labels.h"

#include <dlfcn.h>
#include <errno.h>
#include <setjmp.h>
#include <uchardet/uchardet.h>

/* std::set_new_handler(void (*)()), as C++ compilers call it. */
static const char setter[] = "_ZSt15set_new_handlerPFvvE";

typedef void (*new_handler)(void);
typedef new_handler (*set_new_handler)(new_handler);

static jmp_buf memory_ended;

static void jump(void)
{
	longjmp(memory_ended, 1);
}

/* What it says of texts that other tables read better: these have the same letters
 * and more.  Of MacRoman it knows nothing and takes it for Mac OS Central Europe,
 * and some Dutch of windows-1252 too. */
static const char *better(const char *name, struct slice bytes)
{
	static const struct {
		const char *said, *better;
		bool where_c1; /* only where bytes 80 to 9F are in the text */
	} rows[] = {
		{"KOI8-R", "KOI8-U", false},
		{"MAC-CENTRALEUROPE", "CP1252", false},
		{"ISO-8859-2", "CP1250", true},
		{"ISO-8859-7", "CP1253", true},
		{"ISO-8859-13", "CP1257", true},
		{"ISO-8859-15", "CP1252", true},
	};
	bool c1 = false;
	for (size_t i = 0; i < bytes.len; i++)
		c1 = c1 || (bytes.data[i] & 0xE0) == 0x80;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (!strcmp(name, rows[i].said) && (c1 || !rows[i].where_c1))
			return rows[i].better;
	return name;
}

static int ask(struct slice bytes, const char **out)
{
	uchardet_t detector = uchardet_new();
	if (!detector)
		return NS_E_NOMEM;
	/* Its filters take their buffers with malloc, which calls no handler, and
	 * leave out a group of encodings where they get none: only errno tells. */
	errno = 0;
	int failed = uchardet_handle_data(detector, (const char *)bytes.data,
	                                  bytes.len);
	uchardet_data_end(detector);
	failed = failed || errno == ENOMEM;
	const char *name = uchardet_get_charset(detector);
	*out = NULL;
	if (!failed && name)
		*out = charset_named(slice_of(name, strlen(name)));
	if (*out && !strncmp(*out, "UTF", 3))
		*out = NULL;
	else if (*out)
		*out = better(*out, bytes);
	uchardet_delete(detector);
	return failed ? NS_E_NOMEM : NS_OK;
}

int detect_charset(struct slice bytes, const char **out)
{
	void *symbol = dlsym(RTLD_DEFAULT, setter);
	set_new_handler set;
	static_assert(sizeof set == sizeof symbol, "POSIX has one kind of address");
	memcpy(&set, &symbol, sizeof set);
	bytes.len = min_size(bytes.len, DETECT_MOST);
	if (!set)
		return ask(bytes, out);
	const new_handler before = set(jump);
	int status = NS_E_NOMEM;
	if (!setjmp(memory_ended))
		status = ask(bytes, out);
	set(before);
	return status;
}
