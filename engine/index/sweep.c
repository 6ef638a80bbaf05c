#include "index/sweep.h"

#include <errno.h>

#include "base/log.h"

static bool is_content_name(const char *name)
{
	return (!strncmp(name, "seg-", 4) || !strncmp(name, "del-", 4)) &&
	       strlen(name) == 20 &&
	       strspn(name + 4, "0123456789abcdef") == 16;
}

bool sweep_is_ours(const char *name)
{
	return name[0] == '.' || !strcmp(name, "lock") ||
	       !strncmp(name, "tmp-", 4) || !strncmp(name, "bad-", 4) ||
	       manifest_parse_name(name) || is_content_name(name);
}

bool sweep_is_litter(const char *name, const struct kept *kept)
{
	uint64_t generation = manifest_parse_name(name);
	if (!strncmp(name, "tmp-", 4))
		return true;
	if (!generation && !is_content_name(name))
		return false;
	for (size_t i = 0; i < kept->n; i++)
		if (generation ? generation == kept->manifests[i]->generation
		               : manifest_names(kept->manifests[i], name))
			return false;
	/* a newer manifest than all that is known is never litter */
	return !generation || (kept->n &&
	                       generation < kept->manifests[0]->generation);
}

static void remove_file(int dir, const char *place, const char *name)
{
	if (io_table()->unlink(dir, name) == 0)
		log_say("%s/%s: removed, no commit needs it", place, name);
	else
		log_say("%s/%s: not needed, but cannot be removed: %s", place,
		        name, strerror(errno));
}

int sweep_files(int dir, const char *place, const struct kept *kept,
                struct ns_error *err)
{
	struct io_names names;
	TRY(io_list(dir, &names, place, err));
	for (size_t i = 0; i < names.n; i++)
		if (sweep_is_litter(names.names[i], kept))
			remove_file(dir, place, names.names[i]);
	io_names_release(&names);
	return NS_OK;
}
