/* fuzz_segment.c — does everything above the bytes hold against any segment?
 *
 * Input: a segment file.  It is opened without checksums, verified part by part,
 * asked, and its articles and stories are read (the latter as those of two segments, of
 * which the newer speaks of the older).  Where the parts of a check find no fault the
 * pruned rankers agree with the oracle: no bound that a check lets pass may lie.
 * mutate_segment.c keeps headers and tables in order, else the fuzzer would spend
 * its time on them.
 */
#include "tests/fuzz/ask.h"
#include "index/check_segment.h"
#include "index/stories.h"

static const char *const queries[] = {
	"rain", "\"the president\" attack daily", "+missiles -war title:rain",
	"section:World", "=attacks \"of the\" seasons", "-the",
	"(burst OR calm) AND NOT talk", "de-escalation AT&T", "+daily +burst the",
	"the of to and a in said"};

static bool is_whole(const struct segment *segment)
{
	return check_lengths(segment, NULL) == NS_OK &&
	       check_ranks(segment, NULL) == NS_OK &&
	       check_lists(segment, NULL) == NS_OK &&
	       check_words(segment, NULL) == NS_OK &&
	       check_pairs(segment, NULL) == NS_OK;
}

static bool read_docs(const struct segment *segment)
{
	struct segment_view view = {0};
	struct ns_article article;
	bool good = true;
	for (uint32_t doc = 0; doc < min_u32(segment->info.doc_count, 64); doc++)
		good &= segment_head(segment, &view, doc, &article, NULL) ==
		        NS_OK &&
		        segment_body(segment, &view, doc, &article, NULL) ==
		        NS_OK;
	segment_view_release(&view);
	return good;
}

static bool count_doc(void *context, uint32_t part, uint32_t doc)
{
	const struct stories *stories = context;
	ASSERT_REL(part, <, stories->n_parts);
	ASSERT_REL(doc, <, stories->parts[part].segment->info.doc_count);
	return true;
}

static bool read_stories(const struct segment *segment)
{
	const struct stories_part parts[] = {{segment, NULL, 0},
	                                     {segment, NULL, 0}};
	struct stories stories;
	if (stories_open(&stories, parts, ARRAY_LEN(parts), NULL) != NS_OK)
		return false;
	for (uint32_t doc = 0; doc < min_u32(segment->info.doc_count, 64); doc++) {
		uint32_t story = stories_of(&stories, 1, doc);
		if (story != STORY_NONE)
			stories_each(&stories, story, count_doc, &stories);
	}
	stories_release(&stories);
	return check_stories(segment, NULL) == NS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct snapshot_segment part = {0};
	fuzz_sound = false;
	if (segment_open(&part.segment, slice_of(data, size), "fuzz", false,
	                 NULL) != NS_OK)
		return 0;
	struct manifest_segment ref = {
		.length = size, .doc_count = part.segment.info.doc_count};
	const struct snapshot snapshot = {
		.manifest = {.generation = 1, .n_segments = 1, .segments = &ref},
		.segments = &part};
	bool whole = is_whole(&part.segment);
	for (size_t i = 0; i < ARRAY_LEN(queries); i++)
		ask(&snapshot, ask_analyzer(),
		    slice_of(queries[i], strlen(queries[i])), whole);
	bool told = read_stories(&part.segment);
	fuzz_sound = read_docs(&part.segment) && whole && told &&
	             check_docs(&part.segment, NULL) == NS_OK;
	segment_release(&part.segment);
	return 0;
}
