/* test_stories.c — does the chunk say what was drafted, and do several segments'
 * stories become one where they are?
 */
#include <criterion/criterion.h>

#include "base/number_map.h"
#include "base/varint.h"
#include "format/story_table.h"
#include "index/stories.h"
#include "tests/random.h"

enum { DOCS = 300, PADDING = 64 };

/* ---- the map --------------------------------------------------------------- */

Test(number_map, keeps_the_first_value_of_a_key)
{
	struct random random = random_start(3);
	struct number_map map = {0};
	uint32_t out;
	cr_assert_eq(number_map_get(&map, 1), UINT32_MAX);
	for (uint32_t i = 0; i < 5000; i++) {
		uint64_t key = random_u64(&random) % 2000 << 40;
		uint32_t before = number_map_get(&map, key);
		cr_assert_eq(number_map_add(&map, key, i, &out, NULL), NS_OK);
		cr_assert_eq(out, before == UINT32_MAX ? i : before);
		cr_assert_eq(number_map_get(&map, key), out);
	}
	number_map_release(&map);
}

Test(number_map, has_the_room_that_was_asked_for)
{
	for (uint32_t n = 0; n < 1000; n += 1 + n / 8) {
		struct number_map map = {0};
		uint32_t out;
		cr_assert_eq(number_map_reserve(&map, n, NULL), NS_OK);
		size_t size = map.size;
		cr_assert_eq(number_map_memory(n), size * sizeof *map.slots);
		for (uint32_t i = 0; i < n; i++)
			cr_assert_eq(number_map_add(&map, i * 7, i, &out, NULL),
			             NS_OK);
		cr_assert_eq(map.size, size, "%u", n);
		for (uint32_t i = 0; i < n; i++)
			cr_assert_eq(number_map_get(&map, i * 7), i);
		number_map_release(&map);
	}
}

/* ---- the chunk ------------------------------------------------------------- */

struct drafted {
	uint32_t of[DOCS], docs[DOCS];
	uint64_t names[DOCS];
	struct buffer bytes;
	uint8_t sketches[DOCS * SKETCH_BYTES];
};

static void make(struct drafted *chunk, struct random *random,
                 const char *const *adopted, uint32_t n_adopted)
{
	struct story_draft draft = {.of = chunk->of, .doc_count = DOCS,
		.names = chunk->names, .docs = chunk->docs, .n_links = 1};
	buffer_init(&draft.links, 100);
	buffer_init(&draft.adopted, 1000);
	buffer_init(&chunk->bytes, 1 << 20);
	for (uint32_t i = 0; i < DOCS; i++)
		chunk->docs[i] = (i * 7 + 3) % DOCS;
	for (uint32_t i = 0; i < DOCS; i++) {
		uint32_t doc = chunk->docs[i];
		uint32_t kind = random_below(random, 3);
		chunk->of[doc] = !kind ? 0
			: kind == 1 && draft.n_stories
			? 1 + random_below(random, draft.n_stories)
			: ++draft.n_stories;
		if (chunk->of[doc] == draft.n_stories && draft.n_stories)
			chunk->names[draft.n_stories - 1] = 1000 + draft.n_stories;
	}
	buffer_u64(&draft.links, 1001);
	buffer_u64(&draft.links, 1002);
	for (uint32_t i = 0; i < n_adopted; i++) {
		buffer_varint(&draft.adopted, strlen(adopted[i]));
		buffer_text(&draft.adopted, adopted[i]);
	}
	draft.n_adopted = n_adopted;
	story_table_write(&draft, &chunk->bytes);
	cr_assert_eq(buffer_check(&chunk->bytes, NULL), NS_OK);
	buffer_release(&draft.links);
	buffer_release(&draft.adopted);
}

static int open_chunk(struct story_table *table, struct drafted *chunk, size_t len)
{
	return story_table_open(table,
	                        slice_of(chunk->sketches, sizeof chunk->sketches),
	                        slice_of(chunk->bytes.data, len), DOCS, "here",
	                        NULL);
}

static void pad(struct drafted *chunk, size_t *len)
{
	*len = chunk->bytes.len;
	buffer_zeros(&chunk->bytes, PADDING);
}

Test(story_table, says_what_was_drafted)
{
	static const char *const ids[] = {"x", "another"};
	struct random random = random_start(5);
	static struct drafted chunk;
	struct story_table table;
	size_t len;
	make(&chunk, &random, ids, 2);
	pad(&chunk, &len);
	cr_assert_eq(open_chunk(&table, &chunk, len), NS_OK);
	cr_assert_eq(story_table_check(&table, "here", NULL), NS_OK);
	cr_assert_eq(table.n_adopted, 2u);
	cr_assert_eq(story_table_link(&table, 0).from, 1001u);
	cr_assert_eq(story_table_link(&table, 0).to, 1002u);
	uint32_t seen = 0;
	for (uint32_t story = 0; story < table.n_stories; story++) {
		uint32_t at, end, last = 0;
		cr_assert_eq(story_table_name(&table, story), 1001u + story);
		story_table_members(&table, story, &at, &end);
		cr_assert_lt(at, end);
		for (; at < end; at++, seen++) {
			uint32_t doc = story_table_member(&table, at), given = 0;
			cr_assert_eq(story_table_of(&table, doc), story + 1);
			cr_assert_eq(chunk.of[doc], story + 1);
			while (chunk.docs[given] != doc)
				given++;
			cr_assert(!last || given + 1 > last, "as given");
			last = given + 1;
		}
	}
	for (uint32_t doc = 0; doc < DOCS; doc++)
		seen -= chunk.of[doc] > 0;
	cr_assert_eq(seen, 0u);
	buffer_release(&chunk.bytes);
}

