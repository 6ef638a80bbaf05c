#include "page/html_facts.h"

#include "base/ascii_case.h"
#include "date/date.h"
#include "page/html_hints.h"
#include "page/html_title.h"
#include "base/white.h"
#include "source/values.h"

/* Of values for one fact, the one of the lowest rank counts. */
enum {
	RANK_JSON = 0, RANK_META = 10, /* and the place in metas */
	RANK_PROPERTY = 100, RANK_TIME = 110, RANK_URL = 120, RANK_PAGE = 130,
	RANK_BAD = 200, /* more, where it is a date that is not understood */
	RANK_NONE = 1000,
};

/* name, property or itemprop of a <meta>, best first within a fact. */
static const struct {
	const char *name;
	enum html_fact fact;
	const char *marks; /* of a list: what stands between its values */
} metas[] = {
	{"og:title", FACT_TITLE, NULL}, {"dc.title", FACT_TITLE, NULL},
	{"dcterms.title", FACT_TITLE, NULL},
	{"sailthru.title", FACT_TITLE, NULL},
	{"twitter:title", FACT_TITLE, NULL}, {"headline", FACT_TITLE, NULL},
	{"article:published_time", FACT_DATE, NULL},
	{"article:published", FACT_DATE, NULL},
	{"datepublished", FACT_DATE, NULL},
	{"rnews:datepublished", FACT_DATE, NULL},
	{"og:published_time", FACT_DATE, NULL},
	{"og:article:published_time", FACT_DATE, NULL},
	{"parsely-pub-date", FACT_DATE, NULL},
	{"sailthru.date", FACT_DATE, NULL}, {"pubdate", FACT_DATE, NULL},
	{"ptime", FACT_DATE, NULL}, {"pub_date", FACT_DATE, NULL},
	{"publishdate", FACT_DATE, NULL}, {"publish-date", FACT_DATE, NULL},
	{"publish_date", FACT_DATE, NULL}, {"published-date", FACT_DATE, NULL},
	{"publication_date", FACT_DATE, NULL},
	{"publicationdate", FACT_DATE, NULL},
	{"article.published", FACT_DATE, NULL},
	{"article_date_original", FACT_DATE, NULL},
	{"originalpublicationdate", FACT_DATE, NULL},
	{"displaydate", FACT_DATE, NULL},
	{"cxenseparse:recs:publishtime", FACT_DATE, NULL},
	{"bt:pubdate", FACT_DATE, NULL}, {"dcterms.created", FACT_DATE, NULL},
	{"dc.date.issued", FACT_DATE, NULL},
	{"dc.date.created", FACT_DATE, NULL},
	{"dcterms.date", FACT_DATE, NULL}, {"dc.date", FACT_DATE, NULL},
	{"date", FACT_DATE, NULL}, {"created", FACT_DATE, NULL},
	{"citation_publication_date", FACT_DATE, NULL},
	{"citation_online_date", FACT_DATE, NULL},
	{"date_published", FACT_DATE, NULL},
	{"shareaholic:article_published_time", FACT_DATE, NULL},
	{"weibo: article:create_at", FACT_DATE, NULL},
	{"rdate", FACT_DATE, NULL}, {"pdate", FACT_DATE, NULL},
	{"article:modified_time", FACT_MODIFIED, NULL},
	{"article:modified", FACT_MODIFIED, NULL},
	{"datemodified", FACT_MODIFIED, NULL},
	{"og:updated_time", FACT_MODIFIED, NULL},
	{"dcterms.modified", FACT_MODIFIED, NULL},
	{"dc.date.modified", FACT_MODIFIED, NULL},
	{"author", FACT_AUTHOR, NULL}, {"article:author", FACT_AUTHOR, NULL},
	{"parsely-author", FACT_AUTHOR, NULL},
	{"sailthru.author", FACT_AUTHOR, NULL}, {"byl", FACT_AUTHOR, NULL},
	{"dc.creator", FACT_AUTHOR, NULL},
	{"dcterms.creator", FACT_AUTHOR, NULL},
	{"og:article:author", FACT_AUTHOR, NULL},
	{"citation_author", FACT_AUTHOR, NULL},
	{"article:section", FACT_SECTION, NULL},
	{"og:article:section", FACT_SECTION, NULL},
	{"parsely-section", FACT_SECTION, NULL},
	{"section", FACT_SECTION, NULL}, {"og:url", FACT_URL, NULL},
	{"og:locale", FACT_LANG, NULL}, {"content-language", FACT_LANG, NULL},
	{"language", FACT_LANG, NULL}, {"article:tag", FACT_TOPICS, ""},
	{"og:article:tag", FACT_TOPICS, ""},
	{"news_keywords", FACT_TOPICS, VALUES_TOPICS},
	{"parsely-tags", FACT_TOPICS, VALUES_TOPICS},
	{"sailthru.tags", FACT_TOPICS, VALUES_TOPICS},
	{"keywords", FACT_TOPICS, VALUES_TOPICS},
	{"geo.placename", FACT_PLACES, VALUES_PLACES},
};

