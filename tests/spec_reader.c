/* spec_reader.c — does FORMAT.md say what the files hold?
 *
 *     spec_reader DIR        prints every list of the index in DIR
 *
 * A second decoder, written from engine/FORMAT.md alone: it shares no line with
 * the engine.  What it prints is compared with `nsindex dump`.  It is made to be
 * compared, not to be fast: numbers are put together bit by bit.  Beside what it
 * prints it checks what the page says of the rest: checksums, ids, padding,
 * bounds, lengths, columns, heads and bodies, the lists of pairs against
 * positions, and stories against docs.  Exit code 1 and a sentence where
 * the files are not as the page says.
 */
#include <dirent.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>
#include <zstd.h>

/* What is read stays until the end: no leak is looked for. */
__attribute__((visibility("default")))
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0"; }

struct bytes { const uint8_t *at; size_t size; };
struct in { const uint8_t *at, *end; const char *what; };

static _Noreturn void die(const char *format, ...)
{
	va_list list;
	va_start(list, format);
	fputs("spec_reader: ", stderr);
	vfprintf(stderr, format, list);
	fputc('\n', stderr);
	exit(1);
}

static void must(bool fact, const char *what)
{
	if (!fact)
		die("not so: %s", what);
}

/* ---- notation ---------------------------------------------------------- */

static struct in in_of(struct bytes bytes, uint64_t offset, const char *what)
{
	must(offset <= bytes.size, what);
	return (struct in){bytes.at + offset, bytes.at + bytes.size, what};
}

static const uint8_t *take(struct in *in, uint64_t n)
{
	if ((uint64_t)(in->end - in->at) < n)
		die("%s ends too early", in->what);
	in->at += n;
	return in->at - n;
}

static uint64_t take_int(struct in *in, unsigned size)
{
	const uint8_t *bytes = take(in, size);
	uint64_t value = 0;
	for (unsigned i = 0; i < size; i++)
		value |= (uint64_t)bytes[i] << (8 * i);
	return value;
}

static uint8_t u8(struct in *in) { return *take(in, 1); }
static uint32_t u32(struct in *in) { return (uint32_t)take_int(in, 4); }
static uint64_t u64(struct in *in) { return take_int(in, 8); }

static void zeros(struct in *in, uint64_t n)
{
	for (const uint8_t *bytes = take(in, n); n; n--)
		must(!*bytes++, "bytes that must be zero are zero");
}

static uint64_t varint(struct in *in)
{
	uint64_t value = 0;
	for (unsigned shift = 0; shift < 64; shift += 7) {
		uint8_t byte = u8(in);
		value |= (uint64_t)(byte & 127) << shift;
		if (byte < 128) {
			must(byte || !shift, "a varint has its shortest form");
			return value;
		}
	}
	die("%s has a varint without end", in->what);
}

static struct bytes text(struct in *in)
{
	uint64_t size = varint(in);
	return (struct bytes){take(in, size), size};
}

static void bits(struct in *in, size_t n, unsigned width, uint64_t *out)
{
	size_t all = (n * width + 7) / 8 * 8;
	const uint8_t *row = take(in, all / 8);
	memset(out, 0, n * sizeof *out);
	for (size_t bit = 0; bit < all; bit++) {
		uint64_t one = row[bit / 8] >> (bit % 8) & 1;
		if (bit < n * width)
			out[bit / width] |= one << (bit % width);
		else
			must(!one, "bits are padded by zeros");
	}
}

static uint32_t crc32c(const uint8_t *bytes, size_t n)
{
	uint32_t crc = UINT32_MAX;
	while (n--) {
		crc ^= *bytes++;
		for (int i = 0; i < 8; i++)
			crc = crc >> 1 ^ (crc & 1 ? 0x82F63B78 : 0);
	}
	return ~crc;
}

static void *room(size_t n, size_t size)
{
	void *block = calloc(n + 1, size);
	must(block, "there is memory");
	return block;
}

/* ---- files ------------------------------------------------------------- */

static struct bytes file_read(const char *dir, const char *name)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	FILE *file = fopen(path, "rb");
	if (!file)
		die("cannot open %s", path);
	struct bytes out = {0};
	fseek(file, 0, SEEK_END);
	out.size = (size_t)ftell(file);
	rewind(file);
	uint8_t *bytes = room(out.size, 1);
	if (fread(bytes, 1, out.size, file) != out.size)
		die("cannot read %s", path);
	fclose(file);
	out.at = bytes;
	return out;
}

enum { INFO, LXKT, LXOF, LXBL, POST, POSN, PAIR, LNTX, LNTI, DATE, SECT, RANK, SKCH,
       STRY, HDIX, HEAD, DICT, BDIX, BODY, CHUNKS };
static const char *const chunk_names[CHUNKS] = {
	"info", "lxkt", "lxof", "lxbl", "post", "posn", "pair", "lntx", "lnti",
	"date", "sect", "rank", "skch", "stry", "hdix", "head", "dict", "bdix", "body"};
static const char *const field_names[10] = {
	"", "text", "title", "section", "author", "lang", "url", "id", "topic",
	"place"};

struct entry {
	bool here, term, word, self, sole, single;
	uint8_t field, key_size, key[255];
	uint64_t df, cf, post, posn, doc, position, n_forms; /* of a term */
	uint64_t of_term, form, word_df;                     /* of a word */
};

static struct bytes chunks[CHUNKS];
static uint32_t doc_count, n_entries, first_of_section;
static struct bytes dead; /* bitmap of the segment */
static float avglen0[10];
static uint64_t field_n[10], field_sum[10];    /* as info says */
static uint64_t n_values[10], n_with[10];      /* as the lists say */
static bool *having[10];                  /* by doc */
static struct entry *entries;
static struct bytes *ids;
static uint64_t *sections;

