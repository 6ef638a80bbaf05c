#include "answer/analyzers.h"

int analyzers_init(struct analyzers *out, struct slice language,
                   struct ns_error *err)
{
	struct analyzer *first;
	*out = (struct analyzers){0};
	if (language.len >= sizeof out->language ||
	    (language.len && memchr(language.data, 0, language.len)))
		return err_set(err, NS_E_VERSION, "the index names a language "
		               "that this version does not know");
	if (language.len)
		memcpy(out->language, language.data, language.len);
	pthread_mutex_init(&out->lock, NULL);
	int status = analyzers_take(out, &first, err);
	if (status == NS_E_USAGE)
		status = err_set(err, NS_E_VERSION, "the index is in the "
		                 "language \"%s\", which this libstemmer does "
		                 "not have", out->language);
	if (status != NS_OK)
		pthread_mutex_destroy(&out->lock);
	else
		analyzers_give(out, first);
	return status;
}

void analyzers_release(struct analyzers *analyzers)
{
	for (unsigned i = 0; i < analyzers->n_spare; i++)
		analyzer_free(analyzers->spare[i]);
	pthread_mutex_destroy(&analyzers->lock);
}

int analyzers_take(struct analyzers *analyzers, struct analyzer **out,
                   struct ns_error *err)
{
	*out = NULL;
	pthread_mutex_lock(&analyzers->lock);
	if (analyzers->n_spare)
		*out = analyzers->spare[--analyzers->n_spare];
	pthread_mutex_unlock(&analyzers->lock);
	if (*out)
		return NS_OK;
	return analyzer_open(out, analyzers->language, err);
}

void analyzers_give(struct analyzers *analyzers, struct analyzer *analyzer)
{
	pthread_mutex_lock(&analyzers->lock);
	if (analyzers->n_spare < ANALYZERS_KEPT) {
		analyzers->spare[analyzers->n_spare++] = analyzer;
		analyzer = NULL;
	}
	pthread_mutex_unlock(&analyzers->lock);
	analyzer_free(analyzer);
}
