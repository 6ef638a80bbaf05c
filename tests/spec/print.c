#include "tests/spec/print.h"

#include <inttypes.h>
#include <stdio.h>

void bytes_print(struct bytes bytes)
{
	fwrite(bytes.at, 1, bytes.size, stdout);
}

void key_print(const struct entry *entry)
{
	bytes_print((struct bytes){entry->key, entry->key_size});
}

static void numbers_print(const char *name, const uint64_t *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		printf("%s%" PRIu64, i ? "," : name, numbers[i]);
}

void list_print(const struct segment *seg, const struct entry *term,
                struct list list, const uint64_t *places, const uint64_t *forms)
{
	for (size_t i = 0, at = 0; i < list.df; at += list.tfs[i], i++) {
		printf("  doc %" PRIu64 " id=", list.docs[i]);
		bytes_print(seg->ids[list.docs[i]]);
		if (list.words)
			printf(" tf=%" PRIu64, list.tfs[i]);
		if (places && list.words)
			numbers_print(" positions=", places + at, list.tfs[i]);
		if (term->n_forms > 1)
			numbers_print(" forms=", forms + at, list.tfs[i]);
		if (bit_of(seg->dead, list.docs[i]))
			printf(" dead");
		putchar('\n');
	}
}
