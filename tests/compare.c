/* compare.c — do raw collections give the articles that others cut from them?
 *
 *     NS_CORPORA=DIR compare
 *
 * DIR holds collections as they were published (raw/) beside the same articles as
 * JSON lines that were cut by other programs (docs.jsonl).  Each article is found
 * again by its id or its path, and title and body
 * are compared:
 *
 *   equal        to the byte, but for the LF that ends our bodies
 *   white space  equal where each run of white space counts as one space
 *   encoding     equal when our UTF-8 is read as if it were Latin-1: of posts whose
 *                files are UTF-8, others made this
 *   with more    the body is longer, at its front: Reuters stories have lines in
 *                <TEXT> before <BODY>, mostly the head of a table, which others lose
 *   files        equal but for the files in the text (inlined.h), which others keep
 *   different    anything else; fails, but for what is known below
 *
 * Prints how many there are of each; fails also where an article is missing or is
 * read twice.
 */
#include <locale.h>
#include <unistd.h>

#include "corpora.h"
#include "base/mem.h"
#include "input/input.h"
#include "mail/inlined.h"
#include "source/source.h"

struct known {
	char *id, *title, *body;
	bool seen;
};

struct collection {
	const char *name;
	bool by_path;
	uint64_t refused, encoding, more, files, different; /* known */
};

struct comparison {
	const struct collection *collection;
	struct known *known;
	size_t n, capacity;
	uint64_t equal, white, encoding, more, files, different, unknown, twice;
};

/* Reuters: NEWID 12793 is empty.  20 Newsgroups: one post is signed in ISO-2022-JP,
 * which others left as it is. */
static const struct collection collections[] = {
	{"reuters21578", false, 1, 0, 30, 0, 0},
	{"20news", true, 0, 31, 0, 34, 1},
};

static char *copy(ns_text text)
{
	char *bytes = mem_copy(text.data, text.size);
	if (!bytes)
		abort();
	return bytes;
}

static int keep(void *context, const struct source_article *found,
                struct ns_error *err)
{
	struct comparison *c = context;
	void *known = c->known;
	TRY(mem_grow(&known, &c->capacity, c->n + 1, sizeof *c->known, err));
	c->known = known;
	c->known[c->n++] = (struct known){
		copy(found->article.id), copy(found->article.title),
		copy(found->article.body), false,
	};
	return NS_OK;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct known *)a)->id, ((const struct known *)b)->id);
}

/* "train/sci.med/58041:1": the id is sci.med/58041. */
static char *id_of_path(ns_text source)
{
	char *path = copy(source), *colon = strrchr(path, ':');
	if (colon)
		*colon = '\0';
	char *slash = strrchr(path, '/');
	while (slash && slash > path && slash[-1] != '/')
		slash--;
	if (slash)
		memmove(path, slash, strlen(slash) + 1);
	return path;
}

static const char *skip_white(const char *at)
{
	return at + strspn(at, " \t\n\v\f\r");
}

static bool same_words(const char *a, const char *b)
{
	for (a = skip_white(a), b = skip_white(b); *a && *a == *b; a++, b++) {
		const char *c = skip_white(a), *d = skip_white(b);
		if ((c > a) != (d > b))
			break;
		if (c > a) {
			a = c - 1;
			b = d - 1;
			if (!*c || !*d) {
				a = c;
				b = d;
				break;
			}
		}
	}
	return !*skip_white(a) && !*skip_white(b);
}

/* Whether wanted is text, each byte of which was taken for a character. */
static bool same_mistaken(const char *text, const char *wanted)
{
	size_t n = 0, len = strlen(text);
	char *mistaken = mem_alloc(2 * len + 1);
	if (!mistaken)
		abort();
	for (size_t i = 0; i < len; i++) {
		uint8_t c = (uint8_t)text[i];
		if (c >= 0x80)
			mistaken[n++] = (char)(0xC0 | c >> 6);
		mistaken[n++] = (char)(c < 0x80 ? c : 0x80 | (c & 0x3F));
	}
	mistaken[n] = '\0';
	bool same = same_words(mistaken, wanted);
	mem_free(mistaken);
	return same;
}

static bool ends(const char *body, const char *with)
{
	size_t n = strlen(body), m = strlen(with);
	return n > m && body[n - m - 1] == '\n' && !strcmp(body + n - m, with);
}

static bool same_but_files(const char *body, const char *wanted)
{
	struct buffer text;
	buffer_init(&text, NS_ARTICLE_MAX);
	buffer_text(&text, wanted);
	bool files = inlined_leave_out(&text) > 0;
	buffer_byte(&text, '\0');
	bool same = files && text.status == NS_OK &&
	            same_words(body, (const char *)text.data);
	buffer_release(&text);
	return same;
}