/* The example of FORMAT.md. */
Test(story_table, is_as_the_page_says)
{
	uint32_t of[] = {1, 0, 1}, docs[] = {0, 1, 2};
	uint64_t name = story_name(slice_of("x", 1));
	struct story_draft draft = {.of = of, .doc_count = 3, .n_stories = 1,
		.names = &name, .docs = docs, .n_adopted = 1};
	struct buffer out;
	uint8_t wanted[] = {1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 0,
		0, 0, 0, 0, 0, 0, 0, 0, 5, 2, 8, 1, 'x'};
	store_u64(wanted + 16, name);
	buffer_init(&out, 1000);
	buffer_init(&draft.links, 100);
	buffer_init(&draft.adopted, 100);
	buffer_append(&draft.adopted, "\1x", 2);
	story_table_write(&draft, &out);
	cr_assert_eq(out.len, sizeof wanted);
	cr_assert(!memcmp(out.data, wanted, sizeof wanted));
	buffer_release(&out);
	buffer_release(&draft.adopted);
}

/* Any bytes: what can be opened can be asked all there is, and stays inside. */
Test(story_table, survives_any_bytes)
{
	static const char *const ids[] = {"x"};
	struct random random = random_start(7);
	static struct drafted chunk;
	uint32_t opened = 0;
	for (unsigned round = 0; round < 3000; round++) {
		struct story_table table;
		size_t len;
		memset(chunk.of, 0, sizeof chunk.of);
		make(&chunk, &random, ids, 1);
		pad(&chunk, &len);
		for (unsigned n = random_below(&random, 4); n; n--)
			chunk.bytes.data[random_below(&random, random_below(
				&random, 2) ? 16 : (uint32_t)len)] =
				(uint8_t)random_u64(&random);
		len = random_below(&random, 4) ? len
			: random_below(&random, (uint32_t)len);
		if (open_chunk(&table, &chunk, len) == NS_OK) {
			opened++;
			story_table_check(&table, "here", NULL);
			for (uint32_t i = 0; i < table.n_stories; i++) {
				uint32_t at, end;
				story_table_members(&table, i, &at, &end);
				for (; at < end; at++)
					cr_assert_lt(story_table_member(&table, at),
					             (uint32_t)DOCS);
			}
			for (uint32_t i = 0; i < DOCS; i++)
				cr_assert_leq(story_table_of(&table, i),
				              table.n_stories);
		}
		buffer_release(&chunk.bytes);
	}
	cr_assert_gt(opened, 500u);
}

/* ---- several segments ------------------------------------------------------ */

static bool count_docs(void *context, uint32_t part, uint32_t doc)
{
	uint32_t *seen = context;
	seen[part * DOCS + doc]++;
	return true;
}

/* Three segments with chunks made at random, whose names are the same numbers, so that
 * stories join: each doc is in the story that each names for it, once. */
Test(stories, each_doc_is_in_one)
{
	struct random random = random_start(9);
	static struct drafted chunks[3];
	static struct segment segments[3];
	struct stories_part parts[3] = {0};
	struct stories stories;
	for (unsigned i = 0; i < 3; i++) {
		size_t len;
		memset(chunks[i].of, 0, sizeof chunks[i].of);
		make(&chunks[i], &random, NULL, 0);
		pad(&chunks[i], &len);
		segments[i].info.doc_count = DOCS;
		cr_assert_eq(open_chunk(&segments[i].stories, &chunks[i], len),
		             NS_OK);
		parts[i].segment = &segments[i];
	}
	cr_assert_eq(stories_open(&stories, parts, 3, NULL), NS_OK);
	for (uint32_t part = 0; part < 3; part++)
		for (uint32_t doc = 0; doc < DOCS; doc++) {
			static uint32_t seen[3 * DOCS];
			uint32_t story = stories_of(&stories, part, doc);
			uint32_t own = chunks[part].of[doc];
			cr_assert_eq(story == STORY_NONE, own == 0);
			if (!own)
				continue;
			memset(seen, 0, sizeof seen);
			stories_each(&stories, story, count_docs, seen);
			/* 1001 is 1002 */
			for (uint32_t i = 0; i < 3 * DOCS; i++) {
				uint32_t of = chunks[i / DOCS].of[i % DOCS];
				cr_assert_eq(seen[i], of == own ||
				             (of && of <= 2 && own <= 2));
			}
			cr_assert_eq(stories_name(&stories, story),
			             own == 1 ? 1002u : 1000u + own);
		}
	stories_release(&stories);
	for (unsigned i = 0; i < 3; i++)
		buffer_release(&chunks[i].bytes);
}
