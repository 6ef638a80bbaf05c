#include "index/stories.h"

#include <stdlib.h>

#include "base/number_map.h"
#include "base/varint.h"
#include "index/deletes.h"
#include "index/find_id.h"

void stories_release(struct stories *stories)
{
	mem_free(stories->parts);
	mem_free(stories->nodes);
	mem_free(stories->adopted);
	*stories = (struct stories){0};
}

static uint32_t root_of(struct stories *stories, uint32_t node)
{
	struct stories_node *nodes = stories->nodes;
	while (nodes[node].parent != node) {
		nodes[node].parent = nodes[nodes[node].parent].parent;
		node = nodes[node].parent;
	}
	return node;
}

/* The story of `node` becomes a part of that of `into`, whose name it takes. */
static void join(struct stories *stories, uint32_t node, uint32_t into)
{
	struct stories_node *nodes = stories->nodes;
	uint32_t from = root_of(stories, node), to = root_of(stories, into);
	if (from == to)
		return;
	nodes[from].parent = to;
	uint32_t next = nodes[from].next;
	nodes[from].next = nodes[to].next;
	nodes[to].next = next;
}

/* A new node, in the story that has this name. */
static int add_name(struct stories *stories, struct number_map *map,
                    uint64_t name, uint32_t *out, struct ns_error *err)
{
	uint32_t node = *out = stories->n++, same;
	stories->nodes[node] = (struct stories_node){name, node, node, 0};
	TRY(number_map_add(map, name, node, &same, err));
	join(stories, node, same);
	return NS_OK;
}

static int add_stories(struct stories *stories, struct number_map *map,
                       uint32_t part, struct ns_error *err)
{
	struct stories_part *at = &stories->parts[part];
	const struct story_table *table = &at->segment->stories;
	uint32_t node;
	at->first = stories->n;
	for (uint32_t i = 0; i < table->n_stories; i++)
		TRY(add_name(stories, map, story_table_name(table, i), &node,
		             err));
	return NS_OK;
}

static int add_links(struct stories *stories, struct number_map *map,
                     uint32_t part, struct ns_error *err)
{
	const struct story_table *table = &stories->parts[part].segment->stories;
	uint32_t from, to;
	for (uint32_t i = 0; i < table->n_links; i++) {
		struct story_link link = story_table_link(table, i);
		TRY(add_name(stories, map, link.from, &from, err));
		TRY(add_name(stories, map, link.to, &to, err));
		join(stories, from, to);
	}
	return NS_OK;
}

/* An article lives in one segment at most; only older ones are spoken of. */
static int adopt(struct stories *stories, uint32_t part, struct slice id,
                 uint32_t node, struct ns_error *err)
{
	for (uint32_t i = part; i-- > 0;) {
		const struct stories_part *at = &stories->parts[i];
		uint32_t doc;
		TRY(find_id(at->segment, id, &doc, err));
		if (doc == FIND_NONE || deletes_has(at->dead, doc))
			continue;
		uint32_t story = story_table_of(&at->segment->stories, doc);
		if (story)
			join(stories, node, at->first + story - 1);
		else
			stories->adopted[stories->n_adopted++] =
				(struct stories_adopted){i, doc, node};
		return NS_OK;
	}
	return NS_OK;
}

static int add_adopted(struct stories *stories, struct number_map *map,
                       uint32_t part, struct ns_error *err)
{
	const struct story_table *table = &stories->parts[part].segment->stories;
	struct reader reader = reader_of(table->adopted);
	uint32_t node;
	for (uint32_t i = 0; i < table->n_adopted; i++) {
		size_t len = (size_t)reader_varint(&reader);
		struct slice id = slice_of(reader_bytes(&reader, len), len);
		TRY(add_name(stories, map, story_name(id), &node, err));
		TRY(adopt(stories, part, id, node, err));
	}
	return NS_OK;
}

static int compare(const void *a, const void *b)
{
	const struct stories_adopted *one = a, *other = b;
	if (one->part != other->part)
		return one->part < other->part ? -1 : 1;
	if (one->doc != other->doc)
		return one->doc < other->doc ? -1 : 1;
	return (one->node > other->node) - (one->node < other->node);
}

/* Where several segments speak of one article, it is counted once. */
static void settle_adopted(struct stories *stories)
{
	struct stories_adopted *adopted = stories->adopted;
	size_t n = 0;
	if (stories->n_adopted > 1)
		qsort(adopted, stories->n_adopted, sizeof *adopted, compare);
	for (size_t i = 0; i < stories->n_adopted; i++) {
		if (n && adopted[n - 1].part == adopted[i].part &&
		    adopted[n - 1].doc == adopted[i].doc)
			join(stories, adopted[i].node, adopted[n - 1].node);
		else
			adopted[n++] = adopted[i];
	}
	stories->n_adopted = n;
	for (size_t i = 0; i < n; i++)
		stories->nodes[adopted[i].node].adopted = (uint32_t)i + 1;
}

void stories_count(struct stories_sum *sum, const struct story_table *table)
{
	sum->adopted += table->n_adopted;
	sum->names += (uint64_t)table->n_stories + table->n_adopted +
	              2 * (uint64_t)table->n_links;
}

static uint64_t memory_of(const struct stories_sum *sum)
{
	return sum->names * sizeof(struct stories_node) +
	       sum->adopted * sizeof(struct stories_adopted);
}

