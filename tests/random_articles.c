/* random_articles.c — see random_articles.h. */
#include "random_articles.h"

/* Falling frequency: families side by side, so that stems share lists. */
static const char *const vocabulary[] = {
	"the", "of", "to", "and", "a", "in", "said", "attack", "attacks",
	"president", "minister", "rain", "U.S.", "missile", "missiles",
	"chemical", "attacked", "weapons", "weapon", "Syria", "Syrian",
	"government", "governments", "war", "wars", "talks", "talk", "talking",
	"president's", "president’s", "rains", "raining", "rained", "attackers",
	"attacker", "AT&T", "de-escalation", "deescalation", "escalation",
	"escalations", "@nasa", "NASA", "nasa", "#brexit", "Brexit", "strike",
	"strikes", "striking", "struck", "city", "cities", "don't", "don’t",
	"dont", "2017", "10:30", "3.5", "1,203,344", "covid19", "covid-19",
	"MiG-29", "mig29", "F-16s", "u.s", "us", "US", "UN", "U.N.", "café",
	"cafés", "naïve", "Straße", "STRASSE", "İstanbul", "ıssız", "Москва",
	"москвы", "Путин", "北京", "東京タワー", "한국어", "مرحبا", "ﬁnance",
	"finance", "Ⅷ", "e-mail", "email", "e-mails", "state-of-the-art",
	"O'Neill", "o’neill", "rock'n'roll", "x", "I", "he", "it", "was", "not",
	"or", "AND", "OR", "NOT", "title", "section", "well-known", "R&D", "Q&A",
	"C++", "C#", "100%", "$5m", "€20", "http://x.org/a-b?c=d", "a.b.c",
	"me@x.org", "under_score", "co-operate", "cooperate", "cooperation",
	"ran", "run", "running", "runs", "universe", "university", "news",
	"relations", "relational", "conditional", "zebra", "quartz", "onyx",
	"👍", "🇷🇺", "a\xcc\x81" "b", "zero\xe2\x80\x8bwidth", "soft\xc2\xadhyphen",
	"bad\xff" "byte", "\xc3", "cut\xe2\x82",
};

static const char *const sections[] = {"World", "world", "Sports", "Arts & Co",
	"Business  Day", "Wörld", "Opinion", ""};
static const char *const authors[] = {"Ann Smith", "ann smith", "Bo O’Hara",
	"Łukasz", ""};
static const char *const langs[] = {"en", "de", "EN", ""};
static const char *const joints[] = {" ", " ", " ", " ", " ", " ", " ", ", ",
	". ", "\n", " - ", "-", "/", "; ", " “", "” ", "…", " (", ") ", "\t",
	"\xc2\xa0", "’ ", "'", "&", "_", ": "};

static const char *const topics[] = {"grain", "Grain", "wheat ", "oil\nGas", "gas",
	"trade\ntrade\nTrade", "\n\ncoffee", "Ölpreis", "gas\n", " \n"};
static const char *const places[] = {"Syria", "syria", "U.S.", "Côte d’Ivoire", "東京",
	"New  York"};

#define PICK(random, list) ((list)[random_below((random), (uint32_t)ARRAY_LEN(list))])

/* Word i with a chance of about 1/i. */
static const char *zipf(struct random *random)
{
	uint32_t n = (uint32_t)ARRAY_LEN(vocabulary);
	uint32_t limit = n;
	for (uint32_t i = random_below(random, 4); i; i--)
		limit = 1 + random_below(random, limit);
	return vocabulary[random_below(random, limit)];
}

static void words(struct random *random, struct buffer *out, uint32_t n)
{
	const char *again = NULL;
	for (uint32_t i = 0; i < n; i++) {
		if (!again && random_chance(random, 1))
			again = zipf(random); /* a word that this text is full of */
		buffer_text(out, again && random_chance(random, 60) ? again : zipf(random));
		buffer_text(out, random_chance(random, 70) ? " " : PICK(random, joints));
	}
}

/* Takes what is in the buffer as a text of the set. */
static ns_text keep(struct random_set *set, struct buffer *from)
{
	ns_text text = {NULL, from->len};
	if (from->status != NS_OK)
		abort();
	text.data = arena_copy(&set->arena, from->data, from->len);
	if (!text.data)
		abort();
	buffer_clear(from);
	return text;
}

static void body(struct random *random, const struct random_shape *shape, uint32_t i,
                 struct buffer *out)
{
	if (shape->long_one && i == shape->articles / 2) {
		for (uint32_t k = 0; k < 66000; k++)
			buffer_text(out, k % 7 ? "endless " : "rain ");
		return;
	}
	if (i % 3 != 0)
		buffer_text(out, "daily ");
	buffer_text(out, i / 300 % 2 ? "burst " : "calm ");
	if (i % 611 == 17 || (i / 97 % 3 == 1 && random_chance(random, 90)))
		buffer_text(out, "season seasons ");
	if (random_chance(random, 10))
		buffer_printf(out, "item%u ", random_below(random, 500));
	if (random_chance(random, 1))
		for (int k = 0; k < 300; k++)
			buffer_byte(out, 'w'); /* a word over 255 bytes */
	buffer_byte(out, ' ');
	words(random, out, random_below(random, shape->words + 1));
}