static void container_read(struct bytes file, const uint8_t id[16],
                           uint32_t footer_crc)
{
	must(file.size >= 128, "a segment has a header and a footer");
	struct in in = in_of(file, 0, "header");
	must(!memcmp(take(&in, 8), "\x89NSI\r\n\x1a\n", 8), "magic number");
	must(take_int(&in, 2) == 5, "major version is 5");
	take_int(&in, 2);
	zeros(&in, 48);
	must(u32(&in) == crc32c(file.at, 60), "CRC of the header");

	size_t foot = file.size - 64;
	XXH128_canonical_t hash;
	XXH128_canonicalFromHash(&hash, XXH3_128bits(file.at, foot));
	in = in_of(file, foot, "footer");
	uint64_t table = u64(&in);
	uint32_t n = u32(&in), table_crc = u32(&in);
	const uint8_t *own_id = take(&in, 16);
	must(!memcmp(own_id, hash.digest, 16), "id is the XXH3-128");
	must(!memcmp(own_id, id, 16), "id is that of the manifest");
	must(u64(&in) == file.size, "length in the footer");
	zeros(&in, 16);
	must(u32(&in) == 0xF5E5F5F2, "bytes F2 F5 E5 F5");
	must(u32(&in) == crc32c(file.at + foot, 60), "CRC of the footer");
	in.at -= 4;
	must(u32(&in) == footer_crc, "CRC of the footer in the manifest");

	must(table % 64 == 0 && table + 32ull * n == foot, "place of the table");
	must(crc32c(file.at + table, 32 * n) == table_crc, "CRC of the table");
	in = in_of(file, table, "table");
	size_t at = 64, kind = 0;
	for (uint32_t i = 0; i < n; i++, kind++) {
		const char *name = (const char *)take(&in, 4);
		while (kind < CHUNKS && memcmp(name, chunk_names[kind], 4))
			kind++;
		must(kind < CHUNKS, "chunks are known and in order");
		zeros(&in, 4);
		uint64_t offset = u64(&in), size = u64(&in);
		must(offset == at && size <= table - at, "place of a chunk");
		must(u32(&in) == crc32c(file.at + at, size), "CRC of a chunk");
		zeros(&in, 4);
		chunks[kind] = (struct bytes){file.at + at, size};
		at = (at + size + 64 + 63) / 64 * 64;
		struct in padding = in_of(file, offset + size, "padding");
		zeros(&padding, at - offset - size);
	}
	must(at == table, "the table follows the last chunk");
	for (kind = 0; kind < DICT; kind++)
		must(chunks[kind].at || kind == PAIR ||
		     (kind >= RANK && kind <= STRY),
		     "no chunk is missing");
}

/* ---- info, lengths, columns, heads ------------------------------------- */

static uint32_t length_of(unsigned field, uint64_t doc)
{
	struct in in = in_of(chunks[field == 1 ? LNTX : LNTI], 2 * doc, "lengths");
	return (uint32_t)take_int(&in, 2);
}

static bool info_read(void)
{
	struct in in = in_of(chunks[INFO], 0, "info");
	doc_count = u32(&in);
	uint32_t flags = u32(&in);
	must(flags <= 3, "flags are known");
	must(!(flags & 2) == !chunks[RANK].at, "rank is there if bit 1 says so");
	take(&in, 16);
	for (unsigned field = 1; field < 10; field++) {
		uint32_t n = u32(&in), code = u32(&in), with = 0;
		uint64_t sum = u64(&in), lengths = 0;
		memcpy(&avglen0[field], &code, 4);
		for (uint32_t doc = 0; field < 3 && doc < doc_count; doc++) {
			with += length_of(field, doc) > 0;
			lengths += length_of(field, doc);
		}
		field_n[field] = n;
		field_sum[field] = sum;
		n_values[field] = n_with[field] = 0;
		free(having[field]);
		having[field] = room(doc_count, 1);
		must(field > 7 || sum == lengths,
		     "sum_length is the sum of the lengths");
		must(field > 2 || n == with, "n is the docs with a token");
		float want = sum && field < 3 ? (float)(1.1 * (double)sum / (double)n) : 0;
		must(!memcmp(&want, &avglen0[field], 4), "avglen0");
	}
	for (int i = 0; i < 4; i++)
		text(&in);
	must(in.at == in.end, "info ends with the versions");
	must(chunks[LNTX].size == 2 * doc_count, "size of lntx");
	must(chunks[LNTI].size == 2 * doc_count, "size of lnti");
	return flags & 1;
}

static unsigned width_of(const uint64_t *values, size_t n)
{
	unsigned width = 0;
	for (size_t i = 0; i < n; i++)
		while (width < 64 && values[i] >> width)
			width++;
	return width;
}

static uint64_t *numbers_read(struct in in)
{
	uint64_t *out = room(doc_count, 8);
	unsigned width = u8(&in);
	must(width <= 40, "width of a column");
	zeros(&in, 7);
	bits(&in, doc_count, width, out);
	must(in.at == in.end, "nothing follows a column");
	must(width == width_of(out, doc_count), "width is the least");
	return out;
}

static uint64_t *ranks; /* NULL: docs stand as they were given */

static uint64_t rank_of(uint64_t doc)
{
	must(doc < doc_count, "a doc is below doc_count");
	return ranks ? ranks[doc] : doc;
}

static void ranks_read(void)
{
	ranks = numbers_read(in_of(chunks[RANK], 0, "rank"));
	bool *seen = room(doc_count, 1);
	for (uint32_t doc = 0; doc < doc_count; doc++) {
		must(ranks[doc] < doc_count && !seen[ranks[doc]],
		     "ranks are each of 0 to doc_count - 1 once");
		seen[ranks[doc]] = true;
	}
	free(seen);
}

static void columns_read(void)
{
	struct in in = in_of(chunks[DATE], 0, "date");
	int64_t least = (int64_t)u64(&in);
	int32_t least_day = (int32_t)u32(&in);
	uint32_t days = u32(&in);
	uint64_t *dates = numbers_read(in);
	sections = numbers_read(in_of(chunks[SECT], 0, "sect"));
	ranks = NULL;
	if (chunks[RANK].at)
		ranks_read();
	bool any = false, first = false, first_day = false, last_day = false;
	for (uint32_t doc = 0; doc < doc_count; doc++) {
		any |= dates[doc] > days;
		first |= dates[doc] == days + 1ull;
		first_day |= days && dates[doc] == 1;
		last_day |= days && dates[doc] == days;
	}
	must(any ? first : !least, "least is the least second");
	must(days ? first_day && last_day : !least_day,
	     "least_day and days are those of the days");
	free(dates);
}

