/* guess.h — which rules would cut this page?
 *
 * Scraped pages repeat themselves: what stands between two articles is the same
 * line, or begins with the same words, each time.  From the lines of a page that are
 * not blank, sorted, come all groups of lines with the same first one to four words,
 * or with the same words altogether.  A group parts the page where at least
 * GUESS_GOOD in 100 of the pieces between its lines begin with what could be a title
 * (short, no sentence, nowhere else in the page) and hold GUESS_WORDS words or
 * more.  Of the groups that do, the one with the most good pieces wins, of
 * equal ones the one with more words in common.
 *
 *     Rain in Sochi                      title
 *     It rained all day. …               (30 words or more)
 *     • Published in World           ┐   four lines begin so, and behind each
 *     Sun in Astana                  │   stands a short line without a full stop:
 *     The sun shone. …               │
 *     • Published in Sport           ┘   closing  ^• Published in(.*)$
 *
 * Then, for each article cut so, what recurs in it: lines that are the same to the
 * byte are furniture, and so is what stands behind the last closing line; first
 * words before a date, By, Section: and other capitals before a colon give the
 * rules date, author, section and link; a copyright sign those for credits and
 * captions.
 *
 * It is a proposal for a person to look at (--preview), so the rules come with how
 * often they fit.  Not found are pages whose titles are marked by nothing but a
 * line below them: a rule cannot look back.
 */
#ifndef NS_FORM_GUESS_H
#define NS_FORM_GUESS_H

#include "base/mem.h"

enum {
	GUESS_GOOD = 80,     /* in 100 */
	GUESS_WORDS = 30,
	GUESS_BYTES = 4 << 20, /* of a page that are looked at */
	GUESS_LINES = 1 << 16
};

/* Appends a rule file for page, which is UTF-8, to out; *articles is into how many
 * pieces it cuts, 0 where nothing was found and nothing is appended. */
int guess_rules(struct slice page, struct buffer *out, uint64_t *articles,
                struct ns_error *err);

#endif
