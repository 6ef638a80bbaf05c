#include "tests/spec/stories.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/spec/columns.h"
#include "tests/spec/print.h"

struct stories {
	uint32_t n;
	uint64_t *names, *ends, *members; /* by story */
	uint64_t *of;                     /* by doc: 1 + its story, or 0 */
};

/* The docs of each story, against the story of each doc. */
static void members_print(const struct segment *seg, const struct stories *all)
{
	const uint64_t *ends = all->ends, *members = all->members;
	uint64_t at = 0, last_first = 0;
	for (uint32_t i = 0; i < all->n; i++) {
		must(ends[i] > at, "a story has a doc");
		uint64_t first = rank_of(seg, members[at]), before = first;
		must(!i || first > last_first, "stories by their first docs");
		last_first = first;
		printf("story %016" PRIx64, all->names[i]);
		for (uint64_t k = at; k < ends[i]; k++) {
			must(members[k] < seg->doc_count &&
			     all->of[members[k]] == i + 1,
			     "a doc of a story is in it");
			must(k == at || rank_of(seg, members[k]) > before,
			     "docs of a story as they were given");
			before = rank_of(seg, members[k]);
			printf(" %" PRIu64, members[k]);
		}
		putchar('\n');
		at = ends[i];
	}
}

static void adopted_print(struct in *in, uint32_t n)
{
	while (n--) {
		struct bytes id = text(in);
		must(id.size && id.size < 256, "an id has 1 to 255 bytes");
		printf("adopted ");
		bytes_print(id);
		putchar('\n');
	}
	must(in->at == in->end, "stry ends with the adopted");
}

static void links_print(struct in *in, uint32_t n)
{
	while (n--) {
		uint64_t from = u64(in), to = u64(in);
		printf("link %016" PRIx64 " %016" PRIx64 "\n", from, to);
	}
}

/* What the columns say, of these widths. */
static void members_read(const struct segment *seg, struct in *in,
                         const uint8_t width[3], struct stories *out)
{
	uint64_t with_story = 0;
	out->of = room(seg->doc_count, 8);
	out->ends = room(out->n, 8);
	bits(in, seg->doc_count, width[0], out->of);
	bits(in, out->n, width[1], out->ends);
	uint64_t n_members = out->n ? out->ends[out->n - 1] : 0;
	must(n_members <= seg->doc_count, "each doc is in one story");
	out->members = room(n_members, 8);
	bits(in, n_members, width[2], out->members);
	for (uint32_t doc = 0; doc < seg->doc_count; doc++)
		with_story += out->of[doc] > 0;
	must(with_story == n_members, "docs with a story are in one");
	must(width[0] == width_of(out->of, seg->doc_count) &&
	     width[1] == width_of(out->ends, out->n) &&
	     width[2] == width_of(out->members, n_members), "widths of stry");
}

void stories_dump(const struct segment *seg)
{
	must(!seg->chunks[SKCH].at ||
	     seg->chunks[SKCH].size == 28ull * seg->doc_count,
	     "size of skch");
	if (!seg->chunks[STRY].at)
		return;
	must(seg->chunks[SKCH].at, "stories need sketches");
	struct in in = in_of(seg->chunks[STRY], 0, "stry");
	struct stories all = {.n = u32(&in)};
	uint32_t n_adopted = u32(&in), n_links = u32(&in);
	must(all.n || n_adopted || n_links, "stry says something");
	const uint8_t *width = take(&in, 3);
	zeros(&in, 1);
	all.names = room(all.n, 8);
	for (uint32_t i = 0; i < all.n; i++)
		all.names[i] = u64(&in);
	struct in links = in;
	take(&in, 16ull * n_links);
	members_read(seg, &in, width, &all);
	members_print(seg, &all);
	links_print(&links, n_links);
	adopted_print(&in, n_adopted);
	free(all.names);
	free(all.of);
	free(all.ends);
	free(all.members);
}
