/* listing.h — where are the articles in a scraped page?
 *
 * A page is lines; furniture.h says what each of them is, or a rule file (rules.h).
 *
 *   page      = { article } , furniture
 *   article   = TITLE , { paragraph | caption | link | furniture | blank } ,
 *               ( CLOSING | end of the file )
 *
 *     Rain in Sochi                        title       first_line
 *                                          blank
 *     It rained on Wednesday.              body
 *     © Someone                            furniture
 *     READ MORE: Sun in Astana             links
 *     on Wednesday.                        (kept: under 20 bytes)
 *     It rained on Wednesday.              fragment    furniture
 *       • Published in World               section     last_line
 *     Subscribe to this RSS feed           furniture
 *
 * The title is the first text line behind the last closing line.  A fragment is
 * a line that equals the end of an earlier paragraph of its article: scrapers
 * leave the second half of a paragraph again.  A line of under FRAGMENT_MIN
 * bytes is one only where that end begins within a word, so that a short answer
 * given twice ("Yes.") stays.  The last FRAGMENT_BACK paragraphs are looked at:
 * all of them would make a page of a million short lines quadratic.
 *
 * Captions and links that stand before a title belong to the article it opens;
 * at the end of the file, without a title, they are furniture.  An article
 * without a closing line ends with the file, on its last line that is no
 * furniture, and has no section.
 *
 * Rejected: taking a line between blank lines for a title by its length or by
 * its missing full stop: sub-headings look the same.
 */
#ifndef NS_FORM_LISTING_H
#define NS_FORM_LISTING_H

#include "source/draft.h"
#include "source/outlet.h"
#include "form/rules.h"

enum { FRAGMENT_MIN = 20, FRAGMENT_BACK = 256 };

/* Reads lines to their end.  draft is cleared before use.  rules, which may be
 * NULL, stand for those of furniture.h. */
int listing_read(struct outlet *outlet, struct lines *lines,
                 struct draft *draft, struct rules *rules,
                 struct ns_error *err);

/* Whether a line of prefix, the start of a file, closes an article. */
bool listing_is(struct slice prefix);

#endif
