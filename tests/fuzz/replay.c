/* replay.c — does a target take these inputs without harm?
 *
 *     replay_TARGET [--sound] PATH…
 *
 * Feeds every file of each PATH (a file or a folder) to the target, in the order
 * of names.  --sound: they must be read without a fault as well, which shows
 * that the target gets past the first byte.  What goes wrong ends the program;
 * the last line on standard error then names the file.
 */
#include <dirent.h>
#include <signal.h>
#include <unistd.h>

#include "tests/fuzz/fuzz.h"
#include "tests/scratch.h"

static bool sound;
static size_t n_inputs, n_sound;
static char where[2 * SCRATCH_PATH];

static void tell(void)
{
	ssize_t n = write(2, where, strlen(where));
	(void)n;
}

static void on_abort(int number)
{
	(void)number;
	tell();
	_exit(1);
}

#ifdef HAVE_ASAN
void __sanitizer_set_death_callback(void (*callback)(void));
#endif

static struct slice load(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file || fseek(file, 0, SEEK_END))
		scratch_die("fuzz: cannot read %s", path);
	/* exactly its bytes, so that a read behind them is seen */
	size_t size = (size_t)ftell(file);
	uint8_t *bytes = malloc(size ? size : 1);
	rewind(file);
	if (!bytes || fread(bytes, 1, size, file) != size)
		scratch_die("fuzz: cannot read %s", path);
	fclose(file);
	return slice_of(bytes, size);
}

static void feed(const char *path)
{
	struct slice bytes = load(path);
	snprintf(where, sizeof where, "fuzz: with %s\n", path);
	fuzz_sound = false;
	LLVMFuzzerTestOneInput(bytes.data, bytes.len);
	fuzz_free(bytes);
	n_inputs++;
	n_sound += fuzz_sound;
	if (sound && !fuzz_sound)
		scratch_die("fuzz: finds fault with sound bytes: %s", path);
}

static void replay(const char *path)
{
	char name[2 * SCRATCH_PATH];
	struct dirent **entries;
	int n = scandir(path, &entries, NULL, alphasort);
	if (n < 0)
		feed(path);
	for (int i = 0; i < n; i++) {
		snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name);
		if (*entries[i]->d_name != '.')
			feed(name);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
}

int main(int argc, char **argv)
{
	signal(SIGABRT, on_abort);
#ifdef HAVE_ASAN
	__sanitizer_set_death_callback(tell);
#else
	signal(SIGSEGV, on_abort);
#endif
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--sound"))
			sound = true;
		else
			replay(argv[i]);
	}
	if (!n_inputs)
		scratch_die("fuzz: no input");
	printf("%zu inputs, %zu of them sound\n", n_inputs, n_sound);
	return 0;
}
