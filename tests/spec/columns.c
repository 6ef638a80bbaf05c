#include "tests/spec/columns.h"

#include <stdlib.h>

static uint64_t *numbers_read(const struct segment *seg, struct in in)
{
	uint64_t *out = room(seg->doc_count, 8);
	unsigned width = u8(&in);
	must(width <= 40, "width of a column");
	zeros(&in, 7);
	bits(&in, seg->doc_count, width, out);
	must(in.at == in.end, "nothing follows a column");
	must(width == width_of(out, seg->doc_count), "width is the least");
	return out;
}

uint64_t rank_of(const struct segment *seg, uint64_t doc)
{
	must(doc < seg->doc_count, "a doc is below doc_count");
	return seg->ranks ? seg->ranks[doc] : doc;
}

static void ranks_read(struct segment *seg)
{
	seg->ranks = numbers_read(seg, in_of(seg->chunks[RANK], 0, "rank"));
	bool *seen = room(seg->doc_count, 1);
	for (uint32_t doc = 0; doc < seg->doc_count; doc++) {
		must(seg->ranks[doc] < seg->doc_count && !seen[seg->ranks[doc]],
		     "ranks are each of 0 to doc_count - 1 once");
		seen[seg->ranks[doc]] = true;
	}
	free(seen);
}

void columns_read(struct segment *seg)
{
	struct in in = in_of(seg->chunks[DATE], 0, "date");
	int64_t least = (int64_t)u64(&in);
	int32_t least_day = (int32_t)u32(&in);
	uint32_t days = u32(&in);
	uint64_t *dates = numbers_read(seg, in);
	seg->sections = numbers_read(seg, in_of(seg->chunks[SECT], 0, "sect"));
	if (seg->chunks[RANK].at)
		ranks_read(seg);
	bool any = false, first = false, first_day = false, last_day = false;
	for (uint32_t doc = 0; doc < seg->doc_count; doc++) {
		any |= dates[doc] > days;
		first |= dates[doc] == days + 1ull;
		first_day |= days && dates[doc] == 1;
		last_day |= days && dates[doc] == days;
	}
	must(any ? first : !least, "least is the least second");
	must(days ? first_day && last_day : !least_day,
	     "least_day and days are those of the days");
	free(dates);
}
