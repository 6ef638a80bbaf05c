#include "form/json_escapes.h"

enum { ESCAPE = 6 }; /* bytes of \uXXXX */

static bool read_unit(const uint8_t *data, size_t n, uint32_t *out)
{
	if (n < ESCAPE || data[0] != '\\' || data[1] != 'u')
		return false;
	*out = 0;
	for (size_t i = 2; i < ESCAPE; i++) {
		uint32_t digit = (uint32_t)data[i] - '0';
		if (digit > 9) {
			digit = ((uint32_t)data[i] | 0x20) - 'a';
			if (digit > 5)
				return false;
			digit += 10;
		}
		*out = *out << 4 | digit;
	}
	return true;
}

static bool is_high(uint32_t unit)
{
	return (unit & 0xFC00) == 0xD800;
}

static bool is_low(uint32_t unit)
{
	return (unit & 0xFC00) == 0xDC00;
}

uint32_t json_escapes_mend(uint8_t *line, size_t n)
{
	uint32_t mended = 0, unit, second;
	size_t i = 0;
	while (i < n) {
		const uint8_t *backslash = memchr(line + i, '\\', n - i);
		if (!backslash)
			break;
		i = (size_t)(backslash - line);
		if (!read_unit(line + i, n - i, &unit)) {
			i += 2; /* the escaped character may be a backslash */
			continue;
		}
		if (is_high(unit) && n - i >= 2 * ESCAPE &&
		    read_unit(line + i + ESCAPE, ESCAPE, &second) &&
		    is_low(second)) {
			i += 2 * ESCAPE;
			continue;
		}
		if (!unit || is_high(unit) || is_low(unit)) {
			memcpy(line + i, "\\ufffd", ESCAPE);
			mended++;
		}
		i += ESCAPE;
	}
	return mended;
}

uint32_t json_nan_mend(uint8_t *line, size_t n)
{
	uint32_t mended = 0;
	bool string = false;
	for (size_t i = 0; i < n; i++) {
		if (string && line[i] == '\\') {
			i++;
		} else if (line[i] == '"') {
			string = !string;
		} else if (!string && n - i >= 3 && !memcmp(line + i, "NaN", 3)) {
			memcpy(line + i, "\"\" ", 3);
			i += 2;
			mended++;
		}
	}
	return mended;
}