/* Some values, now and then one that is too long to be indexed. */
static ns_text lines(struct random_set *set, struct random *random, struct buffer *buffer,
                     const char *const *list, size_t n)
{
	for (uint32_t i = random_below(random, 5); i; i--) {
		buffer_text(buffer, list[random_below(random, (uint32_t)n)]);
		if (random_chance(random, 1))
			for (int k = 0; k < 40; k++)
				buffer_text(buffer, "long value ");
		if (i > 1 || random_chance(random, 50))
			buffer_byte(buffer, '\n');
	}
	return keep(set, buffer);
}

static void facts(struct random_set *set, struct random *random, struct buffer *buffer,
                  struct ns_article *article)
{
	article->section = ns_text_of(PICK(random, sections));
	if (random_chance(random, 1)) {
		for (int k = 0; k < 40; k++)
			buffer_text(buffer, "long section ");
		article->section = keep(set, buffer);
	}
	if (random_chance(random, 40))
		article->author = ns_text_of(PICK(random, authors));
	if (random_chance(random, 40))
		article->lang = ns_text_of(PICK(random, langs));
	if (random_chance(random, 20)) {
		buffer_printf(buffer, "https://News.example/%u",
		              random_below(random, 50));
		article->url = keep(set, buffer);
	}
	if (random_chance(random, 50))
		article->topics = lines(set, random, buffer, topics,
		                        ARRAY_LEN(topics));
	if (random_chance(random, 30))
		article->places = lines(set, random, buffer, places,
		                        ARRAY_LEN(places));
	article->date = NS_NO_DATE;
	if (random_chance(random, 60))
		article->date = 86400 * ((int64_t)random_below(random, 20000) - 3000);
	if (random_chance(random, 20))
		article->date = 1491436800; /* many of one day */
	article->date_is_day = article->date != NS_NO_DATE &&
	                       random_chance(random, 50);
}

void random_articles(struct random_set *out, struct random *random,
                     const struct random_shape *shape)
{
	struct buffer buffer;
	buffer_init(&buffer, 8u << 20);
	*out = (struct random_set){.n = shape->articles};
	out->articles = arena_zero(&out->arena, out->n + 1, sizeof *out->articles);
	if (!out->articles)
		abort();
	for (uint32_t i = 0; i < shape->articles; i++) {
		struct ns_article *article = &out->articles[i];
		uint32_t number = i;
		if (i && random_chance(random, shape->duplicates))
			number = random_below(random, i);
		if (random_chance(random, 90)) {
			buffer_printf(&buffer, "a%u", number);
			article->id = keep(out, &buffer);
		}
		if (random_chance(random, 85))
			words(random, &buffer, random_below(random, 8));
		article->title = keep(out, &buffer);
		if (random_chance(random, 95) || !article->title.size)
			body(random, shape, i, &buffer);
		article->body = keep(out, &buffer);
		facts(out, random, &buffer, article);
		buffer_printf(&buffer, "random:%u", i + 1);
		article->source = keep(out, &buffer);
	}
	buffer_release(&buffer);
}

void random_release(struct random_set *set)
{
	arena_release(&set->arena);
}

/* ---- queries ------------------------------------------------------------- */

static const char *const oddities[] = {"((", "))", "+", "-", "\"", "=", ":",
	"title:", "section:", "=\"", "+(", "-(", "NOT", "AND", "OR", "AND AND",
	"OR NOT", "id:", "nofield:x", "\"\"", "()", "+\"", "-\"\"", "==rain", "+-x",
	"-+rain", "\\", "rain*", "rain~1", "^", "title:(", "title:section:World",
	"\xff\xfe", "\xe2\x80\x9crain\xe2\x80\x9d", "''", "’", "@", "#", "&", "-&-",
	"a:b:c", "title:\"", "=(rain war)", "((((((((rain", "\t", "\xc2\xa0"};

static void piece(struct random *random, const struct random_set *set,
                  struct buffer *out);

/* Some bytes of an article, as somebody would paste them. */
static void excerpt(struct random *random, const struct random_set *set,
                    struct buffer *out, uint32_t size)
{
	if (!set->n)
		return;
	const struct ns_article *article =
		&set->articles[random_below(random, (uint32_t)set->n)];
	ns_text text = random_chance(random, 30) ? article->title : article->body;
	if (!text.size)
		return;
	size_t from = random_below(random, (uint32_t)text.size);
	size_t n = min_size(text.size - from, 1 + random_below(random, size));
	while (from && text.data[from - 1] != ' ' && random_chance(random, 95))
		from--;
	for (size_t i = from; i < from + n; i++)
		if (text.data[i] != '"')
			buffer_byte(out, (uint8_t)text.data[i]);
}