static void show(const struct known *known, const char *title, const char *body)
{
	size_t at = 0;
	while (body[at] && body[at] == known->body[at])
		at++;
	printf("    %s differs\n      wanted: %s | …%.60s\n      is:     %s | …%.60s\n",
	       known->id, known->title, known->body + at, title, body + at);
}

static void judge(struct comparison *c, struct known *known, ns_text title_text,
                  ns_text body_text)
{
	char *title = copy(title_text), *body = copy(body_text);
	size_t n = strlen(body);
	if (n && body[n - 1] == '\n')
		body[n - 1] = '\0';
	c->twice += known->seen;
	known->seen = true;
	if (!strcmp(title, known->title) && !strcmp(body, known->body)) {
		c->equal++;
	} else if (same_words(title, known->title) &&
	           same_words(body, known->body)) {
		c->white++;
	} else if (same_mistaken(title, known->title) &&
	           same_mistaken(body, known->body)) {
		c->encoding++;
	} else if (!strcmp(title, known->title) && ends(body, known->body)) {
		c->more++;
	} else if (!strcmp(title, known->title) &&
	           same_but_files(body, known->body)) {
		c->files++;
	} else {
		if (c->different++ < 20)
			show(known, title, body);
	}
	mem_free(title);
	mem_free(body);
}

static int compare(void *context, const struct source_article *found,
                   struct ns_error *err)
{
	struct comparison *c = context;
	const ns_article *a = &found->article;
	struct known key = {
		.id = c->collection->by_path ? id_of_path(a->source) : copy(a->id),
	};
	(void)err;
	if (found->format != SOURCE_TEXT) { /* a README beside them is none */
		struct known *known = bsearch(&key, c->known, c->n, sizeof key,
		                              by_id);
		if (known)
			judge(c, known, a->title, a->body);
		else
			c->unknown++;
	}
	mem_free(key.id);
	return NS_OK;
}

static bool read_part(const char *dir, const char *part, struct comparison *c,
                      int (*take)(void *, const struct source_article *,
                                  struct ns_error *),
                      struct source_report *report)
{
	char path[4096];
	struct ns_error err;
	const struct source_options options = {0};
	const struct source_handler handler = {c, take, NULL};
	snprintf(path, sizeof path, "%s/%s/%s", dir, c->collection->name, part);
	if (access(path, R_OK) != 0)
		return false;
	if (input_read(path, &options, &handler, report, &err) == NS_OK)
		return true;
	printf("compare: %s: %s\n", path, err.message);
	exit(1);
}

static int run(const char *dir, const struct collection *collection)
{
	struct comparison c = {.collection = collection};
	struct source_report wanted = {0}, read = {0};
	uint64_t missing = 0;
	if (!read_part(dir, "docs.jsonl", &c, keep, &wanted)) {
		printf("compare: %s skipped: it is not there\n", collection->name);
		return 0;
	}
	qsort(c.known, c.n, sizeof *c.known, by_id);
	if (!read_part(dir, "raw", &c, compare, &read))
		return 0;
	for (size_t i = 0; i < c.n; i++) {
		missing += !c.known[i].seen;
		mem_free(c.known[i].id);
		mem_free(c.known[i].title);
		mem_free(c.known[i].body);
	}
	mem_free(c.known);
	bool bad = missing || c.twice || c.unknown || !c.equal ||
	           c.different > collection->different ||
	           c.more != collection->more ||
	           c.files != collection->files ||
	           c.encoding != collection->encoding ||
	           read.refused != collection->refused;
	printf("compare: %s: %zu articles: %llu equal, %llu but for white space, "
	       "%llu in another encoding, %llu with more, %llu but for files, %llu different, %llu missing, %llu twice, %llu unknown; "
	       "%llu refused%s\n",
	       collection->name, c.n, (unsigned long long)c.equal,
	       (unsigned long long)c.white, (unsigned long long)c.encoding,
	       (unsigned long long)c.more, (unsigned long long)c.files,
	       (unsigned long long)c.different,
	       (unsigned long long)missing, (unsigned long long)c.twice,
	       (unsigned long long)c.unknown, (unsigned long long)read.refused,
	       bad ? ": FAILED" : "");
	return bad;
}

int main(void)
{
	int failed = 0;
	setlocale(LC_ALL, "");
	for (size_t i = 0; i < ARRAY_LEN(collections); i++) {
		const char *dir = corpora_with(collections[i].name, "compare");
		if (dir)
			failed |= run(dir, &collections[i]);
	}
	return failed;
}
