/* mail_words.h — what does a header's value say, in any of its encodings?
 *
 * RFC 2047: words such as =?iso-8859-1?Q?caf=E9?= or =?utf-8?B?Y2Fmw6k=?=, in names,
 * subjects and, against the rule, inside quotes.  White space between two of them
 * is none.  Those that follow each other in one charset are decoded as one: mailers
 * cut where a character has not ended.  =?utf-8*de?… (RFC 2231) names a language,
 * which is not looked at.  What is no such word is text, in the message's charset
 * where its bytes are not ASCII.
 */
#ifndef NS_MAIL_MAIL_WORDS_H
#define NS_MAIL_MAIL_WORDS_H

#include "base/mem.h"

/* Appends value as UTF-8, runs of white as one space.  charset: a label, or "".
 * bytes is room to work in.  NS_OK or NS_E_NOMEM; what out's maximum does not hold is
 * left to its status. */
int mail_words_decode(struct slice value, const char *charset,
                      struct buffer *bytes, struct buffer *out,
                      uint32_t *repairs);

#endif