/* heads (n_texts 9, keep: the ids) or bodies (3) */
static void store_read(struct bytes index, struct bytes data, unsigned n_texts,
                       struct bytes dict, bool keep)
{
	struct in in = in_of(index, 0, "hdix or bdix");
	uint32_t n = u32(&in), doc = 0;
	zeros(&in, 4);
	struct in first = {in.at, take(&in, 4ull * n) + 4ull * n, "first_doc"};
	zeros(&in, n % 2 * 4);
	must(!n || !u32(&first), "the first block starts with doc 0");
	ZSTD_DCtx *zstd = ZSTD_createDCtx();
	uint64_t at = u64(&in);
	must(zstd && at == 0, "the first block starts at 0");
	for (uint32_t k = 0; k < n; k++) {
		uint32_t next = k + 1 < n ? u32(&first) : doc_count;
		struct in block = in_of(data, at, "stored block");
		uint32_t size = u32(&block), packed = u32(&block);
		uint32_t crc = u32(&block);
		const uint8_t *frame = take(&block, packed);
		must(crc == crc32c(frame, packed), "CRC of a stored block");
		must(size <= 32u << 20, "raw_len is at most 32 MiB");
		must(ZSTD_getFrameContentSize(frame, packed) == size,
		     "a frame with its content size");
		uint8_t *raw = room(size, 1);
		must(ZSTD_decompress_usingDict(zstd, raw, size, frame, packed,
		     dict.at, dict.size) == size, "a zstd frame");
		struct in ends = {raw, raw + size, "raw block"}, record = ends;
		must(u32(&ends) == next - doc && next > doc, "docs of a block");
		take(&record, 4 + 4ull * (next - doc));
		const uint8_t *base = record.at;
		for (; doc < next; doc++) {
			for (unsigned i = 0; i < n_texts; i++) {
				struct bytes got = text(&record);
				if (keep && !i)
					ids[doc] = got;
			}
			must(record.at == base + u32(&ends), "end of a record");
		}
		must(record.at == record.end, "a block ends with its records");
		if (!keep)
			free(raw);
		at += 12 + packed;
		must(u64(&in) == at, "offset of a stored block");
	}
	must(doc == doc_count && at == data.size, "all docs are stored");
	must(in.at == in.end, "hdix and bdix end with the offsets");
	ZSTD_freeDCtx(zstd);
}

/* ---- lexicon ------------------------------------------------------------ */

/* Numbers of `width` bits for the entries of a block that `who` marks. */
static void column_read(struct in *in, uint32_t who, unsigned width,
                        uint64_t out[32])
{
	uint64_t values[32];
	must(width <= 40, "width in a lexicon block");
	bits(in, (size_t)__builtin_popcount(who), width, values);
	for (unsigned i = 0, k = 0; i < 32; i++)
		out[i] = who >> i & 1 ? values[k++] : 0;
}

static void keys_read(struct in *in, struct entry *out, uint32_t *n)
{
	*n = u8(in);
	uint8_t field = u8(in);
	uint64_t left = take_int(in, 2);
	const uint8_t *prints = take(in, *n), *shared = take(in, *n);
	const uint8_t *sizes = take(in, *n);
	must(*n >= 1 && *n <= 32 && field >= 1 && field <= 9, "n and field");
	must(!shared[0], "the first key of a block shares nothing");
	for (uint32_t i = 0; i < *n; i++) {
		unsigned size = (unsigned)shared[i] + sizes[i];
		must(size >= 1 && size <= 255, "a key has 1 to 255 bytes");
		must(shared[i] <= out->key_size || !i, "shared bytes");
		memcpy(out[i].key, out->key, shared[i]);
		memcpy(out[i].key + shared[i], take(in, sizes[i]), sizes[i]);
		must(left >= sizes[i], "suffix_bytes");
		left -= sizes[i];
		out[i].key_size = (uint8_t)size;
		out[i].field = field;
		out[i].here = true;
		must((uint8_t)XXH3_64bits(out[i].key, size) == prints[i],
		     "fingerprint");
	}
	must(!left, "suffix_bytes is their sum");
}

static void lexicon_block_read(struct in *in, struct entry *out, uint64_t first)
{
	uint32_t n, mark[5];
	uint64_t base[2], col[9][32];
	keys_read(in, out, &n);
	for (int i = 0; i < 5; i++) {
		mark[i] = u32(in);
		must(!((uint64_t)mark[i] >> n), "marks of entries that are there");
	}
	uint32_t term = mark[0], word = mark[1], self = mark[2], sole = mark[3],
	         single = mark[4];
	must(!(self & ~(term & word)) && !(sole & ~word) && !(single & ~term),
	     "marks fit together");
	must((term | word) == (uint32_t)((1ull << n) - 1), "each is one or other");
	const uint8_t *width = take(in, 9);
	zeros(in, 3);
	base[0] = take_int(in, 5);
	base[1] = take_int(in, 5);
	const uint32_t who[9] = {term & ~single, term, term & ~single, single,
		term, term, word & ~self, word & ~sole, word & ~sole};
	for (int i = 0; i < 9; i++)
		column_read(in, who[i], width[i], col[i]);
	for (uint32_t i = 0; i < n; i++) {
		struct entry *entry = &out[i];
		entry->term = term >> i & 1;
		entry->word = word >> i & 1;
		entry->self = self >> i & 1;
		entry->sole = sole >> i & 1;
		entry->single = single >> i & 1;
		entry->df = entry->single ? 1 : col[0][i] + 2;
		entry->cf = entry->df + col[1][i];
		entry->post = base[0] + col[2][i];
		entry->doc = col[3][i];
		entry->position = col[4][i];
		entry->posn = base[1] + col[4][i];
		entry->n_forms = col[5][i] + 1;
		uint64_t zigzag = col[6][i];
		entry->of_term = first + i + (zigzag >> 1 ^ -(zigzag & 1));
		entry->form = col[7][i];
		entry->word_df = col[8][i] + 1;
		must(entry->field < 3 || (entry->term && !entry->word),
		     "a value is a term and no word");
	}
}

