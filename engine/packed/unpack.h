/* unpack.h — what is in files that are packed?
 *
 *     news.tar.gz            a layer, an archive
 *       2017/a.html          a member: read as a file of that name would be
 *       2017/b.zip           an archive in an archive: the second packing
 *         c.txt.gz           the third: refused, "packed too deep"
 *
 * A layer and the archive below it are one packing; UNPACK_DEPTH of them are taken
 * off.  `source` of an article is news.tar.gz/2017/a.html:1 in a member, and
 * a.jsonl.gz:12 in a layer alone, whose content is taken for a file a.jsonl.
 *
 * A member that is no text is passed over, also where its archive was named.  The
 * report counts members as files, archives and layers not.
 *
 * Damage ends a packing: what came before it is used, then it is told once, at the
 * member where it was met.
 */
#ifndef NS_PACKED_UNPACK_H
#define NS_PACKED_UNPACK_H

#include "source/outlet.h"
#include "packed/packed.h"
#include "packed/packing.h"

enum { UNPACK_DEPTH = 2, UNPACK_STAGES = 2 * UNPACK_DEPTH };

/* What is read: a file, or what came out of one. */
struct unpack_item {
	const char *path;    /* for people */
	const char *name;    /* for `source` */
	const char *sniffed; /* what its form may be told by */
	bool named;          /* it was, not found in a folder or an archive */
	int depth;           /* how many packings are off */
	int stage;           /* how many streams it has come through */
	bool layered;        /* it came out of a layer */
	bool record;         /* it came out of a record of a file (nest.h) */
	const char *charset; /* that was declared for it, or NULL */
};

struct unpack {
	struct outlet *outlet;
	/* reads what came out */
	int (*read)(void *context, struct stream *stream,
	            const struct unpack_item *item, struct ns_error *err);
	void *context;
	struct packed_meter meter;
	uint8_t *block; /* for places in the outermost file, or NULL */
};

void unpack_release(struct unpack *unpack);

/* Before each outermost file. */
void unpack_start(struct unpack *unpack, const struct stream *stream);

/* Reads an item that is packed so, of which nothing was taken from lines. */
int unpack_read(struct unpack *unpack, const struct packing *packing,
                struct lines *lines, const struct unpack_item *item,
                struct ns_error *err);

#endif
