/* furniture.h — what is this line of a scraped page?
 *
 * Lines come trimmed and repaired.  White is white.h's, so a no-break space does
 * for a space everywhere below.  The first rule that fits decides:
 *
 *   blank      nothing is left of it
 *   closing    • Published in SECTION              rest: SECTION, may be empty
 *   furniture  what animated GIF                   exactly
 *              Subscribe to this RSS feed          exactly
 *   furniture  © Sputnik                           begins with ©
 *              FILE PHOTO © Carlos Someone         begins so, © anywhere in it
 *   link       READ MORE: TITLE                    rest: TITLE, may be empty
 *   caption    A street in Homs. © Jane Someone    © in the last 80 characters
 *   text       all others: titles, paragraphs, sub-headings, embedded posts
 *
 * A title is no caption: where one is still awaited, that rule is left out.
 */
#ifndef NS_FORM_FURNITURE_H
#define NS_FORM_FURNITURE_H

#include "base/base.h"

enum line_kind {
	KIND_BLANK,
	KIND_CLOSING,
	KIND_FURNITURE,
	KIND_LINK,
	KIND_CAPTION,
	KIND_TEXT,
	/* only by the rules of a file: rules.h */
	KIND_OPENING,
	KIND_TITLE,
	KIND_SECTION,
	KIND_DATE,
	KIND_AUTHOR
};

/* rest: what the table says, else the line itself. */
enum line_kind furniture_classify(struct slice line, bool awaits_title,
                                  struct slice *rest);

#endif
