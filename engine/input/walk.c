#include "input/walk.h"

#include <errno.h>

struct walk {
	const struct walk_handler *handler;
	struct apart {       /* left out, whatever its name */
		bool there;
		struct stat facts;
	} index, log;
	struct buffer path; /* with a NUL byte behind, outside its length */
	size_t below;       /* where in path the named folder ends */
	int depth;
};

static int skip(struct walk *w, const struct walk_entry *entry,
                enum source_event_kind kind, enum source_reason why,
                const char *detail, struct ns_error *err)
{
	return w->handler->skip(w->handler->context, entry, kind, why, detail,
	                        err);
}

/* What the last system call said of entry. */
static int refuse_call(struct walk *w, const struct walk_entry *entry,
                       const char *what, struct ns_error *err)
{
	struct ns_error cause;
	if (err_io(&cause, entry->path, what) == NS_E_NOMEM)
		return err_nomem(err);
	return skip(w, entry, SOURCE_REFUSED, SOURCE_UNREADABLE, cause.message,
	            err);
}

static bool is_apart(const struct apart *apart, const struct stat *facts)
{
	return apart->there && facts->st_dev == apart->facts.st_dev &&
	       facts->st_ino == apart->facts.st_ino;
}

static void find_apart(struct apart *out, const char *path)
{
	out->there = path && io_table()->stat(AT_FDCWD, path, &out->facts, 0) == 0;
}

static int append_path(struct walk *w, const char *name, struct ns_error *err)
{
	if (w->path.len && w->path.data[w->path.len - 1] != '/')
		buffer_byte(&w->path, '/');
	buffer_text(&w->path, name);
	buffer_byte(&w->path, '\0');
	TRY(buffer_check(&w->path, err));
	w->path.len--;
	return NS_OK;
}

static void cut_path(struct walk *w, size_t len)
{
	w->path.len = len;
	w->path.data[len] = '\0';
}

static int visit_folder(struct walk *w, const struct walk_entry *entry,
                        struct ns_error *err);

/* The name, which path ends with, in a folder. */
static struct walk_entry entry_of(const struct walk *w, int dir, const char *name)
{
	const char *path = (const char *)w->path.data, *below = path + w->below;
	return (struct walk_entry){.dir = dir, .name = name, .path = path,
	                           .below = below + (*below == '/')};
}

/* Finds out what a name in a folder is, and does what that needs. */
static int visit(struct walk *w, int dir, const char *name,
                 struct ns_error *err)
{
	struct walk_entry entry = entry_of(w, dir, name);
	const struct io_table *io = io_table();
	if (io->stat(dir, name, &entry.facts, AT_SYMLINK_NOFOLLOW) != 0)
		return refuse_call(w, &entry, "look at", err);
	bool link = S_ISLNK(entry.facts.st_mode);
	if (link && io->stat(dir, name, &entry.facts, 0) != 0) {
		if (errno == ENOENT || errno == ELOOP || errno == ENOTDIR)
			return skip(w, &entry, SOURCE_PASSED_OVER, SOURCE_LINK,
			            strerror(errno), err);
		return refuse_call(w, &entry, "look at", err);
	}
	if (is_apart(&w->log, &entry.facts))
		return NS_OK;
	if (S_ISREG(entry.facts.st_mode))
		return w->handler->file(w->handler->context, &entry, err);
	if (!S_ISDIR(entry.facts.st_mode))
		return skip(w, &entry, SOURCE_PASSED_OVER, SOURCE_SPECIAL, NULL,
		            err);
	if (link)
		return skip(w, &entry, SOURCE_PASSED_OVER, SOURCE_LINK, NULL, err);
	if (is_apart(&w->index, &entry.facts))
		return NS_OK;
	return visit_folder(w, &entry, err);
}

static bool has_name(const struct io_names *names, const char *name)
{
	for (size_t i = 0; i < names->n; i++)
		if (!strcmp(names->names[i], name))
			return true;
	return false;
}

