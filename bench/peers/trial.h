/* trial.h — what is asked of all engines, and what came of it?
 *
 * Word lists become queries of three classes; a task is a class and what is
 * wanted of it.  For each task, engine and query there is the best time of all
 * rounds, two a round, and where it counts, the matches.
 */
#ifndef NS_BENCH_PEERS_TRIAL_H
#define NS_BENCH_PEERS_TRIAL_H

#include "bench/peers/peers.h"

struct task {
	const char *name;
	enum peer_class class_of;
	struct peer_wish wish;
};

enum { TASKS = 9 };
extern const struct task tasks[TASKS];
const char *peer_class_name(enum peer_class class_of);

struct trial {
	const struct peer *const *peers;
	void *indexes[PEERS];
	size_t n, n_read; /* queries: asked, and in the file */
	uint64_t rounds;
	void **queries[PEERS][PEER_CLASSES];
	double *best[TASKS][PEERS];      /* seconds */
	uint64_t *matches[TASKS][PEERS]; /* of tasks that count */
};

/* Tables of times, of their ratios and of the matches. */
void trial_print(const struct trial *trial);

#endif
