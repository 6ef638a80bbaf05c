/* arrange.h — how do the postings of a list come into the order of their docs?
 *
 * Where docs were renumbered (order_docs.h), a list of the runs has them in another
 * order than its new numbers.  Numbers and places are sorted together, by their bytes
 * (few by insertion); then what belongs to a posting is moved once.
 *
 * Docs do not leave their window.  So a list is cut where all new numbers before are
 * below all behind, and what this takes does not grow with the list.
 */
#ifndef NS_BUILD_ARRANGE_H
#define NS_BUILD_ARRANGE_H

#include "base/mem.h"

/* Numbers that new docs pass once and for all, the last above all docs. */
struct arrange_cuts {
	uint32_t *items;
	uint32_t n;
};

/* new_doc[n]: by old doc; UINT32_MAX: none.  least: docs from one cut to the next. */
int arrange_cut(struct arrange_cuts *out, const uint32_t *new_doc, size_t n,
                uint32_t least, struct ns_error *err);
void arrange_cuts_release(struct arrange_cuts *cuts);

/* Memory that is kept from list to list. */
struct arrange {
	uint64_t *items;   /* two rows of them */
	uint32_t *moved;
	size_t *starts;    /* of each posting's occurrences */
	size_t items_capacity, moved_capacity, starts_capacity;
};

void arrange_release(struct arrange *arrange);

/* A list: docs[df], different ones, tfs[df] and, for each occurrence, positions and
 * forms; those two may be NULL. */
struct arrange_list {
	size_t df;
	uint32_t *docs, *tfs, *positions, *forms;
};

int arrange_list(struct arrange *arrange, struct arrange_list list,
                 const struct arrange_cuts *cuts, struct ns_error *err);

#endif
