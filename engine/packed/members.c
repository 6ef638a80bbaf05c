#include "packed/members.h"

#include "base/utf8.h"
#include "packed/zip_table.h"
#include "source/charset.h"

#include <archive_entry.h>
#include <errno.h>
#include <locale.h>

enum {
	/* libarchive holds some of them as several times their size: the map of a
	 * sparse file in a tar takes 64 bytes for 4 */
	MEMBER_HEADER = 2 << 20,
	NAME_LIMIT = 1 << 24
};

struct members {
	struct packed *packed;
	enum packing_name kind;
	const struct members_handler *handler;
	struct members_fault *fault;
	struct archive *archive;
	struct archive_entry *entry; /* of the member at hand */
	locale_t utf8;               /* what names are read in, or 0 */
	struct buffer raw, name;     /* of it: as it is, for people */
	uint64_t number;
	bool opened;
	struct member {
		struct stream stream; /* first: one pointer serves for both */
		struct members *all;
		struct packed_data data;
		struct ns_error err;  /* of a limit */
		bool ended, failed;
	} member;
};

static const char *reason_of(const struct members *m)
{
	const char *why = archive_error_string(m->archive);
	return why ? why : "damaged";
}

static int end_with(struct members *m, enum source_reason why,
                    const char *reason)
{
	m->fault->why = why;
	snprintf(m->fault->reason, sizeof m->fault->reason, "%s", reason);
	return NS_OK;
}

/* libarchive goes no further. */
static int end(struct members *m, struct ns_error *err)
{
	struct packed *packed = m->packed;
	if (packed->status != NS_OK)
		return err_set(err, packed->status, "%s", packed->err.message);
	/* asked before it has a format, it reads behind its formats */
	bool locked = m->opened && archive_read_has_encrypted_entries(m->archive) == 1;
	return end_with(m, locked ? SOURCE_ENCRYPTED : SOURCE_PACKED,
	                reason_of(m));
}

/* ---- a member as a stream ----------------------------------------------------- */

static int fail(struct member *member, struct ns_error *err)
{
	struct packed *packed = member->all->packed;
	member->failed = true;
	if (packed->status == NS_OK)
		return err_set(err, NS_E_CORRUPT, "%s", reason_of(member->all));
	member->stream.why = packed->lines->stream->why;
	return err_set(err, packed->status, "%s", packed->err.message);
}

static int read_member(struct stream *stream, void *to, size_t n, size_t *got,
                       struct ns_error *err)
{
	struct member *member = (struct member *)stream;
	struct packed *packed = member->all->packed;
	*got = 0;
	if (member->ended)
		return NS_OK;
	int code = packed_data_read(&member->data, to, n, got);
	member->ended = *got < n;
	int status = packed_count(packed->meter, packed->stage, *got,
	                          &member->err);
	if (status != NS_OK) {
		member->stream.why = SOURCE_PACKED_LIMIT;
		member->failed = true;
		return err_set(err, status, "%s", member->err.message);
	}
	return code == ARCHIVE_OK ? NS_OK : fail(member, err);
}

/* ---- what a member is ------------------------------------------------------- */

/* A folder of a maildir may have a name with a dot: ".Sent/cur/1". */
static bool holds_mail(const char *below)
{
	return !strncmp(below, "/cur/", 5) || !strncmp(below, "/new/", 5);
}

static const char *name_of(const struct members *m)
{
	locale_t before = uselocale(m->utf8);
	const char *name = archive_entry_pathname_utf8(m->entry);
	if (!name)
		name = archive_entry_pathname(m->entry);
	uselocale(before);
	return name;
}

/* The name of a zip's member as UTF-8, where it is not. */
static int decode_name(struct members *m, const char **name, struct ns_error *err)
{
	struct slice raw = slice_of(*name, *name ? strlen(*name) : 0);
	uint32_t repairs = 0;
	if (m->kind != PACKING_ZIP || utf8_prefix(raw.data, raw.len) == raw.len)
		return NS_OK;
	buffer_clear(&m->name);
	int status = charset_decode(raw, "CP437", &m->name, &repairs);
	if (status == NS_E_USAGE)
		return NS_OK; /* the system has no such page */
	buffer_byte(&m->name, '\0');
	TRY(buffer_check(&m->name, err));
	*name = (const char *)m->name.data;
	return status == NS_OK ? NS_OK : err_nomem(err);
}

