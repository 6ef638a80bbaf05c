/* intake.h — how does an article become tokens and a record?
 *
 * Cleans its bytes, refuses what cannot be indexed, makes an id where it has
 * none, cuts it into tokens for the inverter, and keeps its record.
 */
#ifndef NS_BUILD_INTAKE_H
#define NS_BUILD_INTAKE_H

#include "build/batch.h"
#include "build/docs.h"
#include "build/inverter.h"
#include "text/analyzer.h"

enum { INTAKE_TEXTS = 10, INTAKE_ID = 11 };

struct intake {
	struct analyzer *analyzer;  /* borrowed */
	struct inverter inverter;
	struct batch batch;
	struct docs docs;
	struct buffer clean[INTAKE_TEXTS]; /* repaired copies of an article's
	                                      texts */
	struct buffer folded;
	char id[INTAKE_ID];         /* that was made for an article */
	ns_build_report *report;    /* counts what is taken in */
	bool broken;                /* memory ended half-way */
};

void intake_init(struct intake *intake, struct analyzer *analyzer, bool stored,
                 ns_build_report *report);
void intake_release(struct intake *intake);

/* Takes a copy of the article in.  *out is the article as it was taken, with an
 * id and in good UTF-8; it lives until the next call.
 * NS_E_USAGE, NS_E_LIMIT: it is refused, and nothing has happened. */
int intake_add(struct intake *intake, const ns_article *article,
               ns_article *out, struct ns_error *err);

/* Marks the article with this id, among those taken in, as dead; false where it
 * has none that lives. */
bool intake_bury(struct intake *intake, struct slice id);

#endif
