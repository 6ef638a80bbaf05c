#include "web/warc_members.h"

#include "base/ascii.h"

enum { FIRST = 11 }; /* bytes by which a record is known */

static_assert(MEMBERS_BEHIND + MEMBERS_AHEAD < LINES_PEEK / 2,
              "what is held has room to move in");

/* Whether a record begins here, packed or not. */
static bool record_begins(struct slice bytes, bool within)
{
	uint8_t data[FIRST];
	size_t n = zlib_first(slice_of(bytes.data, min_size(bytes.len,
	                               MEMBERS_AHEAD)), data, FIRST);
	struct slice text = n ? slice_of(data, n) : bytes;
	return (slice_begins(text, "WARC/") && text.len > 5 &&
	        ascii_digit(text.data[5])) ||
	       slice_begins(text, "filedesc://") ||
	       (within && n && (slice_begins(text, "http://") ||
	                        slice_begins(text, "https://")));
}

bool warc_members_are(struct slice prefix)
{
	return record_begins(prefix, false);
}

static struct slice ahead_of(const struct warc_members *m)
{
	return slice_from(m->held, m->used);
}

static uint64_t offset_of(const struct warc_members *m)
{
	return m->raw->bytes + m->used;
}

/* Sees to it that MEMBERS_AHEAD bytes are ahead, less only at the end, and that
 * as many as MEMBERS_BEHIND are kept. */
static int look(struct warc_members *m, struct ns_error *err)
{
	struct slice taken;
	if (m->held.len - m->used >= MEMBERS_AHEAD)
		return NS_OK;
	if (m->used > MEMBERS_BEHIND) {
		size_t n = m->used - MEMBERS_BEHIND;
		TRY(lines_take(m->raw, n, &taken, err));
		ASSERT_REL(taken.len, ==, n);
		m->used = MEMBERS_BEHIND;
	}
	TRY(lines_peek(m->raw, &m->held, err));
	if (m->used < m->held.len || m->raw->ended || !m->used)
		return NS_OK;
	/* the file cannot be read on, which is told where all was taken */
	TRY(lines_take(m->raw, m->used, &taken, err));
	m->used = 0;
	return lines_peek(m->raw, &m->held, err);
}

static void damage(struct warc_members *m, const char *what)
{
	m->state = MEMBERS_DAMAGED;
	snprintf(m->fault, sizeof m->fault,
	         "the gzip member at byte %llu, at byte %llu: %s",
	         (unsigned long long)m->member,
	         (unsigned long long)offset_of(m), what);
}

static int open_member(struct warc_members *m, struct ns_error *err)
{
	m->state = MEMBERS_WITHIN;
	m->member = offset_of(m);
	m->packed = slice_begins(ahead_of(m), "\x1F\x8B");
	if (!m->packed)
		return NS_OK;
	if (!m->z.state)
		return zlib_open(&m->z, ZLIB_GZIP, err);
	inflateReset(&m->z);
	return NS_OK;
}

/* Behind a member: where does the next begin? */
static int end_member(struct warc_members *m, struct ns_error *err)
{
	size_t from;
	do {
		TRY(look(m, err));
		from = m->used;
		while (m->used < m->held.len && !m->held.data[m->used])
			m->used++;
	} while (m->used > from);
	struct slice ahead = ahead_of(m);
	if (!ahead.len) {
		m->state = MEMBERS_ENDED;
	} else if (record_begins(ahead, true)) {
		m->state = MEMBERS_BORDER;
	} else if (slice_begins(ahead, "\x1F\x8B")) {
		return open_member(m, err);
	} else {
		m->member = offset_of(m);
		damage(m, "no header of a member");
	}
	return NS_OK;
}

static int inflate_some(struct warc_members *m, uint8_t *data, size_t n,
                        size_t *got, struct ns_error *err)
{
	struct slice ahead = ahead_of(m);
	m->z.next_in = (Bytef *)(uintptr_t)ahead.data;
	m->z.avail_in = (uInt)ahead.len;
	m->z.next_out = data;
	m->z.avail_out = (uInt)min_size(n, 1 << 30);
	size_t room = m->z.avail_out;
	int answer = inflate(&m->z, Z_NO_FLUSH);
	*got = room - m->z.avail_out;
	m->used = m->held.len - m->z.avail_in;
	m->out += *got;
	if (answer == Z_STREAM_END)
		return end_member(m, err);
	if (answer == Z_MEM_ERROR)
		return err_nomem(err);
	if (answer == Z_BUF_ERROR && !ahead.len)
		damage(m, "the file ends within it");
	else if (answer != Z_OK && answer != Z_BUF_ERROR)
		damage(m, m->z.msg ? m->z.msg : "it cannot be inflated");
	m->spent = m->out > warc_members_most(offset_of(m));
	if (m->spent)
		damage(m, "the file expands more than 256 times");
	return NS_OK;
}

static void copy_some(struct warc_members *m, uint8_t *data, size_t n, size_t *got)
{
	struct slice ahead = ahead_of(m);
	*got = min_size(ahead.len, n);
	if (*got)
		memcpy(data, ahead.data, *got);
	m->used += *got;
	if (!ahead.len)
		m->state = MEMBERS_ENDED;
}

static int read_plain(struct stream *stream, void *data, size_t n, size_t *got,
                      struct ns_error *err)
{
	struct warc_members *m = (struct warc_members *)stream;
	*got = 0;
	while (*got < n && m->state == MEMBERS_WITHIN) {
		size_t some = 0;
		TRY(look(m, err));
		if (m->packed)
			TRY(inflate_some(m, (uint8_t *)data + *got, n - *got,
			                 &some, err));
		else
			copy_some(m, (uint8_t *)data + *got, n - *got, &some);
		*got += some;
	}
	return NS_OK;
}

int warc_members_open(struct warc_members *members, struct lines *raw,
                 struct ns_error *err)
{
	*members = (struct warc_members){
		.stream = {.read = read_plain, .why = SOURCE_UNREADABLE},
		.raw = raw, .z = members->z, /* which knows its address */
	};
	TRY(look(members, err));
	return open_member(members, err);
}

void warc_members_release(struct warc_members *members)
{
	inflateEnd(&members->z);
	*members = (struct warc_members){0};
}

/* To the first member behind the start of the broken one that begins with a
 * record. */
static int find_member(struct warc_members *m, struct ns_error *err)
{
	uint64_t held_from = m->raw->bytes, from = m->member + 1;
	m->used = from > held_from ? (size_t)(from - held_from) : 0;
	for (;;) {
		TRY(look(m, err));
		struct slice ahead = ahead_of(m);
		if (!ahead.len)
			break;
		const uint8_t *hit = memchr(ahead.data, 0x1F, ahead.len);
		m->used += hit ? (size_t)(hit - ahead.data) : ahead.len;
		TRY(look(m, err));
		ahead = ahead_of(m);
		if (slice_begins(ahead, "\x1F\x8B\x08") && record_begins(ahead, true))
			return open_member(m, err);
		m->used += ahead.len > 0;
	}
	m->state = MEMBERS_ENDED;
	return NS_OK;
}

int warc_members_resume(struct warc_members *members, struct ns_error *err)
{
	if (members->spent)
		members->state = MEMBERS_ENDED;
	if (members->state == MEMBERS_DAMAGED)
		return find_member(members, err);
	if (members->state == MEMBERS_BORDER)
		return open_member(members, err);
	return NS_OK;
}
