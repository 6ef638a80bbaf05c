#include "source/stream.h"

#include <errno.h>

static int read_file(struct stream *stream, void *data, size_t n, size_t *got,
                     struct ns_error *err)
{
	struct stream_file *file = (struct stream_file *)stream;
	*got = 0;
	TRY(io_read(file->file, data, n, got, file->place, err));
	file->bytes += *got;
	return NS_OK;
}

/* Some bytes; none at the end. */
static int read_file_at(struct stream *stream, void *data, size_t n,
                        uint64_t offset, size_t *got, struct ns_error *err)
{
	struct stream_file *file = (struct stream_file *)stream;
	ssize_t result;
	*got = 0;
	do
		result = io_table()->pread(file->file, data, n, (off_t)offset);
	while (result < 0 && errno == EINTR);
	if (result < 0)
		return err_io(err, file->place, "read");
	*got = (size_t)result;
	/* parts of it may be read more than once */
	file->bytes = min_u64(file->bytes + *got, stream->size);
	return NS_OK;
}

void stream_file_init(struct stream_file *out, int file, const char *place,
                      uint64_t size)
{
	*out = (struct stream_file){
		.stream = {.read = read_file, .why = SOURCE_UNREADABLE,
		           .read_at = size ? read_file_at : NULL, .size = size},
		.file = file, .place = place,
	};
}
