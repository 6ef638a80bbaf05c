/* source_case.h — what does input_read find in these bytes?
 *
 * Writes inputs into a new folder and keeps copies of all that input_read told.
 * Each Criterion test is a process of its own, so one case a test is enough.
 */
#ifndef NS_TESTS_SOURCE_CASE_H
#define NS_TESTS_SOURCE_CASE_H

#include <criterion/criterion.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input/input.h"
#include "source/source.h"

enum { CASE_MAX = 256 };

struct case_article {
	char *id, *title, *body, *section, *author, *url, *lang, *captions,
	     *links, *source, *topics, *places;
	size_t body_size;
	struct source_article facts; /* its texts are gone */
};

struct case_event {
	enum source_event_kind kind;
	enum source_reason why;
	char *place, *reason;
};

struct source_case {
	char dir[64];
	struct source_options options;
	int answer; /* what the handler returns for each article */
	/* of the last case_read */
	struct case_article articles[CASE_MAX];
	struct case_event events[CASE_MAX];
	size_t n, n_events;
	struct source_report report;
	struct ns_error err;
};

static inline void case_start(struct source_case *c)
{
	memset(c, 0, sizeof *c);
	strcpy(c->dir, "/tmp/ns-source-XXXXXX");
	cr_assert(mkdtemp(c->dir), "no temporary folder");
}

static inline const char *case_path(const struct source_case *c,
                                    const char *name)
{
	static char path[4][PATH_MAX];
	static unsigned turn;
	char *out = path[turn++ % 4];
	snprintf(out, PATH_MAX, "%s/%s", c->dir, name);
	return out;
}

static inline void case_write_bytes(const struct source_case *c,
                                    const char *name, const void *data,
                                    size_t n)
{
	FILE *file = fopen(case_path(c, name), "wb");
	cr_assert(file, "cannot write %s", name);
	cr_assert(!n || fwrite(data, 1, n, file) == n);
	cr_assert_eq(fclose(file), 0);
}

static inline void case_write(const struct source_case *c, const char *name,
                              const char *text)
{
	case_write_bytes(c, name, text, strlen(text));
}

static inline void case_folder(const struct source_case *c, const char *name)
{
	cr_assert_eq(mkdir(case_path(c, name), 0700), 0);
}

/* Removes what lies in the folder `path`, one file system call a name. */
static inline void case_remove_below(const char *path)
{
	struct dirent **names;
	int n = scandir(path, &names, NULL, NULL);
	for (int i = 0; i < n; i++) {
		char below[PATH_MAX + 300];
		struct stat facts;
		snprintf(below, sizeof below, "%s/%s", path, names[i]->d_name);
		bool dots = !strcmp(names[i]->d_name, ".") ||
		            !strcmp(names[i]->d_name, "..");
		if (!dots && lstat(below, &facts) == 0 &&
		    S_ISDIR(facts.st_mode) && strlen(below) < PATH_MAX)
			case_remove_below(below);
		else if (!dots)
			unlink(below);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	rmdir(path);
}

static inline void case_forget(struct source_case *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct case_article *a = &c->articles[i];
		char *texts[] = {a->id, a->title, a->body, a->section, a->author,
			a->url, a->lang, a->captions, a->links, a->source,
			a->topics, a->places};
		for (size_t k = 0; k < ARRAY_LEN(texts); k++)
			free(texts[k]);
	}
	for (size_t i = 0; i < c->n_events; i++) {
		free(c->events[i].place);
		free(c->events[i].reason);
	}
	c->n = c->n_events = 0;
}

static inline void case_end(struct source_case *c)
{
	case_forget(c);
	case_remove_below(c->dir);
}

static inline char *case_copy(ns_text text)
{
	char *copy = calloc(1, text.size + 1);
	if (text.size)
		memcpy(copy, text.data, text.size);
	return copy;
}

static inline int case_on_article(void *context,
                                  const struct source_article *found,
                                  struct ns_error *err)
{
	struct source_case *c = context;
	const struct ns_article *a = &found->article;
	if (c->answer != NS_OK)
		return err_set(err, c->answer, "so the test wants it");
	cr_assert_lt(c->n, CASE_MAX);
	c->articles[c->n++] = (struct case_article){
		case_copy(a->id), case_copy(a->title), case_copy(a->body),
		case_copy(a->section), case_copy(a->author), case_copy(a->url),
		case_copy(a->lang), case_copy(a->captions), case_copy(a->links),
		case_copy(a->source), case_copy(a->topics),
		case_copy(a->places), a->body.size, *found,
	};
	return NS_OK;
}

static inline void case_on_event(void *context,
                                 const struct source_event *event)
{
	struct source_case *c = context;
	cr_assert_lt(c->n_events, CASE_MAX);
	c->events[c->n_events++] = (struct case_event){
		event->kind, event->why, strdup(event->place),
		strdup(event->reason),
	};
}

/* Reads path and keeps what was found. */
static inline int case_read_path(struct source_case *c, const char *path)
{
	const struct source_handler handler = {c, case_on_article, case_on_event};
	case_forget(c);
	memset(&c->report, 0, sizeof c->report);
	memset(&c->err, 0, sizeof c->err);
	return input_read(path, &c->options, &handler, &c->report, &c->err);
}

static inline int case_read(struct source_case *c, const char *name)
{
	return case_read_path(c, *name ? case_path(c, name) : c->dir);
}

/* Reads these bytes as a named file. */
static inline int case_read_bytes(struct source_case *c, const char *name,
                                  const void *data, size_t n)
{
	case_write_bytes(c, name, data, n);
	return case_read(c, name);
}

static inline int case_read_text(struct source_case *c, const char *name,
                                 const char *text)
{
	return case_read_bytes(c, name, text, strlen(text));
}

/* ---- memory that ends ------------------------------------------------------ */

struct case_memory {
	long left; /* allocations until one fails */
	bool stays;/* all later ones fail too */
	long live; /* blocks */
};

static inline bool case_memory_ends(struct case_memory *memory)
{
	if (memory->left > 0) {
		memory->left--;
		return false;
	}
	if (memory->left == 0 && !memory->stays)
		memory->left = LONG_MAX;
	return true;
}

static inline void *case_alloc(void *context, size_t size)
{
	struct case_memory *memory = context;
	if (case_memory_ends(memory))
		return NULL;
	memory->live++;
	return malloc(size);
}

static inline void *case_resize(void *context, void *block, size_t size)
{
	struct case_memory *memory = context;
	if (case_memory_ends(memory))
		return NULL;
	memory->live += block == NULL;
	return realloc(block, size);
}

static inline void case_release(void *context, void *block)
{
	struct case_memory *memory = context;
	memory->live--;
	free(block);
}

/* Fails each allocation of reading path, alone and with all that follow: every
 * time the answer is NS_E_NOMEM and nothing is kept. */
static inline void case_exhaust(struct source_case *c, const char *path)
{
	for (int stays = 0; stays < 2; stays++) {
		long n = 0;
		for (;; n++) {
			struct case_memory memory = {.left = n, .stays = stays};
			const ns_allocator table = {case_alloc, case_resize,
				case_release, &memory};
			mem_set_table(&table);
			int status = case_read_path(c, path);
			mem_set_table(NULL);
			cr_assert_eq(memory.live, 0, "%ld blocks kept after "
			             "allocation %ld failed", memory.live, n);
			if (status == NS_OK)
				break;
			cr_assert_eq(status, NS_E_NOMEM, "allocation %ld: %d %s",
			             n, status, c->err.message);
			cr_assert_eq(c->err.code, NS_E_NOMEM);
		}
		cr_assert_gt(n, 5);
	}
}

#endif
