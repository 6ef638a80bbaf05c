#include "tests/spec/info.h"

#include <string.h>

uint32_t length_of(const struct segment *seg, unsigned field, uint64_t doc)
{
	struct bytes lengths = seg->chunks[field == TEXT ? LNTX : LNTI];
	struct in in = in_of(lengths, 2 * doc, "lengths");
	return (uint32_t)take_int(&in, 2);
}

static void field_read(struct segment *seg, struct in *in, unsigned field)
{
	uint32_t n = u32(in), code = u32(in), with = 0;
	uint64_t sum = u64(in), lengths = 0;
	bool has_lengths = field <= TITLE;
	memcpy(&seg->avglen0[field], &code, 4);
	for (uint32_t doc = 0; has_lengths && doc < seg->doc_count; doc++) {
		with += length_of(seg, field, doc) > 0;
		lengths += length_of(seg, field, doc);
	}
	seg->field_n[field] = n;
	seg->field_sum[field] = sum;
	seg->having[field] = room(seg->doc_count, 1);
	must(field >= TOPIC || sum == lengths,
	     "sum_length is the sum of the lengths");
	must(!has_lengths || n == with, "n is the docs with a token");
	float want = sum && has_lengths
	             ? (float)(1.1 * (double)sum / (double)n) : 0;
	must(!memcmp(&want, &seg->avglen0[field], 4), "avglen0");
}

bool info_read(struct segment *seg)
{
	struct in in = in_of(seg->chunks[INFO], 0, "info");
	seg->doc_count = u32(&in);
	uint32_t flags = u32(&in);
	must(flags <= 3, "flags are known");
	must(!(flags & 2) == !seg->chunks[RANK].at,
	     "rank is there if bit 1 says so");
	take(&in, 16);
	for (unsigned field = TEXT; field < FIELDS; field++)
		field_read(seg, &in, field);
	for (int i = 0; i < 4; i++)
		text(&in);
	must(in.at == in.end, "info ends with the versions");
	must(seg->chunks[LNTX].size == 2 * seg->doc_count, "size of lntx");
	must(seg->chunks[LNTI].size == 2 * seg->doc_count, "size of lnti");
	return flags & 1;
}
