/* list_forms.h — the forms of a list's pieces become the forms of the list.
 *
 * Each run has numbered the forms of a term as they came; here they become one row,
 * are counted while the list is read, and numbered by how often they occur, which is
 * the same whatever the runs.  Until then an occurrence has its form's place, in the
 * order of the pieces.
 */
#ifndef NS_BUILD_LIST_FORMS_H
#define NS_BUILD_LIST_FORMS_H

#include "build/run.h"

struct list_form {
	size_t at;               /* of its bytes */
	uint32_t cf, df, last_doc; /* + 1 */
	uint32_t place;
	uint8_t len;
};

struct list_forms {
	struct list_form *items;
	size_t n, capacity;
	struct buffer bytes;
	uint32_t *maps;          /* of all pieces' forms to places */
	size_t n_maps, maps_capacity;
	uint32_t *numbers;       /* by place */
	size_t numbers_capacity;
};

void list_forms_init(struct list_forms *forms);
void list_forms_release(struct list_forms *forms);
void list_forms_clear(struct list_forms *forms);

/* Reads those of a piece, whose reader stands on them, and adds their map: as many
 * numbers as it has forms, or a 0 for a value, which has none. */
int list_forms_read(struct list_forms *forms, struct run_reader *reader,
                    struct ns_error *err);

/* One more occurrence; those of a doc follow each other. */
static inline void list_forms_count(struct list_forms *forms, uint32_t place,
                                    uint32_t doc)
{
	struct list_form *form = &forms->items[place];
	form->cf++;
	form->df += form->last_doc != doc + 1;
	form->last_doc = doc + 1;
}

static inline struct slice list_form_bytes(const struct list_forms *forms,
                                           const struct list_form *form)
{
	return slice_of(forms->bytes.data + form->at, form->len);
}

/* Sorts the forms by how often they were counted: forms->numbers by places.  *out:
 * how many occur; they lead. */
int list_forms_number(struct list_forms *forms, uint32_t *out,
                      struct ns_error *err);

#endif
