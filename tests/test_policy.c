#include <criterion/criterion.h>

#include "build/policy.h"
#include "random.h"

enum { MOST = 200 };

static uint64_t living_of(const struct policy_segment *segments,
                          struct policy_group group)
{
	uint64_t n = 0;
	for (uint32_t i = group.first; i < group.end; i++)
		n += segments[i].docs - segments[i].dead;
	return n;
}

Test(policy, one_by_one_as_a_binary_counter)
{
	struct policy_segment segments[MOST];
	struct policy_group groups[MOST];
	uint32_t n = 0, written = 0, most = 0;
	for (uint32_t added = 1; added <= 4096; added++) {
		segments[n++] = (struct policy_segment){1, 0};
		uint32_t n_groups = policy_groups(segments, n, POLICY_COMMIT,
		                                  groups);
		for (uint32_t i = 0; i < n_groups; i++) {
			uint32_t living = (uint32_t)living_of(segments, groups[i]);
			written += groups[i].anew ? living : 0;
			segments[i] = (struct policy_segment){living, 0};
		}
		n = n_groups;
		most = n > most ? n : most;
	}
	cr_assert_leq(most, 13u);
	/* each article log2(N) times at the most */
	cr_assert_leq(written, 12u * 4096);
	cr_assert_eq(n, 1u);
}

static void check_groups(const struct policy_segment *segments, uint32_t n,
                         enum policy_wish wish, uint64_t seed)
{
	struct policy_group groups[MOST];
	uint32_t n_groups = policy_groups(segments, n, wish, groups), at = 0;
	for (uint32_t i = 0; i < n_groups; i++) {
		struct policy_group group = groups[i];
		for (; at < group.first; at++)
			cr_assert_eq(segments[at].docs, segments[at].dead);
		at = group.end;
		cr_assert_gt(living_of(segments, group), 0u);
		if (group.end - group.first > 1)
			cr_assert(group.anew);
		uint32_t docs = segments[group.first].docs;
		uint32_t dead = segments[group.first].dead;
		if (!group.anew && wish == POLICY_COMMIT)
			cr_assert(dead * 5 < docs || !dead);
		if (!group.anew && wish != POLICY_COMMIT)
			cr_assert_eq(dead, 0u);
		if (i)
			cr_assert_geq(living_of(segments, groups[i - 1]),
			              2 * living_of(segments, group),
			              "seed %llu", (unsigned long long)seed);
	}
	for (; at < n; at++)
		cr_assert_eq(segments[at].docs, segments[at].dead);
	if (wish == POLICY_ALL)
		cr_assert_leq(n_groups, 1u);
}

Test(policy, each_has_twice_the_docs_of_the_next)
{
	struct random random = random_start(7);
	for (int round = 0; round < 20000; round++) {
		struct policy_segment segments[MOST];
		uint32_t n = random_below(&random, 20);
		for (uint32_t i = 0; i < n; i++) {
			segments[i].docs = 1 + random_width(&random, 20);
			segments[i].dead = random_below(&random, 3) ? 0
				: random_below(&random, segments[i].docs + 1);
		}
		check_groups(segments, n, (enum policy_wish)random_below(
			&random, 3), random.seed);
	}
}

Test(policy, no_segment_passes_its_limit)
{
	const struct policy_segment segments[] = {
		{2000000000, 0}, {2000000000, 0}};
	struct policy_group groups[2];
	cr_assert_eq(policy_groups(segments, 2, POLICY_ALL, groups), 2u);
	cr_assert(!groups[0].anew && !groups[1].anew);
}
