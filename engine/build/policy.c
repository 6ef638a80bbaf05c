#include "build/policy.h"

#include "format/layout.h"

static bool is_stale(struct policy_segment segment, enum policy_wish wish)
{
	if (wish != POLICY_COMMIT)
		return segment.dead > 0;
	return segment.dead > 0 &&
	       (uint64_t)segment.dead * 5 >= segment.docs;
}

static bool joins(uint64_t living, uint64_t newer, enum policy_wish wish)
{
	if (living + newer > DOCS_MAX)
		return false;
	return wish == POLICY_ALL || living < 2 * newer;
}

uint32_t policy_groups(const struct policy_segment *segments, uint32_t n,
                       enum policy_wish wish, struct policy_group *groups)
{
	uint32_t n_groups = 0;
	uint64_t total = 0;
	for (uint32_t i = n; i-- > 0;) {
		uint32_t living = segments[i].docs - segments[i].dead;
		struct policy_group *newest = n_groups ? &groups[n_groups - 1]
		                                       : NULL;
		if (!living)
			continue;
		if (newest && joins(living, total, wish)) {
			newest->first = i;
			newest->anew = true;
			total += living;
			continue;
		}
		groups[n_groups++] = (struct policy_group){
			i, i + 1, is_stale(segments[i], wish)};
		total = living;
	}
	for (uint32_t i = 0; i < n_groups / 2; i++) {
		struct policy_group group = groups[i];
		groups[i] = groups[n_groups - 1 - i];
		groups[n_groups - 1 - i] = group;
	}
	return n_groups;
}
