#include "packed/packed.h"

#include <errno.h>

int packed_count(struct packed_meter *meter, int stage, uint64_t n,
                 struct ns_error *err)
{
	uint64_t in = meter->in;
	if (meter->size)
		in = min_u64(in, meter->size);
	meter->out[stage] += n;
	if (in > (UINT64_MAX - PACKED_FLOOR) / PACKED_RATIO ||
	    meter->out[stage] <= PACKED_FLOOR + PACKED_RATIO * in)
		return NS_OK;
	return err_set(err, NS_E_LIMIT, "%llu bytes become more than %d MiB and "
	               "%d times that", (unsigned long long)in,
	               PACKED_FLOOR >> 20, PACKED_RATIO);
}

static int next_at(struct packed *packed, struct slice *out)
{
	size_t got;
	TRY(packed->at->read_at(packed->at, packed->block, PACKED_BLOCK,
	                        packed->position, &got, &packed->err));
	packed->position += got;
	*out = slice_of(packed->block, got);
	return NS_OK;
}

int packed_next(struct packed *packed, struct slice *out)
{
	*out = slice_of(NULL, 0);
	if (packed->status != NS_OK)
		return packed->status;
	if (!packed->most)
		return packed->status = err_set(&packed->err, NS_E_LIMIT,
			"a header of a member is too large");
	packed->status = packed->at ? next_at(packed, out)
		: lines_take(packed->lines, PACKED_BLOCK, out, &packed->err);
	packed->most -= min_u64(packed->most, out->len);
	if (packed->status == NS_OK && !packed->stage)
		packed->meter->in += out->len;
	return packed->status;
}

/* ---- what libarchive calls --------------------------------------------------- */

static la_ssize_t on_read(struct archive *archive, void *context,
                          const void **data)
{
	struct packed *packed = context;
	struct slice next;
	if (packed_next(packed, &next) != NS_OK) {
		archive_set_error(archive, EIO, "%s", packed->err.message);
		return ARCHIVE_FATAL;
	}
	*data = next.data;
	return (la_ssize_t)next.len;
}

/* Never behind the end: what is cut off must be missed there. */
static la_int64_t on_skip(struct archive *archive, void *context,
                          la_int64_t n)
{
	struct packed *packed = context;
	(void)archive;
	if (!packed->at || n <= 0 || packed->position >= packed->at->size)
		return 0;
	uint64_t skipped = min_u64((uint64_t)n,
	                           packed->at->size - packed->position);
	packed->position += skipped;
	packed->meter->in += skipped;
	return (la_int64_t)skipped;
}

static la_int64_t on_seek(struct archive *archive, void *context,
                          la_int64_t offset, int whence)
{
	struct packed *packed = context;
	la_int64_t from = whence == SEEK_SET ? 0
		: whence == SEEK_CUR ? (la_int64_t)packed->position
		: (la_int64_t)packed->at->size;
	la_int64_t to;
	if (__builtin_add_overflow(from, offset, &to) || to < 0) {
		archive_set_error(archive, EINVAL, "a place before the start");
		return ARCHIVE_FATAL;
	}
	packed->position = (uint64_t)to;
	return to;
}

int packed_open(struct packed *packed, struct archive *archive)
{
	archive_read_set_read_callback(archive, on_read);
	if (packed->at) {
		archive_read_set_skip_callback(archive, on_skip);
		archive_read_set_seek_callback(archive, on_seek);
	}
	int code = archive_read_set_callback_data(archive, packed);
	return code == ARCHIVE_OK ? archive_read_open1(archive) : code;
}

/* ---- what libarchive gives --------------------------------------------------- */

static int next_block(struct packed_data *data)
{
	const void *block = NULL;
	size_t n = 0;
	la_int64_t start = 0;
	int code = archive_read_data_block(data->archive, &block, &n, &start);
	if (code != ARCHIVE_OK)
		return code;
	if (start < 0 || (uint64_t)start < data->given) {
		archive_set_error(data->archive, EINVAL,
		                  "parts of a file in no order");
		return ARCHIVE_FATAL;
	}
	data->block = block;
	data->left = n;
	data->start = (uint64_t)start;
	return ARCHIVE_OK;
}

int packed_data_read(struct packed_data *data, void *to, size_t n, size_t *got)
{
	uint8_t *out = to;
	*got = 0;
	while (*got < n) {
		size_t room = n - *got, some;
		if (data->given < data->start) {
			some = (size_t)min_u64(data->start - data->given, room);
			memset(out + *got, 0, some);
		} else if (data->left) {
			some = min_size(data->left, room);
			memcpy(out + *got, data->block, some);
			data->block += some;
			data->left -= some;
		} else {
			int code = next_block(data);
			if (code == ARCHIVE_EOF)
				return ARCHIVE_OK;
			if (code != ARCHIVE_OK)
				return code;
			continue;
		}
		data->given += some;
		*got += some;
	}
	return ARCHIVE_OK;
}
