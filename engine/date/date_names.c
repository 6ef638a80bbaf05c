#include "date/date_names.h"

/* ---- words ----------------------------------------------------------------- */

/* U+00C0…U+00FF without marks; 0 is no letter */
static const char marked[] = "aaaaaaaceeeeiiiidnooooo\0ouuuuyts";

/* U+0100…U+017F without marks */
static const char more_marked[] =
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii\0\0jjkkkllllllllll"
	"nnnnnnnnnoooooo\0\0rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(sizeof more_marked == 128 + 1, "a letter each");

/* Two bytes of UTF-8 as they are folded; false: no letter of ours. */
static bool fold_two(uint8_t first, uint8_t second, char *out, size_t *n)
{
	if (second < 0x80 || second > 0xBF)
		return false;
	if (first == 0xC3) {
		out[0] = marked[second & 0x1F];
		*n = 1;
		return out[0];
	}
	if (first == 0xC4 || first == 0xC5) {
		out[0] = more_marked[(first & 1) << 6 | (second & 0x3F)];
		*n = 1;
		return out[0];
	}
	*n = 2;
	if (first == 0xD0 && second == 0x86) /* І, Ukrainian */
		first = 0xD1, second = 0x96;
	if (first == 0xD1 && second == 0x96) {
		/* і */
	} else if (first == 0xD0 && second >= 0x90 && second <= 0x9F) { /* А…П */
		second = (uint8_t)(second + 0x20);
	} else if (first == 0xD0 && second >= 0xA0 && second <= 0xAF) { /* Р…Я */
		first = 0xD1;
		second = (uint8_t)(second - 0x20);
	} else if ((first == 0xD0 && second == 0x81) ||
	           (first == 0xD1 && second == 0x91)) { /* Ё, ё */
		first = 0xD0;
		second = 0xB5;
	} else if (!(first == 0xD0 && second >= 0xB0) &&
	           !(first == 0xD1 && second <= 0x8F)) {
		return false;
	}
	out[0] = (char)first;
	out[1] = (char)second;
	return true;
}

