/* trial.h — one collection, twice: in the engine and in naive.h.
 *
 * Asks both the same and compares to the bit; prints the index twice, by the
 * engine and by the second decoder, and compares the text.  A difference ends the
 * program with the seed and the query.
 */
#ifndef NS_TESTS_TRIAL_H
#define NS_TESTS_TRIAL_H

#include "naive.h"
#include "random_articles.h"

struct trial {
	const char *program, *name;
	uint64_t seed; /* the argument: it makes all collections */
	struct naive *naive;
	ns_index *index;
	char query[6 * NS_QUERY_MAX]; /* as it can be printed */
};

/* What all trials came to. */
extern uint64_t trial_queries, trial_hits, trial_phrase_hits, trial_spec_bytes;

_Noreturn void trial_differ(const struct trial *trial, const char *what,
                            uint64_t got, uint64_t want);

/* One query, with random options. */
void trial_ask(struct trial *trial, struct random *random,
               const struct buffer *query);

/* The dump of the index in dir against what spec_reader prints of it. */
void trial_dump(struct trial *trial, const char *dir, const char *spec_reader);

/* An ns_print_fn; context: a FILE. */
bool trial_to_file(void *context, const char *text, size_t size);

#endif
