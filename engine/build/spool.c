#include "build/spool.h"

#include <errno.h>

/* They have no names, but were made as tmp-… of the index's folder. */
static const char place[] = "tmp-… of the index";

/* What an append passes on to the file at a time. */
enum { PIECE = 1 << 18 };

void spool_init(struct spool *spool, struct spool_maker *maker, size_t most)
{
	*spool = (struct spool){.maker = maker, .most = most, .file = -1};
	buffer_init(&spool->memory, SIZE_MAX);
}

int spool_damaged(struct ns_error *err)
{
	return err_corrupt(err, place, -1, "is damaged");
}

void spool_release(struct spool *spool)
{
	buffer_release(&spool->memory);
	io_close(&spool->file);
}

static int make_file(struct spool *spool, struct ns_error *err)
{
	struct spool_maker *maker = spool->maker;
	struct commit_file file;
	pthread_mutex_lock(&maker->lock);
	int status = commit_create_file(maker->commit, &file, err);
	if (status == NS_OK &&
	    io_table()->unlink(maker->commit->dir, file.name) != 0) {
		status = err_io(err, file.name, "unlink");
		commit_drop_file(maker->commit, &file);
	}
	pthread_mutex_unlock(&maker->lock);
	if (status == NS_OK)
		spool->file = file.file;
	return status;
}

static int write_out(struct spool *spool, const void *data, size_t n,
                     struct ns_error *err)
{
	TRY(io_write(spool->file, data, n, place, err));
	spool->written += n;
	return NS_OK;
}

/* From now on memory holds a piece at most. */
int spool_spill(struct spool *spool, struct ns_error *err)
{
	if (spool->file < 0)
		TRY(make_file(spool, err));
	TRY(write_out(spool, spool->memory.data, spool->memory.len, err));
	if (spool->memory.capacity > 2 * PIECE)
		buffer_release(&spool->memory);
	else
		buffer_clear(&spool->memory);
	return NS_OK;
}

int spool_append(struct spool *spool, const void *data, size_t n,
                 struct ns_error *err)
{
	size_t most = spool->file < 0 ? spool->most : PIECE;
	if (spool->memory.len + n > most) {
		TRY(spool_spill(spool, err));
		if (n >= PIECE)
			return write_out(spool, data, n, err);
	}
	buffer_append(&spool->memory, data, n);
	return buffer_check(&spool->memory, err);
}

int spool_end(struct spool *spool, struct ns_error *err)
{
	if (spool->file < 0)
		return NS_OK;
	TRY(spool_spill(spool, err));
	buffer_release(&spool->memory);
	return NS_OK;
}

int spool_read_at(const struct spool *spool, uint64_t offset, void *data,
                  size_t n, struct ns_error *err)
{
	uint8_t *to = data;
	if (offset < spool->written) {
		size_t part = (size_t)min_u64(n, spool->written - offset);
		TRY(io_read_at(spool->file, to, part, offset, place, err));
		to += part;
		offset += part;
		n -= part;
	}
	if (n)
		memcpy(to, spool->memory.data + (offset - spool->written), n);
	return NS_OK;
}

/* ---- reading in order ------------------------------------------------------ */

void spool_read(struct spool_reader *reader, const struct spool *spool,
                uint64_t from, uint64_t to, size_t window_size,
                struct ns_error *err)
{
	static const uint8_t nothing[1];
	*reader = (struct spool_reader){
		.next = nothing, .end = nothing, .behind = from, .limit = to,
		.spool = spool, .window_size = window_size, .err = err};
	buffer_init(&reader->window, SIZE_MAX);
	if (spool->file >= 0 || from == to)
		return;
	reader->next = spool->memory.data + from;
	reader->end = spool->memory.data + to;
	reader->behind = to;
}

void spool_reader_release(struct spool_reader *reader)
{
	buffer_release(&reader->window);
}

static void fail(struct spool_reader *reader, int status)
{
	reader->status = status;
	reader->behind = reader->limit;
	reader->next = reader->end;
}

void spool_reader_fill(struct spool_reader *reader, size_t n)
{
	struct buffer *window = &reader->window;
	size_t kept = (size_t)(reader->end - reader->next);
	if (kept >= n || reader->behind >= reader->limit)
		return;
	size_t wanted = n > reader->window_size ? n : reader->window_size;
	wanted = kept + (size_t)min_u64(wanted - kept,
	                                reader->limit - reader->behind);
	if (kept)
		memmove(window->data, reader->next, kept);
	window->len = 0;
	uint8_t *room = buffer_reserve(window, wanted);
	if (!room) {
		fail(reader, err_nomem(reader->err));
		return;
	}
	window->len = wanted;
	int status = io_read_at(reader->spool->file, room + kept,
	                        wanted - kept, reader->behind, place,
	                        reader->err);
	if (status != NS_OK) {
		fail(reader, status);
		return;
	}
	reader->behind += wanted - kept;
	reader->next = room;
	reader->end = room + wanted;
}

uint64_t spool_varint_slowly(struct spool_reader *reader)
{
	spool_reader_fill(reader, VARINT_MAX);
	uint64_t value = 0;
	for (unsigned shift = 0; shift < 64; shift += 7) {
		if (reader->next == reader->end) {
			if (reader->status == NS_OK)
				fail(reader, err_corrupt(reader->err, place, -1,
				                         "ends early"));
			return 0;
		}
		uint8_t byte = *reader->next++;
		value |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			break;
	}
	return value;
}

const uint8_t *spool_bytes(struct spool_reader *reader, size_t n)
{
	spool_reader_fill(reader, n);
	if ((size_t)(reader->end - reader->next) < n) {
		if (reader->status == NS_OK)
			fail(reader, err_corrupt(reader->err, place, -1,
			                         "ends early"));
		return NULL;
	}
	const uint8_t *bytes = reader->next;
	reader->next += n;
	return bytes;
}

void spool_skip(struct spool_reader *reader, uint64_t n)
{
	size_t here = (size_t)(reader->end - reader->next);
	if (n <= here) {
		reader->next += n;
		return;
	}
	reader->next = reader->end;
	reader->behind = min_u64(reader->behind + (n - here), reader->limit);
}