static void word(struct random *random, const struct random_set *set,
                 struct buffer *out)
{
	uint32_t kind = random_below(random, 20);
	if (kind < 13)
		buffer_text(out, zipf(random));
	else if (kind < 15)
		buffer_printf(out, "item%u", random_below(random, 520));
	else if (kind == 15)
		buffer_text(out, "unheardof");
	else if (kind == 16)
		buffer_text(out, random_chance(random, 50) ? "daily" : "burst");
	else if (kind == 17)
		buffer_text(out, random_chance(random, 50) ? "seasons" : "endless");
	else
		excerpt(random, set, out, 12);
}

static void filter(struct random *random, const struct random_set *set,
                   struct buffer *out)
{
	static const char *const names[] = {"section", "author", "lang",
		"section", "section", "section", "topic", "place"};
	uint32_t kind = random_below(random, (uint32_t)ARRAY_LEN(names));
	const char *value = kind == 1 ? PICK(random, authors) :
		kind == 2 ? PICK(random, langs) :
		kind == 6 ? PICK(random, topics) :
		kind == 7 ? PICK(random, places) : PICK(random, sections);
	if (kind == 3 && set->n)
		buffer_printf(out, "id:a%u", random_below(random, (uint32_t)set->n));
	else if (kind == 4)
		buffer_printf(out, "url:https://News.example/%u",
		              random_below(random, 50));
	else
		buffer_printf(out, "%s:%s%s%s", names[kind],
		              strchr(value, ' ') ? "\"" : "", value,
		              strchr(value, ' ') ? "\"" : "");
}

static void phrase(struct random *random, const struct random_set *set,
                   struct buffer *out)
{
	buffer_byte(out, '"');
	if (random_chance(random, 60))
		excerpt(random, set, out, 30);
	else
		words(random, out, 1 + random_below(random, 4));
	if (random_chance(random, 97))
		buffer_byte(out, '"');
}

static void pieces(struct random *random, const struct random_set *set,
                   struct buffer *out, const char *joint)
{
	for (uint32_t i = 0, n = 1 + random_below(random, 4); i < n; i++) {
		if (i)
			buffer_text(out, joint);
		piece(random, set, out);
	}
}

static void piece(struct random *random, const struct random_set *set,
                  struct buffer *out)
{
	if (out->len > 400) {
		word(random, set, out);
		return;
	}
	uint32_t kind = random_below(random, 100);
	if (kind < 12)
		buffer_byte(out, (uint8_t)"+-=-"[random_below(random, 4)]);
	if (kind < 50) {
		word(random, set, out);
	} else if (kind < 65) {
		phrase(random, set, out);
	} else if (kind < 72) {
		filter(random, set, out);
	} else if (kind < 80) {
		buffer_text(out, random_chance(random, 80) ? "title:" : "text:");
		if (random_chance(random, 20))
			buffer_byte(out, '=');
		(random_chance(random, 70) ? word : phrase)(random, set, out);
	} else if (kind < 84) {
		buffer_byte(out, '=');
		phrase(random, set, out);
	} else if (kind < 88) {
		buffer_text(out, PICK(random, oddities));
	} else {
		static const char *const ways[] = {" ", " ", " AND ", " OR ",
			" NOT ", " AND NOT ", " -", " +", " OR +"};
		if (random_chance(random, 10))
			buffer_text(out, "title:");
		buffer_byte(out, '(');
		pieces(random, set, out, PICK(random, ways));
		if (random_chance(random, 97))
			buffer_byte(out, ')');
	}
}

void random_query(struct random *random, const struct random_set *set,
                  struct buffer *out)
{
	buffer_clear(out);
	uint32_t kind = random_below(random, 20);
	if (kind == 0) {
		for (uint32_t n = random_below(random, 12); n; n--)
			buffer_text(out, random_chance(random, 70) ?
			            PICK(random, oddities) : zipf(random));
	} else if (kind == 1) {
		for (uint32_t n = random_below(random, 40); n; n--)
			buffer_byte(out, (uint8_t)random_below(random, 256));
	} else if (kind == 2) {
		excerpt(random, set, out, 200);
	} else if (kind == 3) {
		for (uint32_t n = 1 + random_below(random, 3); n; n--) {
			filter(random, set, out);
			buffer_text(out, random_chance(random, 50) ? " -rain " : " ");
		}
	} else if (kind == 4) { /* all capitals: AND, OR and NOT are words */
		size_t from = out->len;
		pieces(random, set, out, random_chance(random, 50) ? " AND " : " NOT ");
		for (size_t i = from; i < out->len; i++)
			if (out->data[i] >= 'a' && out->data[i] <= 'z')
				out->data[i] = (uint8_t)(out->data[i] - 32);
	} else if (kind == 5 && random_chance(random, 20)) { /* heavy */
		for (uint32_t n = 300 + random_below(random, 600); n; n--)
			buffer_printf(out, "item%u ", random_below(random, 9999));
	} else {
		pieces(random, set, out, kind < 12 ? " " : kind < 15 ? " AND " :
		       kind < 18 ? " OR " : " NOT ");
	}
}
