/* order_docs.h — in which order do the docs of a segment stand?
 *
 * In one of small lists (bisect.h), within windows of consecutive articles: each
 * closes when its docs have 2²⁴ different terms of the text, counted for each doc,
 * which are 64 MiB as rows of docs.  So the memory that this takes does not grow
 * with the index, and what is near in time stays near.  Terms with a df below 32 in
 * the window gain little, those in over a tenth of it tell little: neither take part.
 *
 * The runs are read once: that counts the terms of each doc and leaves lists of docs
 * in a spool (doc_lists.h).  Where there are several windows, the lists are shared out
 * among spools of theirs, 16 at a time; then one window after the other gets its
 * rows from its spool.
 *
 * CPU seconds of builds by one thread, as given and ordered: 42,943 news articles, one
 * window, 3.96 and 4.55; 182,042 articles of mixed collections, one window, 7.66 and
 * 9.25.  715,468 articles (705 MB, grown out of both), three windows, by two threads:
 * 43 and 55, of which this takes 11, by one of them.  1.5 million (1.4 GB) within a
 * ceiling of 256 MiB hold 162 and 227.  600,000 docs of 30 terms each, all of which
 * tell, fill rows to the last byte: 139 MiB within 192, before runs made room.
 *
 * Not taken: the runs read once for each window, whose positions are most of their
 * bytes; a window in several pieces by several threads, each of which would need as
 * much memory as the first.
 */
#ifndef NS_BUILD_ORDER_DOCS_H
#define NS_BUILD_ORDER_DOCS_H

#include "build/run.h"
#include "build/steps.h"

enum { ORDER_DOCS_WINDOW = 1 << 24 };

struct order_docs_input {
	const struct runs *runs;
	uint32_t end;            /* numbers of docs in the runs are below */
	struct spool_maker *maker;
	size_t memory;           /* bytes of each spool that wait in memory */
	uint64_t window;         /* terms: ORDER_DOCS_WINDOW */
	const struct steps *steps;
};

/* docs[n]: numbers of the runs, in the order in which their articles were given;
 * brought into the order in which they are to stand. */
int order_docs(const struct order_docs_input *input, uint32_t *docs, uint32_t n,
               struct ns_error *err);

/* For tests: any order instead of that one; NULL: no more.  Set it while no other
 * thread runs. */
typedef void order_docs_fn(uint32_t *docs, uint32_t n);
void order_docs_replace(order_docs_fn *instead);

#endif
