/* intake.h — is this an article, and which doc will it be?
 *
 * Cleans its bytes, refuses what cannot be indexed, makes an id where it has none,
 * finds out whom it replaces, keeps its record, and hands it to the crew that
 * indexes it.
 */
#ifndef NS_BUILD_INTAKE_H
#define NS_BUILD_INTAKE_H

#include "build/article_texts.h"
#include "build/crew.h"
#include "build/ids.h"

enum { INTAKE_ID = 11 };

struct intake {
	const struct budget *budget;
	struct crew crew;
	struct docs docs;
	struct ids ids;
	struct buffer clean[ARTICLE_TEXTS]; /* repaired copies of an
	                                       article's texts */
	char id[INTAKE_ID];         /* that was made for an article */
	bool made_id;               /* the last one taken in needed one */
	ns_build_report *report;    /* counts what is taken in */
	bool broken;                /* memory ended half-way */
};

/* Makes release safe before open. */
void intake_init(struct intake *intake);
int intake_open(struct intake *intake, struct analyzer *analyzer,
                struct spool_maker *maker, const struct budget *budget,
                bool stored, ns_build_report *report, struct ns_error *err);
void intake_release(struct intake *intake);

/* Takes a copy of the article in.  *out is the article as it was taken, with an
 * id and in good UTF-8; it lives until the next call.
 * NS_E_USAGE, NS_E_LIMIT: it is refused, and nothing has happened, unless
 * intake->broken. */
int intake_add(struct intake *intake, const ns_article *article,
               ns_article *out, struct ns_error *err);

/* The last article taken in took the place of another, if lived. */
void intake_count_replaced(struct intake *intake, bool lived);

/* Marks the article with this id, among those taken in, as dead; *lived: there was
 * one that lives. */
int intake_bury(struct intake *intake, struct slice id, bool *lived,
                struct ns_error *err);

/* No more articles: all of them are in runs, and docs has their lengths. */
int intake_finish(struct intake *intake, struct runs *runs,
                  struct ns_error *err);

#endif