_Static_assert(RANK_META + ARRAY_LEN(metas) <= RANK_PROPERTY,
               "what a <meta> says counts before what the page shows");

/* The pass over a page. */
struct search {
	struct html_facts *facts;
	const struct html_tree *tree;
	int ranks[HTML_FACTS];
	struct slice title, heading; /* of <title>; of the first good <h1> */
	bool ended; /* memory has: a buffer that is cleared forgets it */
};

static bool is_name(struct slice value)
{
	return !(value.len > 4 && !memcmp(value.data, "http", 4)) &&
	       value.len < 200;
}

/* "By Ann Bee" is the line below a headline; the author is Ann Bee. */
static struct slice without_by(struct slice name)
{
	if (name.len > 3 && ascii_begins(name, "by "))
		return white_trim(slice_from(name, 3));
	return name;
}

/* Pages with several authors name each in a <meta> of its own. */
static bool is_another(const struct search *s, enum html_fact fact, int rank,
                       struct slice value)
{
	struct slice old = html_fact(s->facts, fact);
	return fact == FACT_AUTHOR && rank == s->ranks[fact] &&
	       rank >= RANK_META && rank < RANK_PROPERTY &&
	       old.len < HTML_AUTHORS_MAX &&
	       !memmem(old.data, old.len, value.data, value.len);
}

static struct slice first_of(struct slice list)
{
	const uint8_t *comma = list.len ? memchr(list.data, ',', list.len) : NULL;
	size_t n = comma ? (size_t)(comma - list.data) : list.len;
	return white_trim(slice_of(list.data, n));
}

static void offer(struct search *s, enum html_fact fact, int rank,
                  struct slice value)
{
	struct buffer *to = &s->facts->values[fact];
	struct buffer *clean = &s->facts->scratch;
	if (rank > s->ranks[fact])
		return;
	buffer_clear(clean);
	html_text_append(clean, white_trim(value));
	s->ended |= clean->status == NS_E_NOMEM;
	value = slice_of(clean->data, clean->len);
	if (fact == FACT_LANG) /* "en-GB, en" */
		value = first_of(value);
	struct date ignored;
	if (fact == FACT_AUTHOR)
		value = without_by(value);
	if (!value.len || (fact == FACT_AUTHOR && !is_name(value)))
		return;
	if (is_another(s, fact, rank, value)) {
		buffer_append(to, ", ", 2);
		buffer_append(to, value.data, value.len);
		s->ended |= to->status == NS_E_NOMEM;
		return;
	}
	if ((fact == FACT_DATE || fact == FACT_MODIFIED) &&
	    !date_parse(value, html_fact(s->facts, FACT_LANG), &ignored))
		rank += RANK_BAD;
	if (rank >= s->ranks[fact])
		return;
	s->ranks[fact] = rank;
	buffer_clear(to);
	buffer_append(to, value.data, value.len);
	s->ended |= to->status == NS_E_NOMEM;
}

/* All values of one source: several of one rank are one. */
static void offer_list(struct search *s, enum html_fact fact, int rank,
                       struct slice list, const char *marks)
{
	struct buffer *to = &s->facts->values[fact];
	struct buffer *found = &s->facts->scratch;
	if (rank > s->ranks[fact])
		return;
	buffer_clear(found);
	values_append(found, list, marks);
	s->ended |= found->status == NS_E_NOMEM;
	if (!found->len)
		return;
	if (rank < s->ranks[fact])
		buffer_clear(to);
	s->ranks[fact] = rank;
	for (struct slice rest = slice_of(found->data, found->len); rest.len;) {
		html_text_append(to, slice_cut(&rest, '\n'));
		buffer_byte(to, '\n');
	}
	s->ended |= to->status == NS_E_NOMEM;
}

/* marks: of a list, else NULL. */
static void offer_any(struct search *s, enum html_fact fact, int rank,
                      struct slice value, const char *marks)
{
	if (marks)
		offer_list(s, fact, rank, value, marks);
	else
		offer(s, fact, rank, value);
}

