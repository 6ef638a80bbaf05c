#include "form/rules.h"

#include <errno.h>
#include <regex.h>

#include "base/io.h"
#include "base/utf8.h"
#include "base/white.h"

static const char *const names[] = {
	[KIND_TITLE] = "title", [KIND_OPENING] = "opening",
	[KIND_CLOSING] = "closing", [KIND_SECTION] = "section",
	[KIND_DATE] = "date", [KIND_AUTHOR] = "author", [KIND_LINK] = "link",
	[KIND_CAPTION] = "caption", [KIND_FURNITURE] = "furniture",
};

struct rules {
	struct rule {
		enum line_kind kind;
		regex_t regex;
	} rules[RULES_MAX];
	size_t n;
	bool cut, open;        /* some rule cuts; some rule opens */
	char line[RULES_LINE + 1];
};

const char *rules_kind_name(enum line_kind kind)
{
	return names[kind];
}

bool rules_open_articles(const struct rules *rules)
{
	return rules->open;
}

void rules_free(struct rules *rules)
{
	for (size_t i = 0; rules && i < rules->n; i++)
		regfree(&rules->rules[i].regex);
	mem_free(rules);
}

static bool kind_of(struct slice word, enum line_kind *out)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (!names[i] || strlen(names[i]) != word.len ||
		    memcmp(names[i], word.data, word.len) != 0)
			continue;
		*out = (enum line_kind)i;
		return true;
	}
	return false;
}

static int compile(struct rules *rules, struct slice pattern, const char *place,
                   uint64_t number, struct ns_error *err)
{
	char text[RULES_LINE + 1];
	struct rule *rule = &rules->rules[rules->n];
	if (!pattern.len || pattern.len > RULES_LINE ||
	    utf8_prefix(pattern.data, pattern.len) != pattern.len)
		return err_at(err, NS_E_USAGE, place, -1, (int64_t)number,
		              "a rule needs an expression of UTF-8, at most %d "
		              "bytes", RULES_LINE);
	memcpy(text, pattern.data, pattern.len);
	text[pattern.len] = '\0';
	int code = regcomp(&rule->regex, text, REG_EXTENDED);
	if (code == REG_ESPACE)
		return err_nomem(err);
	if (code != 0) {
		char why[128];
		regerror(code, &rule->regex, why, sizeof why);
		return err_at(err, NS_E_USAGE, place, -1, (int64_t)number,
		              "no regular expression: %s", why);
	}
	rules->n++;
	return NS_OK;
}

static int add_rule(struct rules *rules, struct slice line, const char *place,
                    uint64_t number, struct ns_error *err)
{
	size_t word = 0;
	enum line_kind kind;
	line = white_trim(line);
	if (!line.len || line.data[0] == '#')
		return NS_OK;
	while (word < line.len && line.data[word] > ' ')
		word++;
	if (!kind_of(slice_of(line.data, word), &kind))
		return err_at(err, NS_E_USAGE, place, -1, (int64_t)number,
		              "a rule begins with title, opening, closing, "
		              "section, date, author, link, caption or furniture, "
		              "not with %.*s", (int)min_size(word, 40), line.data);
	if (rules->n == RULES_MAX)
		return err_at(err, NS_E_USAGE, place, -1, (int64_t)number,
		              "more than %d rules", RULES_MAX);
	struct slice pattern = white_trim(slice_from(line, word));
	TRY(compile(rules, pattern, place, number, err));
	rules->rules[rules->n - 1].kind = kind;
	bool opens = kind == KIND_TITLE || kind == KIND_OPENING;
	rules->open |= opens;
	rules->cut |= opens || kind == KIND_CLOSING;
	return NS_OK;
}

static int add_rules(struct rules *rules, struct slice text, const char *place,
                     struct ns_error *err)
{
	for (uint64_t number = 1; text.len; number++) {
		const uint8_t *newline = memchr(text.data, '\n', text.len);
		size_t len = newline ? (size_t)(newline - text.data) : text.len;
		TRY(add_rule(rules, slice_of(text.data, len), place, number, err));
		len += newline != NULL;
		text = slice_from(text, len);
	}
	if (!rules->cut)
		return err_at(err, NS_E_USAGE, place, -1, 0, "no rule says where an "
		              "article begins or ends: title, opening or closing");
	return NS_OK;
}

int rules_new(struct rules **out, struct slice text, const char *place,
              struct ns_error *err)
{
	struct rules *rules = mem_zero(1, sizeof *rules);
	*out = NULL;
	if (!rules)
		return err_nomem(err);
	int status = add_rules(rules, text, place, err);
	if (status == NS_OK)
		*out = rules;
	else
		rules_free(rules);
	return status;
}

int rules_open(struct rules **out, const char *path, struct ns_error *err)
{
	*out = NULL;
	int file = io_open(AT_FDCWD, path, O_RDONLY | O_NOCTTY, 0);
	if (file < 0)
		return err_io(err, path, "open");
	uint8_t *text = mem_alloc(RULES_FILE + 1);
	size_t n;
	int status = text ? io_read(file, text, RULES_FILE + 1, &n, path, err)
	                  : err_nomem(err);
	io_close(&file);
	if (status == NS_OK && n > RULES_FILE)
		status = err_at(err, NS_E_USAGE, path, -1, 0,
		                "a rule file of over 1 MiB");
	if (status == NS_OK)
		status = rules_new(out, slice_of(text, n), path, err);
	mem_free(text);
	return status;
}

/* What the rule makes of the line that it matched. */
static struct slice rest_of(struct slice line, const regmatch_t match[2])
{
	if (match[1].rm_so >= 0)
		return white_trim(slice_of(line.data + match[1].rm_so,
		                  (size_t)(match[1].rm_eo - match[1].rm_so)));
	size_t end = (size_t)match[0].rm_eo;
	return white_trim(slice_from(line, end));
}

/* Of glibc a line does not match, too, where memory ends: only errno tells. */
static int match_line(const struct rules *rules, const struct rule *rule,
                      regmatch_t match[2], bool *out, struct ns_error *err)
{
	errno = 0;
	*out = regexec(&rule->regex, rules->line, 2, match, 0) == 0;
	return !*out && errno == ENOMEM ? err_nomem(err) : NS_OK;
}

int rules_classify(struct rules *rules, struct slice line, enum line_kind *out,
                   struct slice *rest, struct ns_error *err)
{
	size_t n = min_size(line.len, RULES_LINE);
	*rest = line;
	*out = line.len ? KIND_TEXT : KIND_BLANK;
	if (!line.len)
		return NS_OK;
	memcpy(rules->line, line.data, n);
	rules->line[n] = '\0';
	for (size_t i = 0; i < rules->n; i++) {
		bool fits;
		regmatch_t match[2];
		const struct rule *rule = &rules->rules[i];
		TRY(match_line(rules, rule, match, &fits, err));
		if (!fits)
			continue;
		bool whole = rule->kind == KIND_CAPTION ||
		             (rule->kind == KIND_TITLE && match[1].rm_so < 0);
		*rest = whole ? line : rest_of(line, match);
		*out = rule->kind;
		return NS_OK;
	}
	return NS_OK;
}
