#include "packed/packing.h"

#include "base/ascii_case.h"
#include "base/mem.h"

enum { TAR_HEADER = 512, TAR_SUM = 148, TAR_SUM_SIZE = 8 };

static bool has(struct slice prefix, size_t at, const void *bytes, size_t n)
{
	return prefix.len >= at + n && !memcmp(prefix.data + at, bytes, n);
}

/* The only field that all dialects share: the sum of the header's bytes, its own
 * taken for blanks, which some have summed as signed. */
static bool is_tar(struct slice prefix)
{
	if (prefix.len < TAR_HEADER)
		return false;
	int64_t plain = 0, with_sign = 0, told = 0;
	for (size_t i = 0; i < TAR_HEADER; i++) {
		bool in_sum = i >= TAR_SUM && i < TAR_SUM + TAR_SUM_SIZE;
		uint8_t byte = in_sum ? ' ' : prefix.data[i];
		plain += byte;
		with_sign += (int8_t)byte;
	}
	size_t digits = 0;
	for (size_t i = TAR_SUM; i < TAR_SUM + TAR_SUM_SIZE; i++) {
		uint8_t c = prefix.data[i];
		if (c >= '0' && c <= '7') {
			told = told * 8 + (c - '0');
			digits++;
		} else if (c != ' ' || digits) {
			break;
		}
	}
	return digits && (told == plain || told == with_sign);
}

static bool are_digits(struct slice prefix, size_t from, size_t to, bool hex)
{
	if (prefix.len < to)
		return false;
	for (size_t i = from; i < to; i++) {
		uint8_t c = prefix.data[i];
		bool octal = c >= '0' && c <= '7';
		bool more = (c >= '8' && c <= '9') || (c >= 'a' && c <= 'f') ||
		            (c >= 'A' && c <= 'F');
		if (!octal && !(hex && more))
			return false;
	}
	return true;
}

/* Headers in octal (odc) and hexadecimal digits (newc, crc).  The oldest form
 * has a magic of two bytes and depends on the machine: its length of the name
 * must fit. */
static bool is_cpio(struct slice prefix)
{
	if (has(prefix, 0, "070707", 6))
		return are_digits(prefix, 6, 76, false);
	if (has(prefix, 0, "070701", 6) || has(prefix, 0, "070702", 6))
		return are_digits(prefix, 6, 110, true);
	bool little = has(prefix, 0, "\xC7\x71", 2);
	if (!little && !has(prefix, 0, "\x71\xC7", 2))
		return false;
	if (prefix.len < 26)
		return false;
	size_t name = little ? prefix.data[20] + 256u * prefix.data[21]
	                     : prefix.data[21] + 256u * prefix.data[20];
	return name > 1 && prefix.len >= 26 + name && !prefix.data[25 + name] &&
	       prefix.data[26];
}

static bool is_bz2(struct slice prefix)
{
	return prefix.len >= 10 && has(prefix, 0, "BZh", 3) &&
	       prefix.data[3] >= '1' && prefix.data[3] <= '9' &&
	       (has(prefix, 4, "1AY&SY", 6) ||
	        has(prefix, 4, "\x17\x72\x45\x38\x50\x90", 6));
}

/* No magic: the usual properties, a dictionary of 2^n or 3 * 2^n bytes, a size
 * that is unknown or below 256 GiB. */
static bool is_lzma(struct slice prefix)
{
	if (prefix.len < 18 || prefix.data[0] != 0x5D || prefix.data[13])
		return false;
	uint32_t dictionary = 0;
	uint64_t size = 0;
	for (int i = 3; i >= 0; i--)
		dictionary = dictionary << 8 | prefix.data[1 + i];
	for (int i = 7; i >= 0; i--)
		size = size << 8 | prefix.data[5 + i];
	uint32_t rest = dictionary & (dictionary - 1);
	return dictionary >= 4096 &&
	       (!rest || (dictionary / 3) * 3 == dictionary) &&
	       (!(rest & (rest - 1))) &&
	       (size == UINT64_MAX || size < (uint64_t)1 << 38);
}

static bool is_zst(struct slice prefix)
{
	return has(prefix, 0, "\x28\xB5\x2F\xFD", 4) ||
	       (has(prefix, 1, "\x2A\x4D\x18", 3) &&
	        (prefix.data[0] & 0xF0) == 0x50);
}

static bool is_z(struct slice prefix)
{
	return has(prefix, 0, "\x1F\x9D", 2) && prefix.len > 3 &&
	       !(prefix.data[2] & 0x60) && (prefix.data[2] & 0x1F) >= 9 &&
	       (prefix.data[2] & 0x1F) <= 16;
}