/* A hidden name beside cur/ and new/: is it a maildir, too? */
static int visit_hidden(struct walk *w, int dir, const char *name,
                        struct ns_error *err)
{
	static const char *const wanted[] = {"cur", "new"};
	struct walk_entry entry = entry_of(w, dir, name);
	char path[NAME_MAX + 8];
	for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
		int n = snprintf(path, sizeof path, "%s/%s", name, wanted[i]);
		if ((size_t)n >= sizeof path)
			return NS_OK; /* some file systems have longer names */
		if (io_table()->stat(dir, path, &entry.facts, 0) != 0)
			return errno == ENOENT || errno == ENOTDIR ||
			       errno == ELOOP
			       ? NS_OK
			       : refuse_call(w, &entry, "look into", err);
		if (!S_ISDIR(entry.facts.st_mode))
			return NS_OK;
	}
	return visit(w, dir, name, err);
}

static int visit_names(struct walk *w, int dir, const struct io_names *names,
                       struct ns_error *err)
{
	bool maildir = has_name(names, "cur") && has_name(names, "new");
	for (size_t i = 0; i < names->n; i++) {
		const char *name = names->names[i];
		size_t len = w->path.len;
		if (name[0] == '.' && !maildir)
			continue;
		TRY(append_path(w, name, err));
		TRY(name[0] == '.' ? visit_hidden(w, dir, name, err)
		                   : visit(w, dir, name, err));
		cut_path(w, len);
	}
	return NS_OK;
}

static int visit_folder(struct walk *w, const struct walk_entry *entry,
                        struct ns_error *err)
{
	if (w->depth == WALK_DEPTH)
		return skip(w, entry, SOURCE_REFUSED, SOURCE_UNREADABLE,
		            "folders nested deeper than 256", err);
	static_assert(WALK_DEPTH == 256, "the message says so");
	/* a named one may be a link */
	int flags = O_RDONLY | O_DIRECTORY | (entry->named ? 0 : O_NOFOLLOW);
	int dir = io_open(entry->dir, entry->name, flags, 0);
	if (dir < 0)
		return refuse_call(w, entry, "open", err);
	struct io_names names;
	struct ns_error cause;
	int status = io_list(dir, &names, entry->path, &cause);
	if (status == NS_OK) {
		w->depth++;
		status = visit_names(w, dir, &names, err);
		w->depth--;
		io_names_release(&names);
	} else if (status == NS_E_NOMEM) {
		status = err_nomem(err);
	} else {
		status = skip(w, entry, SOURCE_REFUSED, SOURCE_UNREADABLE,
		              cause.message, err);
	}
	io_close(&dir);
	return status;
}

static const char *bare_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static int visit_named(struct walk *w, const char *path, struct ns_error *err)
{
	struct walk_entry entry = {
		.dir = AT_FDCWD, .name = path, .path = path,
		.below = bare_name(path), .named = true,
	};
	if (io_table()->stat(AT_FDCWD, path, &entry.facts, 0) != 0)
		return refuse_call(w, &entry, "find", err);
	if (!S_ISDIR(entry.facts.st_mode))
		return w->handler->file(w->handler->context, &entry, err);
	if (is_apart(&w->index, &entry.facts))
		return skip(w, &entry, SOURCE_REFUSED, SOURCE_INDEX, NULL, err);
	/* "." says nothing in front of a name */
	TRY(append_path(w, strcmp(path, ".") ? path : "", err));
	w->below = w->path.len;
	return visit_folder(w, &entry, err);
}

int walk(const char *path, const struct source_options *options,
         const struct walk_handler *handler, struct ns_error *err)
{
	struct walk w = {.handler = handler};
	buffer_init(&w.path, 1 << 20);
	find_apart(&w.index, options->index_dir);
	find_apart(&w.log, options->log);
	int status = visit_named(&w, path, err);
	buffer_release(&w.path);
	return status;
}
