/* Words become tokens in clusters: a run of words that '-', U+2010, U+2011 or
 * '&' joins without a blank ("US-led", "AT&T").  A cluster is cut and folded as a
 * whole, because its compound follows the parts; its tokens wait in the analyzer
 * until they were all given.
 *
 *   U.S.-led     u.s@0 led@1 usled@0         an abbreviation gives its dots up
 *   a-b&c        a@0 b@1 c@2 ab&c@0
 *   @a-b         a@0 @a@0 b@1 ab@0
 *   a--b  a- -a  no compound
 *   2016-17      2016@0 17@1                 digits alone make no compound
 *   a-…-q        over 16 parts: no compound, the rest is a cluster of its own
 */
#include "text/analyzer.h"

#include <utf8proc.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/varint.h"
#include "base/ascii.h"
#include "text/fold.h"
#include "text/plain.h"
#include "text/stem.h"
#include "text/words.h"

enum { RULES_VERSION = 1, PARTS_MAX = 16, TOKENS_MAX = 2 * PARTS_MAX + 1 };

struct waiting {
	uint8_t form[WORD_MAX], term[WORD_MAX];
	uint8_t form_len, term_len;
	uint32_t position, start, end, covers;
};

/* One word of a cluster; join is what stands before it. */
struct part {
	struct word word;
	char join;          /* '-', '&', or 0 for the first */
	char sign;          /* '@', '#', or 0 */
	bool abbreviation;  /* letters with dots: never stemmed */
	size_t letters_end; /* an abbreviation's word takes in what is behind */
};

struct analyzer {
	const char *language;
	struct stem *stem;  /* NULL: no stemming */
	uint64_t identity;
	struct fold fold;
	struct plain plain;
	struct part parts[PARTS_MAX];
	struct waiting tokens[TOKENS_MAX];
	unsigned n_parts, n_tokens, next_token;
};

/* ---- stemming ------------------------------------------------------------ */

static bool has_digit(struct slice form)
{
	for (size_t i = 0; i < form.len;) {
		utf8proc_int32_t c = form.data[i];
		utf8proc_ssize_t n = 1;
		if (c >= 0x80) {
			n = utf8proc_iterate(form.data + i,
			                     (utf8proc_ssize_t)(form.len - i), &c);
			if (n > 0 && utf8proc_category(c) ==
			             UTF8PROC_CATEGORY_ND)
				return true;
		} else if (ascii_digit((uint8_t)c)) {
			return true;
		}
		i += n > 0 ? (size_t)n : 1;
	}
	return false;
}

/* Single letters with dots between: u.s, u.n.e.s.c.o. */
static bool is_abbreviation(struct slice form)
{
	if (form.len < 3 || form.len % 2 == 0)
		return false;
	for (size_t i = 0; i < form.len; i++)
		if (i % 2 ? form.data[i] != '.' : !ascii_letter(form.data[i]))
			return false;
	return true;
}

struct slice analyzer_stem(struct analyzer *analyzer, struct slice form)
{
	bool sign = form.len && (form.data[0] == '@' || form.data[0] == '#');
	if (!analyzer->stem || !form.len || sign ||
	    memchr(form.data, '&', form.len) || is_abbreviation(form) ||
	    has_digit(form))
		return form;
	return stem_word(analyzer->stem, form);
}

/* ---- opening ------------------------------------------------------------- */

/* Stems of these depend on every step of the algorithms we ship. */
static const char *const probes[] = {
	"president's", "missiles", "attackers", "happily", "relational",
	"generously", "skies", "dying", "international", "weapons",
	"häuser", "naïvement", "corriendo", "книги", "running", "u.s",
};

