/* nsindex_change.c — nsindex delete and merge: less of what is there. */
#include <stdlib.h>

#include "tools/nsindex.h"
#include "tools/numbers.h"

static const char program[] = "nsindex";

/* An update that is under way. */
struct change {
	char *dir;
	ns_builder *builder;
	struct progress progress;
	ns_build_report done;
};

static void change_end(struct change *change)
{
	ns_builder_free(change->builder);
	free(change->dir);
}

/* What all verbs here let people choose. */
struct change_wishes {
	const char *index, *durability;
	uint64_t memory, threads;
};

#define CHANGE_OPTIONS(wishes)                                                 \
	MACHINE_OPTIONS(&(wishes).memory, &(wishes).threads),                  \
	DURABILITY_OPTION(&(wishes).durability)

/* CLI_GO_ON, or the exit code, told. */
static int change_start(struct change *change,
                        const struct change_wishes *wishes)
{
	ns_error err;
	uint64_t articles;
	const ns_build_options options = {
		.update = true, .no_sync = !strcmp(wishes->durability, "none"),
		.memory = wishes->memory,
		.threads = (uint32_t)wishes->threads,
		.progress = commit_hear,
		.progress_context = &change->progress};
	*change = (struct change){.dir = cli_find_index(program, wishes->index)};
	if (!change->dir)
		return CLI_ERROR;
	/* the builder would make an index where there is none */
	ns_index *there;
	if (ns_index_open(&there, change->dir, 0, &err) != NS_OK)
		return cli_report(program, &err);
	ns_index_free(there);
	if (ns_index_count(change->dir, &articles, &err) != NS_OK ||
	    ns_builder_open(&change->builder, change->dir, &options, &err) !=
	    NS_OK)
		return cli_report(program, &err);
	interrupt_catch();
	return CLI_GO_ON;
}

static int change_commit(struct change *change)
{
	ns_error err;
	progress_start(&change->progress, 0);
	int status = ns_builder_commit(change->builder, &change->done, &err);
	progress_clear(&change->progress);
	return status == NS_OK ? CLI_GO_ON : commit_report(&err);
}

/* "; DIR holds 1,201 articles in 3 segments, 4.2 MiB" */
static void say_done(const struct change *change, const char *what)
{
	char articles[NUMBER_SIZE], segments[NUMBER_SIZE], size[NUMBER_SIZE];
	const ns_build_report *done = &change->done;
	cli_say(program, "%s; %s holds %s article%s in %s segment%s, %s", what,
	        change->dir, number_grouped(articles, done->articles_after),
	        done->articles_after == 1 ? "" : "s",
	        number_grouped(segments, done->segments),
	        done->segments == 1 ? "" : "s",
	        number_size(size, done->bytes_index));
}

/* ---- delete -------------------------------------------------------------- */

struct delete_wishes {
	struct change_wishes change;
	const char *query;
	struct cli_texts ids;
};

/* CLI_DONE, or CLI_NONE where some were not found; errors are told. */
static int delete_all(struct change *change, const struct delete_wishes *wishes)
{
	ns_error err;
	int code = CLI_DONE;
	for (size_t i = 0; i < wishes->ids.n; i++) {
		bool found;
		if (ns_builder_delete(change->builder,
		                      ns_text_of(wishes->ids.items[i]), &found,
		                      &err) != NS_OK)
			return cli_report(program, &err);
		if (found)
			continue;
		cli_say(program, "no article has the id '%s'",
		        wishes->ids.items[i]);
		code = CLI_NONE;
	}
	uint64_t n;
	if (!wishes->query)
		return code;
	if (ns_builder_delete_matches(change->builder,
	                              ns_text_of(wishes->query), &n, &err) !=
	    NS_OK)
		return cli_report(program, &err);
	if (!n)
		cli_say(program, "no article matches the query");
	return n ? code : CLI_NONE;
}

static int delete(const struct delete_wishes *wishes)
{
	struct change change;
	char what[64], number[NUMBER_SIZE];
	int code = change_start(&change, &wishes->change);
	if (code == CLI_GO_ON)
		code = delete_all(&change, wishes);
	if (code == CLI_DONE || code == CLI_NONE) {
		int committed = change_commit(&change);
		uint64_t n = change.done.deleted;
		if (committed != CLI_GO_ON) {
			code = committed;
		} else {
			snprintf(what, sizeof what, "deleted %s article%s",
			         number_grouped(number, n), n == 1 ? "" : "s");
			say_done(&change, n ? what : "nothing has changed");
		}
	}
	change_end(&change);
	return code;
}

