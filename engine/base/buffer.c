#include "base/mem.h"
#include "base/varint.h"

#include <stdarg.h>

void buffer_init(struct buffer *buffer, size_t max)
{
	*buffer = (struct buffer){.max = max};
}

void buffer_release(struct buffer *buffer)
{
	mem_free(buffer->data);
	buffer_init(buffer, buffer->max);
}

void buffer_clear(struct buffer *buffer)
{
	buffer->len = 0;
	buffer->status = NS_OK;
}

uint8_t *buffer_reserve(struct buffer *buffer, size_t n)
{
	if (buffer->status != NS_OK)
		return NULL;
	if (n > buffer->max - buffer->len) {
		buffer->status = NS_E_LIMIT;
		return NULL;
	}
	size_t needed = buffer->len + n;
	if (needed > buffer->capacity || !buffer->data) {
		size_t wanted = buffer->capacity < 64 ? 64 : buffer->capacity;
		while (wanted < needed)
			wanted = wanted > SIZE_MAX / 2 ? needed : wanted * 2;
		if (wanted > buffer->max && buffer->max >= needed)
			wanted = buffer->max;
		uint8_t *grown = mem_resize(buffer->data, wanted);
		if (!grown) {
			buffer->status = NS_E_NOMEM;
			return NULL;
		}
		buffer->data = grown;
		buffer->capacity = wanted;
	}
	return buffer->data + buffer->len;
}

void buffer_append(struct buffer *buffer, const void *data, size_t n)
{
	uint8_t *room = buffer_reserve(buffer, n);
	if (room && n) {
		memcpy(room, data, n);
		buffer->len += n;
	}
}

void buffer_byte(struct buffer *buffer, uint8_t byte)
{
	buffer_append(buffer, &byte, 1);
}

void buffer_zeros(struct buffer *buffer, size_t n)
{
	uint8_t *room = buffer_reserve(buffer, n);
	if (room && n) {
		memset(room, 0, n);
		buffer->len += n;
	}
}

void buffer_u16(struct buffer *buffer, uint16_t value)
{
	uint8_t bytes[2];
	store_u16(bytes, value);
	buffer_append(buffer, bytes, sizeof bytes);
}

void buffer_u32(struct buffer *buffer, uint32_t value)
{
	uint8_t bytes[4];
	store_u32(bytes, value);
	buffer_append(buffer, bytes, sizeof bytes);
}

void buffer_u64(struct buffer *buffer, uint64_t value)
{
	uint8_t bytes[8];
	store_u64(bytes, value);
	buffer_append(buffer, bytes, sizeof bytes);
}

void buffer_varint(struct buffer *buffer, uint64_t value)
{
	uint8_t bytes[VARINT_MAX];
	buffer_append(buffer, bytes, varint_put(bytes, value));
}

void buffer_text(struct buffer *buffer, const char *string)
{
	buffer_append(buffer, string, strlen(string));
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	if (n >= 0) {
		/* room for the NUL byte that vsnprintf writes */
		uint8_t *room = buffer_reserve(buffer, (size_t)n + 1);
		if (room) {
			vsnprintf((char *)room, (size_t)n + 1, format, again);
			buffer->len += (size_t)n;
		}
	}
	va_end(again);
	va_end(args);
}

int buffer_check(const struct buffer *buffer, struct ns_error *err)
{
	if (buffer->status == NS_E_NOMEM)
		return err_nomem(err);
	if (buffer->status != NS_OK)
		return err_set(err, buffer->status,
		               "more than %zu bytes in one piece", buffer->max);
	return NS_OK;
}
