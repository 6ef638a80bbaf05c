#include <criterion/criterion.h>

#include "levels.h"
#include "random.h"
#include "text/analyzer.h"
#include "text/plain.h"

/* ---- 64 bytes ------------------------------------------------------------- */

static bool among(uint8_t byte, const char *set)
{
	return byte && strchr(set, byte);
}

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static void check_look(enum cpu_level level, const uint8_t text[64],
                       uint64_t seed)
{
	uint8_t lower[64];
	struct plain_bits bits;
	plain_look(level, text, lower, &bits);
	for (unsigned i = 0; i < 64; i++) {
		uint8_t byte = text[i];
		bool word = among(byte, LOWER UPPER DIGITS);
		bool first = word || byte == '_' || byte >= 0x80;
		cr_assert_eq(bits.words >> i & 1, word,
		             "byte %d, level %d, seed %lu", byte, level, seed);
		cr_assert_eq(bits.digits >> i & 1, among(byte, DIGITS),
		             "byte %d, level %d, seed %lu", byte, level, seed);
		cr_assert_eq(bits.firsts >> i & 1, first,
		             "byte %d, level %d, seed %lu", byte, level, seed);
		cr_assert_eq(lower[i], among(byte, UPPER) ? byte + 32 : byte,
		             "byte %d, level %d, seed %lu", byte, level, seed);
	}
}

Test(plain, each_byte_is_what_it_is_at_every_level)
{
	struct random r = random_start(41);
	uint8_t text[64];
	for (int level = CPU_SCALAR; level <= (int)levels_top(); level++) {
		for (unsigned byte = 0; byte < 256; byte++) {
			memset(text, (int)byte, sizeof text);
			check_look((enum cpu_level)level, text, r.seed);
		}
		for (int round = 0; round < 2000; round++) {
			for (unsigned i = 0; i < sizeof text; i++)
				text[i] = (uint8_t)random_below(&r, 256);
			check_look((enum cpu_level)level, text, r.seed);
		}
	}
}

/* ---- tokens ---------------------------------------------------------------- */

/* What a rule of UAX #29, of clusters or of signs looks at, and bad bytes. */
static const char *const pieces[] = {
	" ", " ", " ", "\n", "a", "S", "the", "Running", "7", "42", "covid19",
	".", ".", ",", ";", ":", "'", "\"", "-", "-", "&", "_", "@", "#", "(",
	"/", "\u2019", "\u2018", "\u201C", "\u2010", "\u2011", "\u2014",
	"\u00AD", "\u200B", "\u0301", "\u00B7", "\u00E9", "\u00DF", "\u0130",
	"\u05D0", "\u0663", "\u30AB", "\u4E2D", "\u0E01", "\u212A", "\uFF21",
	"\uFFFD", "\x80", "\xE2", "\xFF", "\xE2\x80", "U.S.", "'s", "n't",
};

static size_t invent(struct random *r, char *text, size_t room)
{
	size_t n = 0, wanted = random_width(r, 12);
	/* plain text, plain text with a little else, and all in a row */
	unsigned strange = random_below(r, 3);
	while (n < wanted && n + 400 < room) {
		const char *piece = " ";
		if (strange == 2 || (strange && random_below(r, 20) == 0))
			piece = pieces[random_below(r, ARRAY_LEN(pieces))];
		else if (random_below(r, 200) == 0)
			piece = NULL;
		for (size_t i = random_below(r, piece ? 12 : 400); i > 0; i--)
			text[n++] = "aBcdEfgH9"[random_below(r, 9)];
		if (piece) {
			memcpy(text + n, piece, strlen(piece));
			n += strlen(piece);
		}
	}
	return n;
}

static bool same(const struct token *a, const struct token *b)
{
	return slice_equal(a->form, b->form) && slice_equal(a->term, b->term) &&
	       a->position == b->position && a->start == b->start &&
	       a->end == b->end && a->covers == b->covers;
}

/* forms_only leaves terms out, not from the same tokens. */
static void complete(struct analyzer *analyzer, struct token *token)
{
	if (!token->term.len)
		token->term = analyzer_stem(analyzer, token->form);
}

static void compare(struct analyzer *shortly, struct analyzer *ruled,
                    struct slice text, bool forms_only, const char *place)
{
	struct analysis a, b;
	struct token one, other;
	analysis_start(&a, shortly, text, 3);
	analysis_start(&b, ruled, text, 3);
	a.forms_only = b.forms_only = forms_only;
	b.by_rules = true;
	for (size_t n = 0; analysis_next(&b, &other); n++) {
		cr_assert(analysis_next(&a, &one), "%s: token %zu", place, n);
		complete(shortly, &one);
		complete(ruled, &other);
		cr_assert(same(&one, &other), "%s: token %zu: %.*s for %.*s",
		          place, n, (int)one.form.len, one.form.data,
		          (int)other.form.len, other.form.data);
	}
	cr_assert(!analysis_next(&a, &one), "%s: a token too many", place);
	cr_assert_eq(a.position, b.position, "%s", place);
	cr_assert_eq(a.overlong, b.overlong, "%s", place);
}

Test(plain, short_ways_give_the_tokens_of_the_rules)
{
	static char text[8192];
	struct random r = random_start(42);
	struct analyzer *shortly, *ruled;
	struct ns_error err;
	const int top = (int)levels_top(), before = cpu_decided;
	for (int language = 0; language < 2; language++) {
		const char *name = language ? "none" : "en";
		cr_assert_eq(analyzer_open(&shortly, name, &err), NS_OK);
		cr_assert_eq(analyzer_open(&ruled, name, &err), NS_OK);
		for (int round = 0; round < 12000; round++) {
			char place[80];
			size_t n = invent(&r, text, sizeof text);
			cpu_decided = round % (top + 1);
			snprintf(place, sizeof place,
			         "seed %lu, round %d, level %d", r.seed, round,
			         cpu_decided);
			/* at the end of its memory, which ASan guards */
			uint8_t *exact = mem_alloc(n);
			memcpy(exact, text, n);
			compare(shortly, ruled, slice_of(exact, n), round & 1,
			        place);
			mem_free(exact);
		}
		analyzer_free(shortly);
		analyzer_free(ruled);
	}
	cpu_decided = before;
}

Test(plain, a_word_longer_than_the_window_is_for_the_rules)
{
	static uint8_t text[2 * PLAIN_WINDOW];
	struct plain plain;
	struct plain_word word;
	for (size_t n = PLAIN_WINDOW - 2; n < PLAIN_WINDOW + 3; n++)
		for (size_t from = 0; from < 3; from++) {
			size_t at = 0;
			memset(text, 'a', sizeof text);
			memset(text, ' ', from);
			text[from + n] = ' ';
			plain_start(&plain);
			enum plain_found found = plain_next(
				&plain, slice_of(text, from + n + 1), &at, &word);
			cr_assert_eq(at, from);
			cr_assert_eq(found, n < PLAIN_WINDOW ? PLAIN_WORD
			                                     : PLAIN_NOT);
		}
}
