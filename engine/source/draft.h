/* draft.h — what is known of an article whose end has not been met yet?
 *
 * Formats that cut articles from lines collect them here.  Each part has a
 * sticky bound of NS_ARTICLE_MAX bytes: what passes it is forgotten, the rest of
 * the article is still read to find its end, and then it is refused as a whole.
 */
#ifndef NS_SOURCE_DRAFT_H
#define NS_SOURCE_DRAFT_H

#include "source/lines.h"
#include "source/outlet.h"

struct draft {
	struct buffer id, title, body, captions, links, section, author, url, lang,
		topics, places;
	int64_t date; /* NS_NO_DATE: none */
	bool date_is_day, date_dropped;
	struct buffer scratch; /* the line at hand, where it had to be repaired */
	uint64_t first_line, last_line; /* first_line 0: nothing yet */
	uint32_t repairs, furniture, attachments;
};

void draft_init(struct draft *draft);
void draft_clear(struct draft *draft); /* keeps the memory */
void draft_release(struct draft *draft);

/* Repairs and trims a line that was read.  An overlong one makes the article too
 * large and gives an empty *out.  The only failure is NS_E_NOMEM. */
int draft_take(struct draft *draft, const struct line *line, struct slice *out,
               struct ns_error *err);

/* The line at `number` is part of the article. */
void draft_extend(struct draft *draft, uint64_t number);

/* Appends text and an LF to one of the parts. */
void draft_append(struct buffer *part, struct slice text);

/* The date of an article in this language, or NS_NO_DATE; false where there is one
 * that is not understood. */
bool draft_read_date(struct slice text, struct slice language, int64_t *date,
                     bool *is_day);

/* Its date, where text is understood in its language so far; white text is none. */
void draft_date(struct draft *draft, struct slice text);

/* NS_OK, NS_E_LIMIT (the article is too large) or NS_E_NOMEM. */
int draft_status(const struct draft *draft);

/* Hands the draft over as an article, or refuses it as too large; it is cleared
 * then. */
int draft_give(struct draft *draft, struct outlet *outlet, struct ns_error *err);

#endif
