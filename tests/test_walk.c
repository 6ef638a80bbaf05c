/* Which files a path means, and what is said of the others. */
#include <errno.h>
#include <sys/wait.h>

#include "input/input.h"
#include "input/walk.h"
#include "source_case.h"

/* The sources of all articles, in order, joined by spaces. */
static const char *sources(const struct source_case *c)
{
	static char out[8192];
	out[0] = '\0';
	for (size_t i = 0; i < c->n; i++) {
		strcat(out, i ? " " : "");
		strcat(out, c->articles[i].source);
	}
	return out;
}

static void plant(struct source_case *c)
{
	case_start(c);
	case_folder(c, "b");
	case_folder(c, "a");
	case_folder(c, "a/deep");
	case_folder(c, ".hidden");
	case_folder(c, "index");
	case_write(c, "b/2.txt", "two");
	case_write(c, "b/10.txt", "ten");
	case_write(c, "a/deep/x.txt", "x");
	case_write(c, "a.txt", "a");
	case_write(c, "Z.txt", "z");
	case_write(c, ".hidden/no.txt", "no");
	case_write(c, ".no.txt", "no");
	case_write(c, "index/manifest", "no");
}

Test(walk, order_hidden_index)
{
	struct source_case c;
	plant(&c);
	c.options.index_dir = case_path(&c, "b/../index");
	cr_assert_eq(case_read(&c, ""), NS_OK);
	cr_assert_str_eq(sources(&c), "Z.txt:1 a/deep/x.txt:1 a.txt:1 b/10.txt:1 "
	                 "b/2.txt:1");
	cr_assert_eq(c.n_events, 0);
	cr_assert_eq(c.report.files, 5);
	cr_assert_eq(c.report.bytes, 9);
	cr_assert_eq(input_size(c.dir, &c.options), 9);
	cr_assert_eq(c.articles[4].facts.bytes_read, 9);
	c.options.index_dir = NULL;
	cr_assert_eq(case_read(&c, ""), NS_OK);
	cr_assert_eq(c.n, 6);
	/* named, the index is told */
	c.options.index_dir = case_path(&c, "index");
	cr_assert_eq(case_read(&c, "index/"), NS_OK);
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].why, SOURCE_INDEX);
	case_end(&c);
}

Test(walk, names_as_they_are_typed)
{
	struct source_case c;
	plant(&c);
	cr_assert_eq(case_read(&c, "b/2.txt"), NS_OK);
	cr_assert_str_eq(sources(&c), "2.txt:1");
	cr_assert_eq(case_read(&c, "b//"), NS_OK);
	cr_assert_str_eq(sources(&c), "10.txt:1 2.txt:1");
	cr_assert_eq(case_read(&c, ".hidden"), NS_OK);
	cr_assert_str_eq(sources(&c), "no.txt:1");
	cr_assert_eq(chdir(c.dir), 0);
	cr_assert_eq(case_read_path(&c, "."), NS_OK);
	cr_assert_eq(c.n, 6);
	cr_assert_str_eq(c.articles[1].source, "a/deep/x.txt:1");
	case_write(&c, "a/bin", "\x01\x02\x03");
	cr_assert_eq(case_read_path(&c, "."), NS_OK);
	cr_assert_str_eq(c.events[0].place, "a/bin");
	cr_assert_eq(case_read_path(&c, "./a"), NS_OK);
	cr_assert_str_eq(c.events[0].place, "./a/bin");
	case_write(&c, "caf\xE9.txt", "x");
	cr_assert_eq(case_read_path(&c, "caf\xE9.txt"), NS_OK);
	cr_assert_str_eq(sources(&c), "caf\uFFFD.txt:1");
	cr_assert_eq(chdir("/"), 0);
	case_end(&c);
}

#define MESSAGE "From: a@b.c\nSubject: s\n\nword\n"

/* A maildir with two folders, and hidden names that are none. */
static void plant_maildir(struct source_case *c)
{
	static const char *const folders[] = {
		"m", "m/cur", "m/new", "m/.Sent", "m/.Sent/cur", "m/.Sent/new",
		"m/.Sent/.In", "m/.Sent/.In/cur", "m/.Sent/.In/new",
		"m/.Lists.news", "m/.Lists.news/cur", "m/.Lists.news/new",
		"m/.half", "m/.half/cur", "m/.files", "m/.files/cur",
		"o", "o/cur", "o/.Sent", "o/.Sent/cur", "o/.Sent/new",
	};
	static const char *const messages[] = {
		"m/cur/1", "m/.Sent/new/2", "m/.Sent/cur/.no", "m/.half/cur/no",
		"m/.Sent/.In/cur/3", "m/.Lists.news/cur/4", "m/.files/cur/no",
		"m/.files/new", "m/.no", "m/.Sent/.no", "o/cur/5",
		"o/.Sent/cur/no",
	};
	case_start(c);
	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		case_folder(c, folders[i]);
	for (size_t i = 0; i < ARRAY_LEN(messages); i++)
		case_write(c, messages[i], MESSAGE);
}

