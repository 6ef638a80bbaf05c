/* wikitext_pairs.h — which brackets and tags of mark-up belong together? */
#ifndef NS_FEED_WIKITEXT_PAIRS_H
#define NS_FEED_WIKITEXT_PAIRS_H

#include "feed/wikitext.h"

/* Fills wikitext->pairs, in the order of their opens.  NS_E_NOMEM. */
int wikitext_pair_up(struct wikitext *wikitext, struct slice source,
                     struct ns_error *err);

enum wikitext_tag_kind {
	TAG_NONE,     /* the '<' is text */
	TAG_DROPPED,  /* the tag is, not what it holds */
	TAG_BREAK,    /* it ends a line */
	TAG_HIDDEN,   /* all up to its end */
	TAG_VERBATIM, /* what it holds is no mark-up */
};

enum { WIKITEXT_TAGS = 40 };

/* Ends that were looked for in vain, so that each is looked for once. */
struct wikitext_missing {
	bool comment, tags[WIKITEXT_TAGS];
};

struct wikitext_tag {
	enum wikitext_tag_kind kind;
	size_t taken;         /* bytes in all; of TAG_VERBATIM too */
	struct slice inside;  /* of TAG_VERBATIM */
};

/* The tag or comment at the start of text, which begins with '<'. */
struct wikitext_tag wikitext_tag_at(struct slice text,
                                    struct wikitext_missing *missing);

#endif
