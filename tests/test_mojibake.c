/* Text that was encoded twice comes back, and no other changes. */
#include <criterion/criterion.h>
#include <iconv.h>

#include "base/utf8.h"
#include "random.h"
#include "source/mojibake.h"

static const char *mend(const char *text, uint32_t *runs)
{
	static struct buffer out;
	if (!out.max)
		buffer_init(&out, 1 << 20);
	buffer_clear(&out);
	*runs = mojibake_mend(slice_of(text, strlen(text)), &out);
	if (!*runs)
		buffer_text(&out, text);
	cr_assert_eq(utf8_prefix(out.data, out.len), out.len, "no UTF-8: %s", text);
	buffer_byte(&out, '\0');
	return (const char *)out.data;
}

static void becomes(const char *text, const char *wanted)
{
	uint32_t runs;
	const char *got = mend(text, &runs);
	cr_assert_str_eq(got, wanted, "%s: %s", text, got);
	cr_assert_eq(runs > 0, strcmp(text, wanted) != 0);
}

static void stays(const char *text)
{
	becomes(text, text);
}

Test(mojibake, known_damage)
{
	becomes("itâ€™s", "it’s");
	becomes("â€œQuotedâ€\xC2\x9D â€“ twice", "“Quoted” – twice");
	becomes("dÃ©jÃ\u00A0 vu", "déjà vu");
	becomes("Â£5 or â‚¬6,Â\u00A0 20Â°", "£5 or €6,\u00A0 20°");
	becomes("FranÃ§ois, JosÃ©, MÃ¼nchen, Ã…rhus", "François, José, München, Århus");
	becomes("ÅšwiÄ™to ÅÃ³dÅº", "Święto ÅÃ³dź"); /* a byte is gone */
	becomes("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет");
	becomes("ä½\u00A0å¥½", "你好");
	becomes("ï»¿Title ðŸ˜€", "\uFEFFTitle 😀");
	becomes("itÃ¢â‚¬â„¢s dÃƒÂ©jÃƒ\u00A0", "it’s déjÃƒ\u00A0");
}

Test(mojibake, real_text)
{
	static const char *const texts[] = {
		"", "plain", "Não, Ã é uma letra; “IRMÔ, MAÇÃ… e «AMANHû.",
		"CORAÇÃO DE JOÃO – “SÃO”", "« À LA CARTÉ », été… l’École «ÉTɻ",
		"„Spaß“, Straße… „Ä“ und „Ö“", "Århus… “Å” – på Å», én «ø»",
		"Łódź… „Ó” i „ą”", "Привет… «мир» – “да”", "你好，世界……「雨」",
		"naïve café—“résumé”—déjà", "Ðe Þorn… “Ð”", "20 °C, £5, €6, ½",
		"Tiếng Việt: ‘Â’ và “Ă”…", "ΑΘΗΝΑ «Ώ», “Ϊ”", "fiancé”—and, voilà»…",
		"Â", "Ã", "â", "São Tomé™ JOSÉ®", "Señor ¿Ñ? ¡Ñ! «Ñ»",
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		stays(texts[i]);
}

/* ---- by chance ------------------------------------------------------------------ */

/* UTF-8 read as windows-1252, where it has all bytes. */
static bool damage(const char *text, char *out, size_t size)
{
	iconv_t converter = iconv_open("UTF-8", "CP1252");
	char *in = (char *)text, *to = out;
	size_t left = strlen(text), room = size - 1;
	bool whole = iconv(converter, &in, &left, &to, &room) != (size_t)-1;
	iconv_close(converter);
	*to = '\0';
	return whole;
}

static const char *const words[] = {
	"rain", "city", "déjà", "élève", "garçon", "São", "coração", "não",
	"München", "Straße", "über", "Ångström", "smørrebrød", "år", "piñata",
	"señor", "żółw", "łódź", "čeština", "říká", "őszi", "İstanbul", "ışık",
	"город", "дождь", "Київ", "πόλη", "βροχή", "it’s", "“so”", "—", "…",
	"«oui»", "€5", "£6", "½", "20°", "№", "日本", "北京市", "서울", "😀",
};

static void sentence(struct random *random, char *out)
{
	*out = '\0';
	for (uint32_t i = 1 + random_below(random, 12); i; i--) {
		strcat(out, words[random_below(random, ARRAY_LEN(words))]);
		strcat(out, " ");
	}
}

Test(mojibake, clean_text_never_changes)
{
	struct random random = random_start(21);
	for (int i = 0; i < 100000; i++) {
		char text[400];
		uint32_t runs;
		sentence(&random, text);
		mend(text, &runs);
		cr_assert_eq(runs, 0, "seed %llu: %s",
		             (unsigned long long)random.seed, text);
	}
}

Test(mojibake, damaged_text_comes_back)
{
	struct random random = random_start(22);
	int whole = 0, back = 0;
	for (int i = 0; i < 20000; i++) {
		char text[400], once[1600], twice[6400];
		uint32_t runs;
		sentence(&random, text);
		strcat(text, "café");
		if (!damage(text, once, sizeof once))
			continue;
		whole++;
		back += !strcmp(mend(once, &runs), text);
		if (i % 2 && damage(once, twice, sizeof twice)) {
			whole++;
			back += !strcmp(mend(twice, &runs), text);
		}
	}
	cr_assert_gt(whole, 10000);
	cr_assert_eq(back, whole, "seed %llu: %d of %d",
	             (unsigned long long)random.seed, back, whole);
}
