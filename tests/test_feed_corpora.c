/* Do we read feeds as others do?  Runs where NS_CORPORA holds formats/feeds: the
 * test feeds of feedparser, each of which says in a comment what it expects, as
 *
 *     Expect: not bozo and entries[0]['title'] == 'Example title'
 *
 * Ours is text, theirs HTML: what they expect is made text first.
 */
#include <dirent.h>
#include <time.h>

#include "corpora.h"
#include "feed/feed_text.h"
#include "source_case.h"

static unsigned agreed, differed, other, files;
static struct html_fragment html;

static const struct {
	const char *key;
	enum part { TITLE, BODY, AUTHOR, URL, SECTION, DATE } part;
} keys[] = {
	{"['title'] == ", TITLE}, {"['title_detail']['value'] == ", TITLE},
	{"['description'] == ", BODY}, {"['summary'] == ", BODY},
	{"['summary_detail']['value'] == ", BODY},
	{"['content'][0]['value'] == ", BODY}, {"['author'] == ", AUTHOR},
	{"['author_detail']['name'] == ", AUTHOR},
	{"['authors'][0]['name'] == ", AUTHOR}, {"['link'] == ", URL},
	{"['category'] == ", SECTION}, {"['tags'][0]['term'] == ", SECTION},
	{"['published_parsed'] == ", DATE}, {"['updated_parsed'] == ", DATE},
};

/* 'a \u2019 \xa3 b' as UTF-8; false where it is none. */
static bool python_string(const char *from, char *out)
{
	char quote = *from++;
	if (quote != '\'' && quote != '"')
		return false;
	while (*from && *from != quote) {
		unsigned c = 0, n = 0;
		if (*from != '\\') {
			*out++ = *from++;
			continue;
		}
		n = from[1] == 'u' ? 4 : from[1] == 'x' ? 2 : 0;
		if (!n) {
			*out++ = from[1] == 'n' ? '\n' : from[1];
			from += 2;
			continue;
		}
		sscanf(from + 2, n == 4 ? "%4x" : "%2x", &c);
		from += 2 + n;
		if (c < 0x80)
			*out++ = (char)c;
		if (c >= 0x80 && c < 0x800)
			*out++ = (char)(0xC0 | c >> 6);
		if (c >= 0x800) {
			*out++ = (char)(0xE0 | c >> 12);
			*out++ = (char)(0x80 | (c >> 6 & 0x3F));
		}
		if (c >= 0x80)
			*out++ = (char)(0x80 | (c & 0x3F));
	}
	*out = '\0';
	return *from == quote;
}

static bool same_date(int64_t date, const char *expected)
{
	struct tm tm = {0};
	if (sscanf(expected, "(%d, %d, %d, %d, %d, %d", &tm.tm_year, &tm.tm_mon,
	           &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec) != 6)
		return false;
	tm.tm_year -= 1900;
	tm.tm_mon--;
	return timegm(&tm) == date;
}

static bool same_text(const char *ours, const char *theirs)
{
	struct buffer text, own;
	buffer_init(&text, 1 << 20);
	buffer_init(&own, 1 << 20);
	cr_assert_eq(feed_line(&html, slice_of(theirs, strlen(theirs)),
	                       MARKUP_UNKNOWN, &text, NULL), NS_OK);
	cr_assert_eq(feed_line(&html, slice_of(ours, strlen(ours)), MARKUP_NONE,
	                       &own, NULL), NS_OK);
	bool same = own.len == text.len &&
	            !memcmp(own.data, text.data, text.len);
	if (!same) {
		feed_line(&html, slice_of(theirs, strlen(theirs)), MARKUP_NONE,
		          &text, NULL);
		same = own.len == text.len && own.len &&
		       !memcmp(own.data, text.data, text.len);
	}
	buffer_release(&text);
	buffer_release(&own);
	return same;
}

