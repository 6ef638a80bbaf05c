#include "tests/spec/file.h"

#include <stdio.h>
#include <string.h>

#include <xxhash.h>

struct bytes file_read(const char *dir, const char *name)
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

uint32_t crc32c(const uint8_t *bytes, size_t n)
{
	uint32_t crc = UINT32_MAX;
	while (n--) {
		crc ^= *bytes++;
		for (int i = 0; i < 8; i++)
			crc = crc >> 1 ^ (crc & 1 ? 0x82F63B78 : 0);
	}
	return ~crc;
}

/* The name of a file that is called after 8 bytes. */
void content_name(char name[32], const char *kind, const uint8_t *id)
{
	int end = sprintf(name, "%s-", kind);
	for (int k = 0; k < 8; k++)
		end += sprintf(name + end, "%02x", id[k]);
}

void content_hash(struct bytes bytes, uint8_t out[16])
{
	XXH128_canonical_t hash;
	XXH128_canonicalFromHash(&hash, XXH3_128bits(bytes.at, bytes.size));
	memcpy(out, hash.digest, sizeof hash.digest);
}

void opening_check(struct in *in, char kind)
{
	const char magic[8] = {'\x89', 'N', 'S', kind, '\r', '\n', '\x1a', '\n'};
	must(!memcmp(take(in, 8), magic, 8), "magic number");
	must(take_int(in, 2) == 5, "major version is 5");
	take_int(in, 2);
}