static int identify(struct analyzer *analyzer)
{
	XXH3_state_t state;
	uint64_t rules = RULES_VERSION;
	const char *unicode = utf8proc_unicode_version();
	XXH3_64bits_reset(&state);
	XXH3_64bits_update(&state, &rules, sizeof rules);
	XXH3_64bits_update(&state, unicode, strlen(unicode) + 1);
	XXH3_64bits_update(&state, analyzer->language,
	                   strlen(analyzer->language) + 1);
	for (size_t i = 0; i < ARRAY_LEN(probes); i++) {
		struct slice term = analyzer_stem(
			analyzer, slice_of(probes[i], strlen(probes[i])));
		if (!term.data)
			return NS_E_NOMEM;
		XXH3_64bits_update(&state, term.data, term.len);
		XXH3_64bits_update(&state, "", 1);
	}
	analyzer->identity = XXH3_64bits_digest(&state);
	return NS_OK;
}

static int refuse_language(const char *language, struct ns_error *err)
{
	struct buffer names;
	buffer_init(&names, 1024);
	stem_languages(&names);
	buffer_byte(&names, 0);
	int status = buffer_check(&names, err);
	if (status == NS_OK)
		status = err_set(err, NS_E_USAGE, "no language \"%.40s\"; "
		                 "there are %s, none", language,
		                 (const char *)names.data);
	buffer_release(&names);
	return status;
}

int analyzer_open(struct analyzer **out, const char *language,
                  struct ns_error *err)
{
	bool none = !strcmp(language, "none");
	const char *name = none ? "none" : stem_language(language);
	*out = NULL;
	if (!name)
		return refuse_language(language, err);
	struct analyzer *analyzer = mem_zero(1, sizeof *analyzer);
	if (!analyzer)
		return err_nomem(err);
	analyzer->language = name;
	int status = none ? NS_OK : stem_open(&analyzer->stem, name, err);
	if (status == NS_OK && identify(analyzer) != NS_OK)
		status = err_nomem(err);
	if (status != NS_OK) {
		analyzer_free(analyzer);
		return status;
	}
	*out = analyzer;
	return NS_OK;
}

void analyzer_free(struct analyzer *analyzer)
{
	if (!analyzer)
		return;
	stem_free(analyzer->stem);
	mem_free(analyzer);
}

const char *analyzer_language(const struct analyzer *analyzer)
{
	return analyzer->language;
}

uint64_t analyzer_identity(const struct analyzer *analyzer)
{
	return analyzer->identity;
}

/* ---- cutting ------------------------------------------------------------- */

/* Bytes of a joint that starts at `at`: '-', U+2010, U+2011, '&'; else 0. */
static size_t joint_at(struct slice text, size_t at, char *join)
{
	static const uint8_t hyphen[] = {0xE2, 0x80, 0x90};
	if (at >= text.len)
		return 0;
	*join = text.data[at] == '&' ? '&' : '-';
	if (text.data[at] == '-' || text.data[at] == '&')
		return 1;
	return at + 3 <= text.len && !memcmp(text.data + at, hyphen, 2) &&
	       (text.data[at + 2] | 1) == 0x91 ? 3 : 0;
}

/* The sign of a handle or tag before a word: not one inside an address. */
static char sign_before(struct slice text, size_t start)
{
	struct word before;
	if (!start)
		return 0;
	char sign = (char)text.data[start - 1];
	if (sign != '@' && sign != '#')
		return 0;
	if (start == 1)
		return sign;
	uint8_t previous = text.data[start - 2];
	if (previous < 0x80) {
		bool word = ascii_letter(previous) || ascii_digit(previous) ||
		            previous == '_' || previous == '.' ||
		            previous == '-' || previous == sign;
		return word ? 0 : sign;
	}
	size_t from = start - 2;
	while (from && (text.data[from] & 0xC0) == 0x80)
		from--;
	bool letter = words_next(slice_of(text.data, start - 1), from, &before);
	return letter ? 0 : sign;
}

/* Takes the stop behind an abbreviation in, and a possessive behind that. */
static void finish_abbreviation(struct slice text, struct part *part)
{
	struct word *word = &part->word;
	struct slice bytes = slice_of(text.data + word->start,
	                              word->end - word->start);
	part->letters_end = word->end;
	part->abbreviation = word->ascii && is_abbreviation(bytes);
	if (!part->abbreviation || word->end >= text.len ||
	    text.data[word->end] != '.')
		return;
	word->end++;
	static const char *const possessive[] = {"'s", "\xE2\x80\x99s"};
	for (size_t i = 0; i < ARRAY_LEN(possessive); i++) {
		size_t n = strlen(possessive[i]), end = word->end + n;
		if (end <= text.len &&
		    !memcmp(text.data + word->end, possessive[i], n) &&
		    (end == text.len || !ascii_letter(text.data[end]))) {
			word->end = end;
			return;
		}
	}
}