/* A topic alone may be a list. */
static void part_topic(struct search *s)
{
	struct buffer *topics = &s->facts->values[FACT_TOPICS];
	struct buffer *held = &s->facts->scratch;
	if (!topics->len || memchr(topics->data, '\n', topics->len - 1))
		return;
	buffer_clear(held);
	buffer_append(held, topics->data, topics->len);
	buffer_clear(topics);
	values_append(topics, slice_of(held->data, held->len), VALUES_TOPICS);
	s->ended |= held->status == NS_E_NOMEM || topics->status == NS_E_NOMEM;
}

/* ---- what says it ------------------------------------------------------------------- */

static bool has_word(struct slice value, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i + n <= value.len; i++)
		if (ascii_is(slice_of(value.data + i, n), word) &&
		    (!i || value.data[i - 1] <= ' ') &&
		    (i + n == value.len || value.data[i + n] <= ' '))
			return true;
	return false;
}

/* The content of a <meta>, which many pages encode twice ("B&amp;amp;B"); valid
 * until the next. */
static struct slice content_of(struct search *s, uint32_t node)
{
	struct slice content = html_value_of(s->tree, node, ATTR_CONTENT);
	struct buffer *out = &s->facts->json.clean;
	if (!content.len || !memchr(content.data, '&', content.len))
		return content;
	buffer_clear(out);
	html_unescape(out, content);
	s->ended |= out->status == NS_E_NOMEM;
	return slice_of(out->data, out->len);
}

static void take_meta(struct search *s, uint32_t node)
{
	static const enum html_attribute names[] = {ATTR_PROPERTY, ATTR_NAME,
		ATTR_ITEMPROP, ATTR_HTTP_EQUIV};
	struct slice content = content_of(s, node);
	if (!content.len)
		return;
	for (size_t k = 0; k < ARRAY_LEN(names); k++) {
		struct slice name = html_value_of(s->tree, node, names[k]);
		if (!name.len)
			continue;
		if (ascii_is(name, "og:site_name") && !s->facts->site.len)
			html_text_append(&s->facts->site, content);
		for (size_t i = 0; i < ARRAY_LEN(metas); i++)
			if (ascii_is(name, metas[i].name))
				offer_any(s, metas[i].fact,
				          RANK_META + (int)i, content,
				          metas[i].marks);
	}
}

/* The text of a subtree; valid until the next. */
static struct slice text_in(struct search *s, uint32_t node)
{
	struct buffer *out = &s->facts->json.clean;
	buffer_clear(out);
	for (uint32_t i = node; i < s->tree->nodes[node].end; i++)
		if (s->tree->nodes[i].tag == HTML_TEXT && out->len < 4096) {
			struct slice text = html_text_of(s->tree, i);
			buffer_append(out, text.data, text.len);
		}
	s->ended |= out->status == NS_E_NOMEM;
	return white_trim(slice_of(out->data, out->len));
}

/* What an element says as a value: content, datetime, or its text. */
static struct slice value_in(struct search *s, uint32_t node)
{
	struct slice value = html_value_of(s->tree, node, ATTR_CONTENT);
	if (!value.len)
		value = html_value_of(s->tree, node, ATTR_DATETIME);
	return value.len ? value : text_in(s, node);
}

/* The name in what describes a person, or all of it. */
static struct slice person_in(struct search *s, uint32_t node)
{
	for (uint32_t i = node + 1; i < s->tree->nodes[node].end; i++)
		if (s->tree->nodes[i].tag != HTML_TEXT &&
		    has_word(html_value_of(s->tree, i, ATTR_ITEMPROP), "name"))
			return value_in(s, i);
	return text_in(s, node);
}

static void take_property(struct search *s, uint32_t node)
{
	/* as Drupal says it, in spans */
	static const char *const dates[] = {"schema:datePublished",
		"schema:dateCreated", "dc:date", "dc:created"};
	struct slice name = html_value_of(s->tree, node, ATTR_ITEMPROP);
	if (has_word(name, "datePublished"))
		offer(s, FACT_DATE, RANK_PROPERTY, value_in(s, node));
	else if (has_word(name, "dateModified"))
		offer(s, FACT_MODIFIED, RANK_PROPERTY, value_in(s, node));
	else if (has_word(name, "author") &&
	         s->ranks[FACT_AUTHOR] > RANK_PROPERTY)
		offer(s, FACT_AUTHOR, RANK_PROPERTY, person_in(s, node));
	name = html_value_of(s->tree, node, ATTR_PROPERTY);
	for (size_t i = 0; name.len && i < ARRAY_LEN(dates); i++)
		if (has_word(name, dates[i]))
			offer(s, FACT_DATE, RANK_PROPERTY + 1,
			      value_in(s, node));
	name = html_value_of(s->tree, node, ATTR_REL);
	if (s->tree->nodes[node].tag != HTML_LINK && has_word(name, "author"))
		offer(s, FACT_AUTHOR, RANK_PROPERTY + 1, text_in(s, node));
}

