/* long_list.h — how is a list written whose positions are more than the memory?
 *
 * It is read twice.  The first time its docs and frequencies are kept, and its forms
 * counted; the second time positions and forms come unit by unit, as they are
 * written.  ("the" in a gigabyte of news stands at nine million places.)
 */
#ifndef NS_BUILD_LONG_LIST_H
#define NS_BUILD_LONG_LIST_H

#include "build/walk.h"

/* The second reading. */
struct long_list {
	struct walk walk;
	struct walk_piece *pieces;
	struct spool_reader *readers;
	uint32_t n;
	const uint32_t *new_doc;
	size_t n_docs;
	uint32_t *positions, *forms;   /* of a unit */
	size_t positions_capacity, forms_capacity;
};

/* places[n], each a piece of the list; pieces[n], of the first reading, say what
 * their forms are to be.  new_doc[n_docs] as of lists.h. */
int long_list_open(struct long_list *list, const struct walk_place *places,
                   const struct walk_piece *pieces, uint32_t n,
                   const uint32_t *new_doc, size_t n_docs,
                   struct ns_error *err);
void long_list_release(struct long_list *list);

/* Of struct postings_list: those of living docs; context: the long_list. */
int long_list_places(void *context, size_t n, const uint32_t **positions,
                     const uint32_t **forms, struct ns_error *err);

#endif
