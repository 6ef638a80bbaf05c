/* nsquery.h — how is a hit shown? */
#ifndef NS_TOOLS_NSQUERY_H
#define NS_TOOLS_NSQUERY_H

#include <stdio.h>

#include "nsindex.h"

/* For a person.  first: no blank line before it. */
struct text_style {
	bool colours;
	unsigned columns;
};
void nsquery_print_text(FILE *file, const struct text_style *style,
                        const ns_hit *hit, bool first);

/* For a program: one line of JSON. */
void nsquery_print_json(FILE *file, const ns_hit *hit);

#endif