/* Fills parts with the next cluster; false at the end of the text. */
static bool next_cluster(struct analysis *analysis)
{
	struct analyzer *analyzer = analysis->analyzer;
	struct slice text = analysis->text;
	size_t from = analysis->offset;
	char join = 0;
	analyzer->n_parts = 0;
	while (analyzer->n_parts < PARTS_MAX) {
		struct part *part = &analyzer->parts[analyzer->n_parts];
		if (!words_next(text, from, &part->word) ||
		    (join && part->word.start != from))
			break;
		part->join = join;
		part->sign = join ? 0 : sign_before(text, part->word.start);
		finish_abbreviation(text, part);
		analyzer->n_parts++;
		analysis->offset = part->word.end;
		size_t size = joint_at(text, part->word.end, &join);
		if (!size)
			break;
		from = part->word.end + size;
	}
	if (!analyzer->n_parts)
		analysis->offset = text.len;
	return analyzer->n_parts;
}

/* ---- tokens -------------------------------------------------------------- */

/* Sets the term of a waiting token and counts it in; not where its term already
 * stands at this cluster.  plain: analyzer_stem would ask the stemmer. */
static int add_token(struct analyzer *analyzer, struct waiting *token,
                     bool plain)
{
	struct slice form = slice_of(token->form, token->form_len);
	struct slice term = plain && analyzer->stem
		? stem_word(analyzer->stem, form)
		: analyzer_stem(analyzer, form);
	if (!term.data)
		return NS_E_NOMEM;
	if (term.len > WORD_MAX)
		term = slice_of(token->form, token->form_len);
	for (unsigned i = 0; token->covers && i < analyzer->n_tokens; i++)
		if (slice_equal(slice_of(analyzer->tokens[i].term,
		                         analyzer->tokens[i].term_len), term))
			return NS_OK;
	bytes_keep(token->term, term.data, term.len);
	token->term_len = (uint8_t)term.len;
	analyzer->n_tokens++;
	return NS_OK;
}

/* The word itself; *out is NULL where it is too long or folds to nothing. */
static int add_part(struct analysis *analysis, const struct part *part,
                    struct waiting **out)
{
	struct analyzer *analyzer = analysis->analyzer;
	struct waiting *token = &analyzer->tokens[analyzer->n_tokens];
	struct slice bytes = slice_of(analysis->text.data + part->word.start,
	                              part->letters_end - part->word.start);
	*out = NULL;
	int n = fold_word(&analyzer->fold, bytes, part->word.ascii, token->form);
	if (n == 0)
		return NS_OK;
	uint32_t position = analysis->position++;
	if (n < 0) {
		analysis->overlong++;
		return NS_OK;
	}
	token->form_len = (uint8_t)n;
	token->position = position;
	token->start = (uint32_t)part->word.start;
	token->end = (uint32_t)part->word.end;
	token->covers = 0;
	*out = token;
	if (analysis->forms_only && analyzer->n_parts == 1 && !part->sign) {
		token->term_len = 0;
		analyzer->n_tokens++;
		return NS_OK;
	}
	/* a word of ASCII has no sign or '&', and no digit but its own */
	return add_token(analyzer, token, part->word.ascii &&
	                 !part->word.digit && !part->abbreviation);
}

static int add_handle(struct analysis *analysis, const struct part *part,
                      const struct waiting *word)
{
	struct analyzer *analyzer = analysis->analyzer;
	struct waiting *token = &analyzer->tokens[analyzer->n_tokens];
	if (word->form_len == WORD_MAX) {
		analysis->overlong++;
		return NS_OK;
	}
	token->form[0] = (uint8_t)part->sign;
	memcpy(token->form + 1, word->form, word->form_len);
	token->form_len = (uint8_t)(word->form_len + 1);
	token->position = word->position;
	token->start = word->start - 1;
	token->end = word->end;
	token->covers = 1;
	return add_token(analyzer, token, false);
}

