/* deletes.h — which docs of a segment are dead?
 */
#ifndef NS_TESTS_SPEC_DELETES_H
#define NS_TESTS_SPEC_DELETES_H

#include "tests/spec/manifest.h"
#include "tests/spec/segment.h"

/* Sets seg->dead from the bitmap that the manifest names. */
void deletes_read(struct segment *seg, const char *dir,
                  const struct manifest_row *row);

#endif
