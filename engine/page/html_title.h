/* html_title.h — which heading is the headline, and what of a title is the site's?
 *
 * "Storm hits coast | World | The Daily": browsers show the site's name with the
 * headline, and so do many og:title.  Where an <h1> says a part of the title, it
 * is the headline; else what stands behind the last " | ", " - ", " – ", " — ",
 * " :: ", " » ", " · " goes if it is the name of the site (og:site_name) or has
 * fewer words than what stands before it; and the same at the front.
 */
#ifndef NS_PAGE_HTML_TITLE_H
#define NS_PAGE_HTML_TITLE_H

#include "page/html_facts.h"

/* Sets facts->headline, and the title where none is known yet (`missing`), else
 * takes the site's name off.  Errors: NS_E_NOMEM. */
int html_title_find(struct html_facts *facts, const struct html_tree *tree,
                    bool missing, struct ns_error *err);

#endif
