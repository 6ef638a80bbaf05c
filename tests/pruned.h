/* pruned.h — what do the parts of pruned.c share?
 *
 * A run is many random collections, plans and requests at one level of
 * instructions.  Each case is counted in the row of its kind of query and in
 * that of each property which a fast ranker could get wrong: rows that stay too
 * small fail the test, as a difference does.
 */
#ifndef NS_TESTS_PRUNED_H
#define NS_TESTS_PRUNED_H

#include "orders.h"
#include "random_articles.h"
#include "rank/rank.h"
#include "scratch.h"

enum row {
	/* kinds of query (pruned_query.c) */
	ROW_WORD, ROW_AND, ROW_OR, ROW_PHRASE, ROW_MIXED, ROW_EXCLUDED,
	ROW_FORM, ROW_FILTER, ROW_VALUES, ROW_TITLE, ROW_COMPOUND, ROW_NESTED,
	ROW_TWICE, ROW_UNKNOWN, ROW_MANY, ROW_WILD,
	KINDS,
	/* properties of the collection, of the lists and of the request */
	ROW_SEGMENTS = KINDS, ROW_DEAD, ROW_HALF_DEAD, ROW_LONGER,
	ROW_TWO_WINDOWS, ROW_THREE_WINDOWS, ROW_ORDERED,
	ROW_BLOCKS, ROW_LONG_LISTS,
	ROW_COUNT_ALONE, ROW_COUNT_TOO, ROW_ALL_HITS, ROW_TUNED, ROW_WARM,
	ROWS
};

#define ROW_BIT(row) (1u << (row))

struct tally {
	uint64_t cases, plans, hits, collections;
	struct tally_row {
		uint64_t asked, found, tied; /* with hits; tied at the cut */
	} rows[ROWS];
	uint64_t digest; /* of all hits */
};

/* ---- pruned_collection.c ------------------------------------------------- */

enum { WINDOW_DOCS = 16384 };

struct collection_shape {
	const char *name;
	uint32_t least, most;  /* docs */
	uint32_t words;        /* of a body, about */
	uint32_t vocabulary;
	uint32_t segments;
	uint32_t share;        /* of a run's cases */
	uint32_t dead;         /* percent, at most */
	bool equal;            /* all bodies have this many words */
	bool shuffled;         /* else docs of one burst are neighbours */
	int drift;             /* ±1: segments have ever longer, shorter docs */
	bool endless;          /* an article passes the cap of lengths */
	bool wild;             /* articles and queries of random_articles.h */
	enum orders orders;    /* in which docs stand */
};

struct collection {
	const struct collection_shape *shape;
	uint64_t seed;
	struct snapshot snapshot;
	struct analyzer *analyzer;
	struct random_set set; /* wild ones */
	uint8_t **dead;        /* bitmaps that the snapshot points to */
	uint32_t docs;
	uint32_t rows;         /* properties that all its cases have */
};

extern const struct collection_shape collection_shapes[];
extern const size_t n_collection_shapes;

/* Dies where it cannot be built. */
void collection_open(struct collection *out,
                     const struct collection_shape *shape, uint64_t seed);
void collection_release(struct collection *collection);

/* Word i of the vocabulary, and words that stand where the number of an article
 * says so. */
void collection_word(struct buffer *out, uint32_t i);
extern const char *const collection_marks[];
extern const size_t n_collection_marks;
extern const char *const collection_sections[];
extern const size_t n_collection_sections;

/* ---- pruned_query.c ------------------------------------------------------ */

/* A query of this kind; wild ones are random_query's. */
void pruned_query(struct random *random, const struct collection *collection,
                  enum row kind, struct buffer *out);

/* ---- pruned_case.c ------------------------------------------------------- */

/* What is compared: rank_best with rank_all, or one of them with a fault. */
struct rankers {
	const char *name; /* of the fault; NULL: none */
	rank_fn *best, *oracle;
};

enum { EXIT_DIFFERENT = 3 };

struct run {
	uint64_t seed, cases;
	const struct rankers *rankers;
	struct rank_scratch *scratch; /* kept from the first plan to the last */
	struct tally *tally;
};

/* Asks the collection this many of the run's cases; the first difference ends
 * the process with EXIT_DIFFERENT. */
void pruned_ask(const struct run *run, const struct collection *collection,
                uint64_t cases);

/* ---- pruned_fault.c ------------------------------------------------------ */

/* Rankers with a fault each; the last has the name NULL. */
extern const struct rankers pruned_faults[];

/* One whose answers are wrong at one level only, in the oracle too: the digests
 * alone tell. */
extern const struct rankers pruned_level_fault;

#endif
