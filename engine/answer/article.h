/* article.h — what is kept of an article, as text?
 *
 *     id       3f7kq0c9x2m
 *     title    Rain in Sochi
 *     section  World
 *     date     2017-05-02
 *     source   page.txt:12
 *     place    doc 6 of seg-0123456789abcdef
 *     length   312 words, title 3
 *     caption  A photo © AP
 *     link     Other news
 *
 *     It rained all day.
 */
#ifndef NS_ANSWER_ARTICLE_H
#define NS_ANSWER_ARTICLE_H

#include "answer/output.h"
#include "index/snapshot.h"

/* NS_E_MISSING where no article has this id. */
int article_print(const struct snapshot *snapshot, struct slice id,
                  struct output *out, struct ns_error *err);

#endif
