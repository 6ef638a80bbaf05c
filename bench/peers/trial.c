/* trial.c — how long do the engines take for the same queries?
 *
 * Of the word lists those are asked whose words occur together in an article of
 * the collection, each as AND, as OR and as a phrase.
 *
 * In a round each task is given to one engine after the other, all queries in
 * a row, and who begins changes.  So a slow moment of the machine falls on all
 * alike, and no engine finds its caches emptied by another between two queries:
 * where one needs a thousand times the other's time, that would be measured.
 *
 * Each engine gets the task twice in a row, and both are timed: what is first
 * asked finds the caches and predictors that the engine before has left, and
 * that would be the time of an engine that nobody asks but now and then.  Of all
 * times of a query the best counts.
 */
#include "bench/peers/trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench/queries.h"

const struct task tasks[TASKS] = {
	{"top10", PEER_AND, {10, false}},
	{"top100", PEER_AND, {100, false}},
	{"count", PEER_AND, {0, true}},
	{"top10", PEER_OR, {10, false}},
	{"top100", PEER_OR, {100, false}},
	{"top1000", PEER_OR, {1000, false}},
	{"count", PEER_OR, {0, true}},
	{"top10+count", PEER_OR, {10, true}},
	{"top10", PEER_PHRASE, {10, false}},
};

const char *peer_class_name(enum peer_class class_of)
{
	static const char *const names[PEER_CLASSES] = {"and", "or", "phrase"};
	return names[class_of];
}

/* ---- which queries ------------------------------------------------------- */

enum { WORDS_MAX = 64 }; /* as in a phrase of nsindex */

/* Cuts text into words, in place; none where there are under two or too many,
 * or where tokenizers might not agree. */
static size_t cut(char *text, const char **words, size_t most)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	size_t n = 0;
	for (char *word; (word = strsep(&text, " "));) {
		if (!*word)
			continue;
		if (word[strspn(word, letters)] || n == most)
			return 0;
		words[n++] = word;
	}
	return n < 2 ? 0 : n;
}

static bool occur_together(const struct trial *trial, struct peer_words words,
                           bool *together)
{
	static struct peer_answer answer;
	const struct peer *peer = trial->peers[0];
	void *query = peer->prepare(PEER_AND, words);
	bool done = query && peer->ask(trial->indexes[0], query,
	                               (struct peer_wish){0, true}, &answer);
	*together = done && answer.matches;
	if (query)
		peer->discard(query);
	return done;
}

static bool prepare(struct trial *trial, struct peer_words words)
{
	for (unsigned p = 0; p < PEERS; p++)
		for (unsigned c = 0; c < PEER_CLASSES; c++) {
			void *query = trial->peers[p]->prepare(
				(enum peer_class)c, words);
			if (!query)
				return false;
			trial->queries[p][c][trial->n] = query;
		}
	trial->n++;
	return true;
}

static bool choose(struct trial *trial, const struct bench_queries *read)
{
	for (size_t i = 0; i < read->n; i++) {
		const char *words[WORDS_MAX];
		bool together;
		struct peer_words list = {words, cut(read->items[i].text,
		                                     words, WORDS_MAX)};
		if (!list.n)
			continue;
		trial->n_read++;
		if (!occur_together(trial, list, &together) ||
		    (together && !prepare(trial, list)))
			return false;
	}
	if (!trial->n)
		fputs("nspeers: no query has an article with all its words\n",
		      stderr);
	return trial->n;
}

/* ---- asking -------------------------------------------------------------- */

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool pass(struct trial *trial, unsigned t, unsigned p, bool first)
{
	static struct peer_answer answer;
	const struct peer *peer = trial->peers[p];
	double *best = trial->best[t][p];
	for (size_t i = 0; i < trial->n; i++) {
		const void *query = trial->queries[p][tasks[t].class_of][i];
		double start = now();
		if (!peer->ask(trial->indexes[p], query, tasks[t].wish,
		               &answer))
			return false;
		double spent = now() - start;
		if (first || spent < best[i])
			best[i] = spent;
		trial->matches[t][p][i] = answer.matches;
	}
	return true;
}

static bool run(struct trial *trial)
{
	for (uint64_t round = 0; round < trial->rounds; round++)
		for (unsigned t = 0; t < TASKS; t++)
			for (unsigned p = 0; p < PEERS; p++) {
				unsigned turn = (unsigned)(round + p) % PEERS;
				if (!pass(trial, t, turn, !round) ||
				    !pass(trial, t, turn, false))
					return false;
			}
	return true;
}

/* ---- a trial ------------------------------------------------------------- */

static bool open_all(struct trial *trial, const char *dir, size_t n)
{
	for (unsigned p = 0; p < PEERS; p++) {
		struct peer_words path = {
			(const char *[]){dir, trial->peers[p]->name}, 2};
		char *folder = peer_join(path, "", "/", "");
		trial->indexes[p] = trial->peers[p]->open(folder);
		free(folder);
		if (!trial->indexes[p])
			return false;
		for (unsigned c = 0; c < PEER_CLASSES; c++)
			trial->queries[p][c] = peer_memory(n, sizeof(void *));
		for (unsigned t = 0; t < TASKS; t++) {
			trial->best[t][p] = peer_memory(n, sizeof(double));
			trial->matches[t][p] = peer_memory(n, sizeof(uint64_t));
		}
	}
	return true;
}

static void release(struct trial *trial)
{
	for (unsigned p = 0; p < PEERS; p++) {
		for (unsigned c = 0; c < PEER_CLASSES; c++) {
			void **queries = trial->queries[p][c];
			for (size_t i = 0; queries && i < trial->n; i++)
				trial->peers[p]->discard(queries[i]);
			free(queries);
		}
		for (unsigned t = 0; t < TASKS; t++) {
			free(trial->best[t][p]);
			free(trial->matches[t][p]);
		}
		if (trial->indexes[p])
			trial->peers[p]->close(trial->indexes[p]);
	}
}

bool peers_ask(const char *dir, const struct peer *const peers[PEERS],
               const char *queries, uint64_t rounds)
{
	struct bench_queries read;
	struct trial trial = {.peers = peers, .rounds = rounds};
	if (!queries_read(&read, queries, "nspeers"))
		return false;
	bool done = open_all(&trial, dir, read.n) && choose(&trial, &read) &&
	            run(&trial);
	if (done)
		trial_print(&trial);
	release(&trial);
	queries_release(&read);
	return done;
}
