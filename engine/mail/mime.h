/* mime.h — which text do the lines of a message hold, in whatever they are packed?
 *
 *   text/plain, most of text/…, no type   text; "format=flowed" by flowed.h; files in
 *                                         it by inlined.h
 *   text/html                             text by html_fragment.h
 *   multipart/alternative                 the plain one, where it says something,
 *                                         else the HTML
 *   other multipart/…                     all texts, in their order
 *   message/rfc822, message/news          its subject, and its texts
 *   anything else, "attachment", what is  left out, and counted
 *   nested deeper than MIME_DEPTH
 *
 * A part ends at a boundary of any multipart that it is in: closing lines are lost
 * often.  Lines are taken as they come, and only texts are kept (NS_ARTICLE_MAX
 * bytes of one part), so that attachments of any size pass by.
 */
#ifndef NS_MAIL_MIME_H
#define NS_MAIL_MIME_H

#include "source/draft.h"
#include "page/html_fragment.h"
#include "mail/mail_codings.h"
#include "mail/mail_header.h"

enum { MIME_DEPTH = 16, MIME_LABEL = 64, MIME_BOUNDARY = 256 };

/* A multipart that is open. */
struct mime_level {
	char boundary[MIME_BOUNDARY];
	size_t len;
	bool alternative, digest;
	bool has_plain;    /* of an alternative: a plain text that says something */
	size_t body_start; /* what it added to the body begins here */
};

enum mime_state { MIME_HEADER, MIME_TEXT, MIME_LEFT_OUT };

/* The message's own header is complete. */
typedef int mime_on_header(void *context, const struct mail_header *header,
                           struct ns_error *err);

/* A text of HTML that is a page of its own, as it was sent; charset: what it says of
 * itself, or "". */
typedef int mime_on_page(void *context, struct slice page, const char *charset,
                         struct ns_error *err);

struct mime {
	struct draft *draft;
	mime_on_header *on_header;
	mime_on_page *on_page; /* of this message; NULL: HTML is text of it */
	void *context;
	struct mail_header header; /* of the part at hand */
	struct mime_level levels[MIME_DEPTH];
	unsigned depth;
	enum mime_state state;
	bool message; /* the header is a message's in the message */
	bool html, flowed, delsp;
	char charset[MIME_LABEL]; /* of the text at hand: what it says, or "" */
	struct mail_decoder decoder;
	struct buffer content;    /* of the text at hand */
	struct buffer text;       /* the same in UTF-8, and room to work in */
	struct html_fragment fragment;
	uint32_t left_out;        /* parts, and files in texts */
};

void mime_init(struct mime *mime);
void mime_release(struct mime *mime);

/* A message begins, whose texts go to draft->body. */
void mime_start(struct mime *mime, struct draft *draft, mime_on_header *on_header,
                void *context);

/* Errors of both: NS_E_NOMEM, and those of on_header. */
int mime_line(struct mime *mime, struct slice line, struct ns_error *err);
int mime_finish(struct mime *mime, struct ns_error *err);

#endif
