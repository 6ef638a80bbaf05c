/* building.h — what did it take to build each index? */
#ifndef NS_BENCH_PEERS_BUILDING_H
#define NS_BENCH_PEERS_BUILDING_H

#include "bench/peers/peers.h"

struct cost {
	double wall, cpu;     /* seconds */
	uint64_t peak, index; /* bytes */
};

struct building {
	const struct peer *const *peers;
	uint64_t rounds;
	uint64_t *bodies; /* bytes, counted by the process that reads only */
	struct cost reading, costs[PEERS];
	uint64_t text;    /* bytes of the field text of peers[0] */
};

void building_print(const struct building *building);

#endif
