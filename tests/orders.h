/* orders.h — in which order do the docs of a test's indexes stand?
 *
 * As they were given, in the builder's own order, which is that of the articles
 * where they are few, or in any: what may not depend on the order must hold in it.
 */
#ifndef NS_TESTS_ORDERS_H
#define NS_TESTS_ORDERS_H

#include <stdint.h>

enum orders { ORDERS_GIVEN, ORDERS_BP, ORDERS_ANY, ORDERS };

/* For all builders from now on; the value is for ns_build_options.  Any order is
 * one of the seed and of how many docs there are. */
int orders_choose(enum orders orders, uint64_t seed);

#endif
