#include "answer/digits.h"

#include <inttypes.h>
#include <time.h>

#include "format/columns.h"

void digits_grouped(struct buffer *out, uint64_t value)
{
	char digits[24];
	int n = snprintf(digits, sizeof digits, "%" PRIu64, value);
	for (int i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			buffer_byte(out, ',');
		buffer_byte(out, (uint8_t)digits[i]);
	}
}

void digits_score(struct buffer *out, uint32_t units, unsigned shift)
{
	const uint64_t one = 10000000;
	ASSERT_REL(shift, <, 32);
	unsigned __int128 scaled = ((unsigned __int128)units << shift) * one;
	uint64_t value = (uint64_t)((scaled + (1u << 19)) >> 20);
	buffer_printf(out, "%" PRIu64 ".%07" PRIu64, value / one, value % one);
}

void digits_percent(struct buffer *out, uint64_t part, uint64_t whole)
{
	uint64_t tenths = whole ? (uint64_t)(
		((unsigned __int128)part * 2000 + whole) / 2 / whole) : 0;
	buffer_printf(out, "%" PRIu64 ".%" PRIu64, tenths / 10, tenths % 10);
}

void digits_date(struct buffer *out, int64_t date, bool is_day)
{
	time_t seconds = (time_t)date;
	struct tm tm;
	if (date < DATE_LEAST || date > DATE_MOST || !gmtime_r(&seconds, &tm))
		return;
	buffer_printf(out, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
	              tm.tm_mday);
	if (!is_day)
		buffer_printf(out, "T%02d:%02d:%02dZ", tm.tm_hour, tm.tm_min,
		              tm.tm_sec);
}