static bool is_document(struct slice zip)
{
	static const char *const firsts[] = {
		"[Content_Types].xml", "_rels/", "docProps/", "word/", "mimetype",
		"META-INF/"};
	enum { NAME = 30 };
	for (size_t i = 0; i < ARRAY_LEN(firsts); i++)
		if (has(zip, NAME, firsts[i], strlen(firsts[i])))
			return true;
	return false;
}

static bool is_zip(struct slice prefix)
{
	return has(prefix, 0, "PK\5\6", 4) || has(prefix, 0, "PK00PK\3\4", 8) ||
	       (has(prefix, 0, "PK\3\4", 4) && !is_document(prefix));
}

static const struct known {
	struct packing packing;
	bool (*is)(struct slice prefix); /* else by magic */
	size_t at, n;
	const char *magic;
} known[] = {
	{{PACKING_GZ, PACKING_LAYER, "gz"}, NULL, 0, 3, "\x1F\x8B\x08"},
	{{PACKING_BZ2, PACKING_LAYER, "bz2"}, is_bz2, 0, 0, NULL},
	{{PACKING_XZ, PACKING_LAYER, "xz"}, NULL, 0, 6, "\xFD" "7zXZ\0"},
	{{PACKING_ZST, PACKING_LAYER, "zst"}, is_zst, 0, 0, NULL},
	{{PACKING_LZ4, PACKING_LAYER, "lz4"}, NULL, 0, 4, "\x04\x22\x4D\x18"},
	{{PACKING_LZ4, PACKING_LAYER, "lz4"}, NULL, 0, 4, "\x02\x21\x4C\x18"},
	{{PACKING_Z, PACKING_LAYER, "Z"}, is_z, 0, 0, NULL},
	{{PACKING_LZMA, PACKING_LAYER, "lzma"}, is_lzma, 0, 0, NULL},
	{{PACKING_ZIP, PACKING_ARCHIVE, "zip"}, is_zip, 0, 0, NULL},
	{{PACKING_7Z, PACKING_ARCHIVE, "7z"}, NULL, 0, 6, "7z\xBC\xAF\x27\x1C"},
	{{PACKING_TAR, PACKING_ARCHIVE, "tar"}, is_tar, 0, 0, NULL},
	{{PACKING_CPIO, PACKING_ARCHIVE, "cpio"}, is_cpio, 0, 0, NULL},
	{{PACKING_OTHER, PACKING_FOREIGN, "rar"}, NULL, 0, 6, "Rar!\x1A\x07"},
	{{PACKING_OTHER, PACKING_FOREIGN, "cab"}, NULL, 0, 8, "MSCF\0\0\0\0"},
	{{PACKING_OTHER, PACKING_FOREIGN, "xar"}, NULL, 0, 6, "xar!\0\x1C"},
	{{PACKING_OTHER, PACKING_FOREIGN, "ar"}, NULL, 0, 8, "!<arch>\n"},
	{{PACKING_OTHER, PACKING_FOREIGN, "rpm"}, NULL, 0, 4, "\xED\xAB\xEE\xDB"},
	{{PACKING_OTHER, PACKING_FOREIGN, "lz"}, NULL, 0, 5, "LZIP\1"},
	{{PACKING_OTHER, PACKING_FOREIGN, "lzo"}, NULL, 0, 9, "\x89LZO\0\r\n\x1A\n"},
	{{PACKING_OTHER, PACKING_FOREIGN, "lrz"}, NULL, 0, 5, "LRZI\0"},
	{{PACKING_OTHER, PACKING_FOREIGN, "iso"}, NULL, 32769, 5, "CD001"},
};

const struct packing *packing_of(struct slice prefix)
{
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		const struct known *k = &known[i];
		if (k->is ? k->is(prefix) : has(prefix, k->at, k->magic, k->n))
			return &k->packing;
	}
	return NULL;
}

size_t packing_bare_name(const char *name, const char **then)
{
	static const char *const endings[][2] = {
		{".gz", ""}, {".bz2", ""}, {".xz", ""}, {".lzma", ""},
		{".zst", ""}, {".lz4", ""}, {".z", ""}, {".tgz", ".tar"},
		{".tbz", ".tar"}, {".tbz2", ".tar"}, {".txz", ".tar"},
		{".tzst", ".tar"}, {".taz", ".tar"}};
	size_t len = strlen(name);
	*then = "";
	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t n = strlen(endings[i][0]);
		if (len <= n || !ascii_ends(slice_of(name, len), endings[i][0]))
			continue;
		*then = endings[i][1];
		return len - n;
	}
	return len;
}