int nsindex_delete(int argc, char **argv)
{
	struct delete_wishes wishes = {.change.durability = "commit"};
	const struct cli_option options[] = {
		INDEX_OPTION(&wishes.change.index),
		{"id", 0, CLI_TEXTS, "ID", "the article with this id; may be "
		 "given again, or followed by more", &wishes.ids, 0, 0},
		{"query", 0, CLI_TEXT, "QUERY", "all articles that match, as "
		 "nsquery --count counts them", &wishes.query, 0, 0},
		CHANGE_OPTIONS(wishes.change),
		CLI_STANDARD_OPTIONS,
	};
	const struct cli cli = {
		.program = "nsindex delete",
		.usage = "--id=ID [ID]... | --query=QUERY",
		.about = "Deletes articles from an index.  They are gone at once "
		         "from all answers; the room that they\ntook is given "
		         "back when their segment is merged.",
		.more = "Exit code: 0 done, 1 something was not found, 2 usage "
		        "or error,\n3 the index is damaged, 4 its format is too "
		        "new.\n",
		.options = options, .n_options = sizeof options / sizeof *options,
	};
	wishes.ids.items = calloc((size_t)argc + 1, sizeof *wishes.ids.items);
	if (!wishes.ids.items) {
		cli_say(program, "memory ended");
		return CLI_ERROR;
	}
	int n, code = cli_parse(&cli, argc, argv, &n);
	if (code == CLI_GO_ON && n && !wishes.ids.n)
		code = cli_usage_error(&cli, "\"%s\" is neither an --id nor a "
		                       "--query", argv[0]);
	for (int i = 0; i < n && code == CLI_GO_ON; i++)
		wishes.ids.items[wishes.ids.n++] = argv[i];
	if (code == CLI_GO_ON && !wishes.ids.n == !wishes.query)
		code = cli_usage_error(&cli, "give --id or --query%s",
		                       wishes.query ? ", not both" : "");
	if (code == CLI_GO_ON)
		code = delete(&wishes);
	free(wishes.ids.items);
	return code;
}

/* ---- merge --------------------------------------------------------------- */

static int merge(const struct change_wishes *wishes, bool all)
{
	struct change change;
	char what[128], old[NUMBER_SIZE];
	ns_error err;
	int code = change_start(&change, wishes);
	if (code == CLI_GO_ON &&
	    ns_builder_merge(change.builder, all, &err) != NS_OK)
		code = cli_report(program, &err);
	if (code == CLI_GO_ON)
		code = change_commit(&change);
	if (code == CLI_GO_ON) {
		uint64_t n = change.done.merged;
		snprintf(what, sizeof what, "wrote %s segment%s anew",
		         number_grouped(old, n), n == 1 ? "" : "s");
		say_done(&change, n ? what : "there is nothing to merge");
		code = CLI_DONE;
	}
	change_end(&change);
	return code;
}

int nsindex_merge(int argc, char **argv)
{
	struct change_wishes wishes = {.durability = "commit"};
	bool all = false;
	const struct cli_option options[] = {
		INDEX_OPTION(&wishes.index),
		{"all", 0, CLI_FLAG, NULL, "make one segment of all", &all, 0,
		 0},
		CHANGE_OPTIONS(wishes),
		CLI_STANDARD_OPTIONS,
	};
	const struct cli cli = {
		.program = "nsindex merge", .usage = "[OPTION]...",
		.about = "Gives back the room of deleted articles: writes every "
		         "segment anew that holds some.\nAdd and delete merge on "
		         "their own, so that segments stay few and a fifth of "
		         "each is dead at the most.",
		.more = "Exit code: 0 done, 2 usage or error, 3 the index is "
		        "damaged, 4 its format is another.\n",
		.options = options, .n_options = sizeof options / sizeof *options,
	};
	int n, code = cli_parse(&cli, argc, argv, &n);
	if (code != CLI_GO_ON)
		return code;
	if (n)
		return cli_usage_error(&cli, "takes no operand, but \"%s\" is "
		                       "given", argv[0]);
	return merge(&wishes, all);
}
