#include "tools/numbers.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

char *number_grouped(char out[NUMBER_SIZE], uint64_t value)
{
	char digits[NUMBER_SIZE];
	int n = snprintf(digits, sizeof digits, "%" PRIu64, value);
	char *to = out;
	for (int i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			*to++ = ',';
		*to++ = digits[i];
	}
	*to = '\0';
	return out;
}

char *number_fixed(char out[NUMBER_SIZE], double value, unsigned decimals)
{
	uint64_t unit = 1;
	for (unsigned i = 0; i < decimals; i++)
		unit *= 10;
	/* also turns what is no number into 0 */
	double scaled = value > 0 ? value * (double)unit : 0;
	if (scaled > 1e18)
		scaled = 1e18;
	uint64_t whole = (uint64_t)floor(scaled);
	whole += scaled - floor(scaled) >= 0.5;
	if (!decimals)
		snprintf(out, NUMBER_SIZE, "%" PRIu64, whole);
	else
		snprintf(out, NUMBER_SIZE, "%" PRIu64 ".%0*" PRIu64,
		         whole / unit, (int)decimals, whole % unit);
	return out;
}

char *number_size(char out[NUMBER_SIZE], uint64_t bytes)
{
	static const char *const units[] = {"KiB", "MiB", "GiB", "TiB",
	                                    "PiB", "EiB"};
	if (bytes < 1024) {
		snprintf(out, NUMBER_SIZE, "%" PRIu64 " B", bytes);
		return out;
	}
	unsigned unit = 0;
	double value = (double)bytes / 1024;
	/* 1023.96 would be shown as 1024.0 */
	while (value >= 1023.95 && unit < 5) {
		value /= 1024;
		unit++;
	}
	char number[NUMBER_SIZE];
	number_fixed(number, value, 1);
	snprintf(out, NUMBER_SIZE, "%.20s %s", number, units[unit]);
	return out;
}

char *number_duration(char out[NUMBER_SIZE], double seconds)
{
	char number[NUMBER_SIZE];
	if (!(seconds > 0))
		seconds = 0;
	if (seconds < 59.95) {
		number_fixed(number, seconds, seconds < 9.995 ? 2 : 1);
		snprintf(out, NUMBER_SIZE, "%.20s s", number);
		return out;
	}
	uint64_t whole = seconds < 1e15 ? (uint64_t)(seconds + 0.5)
	                                : 1000000000000000u;
	if (whole < 3600)
		snprintf(out, NUMBER_SIZE, "%" PRIu64 " min %02u s", whole / 60,
		         (unsigned)(whole % 60));
	else
		snprintf(out, NUMBER_SIZE, "%" PRIu64 " h %02u min",
		         whole / 3600, (unsigned)(whole / 60 % 60));
	return out;
}

char *number_date(char out[NUMBER_SIZE], int64_t date, bool day_only)
{
	const int64_t least = -62135596800, most = 253402300799;
	time_t seconds = (time_t)date;
	struct tm tm;
	out[0] = '\0';
	if (date < least || date > most || !gmtime_r(&seconds, &tm))
		return out;
	int n = snprintf(out, NUMBER_SIZE, "%04d-%02d-%02d", tm.tm_year + 1900,
	                 tm.tm_mon + 1, tm.tm_mday);
	if (!day_only)
		snprintf(out + n, NUMBER_SIZE - (size_t)n,
		         "T%02d:%02d:%02dZ", tm.tm_hour, tm.tm_min, tm.tm_sec);
	return out;
}

static unsigned shift_of(char letter)
{
	switch (letter) {
	case 'k': case 'K': return 10;
	case 'm': case 'M': return 20;
	case 'g': case 'G': return 30;
	default: return 0;
	}
}

bool number_read(const char *text, bool size, uint64_t *out)
{
	uint64_t value = 0;
	const char *at = text;
	for (; *at >= '0' && *at <= '9'; at++) {
		uint64_t digit = (uint64_t)(*at - '0');
		if (value > (UINT64_MAX - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	if (at == text)
		return false;
	unsigned shift = size ? shift_of(*at) : 0;
	if (shift) {
		if (value > UINT64_MAX >> shift)
			return false;
		value <<= shift;
		at++;
	}
	*out = value;
	return !*at;
}
