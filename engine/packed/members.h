/* members.h — which files are in this archive?
 *
 * In the archive's order, each as a stream; nothing is ever written to disk, and a
 * name in an archive is never used as a path.  As in a walk of folders (walk.h),
 * hidden names are left out without a word, folders say nothing, and links and
 * devices are passed over.  What else is in a folder may stand anywhere in an archive:
 * a hidden folder above cur/ or new/ is taken for one of a maildir.
 *
 * A name in a zip that is not said to be UTF-8, nor is it, is in code page 437, as the
 * format has it: names stay apart, and Western ones are right but for letters that only
 * other pages have.  Of 300 Western names each, written in page 437 all came back, in
 * 850 four of five.  Asking libuchardet for other pages would set right a third of
 * short names in Japanese or Korean (107 and 106 of 300), a fifth in Chinese (62) and
 * none in Russian, and leave the files of one zip named in two ways: rejected.
 *
 * tar and cpio are read front to back.  7z needs its end first, and a zip says
 * there which of its members count: where places in the file can be read, they
 * are.  A zip whose table of members is over MEMBERS_TABLE bytes is read front to
 * back, since libarchive holds the table as some four times its size.
 *
 * What libarchive 3.6.2 holds beside that is small but for two that it does not
 * bound: the dictionary of a 7z (up to 4 GiB, used as far as bytes have come out,
 * which packed.h bounds) and of members of a zip in other methods than deflate and
 * bzip2, which are refused.
 */
#ifndef NS_PACKED_MEMBERS_H
#define NS_PACKED_MEMBERS_H

#include "packed/packed.h"
#include "packed/packing.h"

enum {
	MEMBERS_MAX = 16 << 20,   /* of one archive */
	MEMBERS_TABLE = 8 << 20,
	MEMBER_NAME_MAX = 4096
};

/* What is not NS_OK ends the reading. */
struct members_handler {
	void *context;
	int (*member)(void *context, const char *name, struct stream *stream,
	              struct ns_error *err);
	int (*skip)(void *context, const char *name,
	            enum source_event_kind kind, enum source_reason why,
	            const char *detail, struct ns_error *err);
};

/* What an archive could not give. */
struct members_fault {
	enum source_reason why;
	char reason[320]; /* empty: none, or it was told with a member */
};

/* Faults of the archive end it and are put into *fault.  Errors: of the handler,
 * of packed, NS_E_NOMEM. */
int members_read(struct packed *packed, const struct packing *packing,
                 const struct members_handler *handler,
                 struct members_fault *fault, struct ns_error *err);

#endif