struct date_word date_word_at(struct slice text)
{
	struct date_word word = {0};
	char *to = word.folded;
	const char *end = to + sizeof word.folded - 4;
	*to++ = ' ';
	while (word.len < text.len) {
		uint8_t first = text.data[word.len];
		uint8_t second = word.len + 1 < text.len
			? text.data[word.len + 1] : 0;
		char folded[2] = {(char)(first | 0x20), 0};
		size_t n = 1;
		bool letter = folded[0] >= 'a' && folded[0] <= 'z';
		if (!letter && !fold_two(first, second, folded, &n))
			break;
		word.len += letter ? 1 : 2;
		if (to < end) {
			memcpy(to, folded, n);
			to += n;
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

static const char *const months[] = {
	" jan january januar janner janvier janv ene enero gen genn gennaio janeiro"
	" januari tammi tammikuu tammikuuta январь января янв"
	" styczen stycznia leden ledna ocak ianuarie januara січень січня ",
	" feb february februar feber fevrier fevr fev febr febrero febbraio fevereiro"
	" februari helmi helmikuu helmikuuta февраль февраля фев февр"
	" luty lutego unor unora subat februarie februara лютий лютого ",
	" mar march marz maerz mrz mars marzo marco maart mrt marts maalis maaliskuu"
	" maaliskuuta март марта мар"
	" marzec marca brezen brezna martie marcius maret березень березня ",
	" apr april avril avr abr abril aprile huhti huhtikuu huhtikuuta апрель"
	" апреля апр"
	" kwiecien kwietnia duben dubna nisan aprilie aprilis aprila квітень"
	" квітня ",
	" may mai mayo mag maggio maio mei maj touko toukokuu toukokuuta май мая"
	" maja kveten kvetna mayis majus травень травня ",
	" jun june juni juin junio giu giugno junho kesa kesakuu kesakuuta июнь июня"
	" июн"
	" czerwiec czerwca cerven cervna haziran iunie junius juna червень"
	" червня ",
	" jul july juli juil juillet julio lug luglio julho heina heinakuu heinakuuta"
	" июль июля июл"
	" lipiec lipca cervenec cervence temmuz iulie julius jula липень"
	" липня ",
	" aug august aout ago agosto augustus augusti elo elokuu elokuuta август"
	" августа авг"
	" sierpien sierpnia srpen srpna agustos agustus augusztus agustus augusta"
	" серпень серпня ",
	" sep sept september septembre septiembre set sett settembre setembro syys"
	" syyskuu syyskuuta сентябрь сентября сен сент"
	" wrzesien wrzesnia zari eylul septembrie szeptember septembra"
	" вересень вересня ",
	" oct october okt oktober octobre octubre ott ottobre out outubro loka lokakuu"
	" lokakuuta октябрь октября окт"
	" pazdziernik pazdziernika rijen rijna ekim octombrie oktobra"
	" жовтень жовтня ",
	" nov november novembre noviembre novembro marras marraskuu marraskuuta ноябрь"
	" ноября ноя нояб"
	" kasim noiembrie novembra листопад листопада ",
	" dec december dez dezember decembre dic diciembre dicembre dezembro des"
	" desember joulu joulukuu joulukuuta декабрь декабря дек"
	" grudzien grudnia prosinec prosince aralik decembrie decembra"
	" грудень грудня ",
};

static const char weekdays[] =
	" mon tue tues wed weds thu thur thurs fri sat sun monday tuesday wednesday"
	" thursday friday saturday sunday"
	" mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag"
	" sonnabend sonntag"
	" lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi"
	" dimanche"
	" mie jue vie sab dom lunes martes miercoles jueves viernes sabado domingo"
	" gio lunedi martedi mercoledi giovedi venerdi sabato domenica"
	" seg ter qua qui sex segunda terca quarta quinta sexta feira"
	" ma wo vr za zo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
	" man tis ons tors fre lor son mandag tisdag onsdag torsdag fredag lordag"
	" sondag tirsdag"
	" ti ke to pe la su maanantai tiistai keskiviikko torstai perjantai lauantai"
	" sunnuntai maanantaina tiistaina keskiviikkona torstaina perjantaina"
	" lauantaina sunnuntaina"
	" poniedzialek wtorek sroda czwartek piatek sobota niedziela"
	" pondeli utery streda ctvrtek patek nedele"
	" pazartesi sali carsamba persembe cuma cumartesi pazar"
	" luni marti miercuri joi vineri sambata duminica"
	" hetfo kedd szerda csutortok pentek szombat vasarnap"
	" senin selasa rabu kamis jumat sabtu minggu"
	" понеділок вівторок середа четвер субота неділя"
	" понедельник вторник среда среду четверг пятница пятницу суббота субботу"
	" воскресенье пн вт ср чт пт сб вс ";

static const char fillers[] =
	" the at on of as published publication updated update last modified posted"
	" first created issued date dated released filed time"
	" de del den der die dem am um uhr h hs hrs stand datum veroffentlicht"
	" aktualisiert erstellt zuletzt geandert"
	" le a publie publiee paru mis mise jour modifie modification heures"
	" el las los dia publicado publicada actualizado actualizada fecha"
	" il alle ore pubblicato aggiornato data"
	" em as os do atualizado atualizada"
	" op om gepubliceerd bijgewerkt geplaatst laatst"
	" kl klockan klokken publicerad publicerat uppdaterad uppdaterat publisert"
	" oppdatert udgivet offentliggjort opdateret"
	" klo kello julkaistu paivitetty"
	" r roku godz"
	" р року"
	" г года в от опубликовано обновлено дата ";

static const char relative[] =
	" yesterday today tomorrow tonight ago now just minute minutes min mins hour"
	" hours hr hrs day days week weeks month months this morning"
	" gestern heute morgen vor stunden minuten tagen"
	" hier aujourd hui demain heures minutes jours"
	" ayer hoy manana hace horas minutos dias"
	" ieri oggi domani fa ore minuti giorni"
	" ontem hoje amanha ha"
	" gisteren vandaag geleden uur"
	" igar idag gar dag imorgon sedan timmar siden timer"
	" eilen tanaan sitten"
	" вчера сегодня завтра сейчас назад минут час часа часов ";

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
	for (int i = 0; i < (int)ARRAY_LEN(months); i++)
		if (listed(months[i], word))
			return i + 1;
	return 0;
}

bool date_is_weekday(const struct date_word *word)
{
	return listed(weekdays, word);
}

bool date_is_filler(const struct date_word *word)
{
	return listed(fillers, word);
}

bool date_is_relative(const struct date_word *word)
{
	return listed(relative, word);
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
	              " sr bs bg ro el tr ca gl et lv is id vi he ar ", &word)
		? DATE_ORDER_DAY_FIRST : DATE_ORDER_UNKNOWN;
}

/* ---- zones ------------------------------------------------------------------ */

static const struct {
	const char *names;
	int minutes;
} zones[] = {
	{" gmt utc ut z wet ", 0},
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