Test(walk, folders_of_a_maildir)
{
	struct source_case c;
	plant_maildir(&c);
	cr_assert_eq(case_read(&c, ""), NS_OK);
	cr_assert_str_eq(sources(&c), "m/.Lists.news/cur/4:1 "
	                 "m/.Sent/.In/cur/3:1 m/.Sent/new/2:1 m/cur/1:1 "
	                 "o/cur/5:1");
	cr_assert_eq(c.n_events, 0);
	cr_assert_str_eq(c.articles[0].section, "Lists.news");
	cr_assert_eq(input_size(c.dir, &c.options), 5 * strlen(MESSAGE));
	cr_assert_eq(case_read(&c, "m"), NS_OK);
	cr_assert_eq(c.n, 4);
	/* a link to a folder is passed over there, too */
	cr_assert_eq(symlink(".Sent", case_path(&c, "m/.Copy")), 0);
	cr_assert_eq(symlink(".Circle", case_path(&c, "m/.Circle")), 0);
	cr_assert_eq(case_read(&c, "m"), NS_OK);
	cr_assert_eq(c.n, 4);
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].why, SOURCE_LINK);
	case_end(&c);
}

Test(walk, what_is_missing_is_refused)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read(&c, "none"), NS_OK);
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].kind, SOURCE_REFUSED);
	cr_assert_eq(c.events[0].why, SOURCE_UNREADABLE);
	cr_assert_str_eq(c.events[0].place, case_path(&c, "none"));
	cr_assert_not_null(strstr(c.events[0].reason, strerror(ENOENT)));
	cr_assert_eq(case_read_path(&c, ""), NS_OK);
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(input_size(case_path(&c, "none"), &c.options), 0);
	c.options.strict = true;
	cr_assert_eq(case_read(&c, "none"), NS_E_USAGE);
	cr_assert_str_eq(c.err.place, case_path(&c, "none"));
	case_end(&c);
}

Test(walk, links_and_special_files)
{
	struct source_case c;
	plant(&c);
	cr_assert_eq(symlink("..", case_path(&c, "a/up")), 0);
	cr_assert_eq(symlink("deep", case_path(&c, "a/same")), 0);
	cr_assert_eq(symlink("self", case_path(&c, "a/self")), 0);
	cr_assert_eq(symlink("nothing", case_path(&c, "a/dangling")), 0);
	cr_assert_eq(symlink("../b/2.txt", case_path(&c, "a/file")), 0);
	cr_assert_eq(mkfifo(case_path(&c, "a/pipe"), 0600), 0);
	cr_assert_eq(case_read(&c, "a"), NS_OK);
	cr_assert_str_eq(sources(&c), "deep/x.txt:1 file:1");
	cr_assert_eq(c.report.refused, 0);
	cr_assert_eq(c.report.passed_over, 5);
	cr_assert_eq(c.report.passed_over_by[SOURCE_LINK], 4);
	cr_assert_eq(c.report.passed_over_by[SOURCE_SPECIAL], 1);
	/* a named link to a folder is that folder */
	cr_assert_eq(case_read(&c, "a/same"), NS_OK);
	cr_assert_str_eq(sources(&c), "x.txt:1");
	case_end(&c);
}

Test(walk, a_named_pipe_and_standard_input_are_read)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(mkfifo(case_path(&c, "pipe"), 0600), 0);
	pid_t writer = fork();
	cr_assert_geq(writer, 0);
	if (writer == 0) {
		int file = open(case_path(&c, "pipe"), O_WRONLY);
		_exit(file < 0 || write(file, "{\"title\":\"p\"}", 13) != 13);
	}
	cr_assert_eq(case_read(&c, "pipe"), NS_OK);
	cr_assert_eq(waitpid(writer, NULL, 0), writer);
	cr_assert_str_eq(sources(&c), "pipe:1");
	cr_assert_eq(c.report.bytes, 13);
	cr_assert_eq(input_size(case_path(&c, "pipe"), &c.options), 0);

	case_write(&c, "in", "\nfrom standard input");
	int file = open(case_path(&c, "in"), O_RDONLY);
	cr_assert_eq(dup2(file, STDIN_FILENO), STDIN_FILENO);
	cr_assert_eq(case_read_path(&c, "-"), NS_OK);
	cr_assert_str_eq(sources(&c), "-:2");
	cr_assert_eq(input_size("-", &c.options), 0);
	close(file);
	case_end(&c);
}

