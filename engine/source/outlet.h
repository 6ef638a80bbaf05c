/* outlet.h — how does what was found reach the one who asked, and the report?
 *
 * Every format hands over its articles and its refusals here, so that counting,
 * `source`, strictness and the limits of an article are in one place.
 */
#ifndef NS_SOURCE_OUTLET_H
#define NS_SOURCE_OUTLET_H

#include "source/stream.h"

struct outlet {
	const struct source_handler *handler;
	struct source_report *report;
	bool strict, mend;
	bool stopped; /* by who hears, or by strictness: all ends */
	/* of the file at hand */
	const char *path;          /* for people */
	struct buffer name;        /* for `source`, UTF-8 */
	enum source_format format;
	bool decoded;              /* it was not UTF-8; forms that decode articles
	                              one by one set it for each */
	const uint64_t *read;      /* how many bytes of it were */
	uint64_t record;           /* at hand, in place of lines; 0: none */
	struct slice url;          /* of the record; borrowed */
	struct buffer source, place, reason, mended, link;
};

void outlet_init(struct outlet *outlet, const struct source_options *options,
                 const struct source_handler *handler,
                 struct source_report *report);
void outlet_release(struct outlet *outlet);

/* From here on all comes from this file.  path is borrowed, name is not. */
int outlet_file(struct outlet *outlet, const char *path, const char *name,
                struct ns_error *err);

/* From here on all comes from a record of the file, which is named in place of
 * lines; 0 ends that.  url, which is borrowed, is that of articles that name none,
 * and what others say of theirs lies beside it (link.h). */
void outlet_record(struct outlet *outlet, uint64_t record, struct slice url);

/* Hands an article over, or refuses it: too large, without text, with too long
 * an id, or not taken.  Fills its format, source and bytes_read. */
int outlet_give(struct outlet *outlet, struct source_article *article,
                struct ns_error *err);

/* Tells what is not used.  line 0 and detail NULL: none.  A refusal in strict
 * mode is NS_E_USAGE. */
int outlet_tell(struct outlet *outlet, enum source_event_kind kind,
                enum source_reason why, uint64_t line, const char *detail,
                struct ns_error *err);

#endif
