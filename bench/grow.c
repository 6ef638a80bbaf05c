#include "bench/grow.h"

#include <inttypes.h>

#include "tools/cli.h"

static const char program[] = "nsbench";

enum { CHANGED = 3 }; /* words in 100 */

struct growing {
	const struct grow_collection *from;
	uint64_t seed, random, new_words;
	struct buffer line;
	uint64_t body_size; /* of the article at hand, as it is written */
};

/* ---- a copy ---------------------------------------------------------------- */

/* A word behind a blank that chance leads to: no escape has a blank in it. */
static bool find_word(struct growing *g, const struct grow_article *article,
                      struct slice *out)
{
	const uint8_t *body = article->line + article->body;
	const uint8_t *end = article->line + article->body_end;
	uint32_t at = grow_below(&g->random, article->body_end - article->body +
	                                     1);
	const uint8_t *blank = memchr(body + at, ' ', (size_t)(end - body) - at);
	return (blank && grow_word(blank, end, out)) ||
	       grow_word(body, end, out);
}

/* A word of another article, or of those behind it where it has none.  false:
 * nor have they. */
static bool borrow(struct growing *g, const struct grow_article *mine,
                   struct slice *out)
{
	const struct grow_collection *from = g->from;
	size_t at = grow_below(&g->random, (uint32_t)from->n);
	for (int tries = 0; tries < 8; tries++) {
		const struct grow_article *other = &from->articles[at];
		if (other != mine && find_word(g, other, out))
			return true;
		at = (at + 1) % from->n;
	}
	return false;
}

static void replace(struct growing *g, const struct grow_article *mine,
                    struct slice old)
{
	char made[GROW_WORD];
	struct slice word = old;
	if (grow_below(&g->random, 2))
		word = slice_of(made, grow_new_word(made, g->new_words++,
		                                    g->seed));
	else if (!borrow(g, mine, &word))
		word = old;
	buffer_append(&g->line, word.data, word.len);
	g->body_size += word.len - old.len;
}

static void put_body(struct growing *g, const struct grow_article *article)
{
	const uint8_t *kept = article->line + article->body;
	const uint8_t *end = article->line + article->body_end, *at = kept;
	struct slice word;
	while (grow_word(at, end, &word)) {
		at = word.data + word.len;
		if (grow_below(&g->random, 100) >= CHANGED)
			continue;
		buffer_append(&g->line, kept, (size_t)(word.data - kept));
		replace(g, article, word);
		kept = at;
	}
	buffer_append(&g->line, kept, (size_t)(end - kept));
}

static void put_part(struct growing *g, const struct grow_article *article,
                     uint32_t start, uint32_t end)
{
	buffer_append(&g->line, article->line + start, end - start);
}

static void put_copy(struct growing *g, const struct grow_article *article,
                     uint64_t copy)
{
	uint32_t at = 0, id = article->id_end, body = article->body;
	for (int i = 0; i < 2; i++) {
		bool is_id = (id < body) == (i == 0);
		uint32_t next = is_id ? id : body;
		put_part(g, article, at, next);
		at = is_id ? id : article->body_end;
		if (is_id)
			buffer_printf(&g->line, "-%" PRIu64, copy);
		else
			put_body(g, article);
	}
	put_part(g, article, at, article->len);
}

/* ---- all copies ------------------------------------------------------------ */

static bool write_article(struct growing *g, const struct grow_article *article,
                          uint64_t copy)
{
	buffer_clear(&g->line);
	g->body_size = article->body_size;
	if (copy)
		put_copy(g, article, copy);
	else
		put_part(g, article, 0, article->len);
	buffer_byte(&g->line, '\n');
	if (g->line.status != NS_OK) {
		cli_say(program, "memory ended");
		return false;
	}
	return fwrite(g->line.data, 1, g->line.len, stdout) == g->line.len;
}

/* What stdout refuses, cli_finish tells. */
static int write_copies(const struct grow_collection *from, uint64_t bytes,
                        uint64_t seed)
{
	struct growing g = {.from = from, .seed = seed, .random = seed};
	uint64_t n = 0, size = 0;
	bool good = true;
	buffer_init(&g.line, SIZE_MAX);
	for (; good && size < bytes; n++) {
		good = write_article(&g, &from->articles[n % from->n],
		                     n / from->n);
		size += g.body_size;
	}
	buffer_release(&g.line);
	if (good)
		cli_say(program, "wrote %" PRIu64 " articles with %" PRIu64
		        " bytes of bodies and %" PRIu64 " new words", n, size,
		        g.new_words);
	return good ? CLI_DONE : CLI_ERROR;
}

static int grow(char **paths, uint64_t bytes, uint64_t seed)
{
	struct grow_collection from = {0};
	bool good = *paths || grow_make(&from, seed);
	for (; *paths && good; paths++)
		good = grow_read(&from, *paths);
	if (from.without_text)
		cli_say(program, "left out %" PRIu64 " without title and body",
		        from.without_text);
	if (good && !from.body_size) {
		cli_say(program, "there is no body to copy");
		good = false;
	}
	int code = good && grow_ids_differ(&from)
	         ? write_copies(&from, bytes, seed) : CLI_ERROR;
	grow_release(&from);
	return code;
}

int bench_grow(int argc, char **argv)
{
	uint64_t bytes = 1u << 30, seed = 1;
	const struct cli_option options[] = {
		{"bytes", 0, CLI_SIZE, "SIZE", "until bodies have so many (1G)",
		 &bytes, 1, 0},
		{"seed", 0, CLI_NUMBER, "N", "what chance begins with (1)",
		 &seed, 0, 0},
		CLI_STANDARD_OPTIONS,
	};
	const struct cli cli = {
		.program = "nsbench grow", .usage = "[OPTION]... [FILE]...",
		.about = "Writes a large collection: JSON lines of the articles "
		         "of files (without a FILE, of\narticles made up), copy "
		         "after copy, each with other words here and there.",
		.options = options, .n_options = sizeof options / sizeof *options,
	};
	int n, code = cli_parse(&cli, argc, argv, &n);
	return code == CLI_GO_ON ? grow(argv, bytes, seed) : code;
}
