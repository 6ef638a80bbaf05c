/* rules.h — what is a line of a page whose site furniture.h does not know?
 *
 * A rule file names it: a line holds a kind and a POSIX extended regular
 * expression; blank lines and those that begin with # say nothing.
 *
 *     # listing pages of the Examplia Courier
 *     opening    ^\* \* \*$
 *     section    ^Section: (.*)$
 *     date       ^Posted on (.*)$
 *     furniture  ^(Share this|Comments \([0-9]+\))
 *
 *     kind       the line                                   of group 1, or else
 *                                                           of all behind the match
 *     title      opens an article and is its title          the title; else the line
 *     opening    opens an article; the next text is a title its section
 *     closing    closes an article; the next text is one    its section
 *     section    belongs to the article at hand             its section
 *     date       …                                          its date (date.h)
 *     author     …                                          its author
 *     link       a cross-link, kept apart                   the title behind it
 *     caption    a caption, kept apart                      the line, always
 *     furniture  is left out                                -
 *
 * Lines are matched trimmed, by their first RULES_LINE bytes; the first rule that
 * fits decides, and what none fits is text.  A file needs a title, an opening or a
 * closing rule: without one nothing would be cut.  Where there are title or opening
 * rules, what stands before the first of them is furniture.
 *
 * Expressions are those of regcomp(3): known to every editor and every shell, and
 * the one language for this that needs no library.  Rejected: patterns with
 * wildcards (a date needs digits and a group), and programs in a language of
 * their own.
 */
#ifndef NS_FORM_RULES_H
#define NS_FORM_RULES_H

#include "base/mem.h"
#include "form/furniture.h"

enum {
	RULES_MAX = 256,      /* rules in a file */
	RULES_FILE = 1 << 20, /* bytes of a file */
	RULES_LINE = 4096
};

struct rules;

/* Reads the rule file at path; the caller frees *out.  NS_E_USAGE names the line
 * that is wrong, and what may stand there. */
int rules_open(struct rules **out, const char *path, struct ns_error *err);
/* The same for text, which place is the name of. */
int rules_new(struct rules **out, struct slice text, const char *place,
              struct ns_error *err);
void rules_free(struct rules *rules);

/* Are there title or opening rules? */
bool rules_open_articles(const struct rules *rules);

/* What line is, which is trimmed UTF-8; *rest is what the table says.  Not by two
 * threads at once.  Errors: NS_E_NOMEM. */
int rules_classify(struct rules *rules, struct slice line, enum line_kind *out,
                   struct slice *rest, struct ns_error *err);

/* The names of the kinds, as the file has them. */
const char *rules_kind_name(enum line_kind kind);

#endif
