#include "bench/queries.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "tools/cli.h"

static const char program[] = "nsbench";

const char *query_class_name(enum query_class class_of)
{
	static const char *const names[CLASSES] = {"term", "and", "or",
	                                           "phrase", "mixed"};
	return names[class_of];
}

/* What is written in a query, piece by piece between blanks. */
struct pieces {
	size_t all, required, plain, operators;
};

static bool is_operator(const char *piece, size_t size)
{
	return (size == 3 && (!memcmp(piece, "AND", 3) ||
	                      !memcmp(piece, "NOT", 3))) ||
	       (size == 2 && !memcmp(piece, "OR", 2));
}

static struct pieces look(const char *text)
{
	struct pieces pieces = {0};
	while (*text) {
		text += strspn(text, " ");
		size_t size = strcspn(text, " ");
		if (!size)
			break;
		bool special = memchr(text, '"', size) ||
		               memchr(text, '(', size) ||
		               memchr(text, ':', size) || *text == '-' ||
		               *text == '=' || is_operator(text, size);
		pieces.all++;
		pieces.operators += special;
		pieces.required += !special && *text == '+';
		pieces.plain += !special && *text != '+';
		text += size;
	}
	return pieces;
}

enum query_class query_classify(const char *text)
{
	struct pieces pieces = look(text);
	size_t size = strlen(text);
	const char *quote = strchr(text + (*text == '"'), '"');
	if (*text == '"' && quote == text + size - 1)
		return CLASS_PHRASE;
	if (pieces.operators)
		return CLASS_MIXED;
	if (pieces.all == 1)
		return CLASS_TERM;
	if (pieces.required == pieces.all)
		return CLASS_AND;
	return pieces.plain == pieces.all ? CLASS_OR : CLASS_MIXED;
}

static char *read_whole(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *bytes = NULL;
	size_t size = 0, capacity = 0, got = 1;
	while (file && got) {
		if (capacity - size < 2) {
			capacity = capacity ? 2 * capacity : 65536;
			char *grown = realloc(bytes, capacity);
			if (!grown)
				break;
			bytes = grown;
		}
		got = fread(bytes + size, 1, capacity - size - 1, file);
		size += got;
	}
	if (!file || ferror(file) || got) {
		cli_say(program, "cannot read %s: %s", path, strerror(errno));
		free(bytes);
		bytes = NULL;
	} else {
		bytes[size] = '\0';
	}
	if (file)
		fclose(file);
	return bytes;
}

static bool add(struct bench_queries *queries, char *line, size_t *capacity)
{
	char *tab = strchr(line, '\t');
	char *text = tab ? tab + 1 : line;
	text += strspn(text, " ");
	if (!*text || *line == '#')
		return true;
	if (queries->n == *capacity) {
		*capacity = *capacity ? 2 * *capacity : 64;
		void *grown = realloc(queries->items,
		                      *capacity * sizeof *queries->items);
		if (!grown)
			return false;
		queries->items = grown;
	}
	queries->items[queries->n++] =
		(struct bench_query){text, query_classify(text)};
	return true;
}

bool queries_read(struct bench_queries *out, const char *path)
{
	size_t capacity = 0;
	*out = (struct bench_queries){.bytes = read_whole(path)};
	if (!out->bytes)
		return false;
	char *rest = out->bytes, *line;
	while ((line = strsep(&rest, "\n"))) {
		line[strcspn(line, "\r")] = '\0';
		if (!add(out, line, &capacity)) {
			cli_say(program, "memory ended");
			return false;
		}
	}
	if (!out->n)
		cli_say(program, "there is no query in %s", path);
	return out->n;
}

void queries_release(struct bench_queries *queries)
{
	free(queries->items);
	free(queries->bytes);
	*queries = (struct bench_queries){0};
}
