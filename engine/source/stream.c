#include "source/stream.h"

static int read_file(struct stream *stream, void *data, size_t n, size_t *got,
                     struct ns_error *err)
{
	struct stream_file *file = (struct stream_file *)stream;
	TRY(io_read(file->file, data, n, got, file->place, err));
	file->bytes += *got;
	return NS_OK;
}

void stream_file_init(struct stream_file *out, int file, const char *place)
{
	*out = (struct stream_file){
		.stream = {.read = read_file, .why = SOURCE_UNREADABLE},
		.file = file, .place = place,
	};
}
