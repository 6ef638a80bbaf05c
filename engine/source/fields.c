#include "source/fields.h"

#include "base/ascii.h"

static const struct {
	const char *name, *names; /* by rank */
} lists[FIELDS] = {
	[FIELD_ID] = {"id", "id articleid docid newsid guid uuid docno"},
	[FIELD_TITLE] = {"title", "title headline head heading articletitle "
		"newstitle posttitle webtitle subject "
		"titel überschrift Überschrift titre título titulo titular titolo "
		"заголовок Заголовок"},
	[FIELD_BODY] = {"body", "body text content article story fulltext "
		"articlebody articletext maintext maincontent bodytext "
		"postcontent contenttext plaintext contenthtml bodyhtml "
		"inhalt texte contenu texto contenido testo текст Текст "
		"leadparagraph description shortdescription summary abstract lead"},
	[FIELD_DATE] = {"date", "date published pubdate publishdate "
		"publisheddate publicationdate datepublished publishedat "
		"publishedon datepublish postdate webpublicationdate datetime "
		"timestamp time created createdat createdutc "
		"datum fecha дата Дата"},
	[FIELD_SECTION] = {"section", "section category categories sectionname "
		"desk newsdesk ressort rubrik rubrique рубрика Рубрика"},
	[FIELD_AUTHOR] = {"author", "author authors byline writer creator "
		"authorname autor auteur autore автор Автор"},
	[FIELD_URL] = {"url", "url link href weburl articleurl permalink uri "
		"sourceurl ссылка Ссылка"},
	[FIELD_LANG] = {"lang", "lang language langcode locale sprache langue"},
	[FIELD_TOPICS] = {"topics", "topics topic tags tag keywords keyword "
		"newskeywords subjects"},
	[FIELD_PLACES] = {"places", "places place locations location countries "
		"country"},
};

enum { KEY_MAX = 32 };

/* Letters and digits, in lower case; all beyond ASCII stays. */
static bool is_kept(uint8_t c, uint8_t *out)
{
	*out = ascii_lower(c);
	return c >= 0x80 || ascii_digit(c) || ascii_letter(c);
}

static size_t key_of(struct slice name, char key[KEY_MAX])
{
	size_t n = 0;
	uint8_t c;
	for (size_t i = 0; i < name.len; i++) {
		if (!is_kept(name.data[i], &c))
			continue;
		if (n == KEY_MAX)
			return 0;
		key[n++] = (char)c;
	}
	return n;
}

const char *field_name(enum field field)
{
	return lists[field].name;
}

/* Where the key is in the list, from 0; -1: it is not. */
static int rank_in(const char *names, const char *key, size_t n)
{
	const char *at = names;
	for (int rank = 0; n && *at; rank++) {
		size_t len = strcspn(at, " ");
		if (len == n && !memcmp(at, key, n))
			return rank;
		at += len + (at[len] == ' ');
	}
	return -1;
}

int field_rank(enum field field, struct slice name)
{
	char key[KEY_MAX];
	return rank_in(lists[field].names, key, key_of(name, key));
}

enum field field_find(struct slice name, int *rank)
{
	char key[KEY_MAX];
	size_t n = key_of(name, key);
	for (int f = 0; f < FIELDS; f++) {
		*rank = rank_in(lists[f].names, key, n);
		if (*rank >= 0)
			return (enum field)f;
	}
	return FIELDS;
}

bool field_is_summary(int rank)
{
	static const char first[] = "description";
	return rank >= rank_in(lists[FIELD_BODY].names, first,
	                       sizeof first - 1);
}

bool field_same(struct slice a, struct slice b)
{
	size_t i = 0, k = 0;
	for (;;) {
		uint8_t x = 0, y = 0;
		while (i < a.len && !is_kept(a.data[i++], &x))
			x = 0;
		while (k < b.len && !is_kept(b.data[k++], &y))
			y = 0;
		if (x != y)
			return false;
		if (!x)
			return true;
	}
}

static bool parse_one(struct slice part, struct field_map *out, char *why,
                      size_t size)
{
	const uint8_t *equals = memchr(part.data, '=', part.len);
	size_t n = equals ? (size_t)(equals - part.data) : part.len;
	if (!equals || n + 1 == part.len) {
		snprintf(why, size, "\"%.*s\" is not PART=NAME", (int)min_size(
		         part.len, 60), (const char *)part.data);
		return false;
	}
	for (int i = 0; i < FIELDS; i++) {
		if (strlen(lists[i].name) != n ||
		    memcmp(lists[i].name, part.data, n) != 0)
			continue;
		if (out->names[i].len) {
			snprintf(why, size, "%s is given twice", lists[i].name);
			return false;
		}
		out->names[i] = slice_of(equals + 1, part.len - n - 1);
		return true;
	}
	snprintf(why, size, "\"%.*s\" is no part of an article; they are id, title, "
	         "body, date, section, author, url, lang, topics and places",
	         (int)min_size(n, 60), (const char *)part.data);
	return false;
}

bool field_map_parse(const char *text, struct field_map *out, char *why,
                     size_t size)
{
	*out = (struct field_map){0};
	for (;;) {
		size_t n = strcspn(text, ",");
		if (!parse_one(slice_of(text, n), out, why, size))
			return false;
		if (!text[n])
			return true;
		text += n + 1;
	}
}
