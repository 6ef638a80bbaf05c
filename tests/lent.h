/* lent.h — an article whose texts are gone as soon as it was added: is all of it
 * copied, as ns_builder_add says?
 */
#ifndef NS_TESTS_LENT_H
#define NS_TESTS_LENT_H

#include <stdlib.h>

#include "nsindex.h"

/* ns_builder_add of a copy that is then written over and freed. */
static inline int lent_add(ns_builder *builder, const ns_article *article,
                           ns_error *err)
{
	ns_article copy = *article;
	ns_text *const texts[] = {&copy.id, &copy.title, &copy.body, &copy.section,
		&copy.author, &copy.url, &copy.lang, &copy.topics, &copy.places,
		&copy.captions, &copy.links, &copy.source};
	size_t size = 0;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		size += texts[i]->size;
	char *bytes = malloc(size + 1), *at = bytes;
	if (!bytes)
		abort();
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		if (texts[i]->size)
			memcpy(at, texts[i]->data, texts[i]->size);
		texts[i]->data = at;
		at += texts[i]->size;
	}
	int status = ns_builder_add(builder, &copy, err);
	memset(bytes, 0xA5, size);
	free(bytes);
	return status;
}

#endif
