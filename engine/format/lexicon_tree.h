/* lexicon_tree.h — how many separators are not above this one?
 *
 * A static search tree over the chunk of separators, which are its leaves: eight
 * to a node, a node to a cache line.  Each level above holds the first of every
 * eight below; made at opening, a seventh of the chunk.  A node is compared as a
 * whole and the results are counted: nothing to predict, and the next node's
 * address is the count.
 *
 * With 12,324 separators that is four lines, which stay in the caches, and a leaf.
 * A whole look-up then takes 97 ns with AVX-512, 113 with AVX2, 122 without
 * (Sapphire Rapids, medians of three).
 *
 * The kernels of all levels of instructions give the same answers, for bytes that
 * do not rise (damage) too.
 */
#ifndef NS_FORMAT_LEXICON_TREE_H
#define NS_FORMAT_LEXICON_TREE_H

#include "base/cpu.h"
#include "base/err.h"

enum { TREE_NODE = 8, TREE_LEVELS = 10 };

struct lexicon_tree {
	struct slice leaves;
	uint32_t n;
	unsigned n_levels;              /* above the leaves */
	const uint64_t *level[TREE_LEVELS];
	void *memory;
};

/* How many of the leaves are ≤ target < UINT64_MAX. */
typedef uint32_t lexicon_tree_fn(const struct lexicon_tree *tree,
                                 uint64_t target);

/* leaves: u64[n], little-endian, with 64 readable bytes behind. */
int lexicon_tree_init(struct lexicon_tree *out, struct slice leaves,
                      struct ns_error *err);
void lexicon_tree_release(struct lexicon_tree *tree);

/* The fastest that may run at a level, usually that of cpu_level(). */
lexicon_tree_fn *lexicon_tree_search(enum cpu_level level);

#endif