static bool agrees(const struct case_article *a, enum part part,
                   const char *literal)
{
	static char theirs[1 << 16];
	const char *const ours[] = {a->title, a->body, a->author, a->url,
		a->section};
	if (part == DATE)
		return same_date(a->facts.article.date, literal);
	return python_string(literal, theirs) && same_text(ours[part], theirs);
}

/* One of the expectations: entries[N]… */
static void check(struct source_case *c, const char *name, const char *at)
{
	size_t entry = (size_t)(at[8] - '0');
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		size_t n = strlen(keys[i].key);
		if (strncmp(at + 10, keys[i].key, n) != 0)
			continue;
		if (!strncmp(at + 10 + n, "entries", 7))
			break;
		bool good = entry < c->n &&
		            agrees(&c->articles[entry], keys[i].part, at + 10 + n);
		agreed += good;
		differed += !good;
		if (!good)
			fprintf(stderr, "differs: %s: %s\n", name, at);
		return;
	}
	other++;
}

/* An item with neither title nor body is refused; where only its link or date is
 * asked for, it gets a title. */
static void fill(struct buffer *out, const char *text, bool fills)
{
	while (*text) {
		if (fills && (!strncmp(text, "</item>", 7) ||
		              !strncmp(text, "</entry>", 8)))
			buffer_text(out, "<title>filled</title>");
		buffer_byte(out, (uint8_t)*text++);
	}
}

static void read_one(struct source_case *c, const char *path, const char *name)
{
	static char text[1 << 17];
	struct buffer filled;
	FILE *file = fopen(path, "r");
	cr_assert(file);
	text[fread(text, 1, sizeof text - 1, file)] = '\0';
	fclose(file);
	cr_assert_eq(case_read_path(c, path), NS_OK);
	cr_assert_gt(c->n + c->n_events, 0, "%s", path);
	files++;
	char *line = strstr(text, "Expect:");
	size_t n = line ? strcspn(line, "\n") : 0;
	bool fills = line && !memmem(line, n, "['title", 7) &&
	             !strstr(text, "<title>filled");
	buffer_init(&filled, 1 << 20);
	fill(&filled, text, fills);
	cr_assert_eq(case_read_bytes(c, name, filled.data, filled.len), NS_OK);
	buffer_release(&filled);
	if (!line)
		return;
	line[n] = '\0';
	for (const char *at = line; (at = strstr(at, "entries[")); at += 8)
		check(c, name, at);
}

static void read_folder(struct source_case *c, const char *folder)
{
	struct dirent **names;
	int n = scandir(folder, &names, NULL, alphasort);
	cr_assert_geq(n, 0, "%s", folder);
	for (int i = 0; i < n; i++) {
		char path[PATH_MAX + 300];
		snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
		if (strstr(names[i]->d_name, ".xml"))
			read_one(c, path, names[i]->d_name);
		free(names[i]);
	}
	free(names);
}

Test(feed_corpora, feedparser_expects)
{
	static const char *const folders[] = {"wellformed/atom", "wellformed/atom10",
		"wellformed/rss", "wellformed/rdf", "wellformed/base",
		"wellformed/lang", "wellformed/namespace", "wellformed/cdf",
		"entities", "illformed"};
	const char *corpora = corpora_with("formats/feeds", "feed_corpora");
	if (!corpora)
		return;
	static struct source_case c;
	case_start(&c);
	html_fragment_init(&html);
	c.options.format = SOURCE_FEED;
	for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
		char path[PATH_MAX];
		struct stat facts;
		snprintf(path, sizeof path, "%s/formats/feeds/feedparser/%s",
		         corpora, folders[i]);
		if (stat(path, &facts) == 0)
			read_folder(&c, path);
	}
	html_fragment_release(&html);
	case_end(&c);
	fprintf(stderr, "feed_corpora: %u files; of what they expect of items "
	        "%u agree, %u differ, %u are no part of ours\n", files, agreed,
	        differed, other);
	cr_assert_gt(agreed, 0);
}