static void lexicon_read(void)
{
	struct in in = in_of(chunks[LXOF], 0, "lxof");
	struct in keys = in_of(chunks[LXKT], 0, "lxkt");
	uint32_t n = u32(&in), said = u32(&in), seen = 0;
	uint64_t at = u32(&in);
	must(at == 0, "the first lexicon block starts at 0");
	n_entries = 32 * n;
	entries = room(n_entries, sizeof *entries);
	struct entry *last = NULL;
	for (uint32_t k = 0; k < n; k++) {
		struct entry *first = &entries[32 * k];
		struct in block = in_of(chunks[LXBL], 4 * at, "lxbl");
		lexicon_block_read(&block, first, 32ull * k);
		uint64_t next = u32(&in), separator = first->field;
		uint64_t used = (uint64_t)(block.at - chunks[LXBL].at);
		must(next == (used + 3) / 4, "offset of a lexicon block");
		zeros(&block, 4 * next - used);
		at = next;
		for (unsigned i = 0; i < 7; i++)
			separator = separator << 8 |
				(i < first->key_size ? first->key[i] : 0);
		must(u64(&keys) == separator, "separator of a lexicon block");
		for (struct entry *e = first; e < first + 32 && e->here; e++) {
			seen++;
			size_t size = !last ? 0 : last->key_size < e->key_size ?
				last->key_size : e->key_size;
			int order = !last ? -1 : last->field != e->field ?
				last->field - e->field :
				memcmp(last->key, e->key, size);
			must(order < 0 || (!order && last->key_size < e->key_size),
			     "entries are sorted");
			last = e;
		}
		must(k + 1 == n || first[31].here ||
		     chunks[LXBL].at[4 * at + 1] != first->field,
		     "only the last block of a field holds fewer than 32");
	}
	must(said == seen, "n_entries");
	must(4 * at == chunks[LXBL].size, "lxbl ends with its blocks");
	must(in.at == in.end && keys.at == keys.end, "sizes of lxof and lxkt");
	for (first_of_section = 0; first_of_section < n_entries &&
	     entries[first_of_section].field != 3; first_of_section += 32)
		;
}

static int word_compare(const void *a, const void *b)
{
	const struct entry *x = &entries[*(const uint32_t *)a];
	const struct entry *y = &entries[*(const uint32_t *)b];
	if (x->of_term != y->of_term)
		return x->of_term < y->of_term ? -1 : 1;
	return (x->form > y->form) - (x->form < y->form);
}

/* ---- postings ------------------------------------------------------------ */

struct list { uint32_t df; bool words; uint64_t *docs, *tfs; bool is_pair; };

static void packed(struct in *in, unsigned b, uint64_t out[256])
{
	const uint8_t *bytes = take(in, 32 * b);
	for (unsigned i = 0; i < 256; i++) {
		unsigned lane = i % 16;
		out[i] = 0;
		for (unsigned k = 0; k < b; k++) {
			unsigned bit = i / 16 * b + k, w = bit / 32;
			unsigned at = w < b / 2 ? (16 * w + lane) * 4 :
				64 * (b / 2) + 2 * lane;
			uint64_t one = bytes[at + bit % 32 / 8] >> (bit % 8) & 1;
			out[i] |= one << k;
		}
	}
}

/* over `size` values of b bits */
static void exceptions(struct in *in, unsigned b, uint64_t *out, size_t size)
{
	unsigned n = u8(in);
	const uint8_t *index = take(in, n);
	unsigned h = u8(in);
	must(n >= 1 && n <= 31 && h >= 1 && h <= 4, "n and h of exceptions");
	for (unsigned i = 0; i < n; i++) {
		must(!i || index[i] > index[i - 1], "exceptions rise");
		must(index[i] < size, "exceptions are of values");
		out[index[i]] |= take_int(in, h) << b;
	}
}

/* gap − 1 of each doc into docs. */
static void block_docs(struct in *in, unsigned encoding, uint64_t docs[256])
{
	memset(docs, 0, 256 * sizeof *docs);
	if (encoding < 0x80) {
		must(encoding < 0x40, "docs_enc");
		packed(in, encoding & 31, docs);
		if (encoding >= 0x20)
			exceptions(in, encoding & 31, docs, 256);
		return;
	}
	unsigned n = encoding - 0x80, k = 0, last = 0;
	must(n >= 1, "length of a bitset");
	const uint8_t *row = take(in, 8 * n);
	for (unsigned j = 0; j < 64 * n; j++)
		if (row[j / 8] >> (j % 8) & 1) {
			must(k < 256, "a bitset has 256 docs");
			docs[k++] = j - last;
			last = j + 1;
		}
	must(k == 256, "a bitset has 256 docs");
}

static void short_list(struct in *in, struct list list, size_t from)
{
	for (size_t i = from; i < list.df; i++) {
		uint64_t value = varint(in);
		list.docs[i] = list.words ? value >> 1 : value;
		list.tfs[i] = 0;
		if (list.words && value & 1)
			list.tfs[i] = varint(in) + 1;
	}
}

static void column(struct in *in, size_t n, uint64_t *out)
{
	uint8_t head = u8(in);
	must((head & 0x7f) <= 32, "width of a column");
	bits(in, n, head & 0x7f, out);
	if (head & 0x80)
		exceptions(in, head & 0x7f, out, n);
}

static void tail(struct in *in, struct list list, size_t from)
{
	column(in, list.df - from, list.docs + from);
	if (list.words)
		column(in, list.df - from, list.tfs + from);
}

static double impact(const struct entry *term, struct list list, size_t i)
{
	double tf = (double)list.tfs[i], avg = (double)avglen0[term->field];
	double len = (double)length_of(term->field, list.docs[i]);
	return tf / ((tf + 0.3) + 0.9 * (len / avg));
}

static int falling(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x < y) - (x > y);
}

static unsigned length_code(uint32_t length)
{
	unsigned e = 2;
	if (length < 40)
		return length;
	while (length >> e > 15)
		e++;
	return 40 + 8 * (e - 2) + (length >> e) - 8;
}

/* bounds: bound[nt], max_tf[nt], min_len[nt] */
static void bounds_check(const struct entry *term, struct list list,
                         const uint8_t *bounds, size_t nt, const uint8_t *kth)
{
	double *all = room(list.df, sizeof *all);
	for (size_t k = 0; k < nt; k++) {
		double best = 0;
		uint64_t most = 0;
		uint32_t least = UINT32_MAX;
		for (size_t i = 256 * k; i < list.df && i < 256 * (k + 1); i++) {
			uint32_t length = length_of(term->field, list.docs[i]);
			all[i] = impact(term, list, i);
			best = all[i] > best ? all[i] : best;
			most = list.tfs[i] > most ? list.tfs[i] : most;
			least = length < least ? length : least;
		}
		must(bounds[k] == ceil(255 * best), "bound of a block");
		must(bounds[nt + k] == (most < 255 ? most : 255), "max_tf");
		must(bounds[2 * nt + k] == length_code(least), "min_len");
	}
	qsort(all, list.df, sizeof *all, falling);
	for (size_t i = 0, rank = 10; kth && i < 3; i++, rank *= 10)
		must(kth[i] == floor(255 * all[rank - 1]), "kth");
	must(!kth || !kth[3], "the last byte of kth is zero");
	free(all);
}