/* The address of a page; some sites have that of the front page, or a part of one,
 * in all their pages: any other is better. */
static void offer_canonical(struct search *s, struct slice url)
{
	const uint8_t *host = url.len ? memmem(url.data, url.len, "://", 3)
	                              : NULL;
	size_t at = host ? (size_t)(host - url.data) + 3 : url.len;
	while (at < url.len && url.data[at] != '/')
		at++;
	bool whole = host && at + 1 < url.len;
	offer(s, FACT_URL, whole ? RANK_JSON : RANK_PAGE + 1, url);
}

static void take_link(struct search *s, uint32_t node)
{
	struct slice rel = html_value_of(s->tree, node, ATTR_REL);
	if (has_word(rel, "canonical"))
		offer_canonical(s, html_value_of(s->tree, node, ATTR_HREF));
}

/* The first counts, as for browsers. */
static void take_base(struct search *s, uint32_t node)
{
	struct slice href = html_value_of(s->tree, node, ATTR_HREF);
	offer(s, FACT_BASE, RANK_JSON, href);
}

static void take_time(struct search *s, uint32_t node)
{
	bool pubdate = html_value_of(s->tree, node, ATTR_PUBDATE).data;
	int rank = pubdate ? RANK_PROPERTY + 1 : RANK_TIME;
	struct slice value = html_value_of(s->tree, node, ATTR_DATETIME);
	offer(s, FACT_DATE, rank, value);
	if (!value.len)
		offer(s, FACT_DATE, rank + 1, text_in(s, node));
}

static void take_lang(struct search *s, uint32_t node)
{
	struct slice lang = html_value_of(s->tree, node, ATTR_LANG);
	if (!lang.len)
		lang = html_value_of(s->tree, node, ATTR_XML_LANG);
	offer(s, FACT_LANG, RANK_JSON, lang);
}

static int take_node(struct search *s, uint32_t i)
{
	switch ((enum html_tag)s->tree->nodes[i].tag) {
	case HTML_META:
		take_meta(s, i);
		break;
	case HTML_LINK:
		take_link(s, i);
		break;
	case HTML_BASE:
		take_base(s, i);
		break;
	case HTML_TIME:
		take_time(s, i);
		break;
	case HTML_HTML:
		take_lang(s, i);
		break;
	case HTML_SCRIPT:
		if (i + 1 < s->tree->nodes[i].end)
			return html_json_read(&s->facts->json,
			                      html_text_of(s->tree, i + 1));
		break;
	default:
		break;
	}
	take_property(s, i);
	return NS_OK;
}

static struct slice title_tag(const struct html_tree *tree)
{
	for (uint32_t i = 0; i + 1 < tree->n_nodes; i++)
		if (tree->nodes[i].tag == HTML_TITLE &&
		    tree->nodes[i + 1].tag == HTML_TEXT)
			return html_text_of(tree, i + 1);
	return slice_of(NULL, 0);
}

/* The name, where it is in <title> and the headline is not: an encyclopedia's
 * headline is a description. */
static enum html_json_field headline_of(const struct search *s)
{
	struct slice name = html_json_value(&s->facts->json, LD_NAME);
	struct slice headline = html_json_value(&s->facts->json, LD_HEADLINE);
	struct slice title = s->facts->json.title;
	return name.len && title.len &&
	       memmem(title.data, title.len, name.data, name.len) &&
	       !memmem(title.data, title.len, headline.data, headline.len)
		? LD_NAME : LD_HEADLINE;
}

