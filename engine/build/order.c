#include "build/order.h"

#include "format/lexicon.h"

enum { FEW = 64, FIRST_BYTES = 7, BYTES = 8, DIGITS = 256 };

struct item {
	uint64_t head;   /* some bytes of the key, big-endian, zeros behind it */
	uint32_t number;
	uint8_t len;     /* of the key */
};

static_assert(2 * sizeof(struct item) + sizeof(uint32_t) ==
              (size_t)ORDER_BYTES, "two rows of items, one of numbers");

struct sorter {
	const struct inverter *inverter;
	struct item *spare;
};

static const struct inverter_key *item_key(const struct sorter *sorter,
                                           const struct item *item)
{
	return &sorter->inverter->terms[item->number].key;
}

static uint64_t head_at(const struct inverter_key *key, unsigned from)
{
	uint8_t bytes[BYTES] = {0};
	if (key->len > from)
		memcpy(bytes, key->bytes + from,
		       min_u32(key->len - from, BYTES));
	return __builtin_bswap64(LITTLE64(load_u64(bytes)));
}

/* ---- by head --------------------------------------------------------------- */

static void insert_by_head(struct item *items, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct item item = items[i];
		size_t at = i;
		for (; at && items[at - 1].head > item.head; at--)
			items[at] = items[at - 1];
		items[at] = item;
	}
}

static void move_by_digit(const struct item *from, struct item *to, size_t n,
                          unsigned shift, const size_t count[DIGITS])
{
	size_t place[DIGITS], sum = 0;
	for (unsigned digit = 0; digit < DIGITS; digit++) {
		place[digit] = sum;
		sum += count[digit];
	}
	for (size_t i = 0; i < n; i++)
		to[place[from[i].head >> shift & 0xFF]++] = from[i];
}

/* Not inline: its 16 KiB of counts would stand in every frame of sort_from. */
static __attribute__((noinline)) void radix_by_head(
	struct item *items, struct item *spare, size_t n)
{
	size_t count[BYTES][DIGITS] = {{0}};
	struct item *from = items, *to = spare;
	for (size_t i = 0; i < n; i++)
		for (unsigned b = 0; b < BYTES; b++)
			count[b][items[i].head >> 8 * b & 0xFF]++;
	for (unsigned b = 0; b < BYTES; b++) {
		if (count[b][items->head >> 8 * b & 0xFF] == n)
			continue; /* all alike */
		move_by_digit(from, to, n, 8 * b, count[b]);
		struct item *swap = from;
		from = to;
		to = swap;
	}
	if (from != items)
		memcpy(items, from, n * sizeof *items);
}

/* ---- equal heads ----------------------------------------------------------- */

/* All their bytes are equal: what is left is the length (zero bytes at the end). */
static void insert_by_length(struct item *items, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct item item = items[i];
		size_t at = i;
		for (; at && items[at - 1].len > item.len; at--)
			items[at] = items[at - 1];
		items[at] = item;
	}
}

/* Sorts items whose first `seen` bytes are equal but for those of their heads. */
static void sort_from(struct sorter *sorter, struct item *items, size_t n,
                      unsigned seen)
{
	if (n <= FEW)
		insert_by_head(items, n);
	else
		radix_by_head(items, sorter->spare, n);
	for (size_t i = 0, end; i < n; i = end) {
		unsigned longest = 0;
		for (end = i; end < n && items[end].head == items[i].head; end++)
			longest = max_u32(longest, items[end].len);
		if (end - i == 1)
			continue;
		if (longest <= seen) {
			insert_by_length(items + i, end - i);
			continue;
		}
		for (size_t k = i; k < end; k++)
			items[k].head = head_at(item_key(sorter, &items[k]), seen);
		sort_from(sorter, items + i, end - i, seen + BYTES);
	}
}

/* ---- all --------------------------------------------------------------------- */

int order_terms(const struct inverter *inverter, uint32_t **out,
                struct ns_error *err)
{
	size_t n = inverter->n_terms;
	struct item *items = mem_alloc(2 * n * sizeof *items);
	*out = mem_alloc(n * sizeof **out);
	if (!items || !*out) {
		mem_free(items);
		mem_free(*out);
		*out = NULL;
		return err_nomem(err);
	}
	for (size_t i = 0; i < n; i++) {
		const struct inverter_key *key = &inverter->terms[i].key;
		items[i] = (struct item){
			.head = lexicon_separator(key->field,
			                          slice_of(key->bytes, key->len)),
			.number = (uint32_t)i, .len = key->len};
	}
	struct sorter sorter = {inverter, items + n};
	sort_from(&sorter, items, n, FIRST_BYTES);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = items[i].number;
	mem_free(items);
	return NS_OK;
}