/* Without what would leave a folder: "/../a//./b" is "a/b".  Bytes that are no text
 * for people become U+FFFD. */
static int take_name(struct members *m, bool *hidden, struct ns_error *err)
{
	const char *name = name_of(m);
	TRY(decode_name(m, &name, err));
	buffer_clear(&m->raw);
	*hidden = false;
	while (name && *name) {
		size_t n = strcspn(name, "/");
		bool empty = !n || (n <= 2 && !memcmp(name, "..", n));
		if (!empty) {
			*hidden |= *name == '.' && !holds_mail(name + n);
			if (m->raw.len)
				buffer_byte(&m->raw, '/');
			buffer_append(&m->raw, name, n);
		}
		name += n + (name[n] == '/');
	}
	m->raw.len = min_size(m->raw.len, MEMBER_NAME_MAX + 1);
	for (size_t i = 0; i < m->raw.len; i++)
		if (m->raw.data[i] < ' ' || m->raw.data[i] == 0x7F)
			m->raw.data[i] = 0xFF;
	TRY(buffer_check(&m->raw, err));
	buffer_clear(&m->name);
	utf8_repair(buffer_slice(&m->raw), &m->name);
	buffer_byte(&m->name, '\0');
	return buffer_check(&m->name, err);
}

static int skip(struct members *m, enum source_event_kind kind,
                enum source_reason why, const char *detail, struct ns_error *err)
{
	return m->handler->skip(m->handler->context, (const char *)m->name.data,
	                        kind, why, detail, err);
}

/* The methods of zip whose decoders have bounded memory. */
static bool is_bounded(struct members *m)
{
	const char *name = archive_format_name(m->archive);
	return m->kind != PACKING_ZIP || !name || strstr(name, "(deflation)") ||
	       strstr(name, "(uncompressed)") || strstr(name, "(bzip)");
}

static int give(struct members *m, struct ns_error *err)
{
	return m->handler->member(m->handler->context,
	                          (const char *)m->name.data,
	                          &m->member.stream, err);
}

static int visit(struct members *m, struct ns_error *err)
{
	bool hidden;
	struct archive_entry *entry = m->entry;
	TRY(take_name(m, &hidden, err));
	if (hidden || archive_entry_filetype(entry) == AE_IFDIR)
		return NS_OK;
	if (archive_entry_symlink(entry) ||
	    (archive_entry_hardlink(entry) && archive_entry_size(entry) <= 0))
		return skip(m, SOURCE_PASSED_OVER, SOURCE_SPECIAL, "a link", err);
	if (archive_entry_filetype(entry) != AE_IFREG &&
	    archive_entry_filetype(entry) != 0)
		return skip(m, SOURCE_PASSED_OVER, SOURCE_SPECIAL, NULL, err);
	if (m->raw.len > MEMBER_NAME_MAX)
		return skip(m, SOURCE_REFUSED, SOURCE_PACKED_LIMIT,
		            "a name over 4096 bytes", err);
	static_assert(MEMBER_NAME_MAX == 4096, "the message says so");
	if (archive_entry_is_encrypted(entry))
		return skip(m, SOURCE_REFUSED, SOURCE_ENCRYPTED, NULL, err);
	if (!is_bounded(m))
		return skip(m, SOURCE_REFUSED, SOURCE_PACKED_KIND,
		            archive_format_name(m->archive), err);
	return give(m, err);
}

/* ---- an archive -------------------------------------------------------------- */

static int choose_format(struct members *m)
{
	struct archive *archive = m->archive;
	struct packed *packed = m->packed;
	switch (m->kind) {
	case PACKING_TAR:
		return archive_read_support_format_tar(archive);
	case PACKING_CPIO:
		return archive_read_support_format_cpio(archive);
	case PACKING_7Z:
		return archive_read_support_format_7zip(archive);
	default:
		ASSERT_REL(m->kind, ==, PACKING_ZIP);
	}
	if (packed->at && !zip_table_is_small(packed->at, MEMBERS_TABLE))
		packed->at = NULL;
	return packed->at ? archive_read_support_format_zip(archive)
	                  : archive_read_support_format_zip_streamable(archive);
}

