#include "build/list_forms.h"

void list_forms_init(struct list_forms *forms)
{
	*forms = (struct list_forms){0};
	buffer_init(&forms->bytes, SIZE_MAX);
}

void list_forms_release(struct list_forms *forms)
{
	mem_free(forms->items);
	mem_free(forms->maps);
	mem_free(forms->numbers);
	buffer_release(&forms->bytes);
}

void list_forms_clear(struct list_forms *forms)
{
	forms->n = forms->n_maps = 0;
	buffer_clear(&forms->bytes);
}

/* The place of the form with these bytes; a term has few. */
static int find(struct list_forms *forms, struct slice bytes, uint32_t *out,
                struct ns_error *err)
{
	for (*out = 0; *out < forms->n; ++*out)
		if (slice_equal(list_form_bytes(forms, &forms->items[*out]), bytes))
			return NS_OK;
	TRY(mem_grow((void **)&forms->items, &forms->capacity, forms->n + 1,
	             sizeof *forms->items, err));
	forms->items[forms->n++] = (struct list_form){
		.at = forms->bytes.len, .place = *out,
		.len = (uint8_t)bytes.len};
	buffer_append(&forms->bytes, bytes.data, bytes.len);
	return buffer_check(&forms->bytes, err);
}

int list_forms_read(struct list_forms *forms, struct run_reader *reader,
                    struct ns_error *err)
{
	struct spool_reader *bytes = &reader->bytes;
	uint32_t n = reader->n_forms;
	TRY(mem_grow((void **)&forms->maps, &forms->maps_capacity,
	             forms->n_maps + n + 1, sizeof *forms->maps, err));
	forms->maps[forms->n_maps] = 0;
	for (uint32_t i = 0; i < n; i++) {
		const uint8_t *len = spool_bytes(bytes, 1);
		size_t size = len ? *len : 0;
		struct slice form = slice_of(reader->stored, reader->key.len);
		if (size)
			form = slice_of(spool_bytes(bytes, size), size);
		TRY(bytes->status);
		TRY(find(forms, form, &forms->maps[forms->n_maps + i], err));
	}
	forms->n_maps += n + !n;
	return NS_OK;
}

static bool goes_before(const struct list_forms *forms,
                        const struct list_form *a, const struct list_form *b)
{
	return a->cf != b->cf ? a->cf > b->cf
		: slice_compare(list_form_bytes(forms, a),
		                list_form_bytes(forms, b)) < 0;
}

/* Falling by cf; most terms have two to five. */
static void sort(struct list_forms *forms)
{
	struct list_form *items = forms->items;
	for (size_t i = 1; i < forms->n; i++) {
		struct list_form item = items[i];
		size_t at = i;
		for (; at && goes_before(forms, &item, &items[at - 1]); at--)
			items[at] = items[at - 1];
		items[at] = item;
	}
}

int list_forms_number(struct list_forms *forms, uint32_t *out,
                      struct ns_error *err)
{
	TRY(mem_grow((void **)&forms->numbers, &forms->numbers_capacity,
	             forms->n, sizeof *forms->numbers, err));
	sort(forms);
	*out = 0;
	for (size_t i = 0; i < forms->n; i++) {
		forms->numbers[forms->items[i].place] = (uint32_t)i;
		*out += forms->items[i].cf > 0;
	}
	return NS_OK;
}
