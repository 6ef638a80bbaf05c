#include "bench/queries.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <yajl/yajl_tree.h>

#include "tools/cli.h"

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

static char *read_whole(const char *path, const char *program)
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

/* Writes the value of "query" over the JSON line, which is longer. */
static bool unwrap_json(char *line, size_t number, const char *path,
                        const char *program)
{
	const char *keys[] = {"query", NULL};
	char why[256] = "";
	yajl_val root = yajl_tree_parse(line, why, sizeof why);
	yajl_val value = root ? yajl_tree_get(root, keys, yajl_t_string) : NULL;
	if (value)
		strcpy(line, value->u.string);
	else
		cli_say(program, "%s:%zu: is no {\"query\": \"...\"}", path,
		        number);
	yajl_tree_free(root);
	return value;
}

static bool add(struct bench_queries *queries, char *text, size_t *capacity)
{
	if (queries->n == *capacity) {
		*capacity = *capacity ? 2 * *capacity : 64;
		void *grown = realloc(queries->items,
		                      *capacity * sizeof *queries->items);
		if (!grown) {
			cli_say(queries->program, "memory ended");
			return false;
		}
		queries->items = grown;
	}
	queries->items[queries->n++] =
		(struct bench_query){text, query_classify(text)};
	return true;
}

static bool add_line(struct bench_queries *queries, char *line, size_t number,
                     const char *path, size_t *capacity)
{
	line[strcspn(line, "\r")] = '\0';
	if (*line == '#')
		return true;
	bool json = *line == '{';
	if (json && !unwrap_json(line, number, path, queries->program))
		return false;
	char *tab = json ? NULL : strchr(line, '\t');
	char *text = tab ? tab + 1 : line;
	text += strspn(text, " ");
	return !*text || add(queries, text, capacity);
}

static bool add_lines(struct bench_queries *queries, const char *path)
{
	size_t capacity = 0, number = 0;
	char *rest = queries->bytes, *line;
	while ((line = strsep(&rest, "\n")))
		if (!add_line(queries, line, ++number, path, &capacity))
			return false;
	if (!queries->n)
		cli_say(queries->program, "there is no query in %s", path);
	return queries->n;
}

bool queries_read(struct bench_queries *out, const char *path,
                  const char *program)
{
	*out = (struct bench_queries){.bytes = read_whole(path, program),
	                              .program = program};
	if (out->bytes && add_lines(out, path))
		return true;
	queries_release(out);
	return false;
}

void queries_keep(struct bench_queries *queries, const char *class_of)
{
	size_t n = 0;
	for (size_t i = 0; i < queries->n; i++)
		if (!strcmp(query_class_name(queries->items[i].class_of),
		            class_of))
			queries->items[n++] = queries->items[i];
	queries->n = n;
}

void queries_release(struct bench_queries *queries)
{
	free(queries->items);
	free(queries->bytes);
	*queries = (struct bench_queries){0};
}
