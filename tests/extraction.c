/* extraction.c — how much of an article is found in a real page, and what else?
 *
 *     NS_CORPORA=DIR extraction [--pages] [--show FILE]
 *
 * Reads DIR/formats/html: pages whose text people, or another program, wrote down
 * (article-extraction-benchmark by hand, newspaper and readability as their tests
 * expect it), prints a table, and fails where a figure is under its floor.
 * Without NS_CORPORA it says so and passes.
 *
 *   F1      of the bags of tokens of the page's text and of the truth: precision
 *           and recall of tokens, each page counted once, the mean of pages
 *   token   a run of ASCII letters and digits and of bytes from 0x80, in lower
 *           case; U+2000-206F, U+3000-303F, U+FF00-FF0F and U+0080-00BF end it;
 *           a character of U+3040-D7FF is a token of its own
 *   title   right: the same letters and digits in the same order; told apart
 *           is a truth that has the site's name behind it
 *   date    right: the same day, as written
 *
 * Beside ours: all text of the page; that of the <article>s (all, where there is
 * none); that of the <p>s.
 */
#include "corpora.h"
#include "date/date.h"
#include "page/html.h"
#include "page/html_fragment.h"

#include <dirent.h>
#include <time.h>
#include <unistd.h>
#include <yajl/yajl_tree.h>
#include <zlib.h>

enum { WAYS = 4, OURS = 0 };
static const char *const ways[WAYS] = {"ours", "all text", "<article>", "<p>"};

struct score {
	double precision, recall, f1;
};

struct table {
	const char *name;
	double floor; /* of F1 */
	size_t pages, bytes;
	struct score sums[WAYS];
	size_t titles, titles_right, sites, dates, dates_right, refused, left;
	double seconds;
};

static struct html_reader reader;
static struct html_fragment fragment;
static bool list_pages;
static const char *shown;

static void die(const char *what, const char *name)
{
	fprintf(stderr, "extraction: %s %s\n", what, name);
	exit(2);
}

static struct buffer load(const char *path)
{
	struct buffer bytes;
	buffer_init(&bytes, SIZE_MAX);
	gzFile file = gzopen(path, "rb");
	if (!file)
		die("cannot read", path);
	int n = 0;
	do {
		bytes.len += (size_t)n;
		if (!buffer_reserve(&bytes, 1 << 16))
			die("no memory for", path);
		n = gzread(file, bytes.data + bytes.len, 1 << 16);
	} while (n > 0);
	gzclose(file);
	return bytes;
}

/* ---- tokens ------------------------------------------------------------------ */

struct tokens {
	struct slice *items;
	size_t n, room;
	struct buffer lower;
};

static size_t sign_at(struct slice t, size_t i)
{
	const uint8_t *s = t.data + i;
	if (s[0] < 0x80)
		return 1;
	if (s[0] == 0xC2)
		return 2;
	if (s[0] == 0xE2 && i + 1 < t.len && (s[1] == 0x80 || s[1] == 0x81))
		return 3;
	if (s[0] == 0xE3 && i + 1 < t.len && s[1] == 0x80)
		return 3;
	if (s[0] == 0xEF && i + 2 < t.len && s[1] == 0xBC && s[2] < 0x90)
		return 3;
	return 0;
}

