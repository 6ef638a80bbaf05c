/* text.h — what article is a plain text file?
 *
 * One: the first line that is not blank is its title, each later one a paragraph
 * of its body, trimmed.  It has no section and no date: a file's own date is that
 * of a copy, not of the news.
 */
#ifndef NS_FORM_TEXT_H
#define NS_FORM_TEXT_H

#include "source/draft.h"
#include "source/outlet.h"

/* Hands over nothing where all lines are blank.  draft is cleared before use. */
int text_read(struct outlet *outlet, struct lines *lines, struct draft *draft,
              struct ns_error *err);

#endif
