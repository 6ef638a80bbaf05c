#include "date/date_names.h"

#include "base/white.h"
#include "date/date_calendar.h"
#include "date/date_letters.h"
#include "date/date_lists.h"

/* ---- words ----------------------------------------------------------------- */

struct date_word date_word_at(struct slice text)
{
	struct date_word word = {0};
	char *to = word.folded;
	const char *end = to + sizeof word.folded - 5;
	*to++ = ' ';
	while (word.len < text.len) {
		struct date_letter letter;
		struct slice rest = slice_from(text, word.len);
		size_t point = word.len && date_points(rest);
		if (!date_letter_at(slice_from(rest, point), &letter) ||
		    (!letter.n && !word.len))
			break;
		word.len += point + letter.len;
		if (to < end && point)
			*to++ = '.';
		if (to < end) {
			memcpy(to, letter.folded, letter.n);
			to += letter.n;
		}
	}
	memcpy(to, " ", 2);
	if (to >= end)
		word.folded[0] = '\0';
	return word;
}

static bool listed(const char *list, const struct date_word *word)
{
	return word->len && word->folded[0] && strstr(list, word->folded);
}

/* ---- names ------------------------------------------------------------------- */

/* The lists of the script that the word is of. */
static const struct date_lists *lists_of(const struct date_word *word)
{
	uint8_t first = (uint8_t)word->folded[1];
	return first < 0x80 || first == 0xD0 || first == 0xD1
		? &date_lists_latin : &date_lists_others;
}

static bool language_is(struct slice language, const char *wanted)
{
	return date_word_at(language).len == 2 &&
	       memcmp(date_word_at(language).folded + 1, wanted, 2) == 0;
}

/* November in Polish and Czech is October in Croatian. */
static bool is_november(const struct date_word *word, struct slice language)
{
	return listed(" listopad listopada listopadu ", word) &&
	       (language_is(language, "pl") || language_is(language, "cs"));
}

int date_month_named(const struct date_word *word, struct slice language)
{
	if (is_november(word, language))
		return 11;
	const struct date_lists *lists = lists_of(word);
	for (int i = 0; i < (int)ARRAY_LEN(lists->months); i++)
		if (listed(lists->months[i], word))
			return i + 1;
	return 0;
}

int date_month_of_two(struct slice text, size_t *len)
{
	static const struct {
		const char *word, *next;
		int month;
	} months[] = {
		{" كانون ", " الثاني ", 1}, {" تشرين ", " الاول ", 10},
		{" تشرين ", " الثاني ", 11}, {" كانون ", " الاول ", 12},
	};
	struct date_word word = date_word_at(text);
	struct slice behind = white_trim_start(slice_from(text, word.len));
	struct date_word next = date_word_at(behind);
	size_t digits = date_count_digits(behind);
	int month = 0;
	*len = text.len - behind.len + next.len;
	for (size_t i = 0; next.len && i < ARRAY_LEN(months); i++)
		if (!strcmp(word.folded, months[i].word) &&
		    !strcmp(next.folded, months[i].next))
			return months[i].month;
	if (strcmp(word.folded, " thang ") || digits > 2 ||
	    !date_take_digits(&behind, digits, &month) || month > 12)
		return 0;
	*len = text.len - behind.len;
	return month;
}

bool date_is_weekday(const struct date_word *word)
{
	return listed(lists_of(word)->weekdays, word);
}

bool date_is_filler(const struct date_word *word)
{
	return listed(lists_of(word)->fillers, word);
}

bool date_is_relative(const struct date_word *word)
{
	return listed(lists_of(word)->relative, word);
}

bool date_is_morning(const struct date_word *word)
{
	return listed(" π.μ πμ ص صباحا ", word);
}

bool date_is_evening(const struct date_word *word)
{
	return listed(" μ.μ μμ م مساء ", word);
}

bool date_is_thai(const struct date_word *word)
{
	return !memcmp(word->folded + 1, "\xE0\xB8", 2) ||
	       !memcmp(word->folded + 1, "\xE0\xB9", 2);
}

bool date_is_edition(const struct date_word *word)
{
	return listed(" edition final ", word);
}

/* ---- what a language tells ----------------------------------------------- */

/* The country of two letters behind the language and a script. */
static struct date_word country_of(struct slice language)
{
	struct date_word word = date_word_at(language);
	while (word.len < language.len) {
		language = slice_from(language, word.len + 1);
		word = date_word_at(language);
		if (word.len == 2)
			return word;
	}
	return (struct date_word){0};
}

enum date_order date_order_of(struct slice language)
{
	struct date_word word = date_word_at(language);
	struct date_word country = country_of(language);
	if (listed(" en ", &word)) {
		if (listed(" us ph ", &country))
			return DATE_ORDER_MONTH_FIRST;
		return listed(" gb uk ie au nz in za ng ke sg my pk ", &country)
			? DATE_ORDER_DAY_FIRST : DATE_ORDER_ENGLISH;
	}
	return listed(" de fr es it pt nl sv no nb nn da fi ru uk be pl cs sk sl hr"
	              " sr bs bg ro el tr ca gl et lv is id ms vi he ar fa ur hi th ", &word)
		? DATE_ORDER_DAY_FIRST : DATE_ORDER_UNKNOWN;
}

enum date_calendar date_calendar_of(struct slice language)
{
	struct date_word word = date_word_at(language);
	return listed(" th ", &word) ? DATE_CALENDAR_BUDDHIST :
	       listed(" fa ps ar ur ckb ", &word) ? DATE_CALENDAR_OTHER :
	       DATE_CALENDAR_OURS;
}

/* ---- zones ------------------------------------------------------------------ */

static const struct {
	const char *names;
	int minutes;
} zones[] = {
	{" gmt utc ut z wet غرينتش جرينتش ", 0},
	{" edt ", -240}, {" est cdt ", -300}, {" cst mdt ", -360},
	{" mst pdt ", -420}, {" pst akdt ", -480}, {" akst ", -540}, {" hst ", -600},
	{" nst ", -210}, {" ndt ", -150}, {" brt art ", -180},
	{" bst cet mez west wat ", 60}, {" cest mesz eet cat sast ", 120},
	{" msk мск eest eat trt ", 180}, {" msd ", 240}, {" pkt ", 300},
	{" npt ", 345}, {" wib ict ", 420}, {" sgt hkt awst ", 480},
	{" jst kst ", 540}, {" acst ", 570}, {" aest ", 600}, {" acdt ", 630},
	{" aedt ", 660}, {" nzst ", 720}, {" nzdt ", 780},
};

static bool is_of(struct slice language, const char *own, const char *country)
{
	struct date_word word = country_of(language);
	return listed(country, &word) || language_is(language, own);
}

enum date_zone date_zone_named(const struct date_word *word,
                               struct slice language, int *minutes)
{
	*minutes = 0;
	for (size_t i = 0; i < ARRAY_LEN(zones); i++) {
		if (!listed(zones[i].names, word))
			continue;
		*minutes = zones[i].minutes;
		return DATE_ZONE_KNOWN;
	}
	if (listed(" ist ", word)) {
		*minutes = is_of(language, "hi", " in ") ? 330 :
		           is_of(language, "he", " il ") ? 120 :
		           is_of(language, "ga", " ie ") ? 60 : 0;
		return *minutes ? DATE_ZONE_KNOWN : DATE_ZONE_VAGUE;
	}
	return listed(" ast et ct mt pt ", word) ? DATE_ZONE_VAGUE
	                                         : DATE_ZONE_NONE;
}