static bool is_letter(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

static size_t token_at(struct slice t, size_t i)
{
	if (t.data[i] >= 0xE3 && t.data[i] <= 0xED && !sign_at(t, i))
		return min_size(3, t.len - i);
	size_t n = 0;
	while (i + n < t.len) {
		uint8_t c = t.data[i + n];
		if (!(is_letter(c) || (c >= 0x80 && !sign_at(t, i + n))) ||
		    (n && c >= 0xE3 && c <= 0xED))
			break;
		n++;
	}
	return n;
}

static int by_bytes(const void *a, const void *b)
{
	return slice_compare(*(const struct slice *)a,
	                     *(const struct slice *)b);
}

static struct tokens cut(struct slice text)
{
	struct tokens t = {0};
	buffer_init(&t.lower, SIZE_MAX);
	buffer_append(&t.lower, text.data, text.len);
	for (size_t i = 0; i < t.lower.len; i++)
		if (t.lower.data[i] >= 'A' && t.lower.data[i] <= 'Z')
			t.lower.data[i] |= 0x20;
	struct slice s = buffer_slice(&t.lower);
	for (size_t i = 0; i < s.len;) {
		size_t n = token_at(s, i);
		if (!n) {
			i += sign_at(s, i);
			continue;
		}
		if (mem_grow((void **)&t.items, &t.room, t.n + 1,
		             sizeof *t.items, NULL) != NS_OK)
			die("no memory", "");
		t.items[t.n++] = slice_of(s.data + i, n);
		i += n;
	}
	if (t.n)
		qsort(t.items, t.n, sizeof *t.items, by_bytes);
	return t;
}

static struct score compare(struct slice found, struct slice truth)
{
	struct tokens a = cut(found), b = cut(truth);
	size_t i = 0, k = 0, both = 0;
	while (i < a.n && k < b.n) {
		int order = slice_compare(a.items[i], b.items[k]);
		both += !order;
		i += order <= 0;
		k += order >= 0;
	}
	struct score s = {a.n ? (double)both / (double)a.n : !b.n,
	                  b.n ? (double)both / (double)b.n : 1, 0};
	if (s.precision + s.recall > 0)
		s.f1 = 2 * s.precision * s.recall / (s.precision + s.recall);
	mem_free(a.items);
	mem_free(b.items);
	buffer_release(&a.lower);
	buffer_release(&b.lower);
	return s;
}

/* ---- other ways ---------------------------------------------------------------- */

static void append_tag(const struct html_tree *tree, enum html_tag tag,
                       struct buffer *out)
{
	struct html_blocks blocks;
	html_blocks_init(&blocks);
	for (uint32_t i = 0; i < tree->n_nodes;) {
		if (tree->nodes[i].tag != tag) {
			i++;
			continue;
		}
		if (html_blocks_collect(&blocks, tree, i, tree->nodes[i].end,
		                        NULL) != NS_OK)
			die("no memory", "");
		buffer_append(out, blocks.text.data, blocks.text.len);
		buffer_byte(out, '\n');
		i = tree->nodes[i].end;
	}
	html_blocks_release(&blocks);
}

static void other_way(int way, struct slice page, struct buffer *out)
{
	struct html_tree tree;
	html_tree_init(&tree);
	if (html_tree_parse(&tree, page, NULL) != NS_OK)
		die("a page is refused", "");
	if (way == 1)
		append_tag(&tree, HTML_ROOT, out);
	else
		append_tag(&tree, way == 2 ? HTML_ARTICLE : HTML_P, out);
	if (!out->len)
		append_tag(&tree, HTML_ROOT, out);
	html_tree_release(&tree);
}

/* ---- a page ---------------------------------------------------------------------- */

/* What was handed over, copied. */
struct found {
	struct buffer title, date, body;
	size_t n;
};

static int take(void *context, const struct html_article *a,
                struct ns_error *err)
{
	struct found *f = context;
	(void)err;
	f->n++;
	buffer_append(&f->body, a->body.data, a->body.len);
	if (f->n > 1)
		return NS_OK;
	buffer_append(&f->title, a->title.data, a->title.len);
	buffer_append(&f->date, a->date.data, a->date.len);
	return NS_OK;
}

/* Whether the truth is the title and the site's name behind it. */
static bool is_with_site(const struct buffer *title, const char *truth)
{
	size_t n = title->len;
	if (!n || strncmp(truth, (const char *)title->data, n) != 0)
		return false;
	return strchr("_[|", truth[n]) || (truth[n] == ' ' && truth[n + 1] &&
	       strchr("-|[", truth[n + 1])) || !strncmp(truth + n, " · ", 4);
}

struct truth {
	struct slice text;
	const char *title, *date;
};

static bool same_letters(struct slice a, const char *b)
{
	struct slice t = slice_of(b, strlen(b));
	size_t i = 0, k = 0;
	for (;;) {
		while (i < a.len && !token_at(a, i))
			i += sign_at(a, i);
		while (k < t.len && !token_at(t, k))
			k += sign_at(t, k);
		if (i >= a.len || k >= t.len)
			return i >= a.len && k >= t.len;
		uint8_t c = a.data[i++], d = t.data[k++];
		if (c != d && !((c ^ d) == 0x20 && is_letter(c)))
			return false;
	}
}

static bool same_day(struct slice a, const char *b)
{
	struct date x, y;
	struct slice none = {0};
	struct slice t = slice_of(b, strlen(b));
	if (a.len >= 10 && t.len >= 10 && !memcmp(a.data, b, 10))
		return true;
	return date_parse(a, none, &x) && date_parse(t, none, &y) &&
	       x.seconds / 86400 == y.seconds / 86400;
}

static void judge_facts(struct table *table, const struct found *f,
                        const struct truth *truth, const char *name)
{
	bool title = truth->title && *truth->title;
	bool date = truth->date && *truth->date;
	bool title_right = title && same_letters(buffer_slice(&f->title),
	                                         truth->title);
	bool date_right = date && same_day(buffer_slice(&f->date), truth->date);
	table->titles += title;
	table->titles_right += title_right;
	table->dates += date;
	table->dates_right += date_right;
	bool site = title && !title_right && is_with_site(&f->title,
	                                                  truth->title);
	table->sites += site;
	if (list_pages && title && !title_right && !site)
		printf("%s: title \"%.*s\", wanted \"%s\"\n", name,
		       (int)f->title.len, (char *)f->title.data, truth->title);
	if (list_pages && date && !date_right)
		printf("%s: date \"%.*s\", wanted \"%s\"\n", name,
		       (int)f->date.len, (char *)f->date.data, truth->date);
}

static void judge_text(struct table *table, const struct found *f,
                       struct slice page, const struct truth *truth,
                       const char *name)
{
	struct buffer text;
	buffer_init(&text, SIZE_MAX);
	for (int way = 0; way < WAYS; way++) {
		struct slice found = buffer_slice(&f->body);
		if (way != OURS) {
			buffer_clear(&text);
			other_way(way, page, &text);
			found = buffer_slice(&text);
		}
		struct score s = compare(found, truth->text);
		table->sums[way].precision += s.precision;
		table->sums[way].recall += s.recall;
		table->sums[way].f1 += s.f1;
		if (list_pages && way == OURS)
			printf("%.3f p %.2f r %.2f n %zu %s %s\n", s.f1,
			       s.precision, s.recall, f->n, table->name, name);
	}
	buffer_release(&text);
}

static void judge(struct table *table, struct slice page,
                  const struct truth *truth, const char *name)
{
	struct found f = {0};
	buffer_init(&f.title, SIZE_MAX);
	buffer_init(&f.date, SIZE_MAX);
	buffer_init(&f.body, SIZE_MAX);
	clock_t start = clock();
	struct html_handler handler = {&f, take};
	int status = html_read(&reader, page, NULL, &handler, NULL);
	table->seconds += (double)(clock() - start) / CLOCKS_PER_SEC;
	table->refused += status != NS_OK;
	table->pages++;
	table->bytes += page.len;
	judge_facts(table, &f, truth, name);
	judge_text(table, &f, page, truth, name);
	if (shown && strstr(name, shown))
		printf("==== %s\n%.*s\n---- found: %.*s (%.*s)\n%.*s\n", name,
		       (int)truth->text.len, (const char *)truth->text.data,
		       (int)f.title.len, (char *)f.title.data,
		       (int)f.date.len, (char *)f.date.data,
		       (int)f.body.len, (char *)f.body.data);
	buffer_release(&f.title);
	buffer_release(&f.date);
	buffer_release(&f.body);
}

/* ---- the sets ---------------------------------------------------------------------- */

static char *path_of(const char *dir, const char *folder, const char *name,
                     const char *ending)
{
	char *path;
	if (asprintf(&path, "%s/formats/html/%s%s%s", dir, folder, name,
	             ending) < 0)
		die("no memory", "");
	return path;
}

static const char *string_in(yajl_val object, const char *key)
{
	const char *path[] = {key, NULL};
	yajl_val value = yajl_tree_get(object, path, yajl_t_string);
	return value ? YAJL_GET_STRING(value) : NULL;
}

static yajl_val load_json(const char *path)
{
	struct buffer text = load(path);
	buffer_byte(&text, 0);
	yajl_val value = yajl_tree_parse((char *)text.data, NULL, 0);
	if (!value)
		die("bad JSON in", path);
	buffer_release(&text);
	return value;
}

static void read_page(struct table *table, char *path, const char *name,
                      const struct truth *truth)
{
	struct buffer page = load(path);
	judge(table, buffer_slice(&page), truth, name);
	buffer_release(&page);
	free(path);
}

static void read_benchmark(const char *dir, struct table *table)
{
	char *path = path_of(dir, "article-extraction-benchmark/",
	                     "ground-truth", ".json");
	yajl_val all = load_json(path);
	free(path);
	for (size_t i = 0; i < YAJL_GET_OBJECT(all)->len; i++) {
		const char *name = YAJL_GET_OBJECT(all)->keys[i];
		const char *body = string_in(YAJL_GET_OBJECT(all)->values[i],
		                             "articleBody");
		struct truth truth = {slice_of(body, strlen(body)), NULL, NULL};
		read_page(table, path_of(dir,
			"article-extraction-benchmark/html/", name, ".html.gz"),
			name, &truth);
	}
	yajl_tree_free(all);
}

static void read_expected(const char *dir, struct table *table,
                          const char *name)
{
	char *path = path_of(dir, "readability/", name,
	                     "/expected-metadata.json");
	yajl_val facts = load_json(path);
	free(path);
	path = path_of(dir, "readability/", name, "/expected.html");
	struct buffer html = load(path), text;
	free(path);
	buffer_init(&text, SIZE_MAX);
	if (html_fragment_text(&fragment, buffer_slice(&html), &text, NULL,
	                       NULL) != NS_OK)
		die("cannot read the truth of", name);
	struct truth truth = {buffer_slice(&text), string_in(facts, "title"),
	                      string_in(facts, "publishedTime")};
	read_page(table, path_of(dir, "readability/", name, "/source.html"),
	          name, &truth);
	buffer_release(&html);
	buffer_release(&text);
	yajl_tree_free(facts);
}

/* Where newspaper fails, its texts hold a remark ("MISSED LAST PARAGRAPH") or a
 * scrap: what has fewer than 30 tokens of small letters is no truth. */
static bool is_remark(struct slice text)
{
	size_t words = 0;
	for (size_t i = 1; i < text.len; i++)
		words += text.data[i] <= ' ' && (text.data[i - 1] >= 0x80 ||
			(text.data[i - 1] >= 'a' && text.data[i - 1] <= 'z'));
	return words < 30;
}

static void read_plain(const char *dir, struct table *table, const char *name)
{
	size_t n = strlen(name);
	char stem[256];
	if (n < 6 || n >= sizeof stem || strcmp(name + n - 5, ".html") != 0)
		return;
	snprintf(stem, sizeof stem, "%.*s", (int)n - 5, name);
	char *path = path_of(dir, "newspaper/text/", stem, ".txt");
	if (access(path, R_OK)) {
		free(path);
		return;
	}
	struct buffer text = load(path);
	free(path);
	struct truth truth = {buffer_slice(&text), NULL, NULL};
	if (is_remark(truth.text))
		table->left++;
	else
		read_page(table, path_of(dir, "newspaper/html/", name, ""),
		          name, &truth);
	buffer_release(&text);
}

static void read_folder(const char *dir, const char *folder,
                        struct table *table,
                        void (*read_one)(const char *, struct table *,
                                         const char *))
{
	char *path = path_of(dir, folder, "", "");
	struct dirent **entries;
	int n = scandir(path, &entries, NULL, alphasort);
	if (n < 0)
		die("no folder", path);
	for (int i = 0; i < n; i++) {
		if (*entries[i]->d_name != '.')
			read_one(dir, table, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	free(path);
}

static void print_table(const struct table *table)
{
	double n = (double)table->pages;
	printf("%s: %zu pages (%zu without a truth), %.1f MB, %zu refused, "
	       "%.1f MB/s\n", table->name, table->pages, table->left,
	       (double)table->bytes / 1e6, table->refused,
	       (double)table->bytes / 1e6 / table->seconds);
	for (int way = 0; way < WAYS; way++)
		printf("  %-10s precision %.3f  recall %.3f  F1 %.3f\n",
		       ways[way], table->sums[way].precision / n,
		       table->sums[way].recall / n, table->sums[way].f1 / n);
	if (table->titles)
		printf("  titles     %zu of %zu right, %zu more but for the site's "
		       "name\n", table->titles_right, table->titles,
		       table->sites);
	if (table->dates)
		printf("  dates      %zu of %zu right\n", table->dates_right,
		       table->dates);
}

/* Nine of ten titles and dates, each set's F1, and 8 MB/s. */
static bool is_low(const struct table *table)
{
	double f1 = table->sums[OURS].f1 / (double)table->pages;
	double speed = (double)table->bytes / 1e6 / table->seconds;
	bool low = f1 < table->floor || speed < 8 ||
	           (table->titles_right + table->sites) * 10 <
	           table->titles * 9 ||
	           table->dates_right * 10 < table->dates * 9;
	if (low)
		printf("extraction: %s is under its floor (F1 %.2f, 8 MB/s, nine "
		       "of ten titles and dates)\n", table->name, table->floor);
	return low;
}

int main(int argc, char **argv)
{
	const char *dir = corpora_with("formats/html", "extraction");
	bool low = false;
	struct table tables[] = {
		{.name = "article-extraction-benchmark", .floor = 0.95},
		{.name = "readability", .floor = 0.92},
		{.name = "newspaper", .floor = 0.92},
	};
	for (int i = 1; i < argc; i++) {
		list_pages |= !strcmp(argv[i], "--pages");
		if (!strcmp(argv[i], "--show") && i + 1 < argc)
			shown = argv[++i];
	}
	if (!dir)
		return 0;
	html_init(&reader);
	html_fragment_init(&fragment);
	read_benchmark(dir, &tables[0]);
	read_folder(dir, "readability/", &tables[1], read_expected);
	read_folder(dir, "newspaper/html", &tables[2], read_plain);
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		print_table(&tables[i]);
		low |= is_low(&tables[i]);
	}
	html_release(&reader);
	html_fragment_release(&fragment);
	return low;
}
