/* build_run.c — one build in a process of its own, and what it said of itself. */
#include "bench/build.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yajl/yajl_tree.h>

#include "tools/cli.h"

static const char program[] = "nsbench";

enum { REPORT = 1 << 16, FIXED = 5, NOT_STARTED = 127 };

/* ---- the report ------------------------------------------------------------ */

static double number_of(yajl_val root, const char *name)
{
	const char *path[] = {name, NULL};
	yajl_val value = yajl_tree_get(root, path, yajl_t_number);
	return value ? YAJL_GET_DOUBLE(value) : -1;
}

static bool read_phases(yajl_val root, struct build_round *out)
{
	const char *path[] = {"phases", NULL};
	yajl_val phases = yajl_tree_get(root, path, yajl_t_object);
	if (!phases || phases->u.object.len > BUILD_PHASES)
		return false;
	out->n_phases = phases->u.object.len;
	for (size_t i = 0; i < out->n_phases; i++) {
		struct build_phase *phase = &out->phases[i];
		yajl_val value = phases->u.object.values[i];
		snprintf(phase->name, BUILD_NAME, "%s",
		         phases->u.object.keys[i]);
		if (!YAJL_IS_NUMBER(value))
			return false;
		phase->seconds = YAJL_GET_DOUBLE(value);
	}
	return true;
}

static bool read_report(const char *text, struct build_round *out)
{
	yajl_val root = yajl_tree_parse(text, NULL, 0);
	if (!root)
		return false;
	double articles = number_of(root, "indexed");
	double body = number_of(root, "bytes_body");
	double index = number_of(root, "bytes_index");
	out->seconds = number_of(root, "seconds");
	bool good = articles > 0 && body >= 0 && index > 0 &&
	            out->seconds >= 0 && read_phases(root, out);
	yajl_tree_free(root);
	if (!good)
		return false;
	out->articles = (uint64_t)articles;
	out->bytes_body = (uint64_t)body;
	out->bytes_index = (uint64_t)index;
	return true;
}

/* ---- the process ----------------------------------------------------------- */

static volatile pid_t child;

/* The child ends, then we do, so that the scratch folder goes too. */
static void pass_on(int number)
{
	if (child > 0)
		kill(child, number);
}

/* The nsindex in our own folder. */
static bool find_program(char out[PATH_MAX])
{
	ssize_t n = readlink("/proc/self/exe", out, PATH_MAX - 1);
	out[n > 0 ? n : 0] = '\0';
	char *slash = strrchr(out, '/');
	size_t room = slash ? (size_t)(out + PATH_MAX - slash) : 0;
	return slash && (size_t)snprintf(slash, room, "/nsindex") < room;
}

static void run_child(const char *path, char **words, int output,
                      const char *log)
{
	int said = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (said < 0 || dup2(output, STDOUT_FILENO) < 0 ||
	    dup2(said, STDERR_FILENO) < 0)
		_exit(NOT_STARTED);
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	execv(path, words);
	_exit(NOT_STARTED);
}

static size_t read_all(int file, char *out, size_t room)
{
	size_t n = 0;
	ssize_t got = 1;
	while (n + 1 < room && (got > 0 || (got < 0 && errno == EINTR))) {
		got = read(file, out + n, room - 1 - n);
		n += got > 0 ? (size_t)got : 0;
	}
	out[n] = '\0';
	return n;
}

/* Its ending as waitpid has it, or −1; its usage and its output. */
static int start(const char *path, char **words, const char *log,
                 char report[REPORT], struct rusage *usage)
{
	int ends[2], ending = -1;
	if (pipe2(ends, O_CLOEXEC))
		return -1;
	child = fork();
	if (!child)
		run_child(path, words, ends[1], log);
	close(ends[1]);
	if (child > 0) {
		read_all(ends[0], report, REPORT);
		while (wait4(child, &ending, 0, usage) < 0 && errno == EINTR)
			;
	}
	child = 0;
	close(ends[0]);
	return ending;
}

static void show(const char *log)
{
	char text[4096];
	int file = open(log, O_RDONLY);
	if (file < 0)
		return;
	if (read_all(file, text, sizeof text))
		fputs(text, stderr);
	close(file);
}

static int judge(int ending, const char *path, const char *log)
{
	if (ending >= 0 && WIFSIGNALED(ending)) {
		cli_say(program, "the build was ended by signal %d",
		        WTERMSIG(ending));
		return 128 + WTERMSIG(ending);
	}
	if (ending < 0 || WEXITSTATUS(ending) == NOT_STARTED) {
		cli_say(program, "cannot start %s", path);
		return CLI_ERROR;
	}
	/* some articles may be refused */
	if (WEXITSTATUS(ending) <= CLI_NONE)
		return CLI_GO_ON;
	show(log);
	return WEXITSTATUS(ending);
}

static double seconds_of(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

static int run(char **words, const char *log, struct build_round *out)
{
	static char report[REPORT];
	char path[PATH_MAX];
	struct rusage usage = {0};
	if (!find_program(path)) {
		cli_say(program, "cannot tell where this program lies");
		return CLI_ERROR;
	}
	int code = judge(start(path, words, log, report, &usage), path, log);
	if (code != CLI_GO_ON)
		return code;
	if (!read_report(report, out)) {
		cli_say(program, "%s gave no report of its build", path);
		return CLI_ERROR;
	}
	out->cpu = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
	out->memory = (uint64_t)usage.ru_maxrss * 1024;
	return CLI_GO_ON;
}

int build_run(const char *dir, const char *log, char **arguments,
              struct build_round *out)
{
	size_t n = 0;
	while (arguments[n])
		n++;
	char **words = calloc(FIXED + n + 1, sizeof *words);
	if (!words) {
		cli_say(program, "memory ended");
		return CLI_ERROR;
	}
	words[0] = (char *)"nsindex";
	words[1] = (char *)"build";
	words[2] = (char *)"-i";
	words[3] = (char *)(uintptr_t)dir;
	words[4] = (char *)"--json";
	memcpy(words + FIXED, arguments, n * sizeof *words);
	signal(SIGINT, pass_on);
	signal(SIGTERM, pass_on);
	int code = run(words, log, out);
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	free(words);
	return code;
}