static void take_json(struct search *s)
{
	const struct {
		enum html_json_field field;
		enum html_fact fact;
		int rank;
		const char *marks; /* as in metas */
	} map[] = {
		{headline_of(s), FACT_TITLE, RANK_JSON, NULL},
		{LD_DATE, FACT_DATE, RANK_JSON, NULL},
		{LD_CREATED, FACT_DATE, RANK_PAGE, NULL},
		{LD_MODIFIED, FACT_MODIFIED, RANK_JSON, NULL},
		{LD_AUTHOR, FACT_AUTHOR, RANK_JSON, NULL},
		{LD_SECTION, FACT_SECTION, RANK_JSON, NULL},
		{LD_LANG, FACT_LANG, RANK_JSON + 1, NULL},
		{LD_URL, FACT_URL, RANK_PAGE, NULL},
		{LD_KEYWORDS, FACT_TOPICS, RANK_JSON, ""},
		{LD_LOCATION, FACT_PLACES, RANK_JSON, VALUES_PLACES},
		{LD_WRITTEN_AT, FACT_PLACES, RANK_JSON + 1, VALUES_PLACES},
	};
	struct buffer plain;
	buffer_init(&plain, NS_ARTICLE_MAX);
	for (size_t i = 0; i < ARRAY_LEN(map); i++) {
		buffer_clear(&plain);
		html_unescape(&plain, html_json_value(&s->facts->json,
		                                      map[i].field));
		s->ended |= plain.status == NS_E_NOMEM;
		offer_any(s, map[i].fact, map[i].rank,
		          slice_of(plain.data, plain.len), map[i].marks);
	}
	buffer_release(&plain);
}

/* ---- the date in an address ------------------------------------------------------ */

static bool digits_at(struct slice url, size_t i, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (i + k >= url.len || url.data[i + k] < '0' ||
		    url.data[i + k] > '9')
			return false;
	return true;
}

/* 2017/04/06, 2017-04-06 or 20170406 between signs. */
static void take_url_date(struct search *s)
{
	struct slice url = html_fact(s->facts, FACT_URL);
	for (size_t i = 1; i + 8 <= url.len; i++) {
		const uint8_t *d = url.data + i;
		if (!digits_at(url, i, 4) || digits_at(url, i - 1, 1) ||
		    (d[0] != '1' && d[0] != '2'))
			continue;
		bool parted = (d[4] == '/' || d[4] == '-') &&
		              i + 10 <= url.len && d[7] == d[4] &&
		              digits_at(url, i + 5, 2) &&
		              digits_at(url, i + 8, 2);
		bool joined = digits_at(url, i + 4, 4) &&
		              !digits_at(url, i + 8, 1);
		if (!parted && !joined)
			continue;
		char date[11];
		snprintf(date, sizeof date, "%.4s-%.2s-%.2s", (const char *)d,
		         (const char *)d + (parted ? 5 : 4),
		         (const char *)d + (parted ? 8 : 6));
		offer(s, FACT_DATE, RANK_URL, slice_of(date, 10));
	}
}

/* ---- the page -------------------------------------------------------------------- */

void html_facts_init(struct html_facts *facts)
{
	*facts = (struct html_facts){0};
	for (int i = 0; i < HTML_FACTS; i++)
		buffer_init(&facts->values[i], 64 << 10);
	buffer_init(&facts->site, 64 << 10);
	buffer_init(&facts->scratch, NS_ARTICLE_MAX);
	html_json_init(&facts->json);
}

void html_facts_release(struct html_facts *facts)
{
	for (int i = 0; i < HTML_FACTS; i++)
		buffer_release(&facts->values[i]);
	buffer_release(&facts->site);
	buffer_release(&facts->scratch);
	html_json_release(&facts->json);
}

int html_facts_find(struct html_facts *facts, const struct html_tree *tree,
                    struct ns_error *err)
{
	struct search s = {.facts = facts, .tree = tree};
	for (int i = 0; i < HTML_FACTS; i++) {
		buffer_clear(&facts->values[i]);
		s.ranks[i] = RANK_NONE;
	}
	buffer_clear(&facts->site);
	html_json_clear(&facts->json, title_tag(tree));
	for (uint32_t i = 0; i < tree->n_nodes; i++)
		if (tree->nodes[i].tag != HTML_TEXT &&
		    take_node(&s, i) != NS_OK)
			return err_nomem(err);
	if (html_json_name_authors(&facts->json) != NS_OK)
		return err_nomem(err);
	take_json(&s);
	part_topic(&s);
	take_url_date(&s);
	TRY(html_title_find(facts, tree, s.ranks[FACT_TITLE] == RANK_NONE,
	                    err));
	bool ended = s.ended || facts->site.status == NS_E_NOMEM;
	return ended ? err_nomem(err) : NS_OK;
}
