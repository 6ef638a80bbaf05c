#include "tests/spec/lexicon.h"

#include <string.h>

#include "tests/spec/lexicon_block.h"

static uint64_t separator_of(const struct entry *entry)
{
	uint64_t separator = entry->field;
	for (unsigned i = 0; i < 7; i++)
		separator = separator << 8 |
			(i < entry->key_size ? entry->key[i] : 0);
	return separator;
}

static bool is_before(const struct entry *a, const struct entry *b)
{
	size_t size = a->key_size < b->key_size ? a->key_size : b->key_size;
	int order = a->field != b->field ? a->field - b->field
	                                 : memcmp(a->key, b->key, size);
	return order < 0 || (!order && a->key_size < b->key_size);
}

/* Returns how many there are. */
static uint32_t order_check(const struct segment *seg)
{
	const struct entry *last = NULL;
	uint32_t seen = 0;
	for (uint32_t i = 0; i < seg->n_entries; i++) {
		const struct entry *entry = &seg->entries[i];
		if (!entry->here)
			continue;
		must(!last || is_before(last, entry), "entries are sorted");
		must(i % 32 || !last || last->field != entry->field ||
		     entry[-1].here,
		     "only the last block of a field holds fewer than 32");
		last = entry;
		seen++;
	}
	return seen;
}

void lexicon_read(struct segment *seg)
{
	struct bytes blocks = seg->chunks[LXBL];
	struct in in = in_of(seg->chunks[LXOF], 0, "lxof");
	struct in keys = in_of(seg->chunks[LXKT], 0, "lxkt");
	uint32_t n = u32(&in), said = u32(&in);
	uint64_t at = u32(&in);
	must(at == 0, "the first lexicon block starts at 0");
	seg->n_entries = 32 * n;
	seg->entries = room(seg->n_entries, sizeof *seg->entries);
	for (uint32_t k = 0; k < n; k++) {
		struct entry *first = &seg->entries[32 * k];
		struct in block = in_of(blocks, 4 * at, "lxbl");
		lexicon_block_read(&block, first, 32ull * k);
		uint64_t next = u32(&in);
		uint64_t used = (uint64_t)(block.at - blocks.at);
		must(next == (used + 3) / 4, "offset of a lexicon block");
		zeros(&block, 4 * next - used);
		at = next;
		must(u64(&keys) == separator_of(first),
		     "separator of a lexicon block");
	}
	must(said == order_check(seg), "n_entries");
	must(4 * at == blocks.size, "lxbl ends with its blocks");
	must(in.at == in.end && keys.at == keys.end, "sizes of lxof and lxkt");
	uint32_t *section = &seg->first_of_section;
	while (*section < seg->n_entries &&
	       seg->entries[*section].field != SECTION)
		*section += 32;
}
