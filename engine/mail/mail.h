/* mail.h — which article is a message: a mail, a post, one of many in an mbox?
 *
 *   title     Subject
 *   body      its texts (mime.h)
 *   author    From (mail_people.h)
 *   date      Date
 *   section   the first of Newsgroups; else the list of List-Id
 *             ("world.news.example.org"); else, of a file that is one message, the
 *             folder that it is in, of a maildir the one that holds cur/ and new/,
 *             without the dot that a folder's name begins with there
 *   url       Archived-At; else the Message-ID as mid:… (RFC 2392), of a post as
 *             news:… (RFC 5538): a reader of mail or news opens it
 *   lang      the first of Content-Language
 *   topics    Keywords (values.h), without quotes; no labels that a mailbox gave
 *   id        none: a message that comes twice, by two lists or in two folders of an
 *             export, is one article by its title, text and section
 *
 * A message is read from a file that begins with header fields, or cut from an mbox
 * (mbox.h).  Header and texts are decoded one by one, each by what it says of itself
 * (charset.h): the bytes must not have been decoded before.  Flags in the names of
 * a maildir (":2,ST") are not looked at.  What is quoted in a reply, and a name and
 * address below, are text of the message; PGP's signatures are none (inlined.h).
 *
 * A browser that saves a page in one file (MHTML) writes a message from "Saved by
 * Blink" and the like: that is the page, with what the page says of itself, and the
 * Content-Location as its address; Subject and Date are of the saving.
 */
#ifndef NS_MAIL_MAIL_H
#define NS_MAIL_MAIL_H

#include "mail/mime.h"
#include "page/html_file.h"

struct mail {
	struct draft *draft;
	struct outlet *outlet;
	struct lines *lines;
	struct mime mime;
	struct html_file page;
	struct buffer line;   /* copy of one that is looked behind */
	struct buffer people, keywords, bytes;
	bool mbox, opened;    /* opened: by the line before */
	bool given;           /* a page that was saved went to the outlet */
	uint64_t guarded;     /* no message begins before this offset */
};

void mail_init(struct mail *mail);
void mail_release(struct mail *mail);

/* Whether an mbox or a message begins here: fields up to an empty line, among them
 * From and one of Subject, Date, Message-ID, Newsgroups. */
bool mail_is(struct slice prefix);

int mail_read(struct outlet *outlet, struct lines *lines, struct mail *mail,
              struct draft *draft, struct ns_error *err);

#endif
