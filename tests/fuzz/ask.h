/* ask.h — do both rankers take this query, whatever lies in the segments?
 *
 * Plans the query over a snapshot and answers it by rank_all, the oracle, and by
 * rank_best, with and without a count.  Where nothing in the segments is damaged
 * (whole) both must succeed and agree to the bit; else hits must be docs that
 * there are.
 */
#ifndef NS_TESTS_FUZZ_ASK_H
#define NS_TESTS_FUZZ_ASK_H

#include "tests/fuzz/fuzz.h"
#include "rank/rank.h"

void ask(const struct snapshot *snapshot, struct analyzer *analyzer,
         struct slice text, bool whole);

/* An analyzer for all inputs of a run. */
struct analyzer *ask_analyzer(void);

#endif