/* Appends a part's form to a compound; false past WORD_MAX. */
static bool join_form(struct waiting *token, const struct part *part,
                      const struct waiting *word)
{
	if (part->join == '&') {
		if (token->form_len == WORD_MAX)
			return false;
		token->form[token->form_len++] = '&';
	}
	for (unsigned i = 0; i < word->form_len; i++) {
		if (part->abbreviation && word->form[i] == '.')
			continue;
		if (token->form_len == WORD_MAX)
			return false;
		token->form[token->form_len++] = word->form[i];
	}
	return true;
}

static int add_compound(struct analysis *analysis, uint32_t first,
                        struct waiting *const *words)
{
	struct analyzer *analyzer = analysis->analyzer;
	struct waiting *token = &analyzer->tokens[analyzer->n_tokens];
	bool letters = false, good = true;
	token->form_len = 0;
	for (unsigned i = 0; i < analyzer->n_parts && good; i++) {
		const struct part *part = &analyzer->parts[i];
		if (!words[i])
			return NS_OK;
		letters |= !part->word.digit;
		good = join_form(token, part, words[i]);
	}
	if (!letters)
		return NS_OK;
	if (!good) {
		analysis->overlong++;
		return NS_OK;
	}
	token->position = first;
	token->start = (uint32_t)analyzer->parts[0].word.start;
	token->end = (uint32_t)analyzer->parts[analyzer->n_parts - 1].word.end;
	token->covers = analysis->position - first;
	return add_token(analyzer, token, false);
}

static int cut_cluster(struct analysis *analysis)
{
	struct analyzer *analyzer = analysis->analyzer;
	struct waiting *words[PARTS_MAX];
	uint32_t first = analysis->position;
	char join;
	analyzer->n_tokens = analyzer->next_token = 0;
	for (unsigned i = 0; i < analyzer->n_parts; i++) {
		const struct part *part = &analyzer->parts[i];
		TRY(add_part(analysis, part, &words[i]));
		if (part->sign && words[i])
			TRY(add_handle(analysis, part, words[i]));
	}
	/* a chain that goes on is too long for a compound */
	bool open = analyzer->n_parts == PARTS_MAX &&
	            joint_at(analysis->text, analysis->offset, &join);
	return analyzer->n_parts > 1 && !open
	               ? add_compound(analysis, first, words) : NS_OK;
}

void analysis_start(struct analysis *analysis, struct analyzer *analyzer,
                    struct slice text, uint32_t position)
{
	*analysis = (struct analysis){.analyzer = analyzer, .text = text,
	                              .position = position};
	analyzer->n_tokens = analyzer->next_token = 0;
	plain_start(&analyzer->plain);
}

/* A text that is one word of ASCII letters and digits, as those of queries mostly
 * are: its token waits.  With all that a cluster may be, 650 instructions; so,
 * 310. */
static bool take_sole_word(struct analysis *analysis)
{
	struct analyzer *analyzer = analysis->analyzer;
	struct slice text = analysis->text;
	struct waiting *token = &analyzer->tokens[0];
	bool digit;
	if (analysis->by_rules || analysis->offset ||
	    !fold_plain(text, token->form, &digit))
		return false;
	token->form_len = (uint8_t)text.len;
	token->position = analysis->position++;
	token->start = token->covers = 0;
	token->end = (uint32_t)text.len;
	analysis->offset = text.len;
	analyzer->n_tokens = analyzer->next_token = 0;
	analysis->status = add_token(analyzer, token, !digit);
	return true;
}

