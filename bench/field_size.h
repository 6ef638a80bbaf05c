/* field_size.h — how large is a field beside one of another engine?
 *
 * Terms with their docs, frequencies and positions, directories and lengths.
 * Words as they were written and the forms that refer to them are left out, since
 * the others keep stems alone; so are pairs of frequent words, which are lists of
 * their own.
 */
#ifndef NS_BENCH_FIELD_SIZE_H
#define NS_BENCH_FIELD_SIZE_H

#include "answer/stat_cost.h"

static inline uint64_t field_size(const struct stat_field *field)
{
	return stat_field_all(field) - field->lexicon.words -
	       field->lists.forms;
}

#endif
