/* warc_members.h — what do the gzip members of a .warc.gz hold, and where is one
 * broken?
 *
 * A crawler writes each record as a gzip member of its own; who packs a plain
 * WARC by gzip makes one member of all; block compressors cut it anywhere.
 *
 *     |1F8B… WARC/1.0 …|1F8B… WARC/1.0 …|1F8B… WA╳      |1F8B… WARC/1.0 …|
 *                      border                damaged    resumed here
 *
 * So a member that begins with a record is a border, where a record that claims
 * to be longer ends all the same; other members follow on without one.  A member
 * that is broken is told with its offset, and reading resumes at the next member
 * that begins with a record, which is looked for from behind the broken one's
 * start (of what is still held): what is cut off swallows the head of what follows
 * before zlib sees a fault.  Zeros between members are padding.  A file that is not
 * packed passes through as it is, also behind members.
 *
 * No more comes out of a file than MEMBERS_FLOOR bytes and MEMBERS_RATIO for each
 * that was read; there it ends: 1 GB of zeros is 1 MB packed, and a terabyte a
 * gigabyte.
 *
 * Rejected: libarchive's WARC reader, which drops records whose URL ends in '/'
 * in silence; gzread, which ends at the first fault and says not where.
 */
#ifndef NS_WEB_WARC_MEMBERS_H
#define NS_WEB_WARC_MEMBERS_H

#include "source/lines.h"
#include "source/zlib_memory.h"

enum {
	MEMBERS_AHEAD = 4 << 10, /* by what a member is known */
	MEMBERS_BEHIND = 64 << 10,
	MEMBERS_FLOOR = 64 << 20,
	MEMBERS_RATIO = 256
};

enum warc_members_state {
	MEMBERS_WITHIN,  /* there is more to read */
	MEMBERS_BORDER,  /* the next member begins with a record */
	MEMBERS_DAMAGED, /* `fault` says why */
	MEMBERS_ENDED
};

struct warc_members {
	struct stream stream; /* of plain bytes, up to where one state ends */
	enum warc_members_state state;
	struct lines *raw;    /* borrowed */
	struct slice held;    /* bytes that raw holds */
	size_t used;          /* of them */
	bool packed;          /* the member at hand is one */
	uint64_t member;      /* where it begins in the file */
	uint64_t out;         /* bytes that came out of members */
	bool spent;           /* too many */
	z_stream z;
	char fault[160];
};

/* How many may come out of a file of which that many were read. */
static inline uint64_t warc_members_most(uint64_t in)
{
	return MEMBERS_FLOOR + in * MEMBERS_RATIO;
}

/* Whether a file begins like a WARC or an ARC, packed or not. */
bool warc_members_are(struct slice prefix);

/* Begins at the start of raw's stream.  To be released after failures too. */
int warc_members_open(struct warc_members *members, struct lines *raw,
                 struct ns_error *err);
void warc_members_release(struct warc_members *members);

/* Goes on behind a border or a fault; where nothing more is found the state is
 * MEMBERS_ENDED. */
int warc_members_resume(struct warc_members *members, struct ns_error *err);

#endif
