/* bisect.h — in which order of docs are the lists smallest?
 *
 * A list costs what the gaps between its docs cost, so docs that share words
 * should be neighbours.  Recursive graph bisection: a piece of docs is cut into
 * halves, and docs change sides as long as that brings terms together; then each
 * half likewise, down to 32 docs (Dhulipala, Kabiljo, Karrer, Ottaviano, Pupyrev,
 * Shalita, "Compressing graphs and indexes with recursive graph bisection", 2016).
 *
 * A doc's wish to be right of the cut is the sum, over its terms, of log2(docs
 * with it on the right) − log2(those on the left).  In a round all docs are
 * weighed, and the half with the largest wishes stands on the right: which they
 * are is found by digits, without sorting.  A round in which the largest wish on
 * the left does not pass the least on the right by a bit for each round before it
 * is the last (Mackenzie, Petri, Moffat, "Faster index reordering with bipartite
 * graph partitioning", 2021, have both: selection and cooling); the 20th is in any
 * case.  Terms that one doc of the piece has, or all, tell nothing and leave the
 * rows, so that pieces get smaller than their docs.
 *
 * All is by integers, in units of 2^-10 bits, and equal wishes go by the docs'
 * numbers: neither the numbers of terms nor the machine change the order.  Within
 * a piece, and at the end within 32 docs, docs stand as they were given.
 *
 * Bytes of an index of 42,943 news articles (64 MB of JSON lines), as they were
 * given and ordered (FORMAT.md names the parts):
 *
 *                          given        bisected
 *   text, all              20,266,039   19,992,981
 *     docs                  2,439,660    2,267,888
 *     frequencies           1,129,302    1,050,474
 *     positions             9,139,071    9,139,096
 *   heads                   1,665,340    1,782,277
 *   bodies                 21,406,286   20,614,052
 *   ranks                           0       85,894
 *   segment                46,491,648   45,592,928
 *
 * The same articles shuffled: text 20,461,982 and 19,938,000, segment 49,112,192 and
 * 45,926,496.  182,042 articles, most of them short, of several collections one behind
 * the other: text 40,174,157 and 39,640,447, but heads of articles that followed each
 * other 7,655,795 and 9,047,949, and ranks 409,603: segment 97,270,848 and 98,326,880.
 * What it takes is told in order_docs.h.
 *
 * Not taken (of the news, what the text gains by it, and CPU seconds where the choice
 * takes 0.33): the exact gain of moving a doc instead of the difference of logarithms,
 * 23 KB and 0.81 (cooled 35 KB and 1.05); no cooling, −1 KB and 0.49; twice as
 * much of it 40 KB and 0.33, but −14 KB of the longer set, and −29 of the shuffled one;
 * pieces down to 16 or 64 docs, within 0.01 %.
 */
#ifndef NS_BUILD_BISECT_H
#define NS_BUILD_BISECT_H

#include "base/mem.h"

/* Which terms are in which docs: those of doc d are terms[first[d]] …, count[d] of
 * them, each once and below n_terms. */
struct bisect_window {
	uint32_t n_docs, n_terms;
	const uint32_t *first;
	uint32_t *count, *terms; /* are used up */
};

/* Fills order[n_docs]: the docs, in the order in which they are to stand. */
int bisect_order(const struct bisect_window *window, uint32_t *order,
                 struct ns_error *err);

#endif
