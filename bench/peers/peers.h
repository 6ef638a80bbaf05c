/* peers.h — what must an engine do to stand beside the others?
 *
 * It builds an index of the same articles, makes a query of its own from the
 * same words, and answers it: the doc ids and scores of the k best, the number
 * of matches, or both.  Three do so: nsindex itself, Xapian and SQLite's FTS5,
 * each as its manual recommends for speed (why is said in each file).
 *
 * All index title and body as one text, stem by Snowball's English, keep
 * positions and store no text.  BM25 has k1 1.2 and b 0.75.
 */
#ifndef NS_BENCH_PEERS_PEERS_H
#define NS_BENCH_PEERS_PEERS_H

#include "nsindex.h"

#ifdef __cplusplus
extern "C" {
#endif

enum peer_class { PEER_AND, PEER_OR, PEER_PHRASE, PEER_CLASSES };
enum { PEER_HITS_MAX = 1000 };

struct peer_wish {
	uint32_t limit; /* hits, at most PEER_HITS_MAX */
	bool count;     /* all matches, exactly */
};

struct peer_answer {
	uint64_t matches; /* where they were to be counted */
	size_t n;         /* hits */
	uint64_t docs[PEER_HITS_MAX];
	double scores[PEER_HITS_MAX];
};

/* Words of a query: a-z and 0-9, which every tokenizer cuts alike. */
struct peer_words {
	const char *const *words;
	size_t n;
};

/* Calls that give a bool have told on stderr why it is false; those that give
 * a pointer, why it is NULL. */
struct peer {
	const char *name;
	const char *(*version)(void);

	/* Indexes what is in paths; dir is there and empty. */
	bool (*build)(const char *dir, char **paths);

	void *(*open)(const char *dir);
	void (*close)(void *index);

	/* The query in the engine's own form, outside of the time taken. */
	void *(*prepare)(enum peer_class class_of, struct peer_words words);
	void (*discard)(void *query);

	/* What is timed: from the query to the hits. */
	bool (*ask)(void *index, const void *query, struct peer_wish wish,
	            struct peer_answer *out);
};

extern const struct peer peer_nsindex, peer_xapian, peer_fts5;
enum { PEERS = 3 };

/* Memory, or the end of the program. */
void *peer_memory(size_t n, size_t size);

/* before word between word … after, to be freed. */
char *peer_join(struct peer_words words, const char *before,
                const char *between, const char *after);

/* ---- articles ------------------------------------------------------------ */

struct peer_article {
	uint64_t number; /* from 1, in the order read */
	ns_text id;      /* the same as text; those of files occur twice */
	ns_text title, body;
	ns_text text;    /* title, a line end, body; ends in a NUL byte */
};

typedef bool peer_take(void *context, const struct peer_article *article);

/* Hands over all articles in paths.  take NULL: adds the bytes of their bodies to
 * *(uint64_t *)context, and tells of what is refused. */
bool peer_read(char **paths, peer_take *take, void *context);

/* ---- the comparison ------------------------------------------------------ */

/* Builds the index of each peer in its folder of dir, so many times, each in a
 * process of its own, and prints what it took, and how many times what peers[0]
 * took. */
bool peers_build(const char *dir, const struct peer *const peers[PEERS],
                 char **paths, uint64_t rounds);

/* Bytes of the field text of the nsindex index in dir. */
bool peer_text_size(const char *dir, uint64_t *out);

/* Asks all and prints what it took.  peers[0] is what the others are held
 * against. */
bool peers_ask(const char *dir, const struct peer *const peers[PEERS],
               const char *queries, uint64_t rounds);

#ifdef __cplusplus
}
#endif
#endif