uint64_t stories_memory(const struct stories_sum *sum)
{
	return memory_of(sum) + number_map_memory(sum->names);
}

static int make_room(struct stories *stories, struct number_map *map,
                     struct ns_error *err)
{
	struct stories_sum sum = {0};
	for (uint32_t i = 0; i < stories->n_parts; i++)
		stories_count(&sum, &stories->parts[i].segment->stories);
	if (sum.names >= UINT32_MAX)
		return err_set(err, NS_E_LIMIT, "more than 4 billion stories");
	stories->memory = memory_of(&sum);
	stories->nodes = mem_zero((size_t)sum.names + 1,
	                          sizeof *stories->nodes);
	stories->adopted = mem_zero((size_t)sum.adopted + 1,
	                            sizeof *stories->adopted);
	if (!stories->nodes || !stories->adopted)
		return err_nomem(err);
	return sum.names ? number_map_reserve(map, (size_t)sum.names, err)
	                 : NS_OK;
}

static int join_all(struct stories *stories, struct number_map *map,
                    struct ns_error *err)
{
	for (uint32_t part = 0; part < stories->n_parts; part++) {
		TRY(add_stories(stories, map, part, err));
		TRY(add_links(stories, map, part, err));
		TRY(add_adopted(stories, map, part, err));
	}
	settle_adopted(stories);
	for (uint32_t i = 0; i < stories->n; i++)
		stories->nodes[i].parent = root_of(stories, i);
	return NS_OK;
}

int stories_open(struct stories *out, const struct stories_part *parts,
                 uint32_t n, struct ns_error *err)
{
	struct number_map map = {0};
	*out = (struct stories){.n_parts = n};
	out->parts = mem_zero((size_t)n + 1, sizeof *out->parts);
	if (!out->parts)
		return err_nomem(err);
	if (n)
		memcpy(out->parts, parts, n * sizeof *parts);
	int status = make_room(out, &map, err);
	if (status == NS_OK)
		status = join_all(out, &map, err);
	number_map_release(&map);
	if (status != NS_OK)
		stories_release(out);
	return status;
}

/* ---- asking -------------------------------------------------------------- */

/* The place of the first that is not before this doc. */
static size_t adopted_place(const struct stories *stories, uint32_t part,
                            uint32_t doc)
{
	const struct stories_adopted key = {part, doc, 0};
	size_t from = 0, end = stories->n_adopted;
	while (from < end) {
		size_t middle = from + (end - from) / 2;
		if (compare(&stories->adopted[middle], &key) < 0)
			from = middle + 1;
		else
			end = middle;
	}
	return from;
}

uint32_t stories_of(const struct stories *stories, uint32_t part, uint32_t doc)
{
	const struct stories_part *at = &stories->parts[part];
	uint32_t story = story_table_of(&at->segment->stories, doc);
	if (story)
		return stories->nodes[at->first + story - 1].parent;
	if (!stories->n_adopted)
		return STORY_NONE;
	size_t i = adopted_place(stories, part, doc);
	const struct stories_adopted *adopted = &stories->adopted[i];
	return i < stories->n_adopted && adopted->part == part &&
	       adopted->doc == doc ? stories->nodes[adopted->node].parent
	                           : STORY_NONE;
}

uint64_t stories_name_of(const struct stories *stories, uint32_t part,
                         uint32_t doc)
{
	uint32_t story = stories_of(stories, part, doc);
	return story == STORY_NONE ? 0 : stories->nodes[story].name;
}

/* Docs of a segment's own story. */
static bool each_member(const struct stories_part *part, uint32_t number,
                        uint32_t story, stories_fn *call, void *context)
{
	const struct story_table *table = &part->segment->stories;
	uint32_t from, end;
	story_table_members(table, story, &from, &end);
	for (; from < end; from++) {
		uint32_t doc = story_table_member(table, from);
		/* bytes may lie */
		if (story_table_of(table, doc) != story + 1 ||
		    deletes_has(part->dead, doc))
			continue;
		if (!call(context, number, doc))
			return false;
	}
	return true;
}

/* The part whose story a node is, or n_parts. */
static uint32_t part_of(const struct stories *stories, uint32_t node)
{
	uint32_t from = 0, end = stories->n_parts;
	while (end - from > 1) {
		uint32_t middle = from + (end - from) / 2;
		if (stories->parts[middle].first <= node)
			from = middle;
		else
			end = middle;
	}
	const struct stories_part *part = &stories->parts[from];
	return node >= part->first &&
	       node - part->first < part->segment->stories.n_stories
		? from : stories->n_parts;
}

static bool each_adopted(const struct stories *stories, uint32_t node,
                         stories_fn *call, void *context)
{
	uint32_t place = stories->nodes[node].adopted;
	if (!place)
		return true;
	const struct stories_adopted *adopted = &stories->adopted[place - 1];
	return call(context, adopted->part, adopted->doc);
}

void stories_each(const struct stories *stories, uint32_t story,
                  stories_fn *call, void *context)
{
	uint32_t node = story;
	do {
		uint32_t part = part_of(stories, node);
		bool more = part < stories->n_parts
			? each_member(&stories->parts[part], part,
			              node - stories->parts[part].first, call,
			              context)
			: each_adopted(stories, node, call, context);
		if (!more)
			return;
		node = stories->nodes[node].next;
	} while (node != story);
}
