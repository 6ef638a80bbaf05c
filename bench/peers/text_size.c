/* text_size.c — how much of nsindex's index do the others have too?
 *
 * They index one text; nsindex also titles, values and forms.  So its field text
 * stands beside them, as field_size.h counts it.
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "bench/field_size.h"
#include "bench/peers/peers.h"

static int measure(int folder, const char *dir, uint64_t *out, ns_error *err)
{
	static struct stat_cost cost;
	struct snapshot snapshot;
	int status = snapshot_open(&snapshot, folder, dir, 0, true, err);
	if (status != NS_OK)
		return status;
	status = stat_measure(&snapshot, &cost, err);
	*out = field_size(&cost.field[FIELD_TEXT]);
	snapshot_release(&snapshot);
	return status;
}

bool peer_text_size(const char *dir, uint64_t *out)
{
	ns_error err;
	int folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0) {
		fprintf(stderr, "nspeers: cannot open %s\n", dir);
		return false;
	}
	int status = measure(folder, dir, out, &err);
	close(folder);
	if (status != NS_OK)
		fprintf(stderr, "nspeers: %s: %s\n", err.place, err.message);
	return status == NS_OK;
}