/* The next member's header, of which libarchive may read so much. */
static int next_header(struct members *m)
{
	bool table = m->kind == PACKING_7Z || m->packed->at;
	m->packed->most = table ? 2 * MEMBERS_TABLE : MEMBER_HEADER;
	locale_t before = uselocale(m->utf8);
	int code = archive_read_next_header2(m->archive, m->entry);
	uselocale(before);
	m->packed->most = UINT64_MAX;
	return code;
}

static void begin_member(struct members *m)
{
	m->member = (struct member){
		.stream = {.read = read_member, .why = SOURCE_PACKED},
		.all = m, .data = {.archive = m->archive},
	};
}

/* Gets behind what nobody asked for, by its own step: in that to the next header,
 * libarchive may read as much as a header alone is given, and takes what is cut off
 * for the end.  Where it would unpack to get there, that is counted. */
static int go_past(struct members *m)
{
	uint8_t bytes[4096];
	size_t got = sizeof bytes;
	struct member *member = &m->member;
	while (m->kind == PACKING_7Z && got == sizeof bytes && !member->failed)
		if (read_member(&member->stream, bytes, sizeof bytes, &got,
		                &member->err) != NS_OK)
			break;
	return archive_read_data_skip(m->archive);
}

/* The next member is given out. */
static int next(struct members *m, bool *last, struct ns_error *err)
{
	struct member *member = &m->member;
	bool told = member->stream.told; /* of the one before, which may go on */
	int code = next_header(m);
	*last = code != ARCHIVE_OK && code != ARCHIVE_WARN;
	if (code == ARCHIVE_EOF)
		return NS_OK;
	if (*last)
		return told ? NS_OK : end(m, err);
	if (++m->number > MEMBERS_MAX) {
		*last = true;
		return end_with(m, SOURCE_PACKED_LIMIT, "over 2^24 members");
	}
	begin_member(m);
	TRY(visit(m, err));
	code = go_past(m);
	if (member->stream.why == SOURCE_PACKED_LIMIT) {
		*last = true;
		return member->stream.told ? NS_OK
			: end_with(m, SOURCE_PACKED_LIMIT, member->err.message);
	}
	*last = code != ARCHIVE_OK && code != ARCHIVE_WARN;
	return *last && !member->stream.told ? end(m, err) : NS_OK;
}

static int read_all(struct members *m, struct ns_error *err)
{
	bool last = false;
	/* libarchive turns a name that is said to be UTF-8 (zip, pax, 7z) into the
	 * locale's encoding, and has none where that lacks a letter of it */
	m->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", 0);
	if (!m->utf8 && errno == ENOMEM)
		return err_nomem(err);
	if (choose_format(m) != ARCHIVE_OK ||
	    packed_open(m->packed, m->archive) != ARCHIVE_OK)
		return end(m, err);
	m->opened = true;
	while (!last)
		TRY(next(m, &last, err));
	return NS_OK;
}

int members_read(struct packed *packed, const struct packing *packing,
                 const struct members_handler *handler,
                 struct members_fault *fault, struct ns_error *err)
{
	/* an entry of our own: where memory ends libarchive has none, and uses it */
	struct members m = {
		.packed = packed, .kind = packing->name, .handler = handler,
		.fault = fault, .archive = archive_read_new(),
		.entry = archive_entry_new(),
	};
	buffer_init(&m.raw, NAME_LIMIT);
	buffer_init(&m.name, NAME_LIMIT);
	int status = m.archive && m.entry ? read_all(&m, err) : err_nomem(err);
	buffer_release(&m.raw);
	buffer_release(&m.name);
	archive_entry_free(m.entry);
	archive_read_free(m.archive);
	if (m.utf8)
		freelocale(m.utf8);
	return status;
}