/* From gap − 1 and tf − 1 to docs and tfs, from doc `from` of the list on. */
static void sum_up(struct list list, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		list.docs[i] += i ? list.docs[i - 1] + 1 : 0;
		list.tfs[i]++;
		must(list.docs[i] < doc_count, "docs are in the segment");
	}
}

/* unit_end[k]: where the unit of block k ends in posn, from the term's. */
static void list_read(const struct entry *term, struct list list,
                      uint64_t *unit_end)
{
	if (term->single) {
		list.docs[0] = term->doc;
		list.tfs[0] = term->cf;
		must(term->doc < doc_count, "docs are in the segment");
		return;
	}
	struct in in = in_of(chunks[POST], term->post, "post");
	size_t nb = list.df / 256, nt = (list.df + 255) / 256;
	if (!nb) {
		(list.df <= 4 ? short_list : tail)(&in, list, 0);
		sum_up(list, 0, list.df);
		return;
	}
	must(term->post % 4 == 0, "a directory starts at a multiple of 4");
	struct in last = in, ends = in;
	take(&ends, 4 * nb);
	take(&in, (list.words && !list.is_pair ? 12 : 8) * nb);
	const uint8_t *bounds = NULL, *kth = NULL;
	if (list.words) {
		struct in units = in;
		units.at -= 4 * nb;
		for (size_t k = 0; k < nb && !list.is_pair; k++)
			unit_end[k] = u32(&units);
		bounds = take(&in, 3 * nt);
		zeros(&in, (4 - 3 * nt % 4) % 4);
		kth = list.df >= 4096 ? take(&in, 4) : NULL;
	}
	const uint8_t *data = in.at;
	for (size_t k = 0; k < nb; k++) {
		uint64_t *docs = list.docs + 256 * k, *tfs = list.tfs + 256 * k;
		unsigned encoding = u8(&in);
		unsigned tf_enc = list.words ? u8(&in) : 0;
		block_docs(&in, encoding, docs);
		must(!(tf_enc & 0x60), "bits 5 and 6 of tf_enc");
		packed(&in, tf_enc & 31, tfs);
		if (tf_enc & 0x80)
			exceptions(&in, tf_enc & 31, tfs, 256);
		sum_up(list, 256 * k, 256 * (k + 1));
		must(docs[255] == u32(&last), "last_doc of a block");
		must((uint64_t)(in.at - data) == u32(&ends), "data_end");
	}
	if (list.df % 256) {
		tail(&in, list, 256 * nb);
		sum_up(list, 256 * nb, list.df);
	}
	if (list.words)
		bounds_check(term, list, bounds, nt, kth);
}

/* ---- positions and forms -------------------------------------------------- */

/* The widths of a unit's docs. */
static unsigned position_width(unsigned field, uint64_t doc, uint64_t tf)
{
	uint64_t length = length_of(field, doc);
	uint64_t span = length == 65535 ? 1 << 20
	                : field == 1 ? length + 16 : length;
	unsigned b = 0;
	while ((tf + 1) << (b + 1) <= span)
		b++;
	return b;
}

/* The bit numbered *at of the bytes from in->at on. */
static unsigned next_bit(struct in *in, uint64_t *at)
{
	must(*at / 8 < (uint64_t)(in->end - in->at), "room for positions");
	unsigned bit = in->at[*at / 8] >> *at % 8 & 1;
	++*at;
	return bit;
}

/* Takes the bytes of so many bits. */
static void padded(struct in *in, uint64_t at)
{
	while (at % 8)
		must(!next_bit(in, &at), "bits are padded by zeros");
	take(in, at / 8);
}

/* Docs [from, to) of the list. */
static void places_read(struct in *in, unsigned field, struct list list,
                        size_t from, size_t to, uint64_t *out)
{
	uint64_t low = 0, high = 0;
	for (size_t i = from; i < to; i++)
		high += list.tfs[i] *
		        position_width(field, list.docs[i], list.tfs[i]);
	for (size_t i = from; i < to; i++) {
		unsigned b = position_width(field, list.docs[i], list.tfs[i]);
		for (size_t k = 0; k < list.tfs[i]; k++, out++) {
			*out = 0;
			for (unsigned j = 0; j < b; j++)
				*out |= (uint64_t)next_bit(in, &low) << j;
			while (!next_bit(in, &high))
				*out += (uint64_t)1 << b;
			*out += k ? out[-1] + 1 : 0;
			uint32_t length = length_of(field, list.docs[i]);
			must(length == 65535 ||
			     *out < length + (field == 1 ? 16u : 0),
			     "a position is below the span");
		}
	}
	padded(in, high);
}

static uint64_t rice(struct in *in, uint64_t *at, unsigned width)
{
	uint64_t value = 0;
	while (!next_bit(in, at))
		value += (uint64_t)1 << width;
	for (unsigned j = 0; j < width; j++)
		value |= (uint64_t)next_bit(in, at) << j;
	return value;
}

static void forms_read(struct in *in, size_t n, uint64_t *out)
{
	uint8_t mode = u8(in);
	must(mode <= 3, "mode of forms");
	uint64_t all = mode == 1 ? varint(in) : 0, bit = 0;
	for (size_t i = 0; i < n; i++)
		out[i] = all;
	if (mode == 2)
		bits(in, n, u8(in), out);
	if (mode < 3)
		return;
	uint64_t m = varint(in), at = 0;
	unsigned widths = u8(in);
	for (; m; m--, at++) {
		at += rice(in, &bit, widths & 31);
		must(at < n, "index of a form");
		out[at] = rice(in, &bit, widths >> 5) + 1;
	}
	padded(in, bit);
}

