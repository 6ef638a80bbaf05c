#include "orders.h"

#include "build/order_docs.h"
#include "random.h"

static uint64_t shuffle_seed;

static void shuffle(uint32_t *docs, uint32_t n)
{
	struct random random = {shuffle_seed ^ n, shuffle_seed};
	for (uint32_t i = 1; i < n; i++) {
		uint32_t j = random_below(&random, i + 1), doc = docs[i];
		docs[i] = docs[j];
		docs[j] = doc;
	}
}

int orders_choose(enum orders orders, uint64_t seed)
{
	shuffle_seed = seed;
	order_docs_replace(orders == ORDERS_ANY ? shuffle : NULL);
	return orders == ORDERS_GIVEN ? NS_ORDER_INPUT : NS_ORDER_BP;
}
