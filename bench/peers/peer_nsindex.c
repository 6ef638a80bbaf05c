/* peer_nsindex.c — how is nsindex asked beside the others?
 *
 * By its public calls.  Title and body are given as such: a word is then looked
 * for in both, as in the one text of the others; that it also makes lists of
 * titles and of exact forms is its own cost.  The time of a query is that of
 * ns_searcher_search on a query as people type it, with bare results, and of
 * copying their numbers and scores: as much as the others give.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench/peers/peers.h"

static bool tell(const ns_error *err)
{
	fprintf(stderr, "nspeers: nsindex: %s: %s\n", err->place, err->message);
	return false;
}

static bool take(void *context, const struct peer_article *article)
{
	ns_article given = ns_article_empty();
	ns_error err;
	given.id = article->id;
	given.title = article->title;
	given.body = article->body;
	return ns_builder_add(context, &given, &err) == NS_OK || tell(&err);
}

static bool build(const char *dir, char **paths)
{
	/* the others have one thread */
	ns_build_options options = {.no_store = true, .threads = 1};
	ns_builder *builder;
	ns_error err;
	if (ns_builder_open(&builder, dir, &options, &err) != NS_OK)
		return tell(&err);
	bool done = peer_read(paths, take, builder);
	if (done && ns_builder_commit(builder, NULL, &err) != NS_OK)
		done = tell(&err);
	ns_builder_free(builder);
	return done;
}

/* One thread asks: one searcher. */
struct opened {
	ns_index *index;
	ns_searcher *searcher;
};

static void close_index(void *context)
{
	struct opened *opened = context;
	ns_searcher_free(opened->searcher);
	ns_index_free(opened->index);
	free(opened);
}

static void *open_index(const char *dir)
{
	struct opened *opened = peer_memory(1, sizeof *opened);
	ns_error err;
	opened->searcher = NULL;
	if (ns_index_open(&opened->index, dir, 0, &err) == NS_OK &&
	    ns_searcher_open(&opened->searcher, opened->index, &err) == NS_OK)
		return opened;
	tell(&err);
	close_index(opened);
	return NULL;
}

static void *prepare(enum peer_class class_of, struct peer_words words)
{
	switch (class_of) {
	case PEER_AND:
		return peer_join(words, "+", " +", "");
	case PEER_PHRASE:
		return peer_join(words, "\"", " ", "\"");
	default:
		return peer_join(words, "", " ", "");
	}
}

static bool ask(void *context, const void *query, struct peer_wish wish,
                struct peer_answer *out)
{
	const struct opened *opened = context;
	const ns_search_options options = {.limit = wish.limit, .bare = true,
	                                   .count = wish.count};
	const ns_results *results;
	ns_error err;
	if (ns_searcher_search(opened->searcher, &results, ns_text_of(query),
	                       &options, &err) != NS_OK)
		return tell(&err);
	const ns_match *matches = ns_results_matches(results, &out->n);
	out->matches = ns_results_count(results);
	for (size_t i = 0; i < out->n; i++) {
		out->docs[i] = matches[i].number;
		out->scores[i] = matches[i].score;
	}
	return true;
}

const struct peer peer_nsindex = {
	.name = "nsindex", .version = ns_version, .build = build,
	.open = open_index, .close = close_index,
	.prepare = prepare, .discard = free, .ask = ask,
};