static void positions_read(const struct entry *term, struct list list,
                           const uint64_t *unit_end, uint64_t *places,
                           uint64_t *forms)
{
	if (term->single && term->cf == 1) {
		places[0] = term->position;
		return;
	}
	struct in in = in_of(chunks[POSN], term->posn, "posn");
	const uint8_t *start = in.at;
	size_t done = 0;
	for (size_t from = 0; from < list.df; from += 256) {
		size_t to = from + 256 < list.df ? from + 256 : list.df, n = 0;
		for (size_t i = from; i < to; i++)
			n += list.tfs[i];
		must(n <= term->cf - done, "cf is the sum of tf");
		places_read(&in, term->field, list, from, to, places + done);
		if (term->n_forms > 1)
			forms_read(&in, n, forms + done);
		done += n;
		must(to - from < 256 || (size_t)(in.at - start) ==
		     unit_end[from / 256], "posn_end");
	}
	must(done == term->cf, "cf is the sum of tf");
}

/* ---- the dump ------------------------------------------------------------- */

static void out(struct bytes bytes) { fwrite(bytes.at, 1, bytes.size, stdout); }

/* words: the entry numbers of the forms of the term, by form number. */
static void forms_check(const struct entry *term, const uint32_t *words,
                        struct list list, const uint64_t *forms)
{
	uint64_t *often = room(term->n_forms, 8), *docs = room(term->n_forms, 8);
	uint64_t *last = room(term->n_forms, 8);
	for (size_t i = 0, at = 0; i < list.df; i++)
		for (size_t k = 0; k < list.tfs[i]; k++, at++) {
			must(forms[at] < term->n_forms, "form numbers");
			often[forms[at]]++;
			docs[forms[at]] += last[forms[at]] != i + 1;
			last[forms[at]] = i + 1;
		}
	for (uint64_t f = 0; f < term->n_forms; f++) {
		const struct entry *word = &entries[words[f]];
		must(word->form == f, "each form number has one word");
		must(word->sole == (term->n_forms == 1), "sole forms");
		must(word->sole || word->word_df == docs[f], "df of a word");
		must(!f || often[f] < often[f - 1] ||
		     (often[f] == often[f - 1] && words[f] > words[f - 1]),
		     "forms are numbered by occurrences");
	}
	free(often);
	free(docs);
	free(last);
}

static bool bit_of(struct bytes bitmap, uint64_t i)
{
	return i / 8 < bitmap.size && bitmap.at[i / 8] >> i % 8 & 1;
}

static void list_print(const struct entry *term, struct list list,
                       const uint64_t *places, const uint64_t *forms)
{
	for (size_t i = 0, at = 0; i < list.df; at += list.tfs[i], i++) {
		printf("  doc %" PRIu64 " id=", list.docs[i]);
		out(ids[list.docs[i]]);
		if (list.words)
			printf(" tf=%" PRIu64, list.tfs[i]);
		for (size_t k = 0; places && list.words && k < list.tfs[i]; k++)
			printf("%s%" PRIu64, k ? "," : " positions=",
			       places[at + k]);
		for (size_t k = 0; term->n_forms > 1 && k < list.tfs[i]; k++)
			printf("%s%" PRIu64, k ? "," : " forms=", forms[at + k]);
		if (bit_of(dead, list.docs[i]))
			printf(" dead");
		putchar('\n');
	}
}

static void term_dump(uint32_t number, const uint32_t *words, size_t n_words)
{
	const struct entry *term = &entries[number];
	struct list list = {(uint32_t)term->df, term->field < 3,
	                    room(term->df, 8), room(term->df, 8), false};
	uint64_t *places = room(term->cf, 8), *forms = room(term->cf, 8);
	uint64_t *unit_end = room(term->df / 256, 8);
	must(term->df <= doc_count, "df");
	list_read(term, list, unit_end);
	printf("%s:", field_names[term->field]);
	out((struct bytes){term->key, term->key_size});
	printf(" df=%" PRIu64 " cf=%" PRIu64 " forms=%" PRIu64 "\n", term->df,
	       term->cf, term->n_forms);
	if (list.words) {
		positions_read(term, list, unit_end, places, forms);
		must(n_words == term->n_forms, "number of forms");
		forms_check(term, words, list, forms);
	} else {
		must(term->cf == term->df && term->n_forms == 1, "a value");
	}
	for (size_t f = 0; f < n_words; f++) {
		const struct entry *word = &entries[words[f]];
		printf("  form %zu ", f);
		out((struct bytes){word->key, word->key_size});
		printf(" df=%" PRIu64 "\n", word->sole ? term->df : word->word_df);
	}
	for (size_t i = 0; term->field == 3 && i < list.df; i++)
		must(sections[list.docs[i]] == number - first_of_section + 1,
		     "sect is the place of the section");
	n_values[term->field] += list.df;
	for (size_t i = 0; i < list.df; i++) {
		bool *has = &having[term->field][list.docs[i]];
		n_with[term->field] += !*has;
		*has = true;
	}
	list_print(term, list, places, forms);
	free(list.docs);
	free(list.tfs);
	free(places);
	free(forms);
	free(unit_end);
}

/* ---- pairs --------------------------------------------------------------- */

/* A pair word with its whole list in memory. */
struct pair_word {
	const struct entry *term;
	struct list list;
	uint64_t *places;
};

static struct list list_of(const struct entry *term, bool is_pair)
{
	must(term->df <= doc_count, "df");
	return (struct list){(uint32_t)term->df, true, room(term->df, 8),
	                     room(term->df, 8), is_pair};
}

static void pair_word_read(uint32_t entry, struct pair_word *out)
{
	must(entry < n_entries && entries[entry].term &&
	     entries[entry].field == 1, "a pair word is a term of text");
	out->term = &entries[entry];
	out->list = list_of(out->term, false);
	uint64_t *forms = room(out->term->cf, 8);
	uint64_t *unit_end = room(out->term->df / 256, 8);
	out->places = room(out->term->cf, 8);
	list_read(out->term, out->list, unit_end);
	positions_read(out->term, out->list, unit_end, out->places, forms);
	free(forms);
	free(unit_end);
}

/* How often, in doc i of a, which is doc j of b, b stands behind a. */
static uint64_t times(const struct pair_word *a, size_t i, size_t from,
                      const struct pair_word *b, size_t j, size_t to)
{
	uint64_t n = 0;
	for (size_t x = 0; x < a->list.tfs[i]; x++)
		for (size_t y = 0; y < b->list.tfs[j]; y++)
			n += a->places[from + x] + 1 == b->places[to + y];
	return n;
}

