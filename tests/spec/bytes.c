#include "tests/spec/bytes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void die(const char *format, ...)
{
	va_list list;
	va_start(list, format);
	fputs("spec_reader: ", stderr);
	vfprintf(stderr, format, list);
	fputc('\n', stderr);
	exit(1);
}

void must(bool fact, const char *what)
{
	if (!fact)
		die("not so: %s", what);
}

struct in in_of(struct bytes bytes, uint64_t offset, const char *what)
{
	must(offset <= bytes.size, what);
	return (struct in){bytes.at + offset, bytes.at + bytes.size, what};
}

const uint8_t *take(struct in *in, uint64_t n)
{
	if ((uint64_t)(in->end - in->at) < n)
		die("%s ends too early", in->what);
	in->at += n;
	return in->at - n;
}

uint64_t take_int(struct in *in, unsigned size)
{
	const uint8_t *bytes = take(in, size);
	uint64_t value = 0;
	for (unsigned i = 0; i < size; i++)
		value |= (uint64_t)bytes[i] << (8 * i);
	return value;
}

uint8_t u8(struct in *in) { return *take(in, 1); }

uint32_t u32(struct in *in) { return (uint32_t)take_int(in, 4); }

uint64_t u64(struct in *in) { return take_int(in, 8); }

void zeros(struct in *in, uint64_t n)
{
	for (const uint8_t *bytes = take(in, n); n; n--)
		must(!*bytes++, "bytes that must be zero are zero");
}

uint64_t varint(struct in *in)
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

struct bytes text(struct in *in)
{
	uint64_t size = varint(in);
	return (struct bytes){take(in, size), size};
}

void bits(struct in *in, size_t n, unsigned width, uint64_t *out)
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

unsigned width_of(const uint64_t *values, size_t n)
{
	unsigned width = 0;
	for (size_t i = 0; i < n; i++)
		while (width < 64 && values[i] >> width)
			width++;
	return width;
}

void *room(size_t n, size_t size)
{
	void *block = calloc(n + 1, size);
	must(block, "there is memory");
	return block;
}

bool bit_of(struct bytes bitmap, uint64_t i)
{
	return i / 8 < bitmap.size && bitmap.at[i / 8] >> i % 8 & 1;
}