/* The term of a word that plain_next gave. */
static struct slice plain_term(struct analyzer *analyzer,
                               const struct plain_word *word, struct slice form)
{
	struct waiting *token = &analyzer->tokens[0];
	if (!analyzer->stem || plain_digit(&analyzer->plain, word))
		return form;
	struct slice term = stem_word(analyzer->stem, form);
	if (!term.data || term.len > WORD_MAX)
		return term.data ? form : term;
	bytes_keep(token->term, term.data, term.len);
	return slice_of(token->term, term.len);
}

/* Whether the next word was such a one, and is given; else it is left to
 * next_cluster, and offset is at most at its start. */
static bool give_plain(struct analysis *analysis, struct token *out)
{
	struct analyzer *analyzer = analysis->analyzer;
	struct plain_word word;
	if (analysis->by_rules ||
	    plain_next(&analyzer->plain, analysis->text, &analysis->offset,
	               &word) != PLAIN_WORD ||
	    word.end - word.start > WORD_MAX)
		return false;
	struct slice form = slice_of(word.form, word.end - word.start);
	*out = (struct token){
		.form = form,
		.term = {form.data, 0},
		.position = analysis->position,
		.start = (uint32_t)word.start,
		.end = (uint32_t)word.end,
	};
	if (!analysis->forms_only) {
		out->term = plain_term(analyzer, &word, form);
		if (!out->term.data) {
			analysis->status = NS_E_NOMEM;
			return false;
		}
	}
	analysis->position++;
	analysis->offset = word.end;
	return true;
}

/* The tokens of the next cluster wait; false at the end, or where memory ends. */
static bool take_cluster(struct analysis *analysis)
{
	if (analysis->status != NS_OK || !next_cluster(analysis))
		return false;
	analysis->status = cut_cluster(analysis);
	return analysis->status == NS_OK;
}

bool analysis_next(struct analysis *analysis, struct token *out)
{
	struct analyzer *analyzer = analysis->analyzer;
	while (analyzer->next_token == analyzer->n_tokens) {
		if (analysis->status != NS_OK ||
		    analysis->offset >= analysis->text.len)
			return false;
		if (take_sole_word(analysis))
			continue;
		if (give_plain(analysis, out))
			return true;
		if (!take_cluster(analysis))
			return false;
	}
	const struct waiting *token = &analyzer->tokens[analyzer->next_token++];
	*out = (struct token){
		.form = slice_of(token->form, token->form_len),
		.term = slice_of(token->term, token->term_len),
		.position = token->position,
		.start = token->start,
		.end = token->end,
		.covers = token->covers,
	};
	return true;
}

/* ---- whole values -------------------------------------------------------- */

static bool is_blank(utf8proc_int32_t c)
{
	return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r')
	                : utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

/* The length of the piece at `from` that has no blank, and of the blank behind. */
static size_t piece_at(struct slice value, size_t from, size_t *blank,
                       bool *ascii)
{
	size_t at = from;
	*blank = 0;
	*ascii = true;
	while (at < value.len) {
		utf8proc_int32_t c = value.data[at];
		utf8proc_ssize_t n = 1;
		if (c >= 0x80)
			n = utf8proc_iterate(value.data + at,
			                     (utf8proc_ssize_t)(value.len - at),
			                     &c);
		if (n > 0 && is_blank(c)) {
			*blank = (size_t)n;
			break;
		}
		*ascii &= n == 1 && c < 0x80;
		at += n > 0 ? (size_t)n : 1;
	}
	return at - from;
}

void analyzer_fold(struct analyzer *analyzer, struct slice value,
                   struct buffer *out)
{
	uint8_t form[FOLD_MAX];
	size_t blank;
	bool first = true, ascii;
	for (size_t at = 0; at < value.len;) {
		size_t size = piece_at(value, at, &blank, &ascii);
		struct slice piece = slice_of(value.data + at, size);
		at += size + blank;
		int n = fold_word(&analyzer->fold, piece, ascii, form);
		if (n == 0)
			continue;
		if (!first)
			buffer_byte(out, ' ');
		first = false;
		/* what is too long to fold is too long to be indexed: kept as
		 * it is, for its length */
		buffer_append(out, n < 0 ? piece.data : form,
		              n < 0 ? piece.len : (size_t)n);
	}
}
