/* scan.h — which marks does a query consist of?
 *
 *     +title:="heavy rain"
 *     ^ ^    ^^
 *     | |    |quote: a phrase up to the next quote, or to the end
 *     | |    exact
 *     | field: one of ours, with something behind it
 *     sign: '+' or '-' with something behind it
 *
 * Quotes are " and the curly “ ” „ « ».  A word ends at a blank, a bracket or a
 * quote; what else stands in it ('-', ':', '&', …) is the analyzer's business.
 */
#ifndef NS_QUERY_SCAN_H
#define NS_QUERY_SCAN_H

#include "base/mem.h"
#include "format/layout.h"

enum mark_kind {
	MARK_WORD, MARK_PHRASE, MARK_OPEN, MARK_CLOSE, MARK_AND, MARK_OR,
	MARK_NOT, MARK_END
};

struct mark {
	enum mark_kind kind;
	char sign;      /* '+', '-' or 0; of words, phrases and brackets */
	uint8_t field;  /* enum field, or 0 */
	bool exact;
	struct slice text;
	uint32_t column;
};

struct scan {
	struct slice text;
	size_t at;
	bool capitals;  /* AND, OR, NOT are words: every letter is a capital */
};

struct scan scan_start(struct slice text);
void scan_next(struct scan *scan, struct mark *out);

#endif
