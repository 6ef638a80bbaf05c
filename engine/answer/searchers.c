#include "answer/searchers.h"

int searchers_init(struct searchers *out, const struct snapshot *snapshot,
                   struct slice language, struct ns_error *err)
{
	struct ns_searcher *first;
	*out = (struct searchers){.snapshot = snapshot};
	if (language.len >= sizeof out->language ||
	    (language.len && memchr(language.data, 0, language.len)))
		return err_set(err, NS_E_VERSION, "the index names a language "
		               "that this version does not know");
	if (language.len)
		memcpy(out->language, language.data, language.len);
	pthread_mutex_init(&out->lock, NULL);
	int status = searchers_take(out, &first, err);
	if (status == NS_E_USAGE)
		status = err_set(err, NS_E_VERSION, "the index is in the "
		                 "language \"%s\", which this libstemmer does "
		                 "not have", out->language);
	if (status != NS_OK)
		pthread_mutex_destroy(&out->lock);
	else
		searchers_give(out, first);
	return status;
}

void searchers_release(struct searchers *searchers)
{
	for (unsigned i = 0; i < searchers->n_spare; i++)
		searcher_free(searchers->spare[i]);
	pthread_mutex_destroy(&searchers->lock);
}

int searchers_take(struct searchers *searchers, struct ns_searcher **out,
                   struct ns_error *err)
{
	*out = NULL;
	pthread_mutex_lock(&searchers->lock);
	if (searchers->n_spare)
		*out = searchers->spare[--searchers->n_spare];
	pthread_mutex_unlock(&searchers->lock);
	if (*out)
		return NS_OK;
	TRY(searcher_open(out, searchers->snapshot, searchers->language, err));
	(*out)->home = searchers;
	return NS_OK;
}

void searchers_give(struct searchers *searchers, struct ns_searcher *searcher)
{
	searcher_rest(searcher);
	pthread_mutex_lock(&searchers->lock);
	if (searchers->n_spare < SEARCHERS_KEPT) {
		searchers->spare[searchers->n_spare++] = searcher;
		searcher = NULL;
	}
	pthread_mutex_unlock(&searchers->lock);
	searcher_free(searcher);
}
