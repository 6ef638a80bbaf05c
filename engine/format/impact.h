/* impact.h — how much can a posting count, before weights?
 *
 * All that the format knows of scoring.  The impact of a posting is BM25's
 * saturated term frequency for the declared k1, b and average length:
 *
 *     g = tf / ((tf + 0.3) + 0.9 · (len / avglen0))      0 < g < 1
 *
 * A block stores ⌈255·g⌉ of its best posting.  For another average A the impact
 * is at most g · max(1, A / avglen0), so the bound stays sound as the collection
 * grows; avglen0 is 1.1 times the segment's own average, which makes the factor
 * 1 most of the time.  (Tantivy keeps one (tf, length) pair chosen for one
 * average, and says itself that this is not exactly safe; Lucene keeps all
 * competitive pairs, which are 4 to 8 bytes a block.)
 */
#ifndef NS_FORMAT_IMPACT_H
#define NS_FORMAT_IMPACT_H

#include "base/bits.h"
#include "format/layout.h"

#define IMPACT_C0 0.3 /* k1·(1 − b) for k1 = 1.2, b = 0.75 */
#define IMPACT_C1 0.9 /* k1·b */

/* double, in this order, without fused operations: the same on every machine. */
static inline double impact_of(uint32_t tf, uint32_t length, double avglen0)
{
	double t = tf;
	return t / ((t + IMPACT_C0) + IMPACT_C1 * ((double)length / avglen0));
}

static inline uint8_t impact_round_up(double impact)
{
	double scaled = 255.0 * impact;
	uint8_t floored = (uint8_t)scaled;
	return (uint8_t)(floored + (floored < scaled));
}

static inline uint8_t impact_round_down(double impact)
{
	return (uint8_t)(255.0 * impact);
}

/* Smallest lengths in one byte, rounded down: exact below 40, then 4
 * significant bits. */
static inline uint8_t impact_length_code(uint32_t length)
{
	if (length < 40)
		return (uint8_t)length;
	unsigned e = bits_width32(length) - 4;
	return (uint8_t)(40 + 8 * (e - 2) + (length >> e) - 8);
}

static inline uint32_t impact_code_length(uint8_t code)
{
	if (code < 40)
		return code;
	unsigned step = code - 40u;
	return (8 + step % 8) << (2 + step / 8);
}

#endif
