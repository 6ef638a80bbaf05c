/* articles.c — how do all engines get the same articles?
 *
 * Through nsindex's own reader, which is the same work for each; a build of
 * nothing shows how much that is.  Ids are running numbers, because ids of one
 * file of a collection occur in another, and nsindex would replace articles.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench/peers/peers.h"
#include "input/input.h"
#include "source/source.h"

void *peer_memory(size_t n, size_t size)
{
	void *memory = calloc(n ? n : 1, size);
	if (!memory) {
		fputs("nspeers: memory ended\n", stderr);
		exit(2);
	}
	return memory;
}

char *peer_join(struct peer_words words, const char *before,
                const char *between, const char *after)
{
	size_t size = strlen(before) + strlen(after) + 1;
	for (size_t i = 0; i < words.n; i++)
		size += strlen(words.words[i]) + strlen(between);
	char *text = peer_memory(size, 1), *end = stpcpy(text, before);
	for (size_t i = 0; i < words.n; i++) {
		end = stpcpy(end, i ? between : "");
		end = stpcpy(end, words.words[i]);
	}
	strcpy(end, after);
	return text;
}

struct reading {
	peer_take *take;
	void *context;
	uint64_t n;
	char *text;
	size_t capacity;
};

static char *room(struct reading *reading, size_t size)
{
	if (size > reading->capacity) {
		free(reading->text);
		reading->capacity = 2 * size;
		reading->text = peer_memory(reading->capacity, 1);
	}
	return reading->text;
}

static char *put(char *at, ns_text text)
{
	return text.size ? mempcpy(at, text.data, text.size) : at;
}

static int give(void *context, const struct source_article *read,
                struct ns_error *err)
{
	(void)err;
	struct reading *reading = context;
	const ns_article *article = &read->article;
	char id[24];
	char *text = room(reading,
	                  article->title.size + article->body.size + 2), *end;
	end = put(text, article->title);
	*end++ = '\n';
	end = put(end, article->body);
	*end = '\0';
	reading->n++;
	snprintf(id, sizeof id, "%llu", (unsigned long long)reading->n);
	struct peer_article given = {
		.number = reading->n, .id = ns_text_of(id),
		.title = article->title, .body = article->body,
		.text = {text, (size_t)(end - text)},
	};
	if (!reading->take)
		*(uint64_t *)reading->context += article->body.size;
	else if (!reading->take(reading->context, &given))
		return NS_E_STOPPED;
	return NS_OK;
}

static void hear(void *context, const struct source_event *event)
{
	const struct reading *reading = context;
	if (!reading->take && event->kind == SOURCE_REFUSED)
		fprintf(stderr, "nspeers: %s: %s\n", event->place,
		        event->reason);
}

bool peer_read(char **paths, peer_take *take, void *context)
{
	struct reading reading = {.take = take, .context = context};
	struct source_handler handler = {&reading, give, hear};
	struct source_options options = {.format = SOURCE_AUTO};
	struct source_report report = {0};
	ns_error err;
	int status = NS_OK;
	for (; *paths && status == NS_OK; paths++)
		status = input_read(*paths, &options, &handler, &report, &err);
	free(reading.text);
	if (status != NS_OK && status != NS_E_STOPPED)
		fprintf(stderr, "nspeers: %s: %s\n", err.place, err.message);
	return status == NS_OK;
}