/* What the positions say of a with b behind it; returns the docs. */
static size_t pair_count(const struct pair_word *a, const struct pair_word *b,
                         struct list out)
{
	size_t n = 0;
	for (size_t i = 0, j = 0, from = 0, to = 0; i < a->list.df; i++) {
		for (; j < b->list.df && b->list.docs[j] < a->list.docs[i]; j++)
			to += b->list.tfs[j];
		if (j < b->list.df && b->list.docs[j] == a->list.docs[i]) {
			out.docs[n] = a->list.docs[i];
			out.tfs[n] = times(a, i, from, b, j, to);
			n += out.tfs[n] > 0;
		}
		from += a->list.tfs[i];
	}
	return n;
}

static void pair_dump(const struct pair_word *a, const struct pair_word *b,
                      const struct entry *pair)
{
	struct list want = list_of(a->term, true);
	size_t n = pair_count(a, b, want);
	must((pair != NULL) == (n > 0), "neighbours are pairs");
	if (pair) {
		struct list list = list_of(pair, true);
		uint64_t cf = 0;
		list_read(pair, list, NULL);
		must(list.df == n, "df of a pair");
		for (size_t i = 0; i < n; i++) {
			must(list.docs[i] == want.docs[i] &&
			     list.tfs[i] == want.tfs[i], "a list of a pair");
			cf += list.tfs[i];
		}
		must(cf == pair->cf, "cf of a pair");
		printf("pair:");
		out((struct bytes){a->term->key, a->term->key_size});
		putchar(' ');
		out((struct bytes){b->term->key, b->term->key_size});
		printf(" df=%" PRIu64 " cf=%" PRIu64 "\n", pair->df, cf);
		list_print(pair, list, NULL, NULL);
		free(list.docs);
		free(list.tfs);
	}
	free(want.docs);
	free(want.tfs);
}

static void pairs_dump(void)
{
	uint64_t follows[64], *col[3];
	struct pair_word words[64];
	struct in in = in_of(chunks[PAIR], 0, "pair");
	if (!chunks[PAIR].at)
		return;
	uint32_t n = u32(&in), last = 0, n_pairs = 0;
	must(n <= 64, "at most 64 pair words");
	const uint8_t *width = take(&in, 3);
	zeros(&in, 1);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t entry = u32(&in);
		must(!i || entry > last, "pair words rise");
		pair_word_read(last = entry, &words[i]);
	}
	for (uint32_t i = 0; i < n; i++) {
		follows[i] = u64(&in);
		must(n == 64 || !(follows[i] >> n), "pairs of pair words");
		n_pairs += (uint32_t)__builtin_popcountll(follows[i]);
	}
	for (int k = 0; k < 3; k++) {
		must(width[k] <= 40, "width in pair");
		bits(&in, n_pairs, width[k], col[k] = room(n_pairs, 8));
	}
	must(in.at == in.end, "pair ends with the numbers of its lists");
	uint32_t at = 0;
	for (uint32_t a = 0; a < n; a++)
		for (uint32_t b = 0; b < n; b++) {
			bool is = follows[a] >> b & 1;
			struct entry pair = {.field = 1, .term = is};
			if (is) {
				pair.df = col[0][at] + 1;
				pair.cf = pair.df + col[1][at];
				pair.doc = pair.post = col[2][at++];
				pair.single = pair.df == 1;
				pair.n_forms = 1;
			}
			pair_dump(&words[a], &words[b], is ? &pair : NULL);
		}
	for (uint32_t i = 0; i < n; i++) {
		free(words[i].list.docs);
		free(words[i].list.tfs);
		free(words[i].places);
	}
	for (int k = 0; k < 3; k++)
		free(col[k]);
}

static void lists_dump(void)
{
	uint32_t *words = room(n_entries, sizeof *words), n = 0, at = 0;
	for (uint32_t i = 0; i < n_entries; i++) {
		if (!entries[i].word)
			continue;
		if (entries[i].self)
			entries[i].of_term = i;
		uint64_t term = entries[i].of_term;
		must(term < n_entries && entries[term].term &&
		     entries[term].field == entries[i].field,
		     "a word refers to a term of its field");
		words[n++] = i;
	}
	qsort(words, n, sizeof *words, word_compare);
	for (uint32_t i = 0; i < n_entries; i++) {
		uint32_t first = at;
		while (at < n && entries[words[at]].of_term == i)
			at++;
		if (entries[i].term)
			term_dump(i, words + first, at - first);
	}
	for (unsigned field = 3; field < 10; field++) {
		must(n_with[field] == field_n[field], "n is the docs with a value");
		must(n_values[field] == (field < 8 ? field_n[field]
		                                   : field_sum[field]),
		     "sum_length is the values of topics and places");
	}
	free(words);
	pairs_dump();
}

/* ---- stories ----------------------------------------------------------- */

/* The docs of each story, against the story of each doc. */
static void stories_members(const uint64_t *names, uint32_t n,
                            const uint64_t *of, const uint64_t *ends,
                            const uint64_t *members)
{
	uint64_t at = 0, last_first = 0;
	for (uint32_t i = 0; i < n; i++) {
		must(ends[i] > at, "a story has a doc");
		uint64_t first = rank_of(members[at]), before = first;
		must(!i || first > last_first, "stories by their first docs");
		last_first = first;
		printf("story %016" PRIx64, names[i]);
		for (uint64_t k = at; k < ends[i]; k++) {
			must(members[k] < doc_count && of[members[k]] == i + 1,
			     "a doc of a story is in it");
			must(k == at || rank_of(members[k]) > before,
			     "docs of a story as they were given");
			before = rank_of(members[k]);
			printf(" %" PRIu64, members[k]);
		}
		putchar('\n');
		at = ends[i];
	}
}

static void adopted_dump(struct in *in, uint32_t n)
{
	while (n--) {
		struct bytes id = text(in);
		must(id.size && id.size < 256, "an id has 1 to 255 bytes");
		printf("adopted ");
		out(id);
		putchar('\n');
	}
	must(in->at == in->end, "stry ends with the adopted");
}

