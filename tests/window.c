#include "window.h"

#include <stdio.h>
#include <stdlib.h>

#include "scratch.h"

static int add(ns_builder *builder, const char *id, const char *title,
               unsigned k, ns_error *err)
{
	char body[200];
	ns_article article = ns_article_empty();
	snprintf(body, sizeof body, "every article of the window, this one of "
	         "step %u and %u words more %s", k, k % 7,
	         k % 3 ? "rain rain rain" : "the attack of the attackers");
	article.id = ns_text_of(id);
	article.title = ns_text_of(title);
	article.body = ns_text_of(body);
	article.date = k;
	return ns_builder_add(builder, &article, err);
}

int window_step(const char *dir, unsigned k, ns_error *err)
{
	const ns_build_options options = {.update = true};
	ns_builder *builder;
	char id[32], title[32];
	int status = ns_builder_open(&builder, dir, &options, err);
	if (status != NS_OK)
		return status;
	snprintf(id, sizeof id, "n%u", k);
	snprintf(title, sizeof title, "counter %u", k);
	status = add(builder, id, "a number", k, err);
	if (status == NS_OK)
		status = add(builder, "counter", title, k, err);
	snprintf(id, sizeof id, "n%u", k - WINDOW);
	if (status == NS_OK && k > WINDOW)
		status = ns_builder_delete(builder, ns_text_of(id), NULL, err);
	if (status == NS_OK && k % 16 == 0)
		status = ns_builder_merge(builder, true, err);
	if (status == NS_OK)
		status = ns_builder_commit(builder, NULL, err);
	ns_builder_free(builder);
	return status;
}

static unsigned counter_of(const ns_results *results)
{
	for (size_t i = 0; i < ns_results_size(results); i++) {
		const ns_hit *hit = ns_results_hit(results, i);
		if (!strcmp(hit->id.data, "counter"))
			return (unsigned)strtoul(hit->title.data + 8, NULL, 10);
	}
	scratch_die("window: the counter is missing among %zu hits",
	            ns_results_size(results));
}

unsigned window_read(const ns_index *index)
{
	const ns_search_options options = {.limit = 1000, .count = true};
	ns_results *results;
	ns_error err;
	bool there[WINDOW] = {0};
	if (ns_search(&results, index, ns_text_of("every"), &options, &err) !=
	    NS_OK)
		scratch_die("window: %s (%s)", err.message, err.place);
	unsigned k = counter_of(results), n = k < WINDOW ? k : WINDOW;
	if (ns_results_size(results) != n + 1 ||
	    ns_results_count(results) != n + 1)
		scratch_die("window: step %u shows %zu articles, counts %llu",
		            k, ns_results_size(results),
		            (unsigned long long)ns_results_count(results));
	for (size_t i = 0; i < ns_results_size(results); i++) {
		const ns_hit *hit = ns_results_hit(results, i);
		if (hit->id.data[0] == 'c')
			continue;
		unsigned number = (unsigned)strtoul(hit->id.data + 1, NULL, 10);
		if (number > k || number + WINDOW <= k || there[number % WINDOW])
			scratch_die("window: step %u shows article %u", k, number);
		there[number % WINDOW] = true;
	}
	ns_results_free(results);
	return k;
}

unsigned window_read_dir(const char *dir)
{
	ns_index *index;
	ns_error err;
	if (ns_index_open(&index, dir, 0, &err) != NS_OK)
		scratch_die("window: cannot open: %s (%s)", err.message,
		            err.place);
	unsigned k = window_read(index);
	ns_index_free(index);
	return k;
}
