#include "build/order.h"

#include "format/lexicon.h"

enum { FEW = 64, FIRST_BYTES = 7, BYTES = 8, DIGITS = 256 };

struct item {
	uint64_t head;   /* some bytes of the key, big-endian, zeros behind it */
	uint32_t number;
	uint8_t len;     /* of the key */
	bool is_word, same;
};

struct sorter {
	const struct inverter *inverter;
	struct item *spare;
};

static const struct inverter_key *item_key(const struct sorter *sorter,
                                         const struct item *item)
{
	return item->is_word ? &sorter->inverter->words[item->number].key
	                     : &sorter->inverter->terms[item->number].key;
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

/* ---- runs of equal heads --------------------------------------------------- */

/* All their bytes are equal: what is left is the length (zero bytes at the end)
 * and who is a word.  No more than two of each length. */
static void finish_run(struct item *items, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct item item = items[i];
		size_t at = i;
		for (; at && (items[at - 1].len > item.len ||
		              (items[at - 1].len == item.len &&
		               items[at - 1].is_word > item.is_word)); at--)
			items[at] = items[at - 1];
		items[at] = item;
	}
	for (size_t i = 1; i < n; i++)
		items[i].same = items[i].len == items[i - 1].len;
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
			finish_run(items + i, end - i);
			continue;
		}
		for (size_t k = i; k < end; k++)
			items[k].head = head_at(item_key(sorter, &items[k]), seen);
		sort_from(sorter, items + i, end - i, seen + BYTES);
	}
}

/* ---- all --------------------------------------------------------------------- */

static struct item item_of(const struct inverter_key *key, size_t number,
                           bool is_word)
{
	return (struct item){
		.head = lexicon_separator(key->field,
		                          slice_of(key->bytes, key->len)),
		.number = (uint32_t)number, .len = key->len,
		.is_word = is_word,
	};
}

int order_items(const struct inverter *inverter, struct order_item **out,
                struct ns_error *err)
{
	size_t n = 0, all = inverter->n_terms + inverter->n_words;
	struct item *items = mem_zero(all + 1, 2 * sizeof *items);
	*out = mem_zero(all + 1, sizeof **out);
	if (!items || !*out) {
		mem_free(items);
		mem_free(*out);
		*out = NULL;
		return err_nomem(err);
	}
	for (size_t i = 0; i < inverter->n_terms; i++)
		items[n++] = item_of(&inverter->terms[i].key, i, false);
	for (size_t i = 0; i < inverter->n_words; i++)
		items[n++] = item_of(&inverter->words[i].key, i, true);
	struct sorter sorter = {inverter, items + n};
	sort_from(&sorter, items, n, FIRST_BYTES);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct order_item){
			items[i].number, items[i].is_word, items[i].same};
	mem_free(items);
	return NS_OK;
}
