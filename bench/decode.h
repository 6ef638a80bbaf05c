/* decode.h — nsbench decode: how fast are blocks of postings read?
 *
 * For each level of instructions and each width, in integers a second and a
 * cycle:
 *
 *     unpack        the kernel that unpacks 256 numbers (format/pack.h)
 *     with sums     and the one that makes docs of gaps
 *     docs, tfs     block_read_docs and block_read_tfs (format/block.h), with
 *                   all their checks, of a block encoded as FOR
 *     patched       the same with 8 exceptions (a block has 31 at most); over
 *                   28 bits their docs would pass 2³²
 *     run, bitset   block_read_docs, by bits that a doc takes
 *     scored        what an exhaustive pass does: docs and frequencies, and what
 *                   each posting contributes (rank/score.h)
 *
 * In L1 the same 8 blocks are read again and again; from memory, 1 MiB of them
 * once, after each line was flushed from all caches, beside a loop that only
 * brings the lines in.  Only x86-64 lets a program flush (clflush): elsewhere nothing is
 * measured from memory.
 *
 * A process decides its level once (base/cpu.h), so each level runs in a child
 * with NS_CPU set.  Rounds go over all levels in turn, and the best of each
 * figure counts (lookup.h).
 *
 * Cycles are those of a chain of additions, one a cycle, timed in the same
 * child: the time stamp counter runs at a rate of its own, and counters of the
 * processor are often closed to programs and to virtual machines.  So ints a
 * cycle are true as far as the clock rate stays the same from the chain to the
 * kernel.
 *
 * Not taken: a window that moves through more memory than the caches hold.  The
 * last cache has 300 MiB on some machines, and more than one program in it.
 */
#ifndef NS_BENCH_DECODE_H
#define NS_BENCH_DECODE_H

#include "bench/decode_work.h"

enum { LEVELS = 3 };
enum place { HOT, COLD, PLACES };

/* Integers, bytes and cycles a second; 0: not measured. */
struct decode_figures {
	double ints[PLACES][LEVELS][WORKS][WIDTHS];
	double bytes, clock;
};

int bench_decode(int argc, char **argv);

const char *decode_level_name(unsigned level);

void decode_print(struct decode_figures *figures, uint64_t rounds);
void decode_print_json(const struct decode_figures *figures);

#endif
