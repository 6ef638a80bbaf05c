/* decode.h — nsbench decode: how fast are packed blocks read?
 *
 * For each width and each level of instructions: unpacking alone, and with the
 * prefix sum that makes docs of gaps, as block_read_docs does both.  In L1 the
 * same 8 blocks again and again; from memory a window that moves through more
 * than any cache holds, beside a plain loop that only reads.  Rounds are
 * interleaved and the best of each counts (lookup.h).
 *
 * Cycles are counted by a chain of additions, one a cycle: the time stamp
 * counter runs at a rate of its own.
 */
#ifndef NS_BENCH_DECODE_H
#define NS_BENCH_DECODE_H

int bench_decode(int argc, char **argv);

#endif