static void stories_dump(void)
{
	must(!chunks[SKCH].at || chunks[SKCH].size == 28ull * doc_count,
	     "size of skch");
	if (!chunks[STRY].at)
		return;
	must(chunks[SKCH].at, "stories need sketches");
	struct in in = in_of(chunks[STRY], 0, "stry");
	uint32_t n = u32(&in), n_adopted = u32(&in), n_links = u32(&in);
	must(n || n_adopted || n_links, "stry says something");
	const uint8_t *width = take(&in, 3);
	zeros(&in, 1);
	uint64_t *names = room(n, 8), *of = room(doc_count, 8);
	uint64_t *ends = room(n, 8), with_story = 0;
	for (uint32_t i = 0; i < n; i++)
		names[i] = u64(&in);
	struct in links = in_of(chunks[STRY], 16 + 8ull * n, "links");
	take(&in, 16ull * n_links);
	bits(&in, doc_count, width[0], of);
	bits(&in, n, width[1], ends);
	uint64_t n_members = n ? ends[n - 1] : 0;
	must(n_members <= doc_count, "each doc is in one story");
	uint64_t *members = room(n_members, 8);
	bits(&in, n_members, width[2], members);
	for (uint32_t doc = 0; doc < doc_count; doc++)
		with_story += of[doc] > 0;
	must(with_story == n_members, "docs with a story are in one");
	must(width[0] == width_of(of, doc_count) &&
	     width[1] == width_of(ends, n) &&
	     width[2] == width_of(members, n_members), "widths of stry");
	stories_members(names, n, of, ends, members);
	for (uint32_t i = 0; i < n_links; i++) {
		uint64_t from = u64(&links), to = u64(&links);
		printf("link %016" PRIx64 " %016" PRIx64 "\n", from, to);
	}
	adopted_dump(&in, n_adopted);
	free(names);
	free(of);
	free(ends);
	free(members);
}

/* The name of a file that is called after 8 bytes. */
static void content_name(char name[32], const char *kind, const uint8_t *id)
{
	int end = sprintf(name, "%s-", kind);
	for (int k = 0; k < 8; k++)
		end += sprintf(name + end, "%02x", id[k]);
}

/* Sets `dead`: the bitmap of the segment with this id. */
static void deletes_read(const char *dir, const uint8_t *id,
                         const uint8_t *deletes, uint32_t crc, uint32_t n_dead)
{
	char name[32];
	uint32_t n = 0;
	dead = (struct bytes){0};
	if (!n_dead) {
		must(!crc && !memcmp(deletes, "\0\0\0\0\0\0\0", 8),
		     "no deletes where nothing is dead");
		return;
	}
	content_name(name, "del", deletes);
	struct bytes file = file_read(dir, name);
	uint64_t size = (doc_count + 63ull) / 64 * 8;
	must(file.size == 44 + size, "size of deletes");
	XXH128_canonical_t hash;
	XXH128_canonicalFromHash(&hash, XXH3_128bits(file.at, file.size));
	must(!memcmp(hash.digest, deletes, 8), "name of deletes");
	struct in in = in_of(file, 0, "deletes");
	must(!memcmp(take(&in, 8), "\x89NSD\r\n\x1a\n", 8), "magic number");
	must(take_int(&in, 2) == 5, "major version is 5");
	take_int(&in, 2);
	must(u32(&in) == doc_count, "doc_count of deletes");
	must(!memcmp(take(&in, 16), id, 16), "deletes are of this segment");
	must(u32(&in) == n_dead, "n_dead of deletes");
	zeros(&in, 4);
	dead = (struct bytes){take(&in, size), size};
	must(u32(&in) == crc && crc == crc32c(file.at, file.size - 4),
	     "CRC of deletes");
	for (uint64_t i = 0; i < size * 8; i++) {
		n += bit_of(dead, i);
		must(i < doc_count || !bit_of(dead, i), "only docs are dead");
	}
	must(n == n_dead, "number of the dead");
}

int main(int argc, char **argv)
{
	if (argc != 2)
		die("usage: spec_reader DIR");
	char newest[32] = "", name[32];
	DIR *dir = opendir(argv[1]);
	must(dir, "the index is a directory");
	for (struct dirent *file; (file = readdir(dir));)
		if (!strncmp(file->d_name, "commit-", 7) &&
		    strlen(file->d_name) == 23 && strcmp(file->d_name, newest) > 0)
			strcpy(newest, file->d_name);
	closedir(dir);
	must(newest[0], "there is a manifest");
	struct bytes manifest = file_read(argv[1], newest);
	must(manifest.size >= 36, "size of a manifest");
	struct in in = in_of(manifest, 0, "manifest");
	must(!memcmp(take(&in, 8), "\x89NSC\r\n\x1a\n", 8), "magic number");
	must(take_int(&in, 2) == 5, "major version is 5");
	take_int(&in, 2);
	uint32_t n = u32(&in);
	must(u64(&in) == strtoull(newest + 7, NULL, 16), "generation");
	take(&in, 8);
	must(manifest.size == 36 + 64ull * n, "size of a manifest");
	for (uint32_t i = 0; i < n; i++) {
		const uint8_t *id = take(&in, 16);
		uint64_t size = u64(&in);
		uint32_t crc = u32(&in), docs = u32(&in);
		const uint8_t *deletes = take(&in, 8);
		uint32_t deletes_crc = u32(&in), n_dead = u32(&in);
		zeros(&in, 16);
		content_name(name, "seg", id);
		struct bytes file = file_read(argv[1], name);
		must(file.size == size, "length of a segment");
		memset(chunks, 0, sizeof chunks);
		container_read(file, id, crc);
		bool stored = info_read();
		must(docs == doc_count, "doc_count of the manifest");
		must(stored == (chunks[BODY].at != NULL) &&
		     stored == (chunks[BDIX].at != NULL), "text is stored");
		deletes_read(argv[1], id, deletes, deletes_crc, n_dead);
		columns_read();
		ids = room(doc_count, sizeof *ids);
		store_read(chunks[HDIX], chunks[HEAD], 9, (struct bytes){0}, true);
		if (stored)
			store_read(chunks[BDIX], chunks[BODY], 3, chunks[DICT], false);
		lexicon_read();
		printf("segment %s\n", name);
		lists_dump();
		stories_dump();
	}
	must(u32(&in) == crc32c(manifest.at, manifest.size - 4),
	     "CRC of the manifest");
	return fflush(stdout) ? 1 : 0;
}
