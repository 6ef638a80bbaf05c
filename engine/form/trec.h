/* trec.h — which articles does an SGML collection of news hold?
 *
 * Two families, and what was made after their pattern:
 *
 *   <DOC>      TREC's disks (AP, WSJ, LA Times, Financial Times, FBIS, Federal
 *              Register, San Jose Mercury, Ziff), Gigaword, WikiExtractor
 *   <REUTERS>  Reuters-21578
 *
 * What becomes of the elements is told in trec_elements.h.  An article ends at its
 * closing tag or at the next one's opening tag; what lies between articles (a DOCTYPE,
 * a license) belongs to none.  Case does not matter.  One that ends with the file is
 * taken where its TEXT or BODY was closed, or where an earlier one had no closing tag
 * either, so that nobody here closes any; else it is cut off, and refused.
 *
 * The lines of an article are gathered (NS_ARTICLE_MAX bytes with its markup, else
 * it is refused and the next one looked for), then read in one go: tags may be
 * broken by the ends of lines.  A line of more than LINES_MAX bytes refuses the
 * article it is in, or itself.
 *
 * Rejected: reading while the lines come, without gathering.  The state of a
 * scanner that may stop in the middle of a tag, a name or a reference was twice
 * the code, for a copy that takes 0.05 ns a byte.
 */
#ifndef NS_FORM_TREC_H
#define NS_FORM_TREC_H

#include "form/trec_elements.h"

struct trec {
	struct draft *draft;
	struct buffer markup; /* of the article at hand */
	struct trec_elements elements;
	bool unclosed;        /* an article ended where the next one began */
};

void trec_init(struct trec *trec);
void trec_release(struct trec *trec);

/* Whether an article's opening tag begins the prefix, or one of its lines where
 * what stands before is only declarations. */
bool trec_is(struct slice prefix);

/* draft is borrowed for the call. */
int trec_read(struct outlet *outlet, struct lines *lines, struct trec *trec,
              struct draft *draft, struct ns_error *err);

#endif
