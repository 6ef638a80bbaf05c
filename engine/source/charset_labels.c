#include "source/charset_labels.h"

static const struct {
	const char *name, *labels;
} rows[] = {
	{"UTF-8", "unicode11utf8 utf8 unicode20utf8 xunicode20utf8"},
	{"CP1252", "ansix341968 ascii cp1252 cp819 csisolatin1 ibm819 iso88591 "
	 "isoir100 iso885911987 l1 latin1 usascii windows1252 xcp1252"},
	{"IBM866", "866 cp866 csibm866 ibm866"},
	{"ISO-8859-2", "csisolatin2 iso88592 isoir101 iso885921987 l2 latin2"},
	{"ISO-8859-3", "csisolatin3 iso88593 isoir109 iso885931988 l3 latin3"},
	{"ISO-8859-4", "csisolatin4 iso88594 isoir110 iso885941988 l4 latin4"},
	{"ISO-8859-5", "csisolatincyrillic cyrillic iso88595 isoir144 "
	 "iso885951988"},
	{"ISO-8859-6", "arabic asmo708 csiso88596e csiso88596i csisolatinarabic "
	 "ecma114 iso88596 iso88596e iso88596i isoir127 iso885961987"},
	{"ISO-8859-7", "csisolatingreek ecma118 elot928 greek greek8 iso88597 "
	 "isoir126 iso885971987 suneugreek"},
	{"ISO-8859-8", "csiso88598e csisolatinhebrew hebrew iso88598 iso88598e "
	 "isoir138 iso885981988 visual csiso88598i iso88598i logical"},
	{"ISO-8859-10", "csisolatin6 iso885910 isoir157 l6 latin6"},
	{"ISO-8859-13", "iso885913"},
	{"ISO-8859-14", "iso885914"},
	{"ISO-8859-15", "csisolatin9 iso885915 l9 latin9"},
	{"ISO-8859-16", "iso885916"},
	{"KOI8-R", "cskoi8r koi koi8 koi8r"},
	{"KOI8-U", "koi8u koi8ru"},
	{"MACINTOSH", "csmacintosh mac macintosh xmacroman"},
	{"MAC-CYRILLIC", "xmaccyrillic xmacukrainian maccyrillic"},
	{"MAC-CENTRALEUROPE", "maccentraleurope"},
	{"CP874", "dos874 iso885911 tis620 windows874 cp874"},
	{"CP1250", "cp1250 windows1250 xcp1250"},
	{"CP1251", "cp1251 windows1251 xcp1251"},
	{"CP1253", "cp1253 windows1253 xcp1253"},
	{"CP1254", "cp1254 csisolatin5 iso88599 isoir148 iso885991989 l5 latin5 "
	 "windows1254 xcp1254"},
	{"CP1255", "cp1255 windows1255 xcp1255"},
	{"CP1256", "cp1256 windows1256 xcp1256"},
	{"CP1257", "cp1257 windows1257 xcp1257"},
	{"CP1258", "cp1258 windows1258 xcp1258"},
	{"GB18030", "chinese csgb2312 csiso58gb231280 gb2312 gb231280 gbk isoir58 "
	 "xgbk gb18030 cp936 euccn"},
	{"BIG5-HKSCS", "big5 big5hkscs cnbig5 csbig5 xxbig5 cp950"},
	{"EUC-TW", "euctw"},
	{"EUC-JP-MS", "cseucpkdfmtjapanese eucjp xeucjp"},
	{"ISO-2022-JP", "csiso2022jp iso2022jp"},
	{"CP932", "csshiftjis mskanji shiftjis sjis windows31j xsjis cp932"},
	{"CP949", "cseuckr csksc56011987 euckr isoir149 korean ksc56011987 "
	 "ksc56011989 ksc5601 windows949 uhc cp949"},
	{"JOHAB", "johab"},
	{"ISO-2022-KR", "csiso2022kr iso2022kr"},
	{"UTF-16BE", "utf16be"},
	{"UTF-16LE", "utf16 utf16le ucs2 unicode iso10646ucs2 csunicode "
	 "unicodefeff"},
	{"UTF-32BE", "utf32be"},
	{"UTF-32LE", "utf32 utf32le"},
	{"UTF-7", "utf7 unicode11utf7"},
	{"IBM437", "cp437 ibm437 cspc8codepage437"},
	{"IBM850", "cp850 ibm850"},
	{"IBM852", "cp852 ibm852"},
	{"IBM855", "cp855 ibm855"},
	{"IBM865", "cp865 ibm865"},
	{"VISCII", "viscii"},
};

/* The longest label has fewer letters and digits. */
enum { KEY_MAX = 24 };

static size_t key_of(struct slice label, char key[KEY_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < label.len; i++) {
		uint8_t c = label.data[i], lower = c | 0x20;
		bool letter = (uint8_t)(lower - 'a') < 26;
		if (!letter && (uint8_t)(c - '0') >= 10)
			continue;
		if (n == KEY_MAX)
			return 0;
		key[n++] = (char)(letter ? lower : c);
	}
	return n;
}

static bool lists(const char *labels, const char *key, size_t n)
{
	while (*labels) {
		size_t len = strcspn(labels, " ");
		if (len == n && !memcmp(labels, key, n))
			return true;
		labels += len + (labels[len] == ' ');
	}
	return false;
}

const char *charset_named(struct slice label)
{
	char key[KEY_MAX];
	size_t n = key_of(label, key);
	for (size_t i = 0; n && i < ARRAY_LEN(rows); i++)
		if (lists(rows[i].labels, key, n))
			return rows[i].name;
	return NULL;
}