Test(walk, deep_folders_end)
{
	struct source_case c;
	struct buffer path;
	case_start(&c);
	buffer_init(&path, 1 << 16);
	for (int i = 0; i < WALK_DEPTH + 1; i++) {
		buffer_printf(&path, "%sd", i ? "/" : "");
		buffer_byte(&path, 0);
		case_folder(&c, (const char *)path.data);
		path.len--;
	}
	case_write(&c, "d/top.txt", "top");
	cr_assert_eq(case_read(&c, ""), NS_OK);
	cr_assert_str_eq(sources(&c), "d/top.txt:1");
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].kind, SOURCE_REFUSED);
	cr_assert_not_null(strstr(c.events[0].reason, "256"));
	buffer_release(&path);
	case_end(&c);
}

/* ---- a system that fails ---------------------------------------------------- */

static int calls_left;
static int failure;

static bool call_fails(void)
{
	if (calls_left-- != 0)
		return false;
	errno = failure;
	return true;
}

static int failing_open(int dir, const char *path, int flags, mode_t mode)
{
	return call_fails() ? -1 : io_system.open(dir, path, flags, mode);
}

static ssize_t failing_read(int file, void *data, size_t n)
{
	return call_fails() ? -1 : io_system.read(file, data, n);
}

static int failing_fstat(int file, struct stat *out)
{
	return call_fails() ? -1 : io_system.fstat(file, out);
}

static int failing_stat(int dir, const char *path, struct stat *out, int flags)
{
	return call_fails() ? -1 : io_system.stat(dir, path, out, flags);
}

static int failing_list(int dir, struct dirent ***out)
{
	return call_fails() ? -1 : io_system.list(dir, out);
}

static int open_files(void)
{
	int n = 0;
	for (int file = 0; file < 256; file++)
		n += fcntl(file, F_GETFD) != -1;
	return n;
}

/* A call that fails costs what it was for, is told, and ends nothing else. */
static void fail_every_call(struct source_case *c, size_t articles)
{
	struct io_table table = io_system;
	table.open = failing_open;
	table.read = failing_read;
	table.fstat = failing_fstat;
	table.stat = failing_stat;
	table.list = failing_list;
	int before = open_files();
	for (int n = 0;; n++) {
		calls_left = n;
		failure = n % 2 ? EIO : EACCES;
		io_set_table(&table);
		int status = case_read(c, "");
		io_set_table(NULL);
		cr_assert_eq(open_files(), before, "call %d left a file open", n);
		cr_assert_eq(status, NS_OK, "call %d: %s", n, c->err.message);
		if (calls_left >= 0) {
			cr_assert_gt(n, 20);
			cr_assert_eq(c->n, articles);
			cr_assert_eq(c->n_events, 0);
			break;
		}
		cr_assert_leq(c->n, articles);
		cr_assert_eq(c->n_events, 1, "call %d", n);
		cr_assert_eq(c->events[0].why, SOURCE_UNREADABLE);
		cr_assert_not_null(strstr(c->events[0].reason, strerror(failure)));
	}
	/* where the system's memory ends, all ends */
	for (int n = 0; n < 20; n++) {
		calls_left = n;
		failure = ENOMEM;
		io_set_table(&table);
		int status = case_read(c, "");
		io_set_table(NULL);
		cr_assert_eq(status, NS_E_NOMEM, "call %d", n);
		cr_assert_eq(open_files(), before);
	}
	case_end(c);
}

Test(walk, every_call_may_fail)
{
	struct source_case c;
	plant(&c);
	fail_every_call(&c, 6);
	plant_maildir(&c);
	fail_every_call(&c, 5);
}

Test(walk, memory_may_end_at_any_point)
{
	struct source_case c;
	plant(&c);
	cr_assert_eq(symlink("..", case_path(&c, "a/up")), 0);
	case_exhaust(&c, c.dir);
	cr_assert_eq(c.n, 6);
	cr_assert_eq(c.n_events, 1);
	case_end(&c);
}
