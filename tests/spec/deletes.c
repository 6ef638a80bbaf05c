#include "tests/spec/deletes.h"

#include <string.h>

#include "tests/spec/file.h"

static void deaths_check(const struct segment *seg, uint32_t n_dead)
{
	uint32_t n = 0;
	for (uint64_t i = 0; i < seg->dead.size * 8; i++) {
		bool is = bit_of(seg->dead, i);
		must(i < seg->doc_count || !is, "only docs are dead");
		n += is;
	}
	must(n == n_dead, "number of the dead");
}

void deletes_read(struct segment *seg, const char *dir,
                  const struct manifest_row *row)
{
	char name[32];
	uint8_t hash[16];
	if (!row->n_dead) {
		must(!row->deletes_crc &&
		     !memcmp(row->deletes, "\0\0\0\0\0\0\0", 8),
		     "no deletes where nothing is dead");
		return;
	}
	content_name(name, "del", row->deletes);
	struct bytes file = file_read(dir, name);
	uint64_t size = (seg->doc_count + 63ull) / 64 * 8;
	must(file.size == 44 + size, "size of deletes");
	content_hash(file, hash);
	must(!memcmp(hash, row->deletes, 8), "name of deletes");
	struct in in = in_of(file, 0, "deletes");
	opening_check(&in, 'D');
	must(u32(&in) == seg->doc_count, "doc_count of deletes");
	must(!memcmp(take(&in, 16), row->id, 16), "deletes are of this segment");
	must(u32(&in) == row->n_dead, "n_dead of deletes");
	zeros(&in, 4);
	seg->dead = (struct bytes){take(&in, size), size};
	uint32_t crc = u32(&in);
	must(crc == row->deletes_crc && crc == crc32c(file.at, file.size - 4),
	     "CRC of deletes");
	deaths_check(seg, row->n_dead);
}
