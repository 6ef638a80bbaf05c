#include "form/csv_header.h"

#include "base/ascii.h"
#include "base/white.h"

#include <limits.h>

enum { NAMES_SHOWN = 20, NAME_SHOWN = 40 };

/* Takes the first cell off a line, whose data is NULL behind the last.  Quotes stay
 * but at its ends. */
static struct slice take_cell(struct slice *line, uint8_t delimiter)
{
	size_t n = 0;
	bool quoted = line->len && line->data[0] == '"';
	for (bool within = quoted; n < line->len; n++) {
		if (n && line->data[n] == '"')
			within = quoted && !within;
		if (!within && line->data[n] == delimiter)
			break;
	}
	struct slice cell = white_trim(slice_of(line->data, n));
	*line = n < line->len
		? slice_from(*line, n + 1)
		: slice_of(NULL, 0);
	if (quoted && cell.len > 1 && cell.data[cell.len - 1] == '"')
		cell = white_trim(slice_of(cell.data + 1, cell.len - 2));
	return cell;
}

static bool is_mapped(const struct field_map *map, struct slice name)
{
	for (int i = 0; map && i < FIELDS; i++)
		if (map->names[i].len && field_same(map->names[i], name))
			return true;
	return false;
}

/* The column, from 1, that this name of a map means where there is no header. */
static size_t number_of(struct slice name)
{
	size_t number = 0;
	for (size_t i = 0; i < name.len; i++) {
		if (!ascii_digit(name.data[i]) || number > CSV_COLUMNS)
			return 0;
		number = number * 10 + (size_t)(name.data[i] - '0');
	}
	return number;
}

/* Whether the map has numbers alone. */
static bool is_numbers(const struct field_map *map)
{
	size_t n = 0;
	for (int f = 0; map && f < FIELDS; f++) {
		if (map->names[f].len && !number_of(map->names[f]))
			return false;
		n += map->names[f].len > 0;
	}
	return n > 0;
}

static int rank_of(const struct csv *csv, enum field field, struct slice name,
                   const struct field_map *map)
{
	if (csv->headless)
		return map->names[field].len && csv->columns ==
		       number_of(map->names[field]) ? 0 : -1;
	if (map && map->names[field].len)
		return field_same(map->names[field], name) ? 0 : -1;
	return is_mapped(map, name) ? -1 : field_rank(field, name);
}

/* Fills csv->parts and columns; a bit for each part that was found. */
static unsigned assign(struct csv *csv, struct slice line, uint8_t delimiter,
                       const struct field_map *map)
{
	int best[FIELDS];
	size_t where[FIELDS];
	unsigned found = 0;
	for (int f = 0; f < FIELDS; f++)
		best[f] = INT_MAX;
	csv->columns = 0;
	while (line.data) {
		struct slice name = take_cell(&line, delimiter);
		size_t i = csv->columns++;
		if (i >= CSV_COLUMNS)
			continue;
		csv->parts[i] = FIELDS;
		for (int f = 0; f < FIELDS; f++) {
			int rank = rank_of(csv, (enum field)f, name, map);
			if (rank < 0 || rank >= best[f])
				continue;
			best[f] = rank;
			where[f] = i;
			found |= 1u << f;
		}
	}
	for (int f = 0; f < FIELDS; f++)
		if (found & 1u << f)
			csv->parts[where[f]] = (uint8_t)f;
	csv->delimiter = delimiter;
	return found;
}

static uint8_t find_delimiter(struct csv *csv, struct slice line,
                              const struct field_map *map)
{
	static const uint8_t delimiters[] = {',', ';', '\t', '|'};
	uint8_t best = 0;
	int most = -1;
	size_t cells = 0;
	for (size_t i = 0; i < ARRAY_LEN(delimiters); i++) {
		int parts = __builtin_popcount(assign(csv, line, delimiters[i],
		                                      map));
		if (parts < most || (parts == most && csv->columns <= cells))
			continue;
		most = parts;
		cells = csv->columns;
		best = delimiters[i];
	}
	return best;
}

bool csv_header_is(struct slice prefix, uint8_t *delimiter)
{
	const unsigned title = 1u << FIELD_TITLE, body = 1u << FIELD_BODY;
	struct csv csv = {.headless = false};
	prefix = white_trim_start(prefix);
	const uint8_t *end = prefix.len ? memchr(prefix.data, '\n', prefix.len)
	                                : NULL;
	if (!end)
		return false;
	struct slice line = slice_of(prefix.data, (size_t)(end - prefix.data));
	*delimiter = find_delimiter(&csv, line, NULL);
	unsigned found = assign(&csv, line, *delimiter, NULL);
	bool both = (found & title) && (found & body);
	if (!both && (!(found & (title | body)) || __builtin_popcount(found) < 3))
		return false;
	while (line.data)
		if (take_cell(&line, *delimiter).len > NAME_SHOWN)
			return false;
	return memchr(end, *delimiter, prefix.len - (size_t)(end - prefix.data));
}

static void list_columns(struct buffer *out, struct slice line,
                         uint8_t delimiter, size_t columns)
{
	for (size_t i = 0; i < min_size(columns, NAMES_SHOWN); i++) {
		struct slice name = take_cell(&line, delimiter);
		buffer_text(out, i ? ", " : "");
		buffer_append(out, name.data, min_size(name.len, NAME_SHOWN));
	}
	if (columns > NAMES_SHOWN)
		buffer_printf(out, " and %zu more", columns - NAMES_SHOWN);
}

/* The first part that --map finds in a column which is not there; FIELDS: none. */
static int missing(const struct field_map *map, unsigned found)
{
	for (int f = 0; map && f < FIELDS; f++)
		if (map->names[f].len && !(found & 1u << f))
			return f;
	return FIELDS;
}

int csv_header_read(struct csv *csv, struct slice line, uint8_t delimiter,
                    const struct field_map *map, const char **why,
                    struct ns_error *err)
{
	const unsigned text = 1u << FIELD_TITLE | 1u << FIELD_BODY;
	csv->headless = false;
	uint8_t parts = delimiter ? delimiter : find_delimiter(csv, line, map);
	unsigned found = assign(csv, line, parts, map);
	if (missing(map, found) != FIELDS && is_numbers(map)) {
		csv->headless = true;
		parts = delimiter ? delimiter : find_delimiter(csv, line, map);
		found = assign(csv, line, parts, map);
	}
	int absent = missing(map, found);
	*why = NULL;
	if (found & text && absent == FIELDS)
		return NS_OK;
	buffer_clear(&csv->reason);
	if (absent != FIELDS)
		buffer_printf(&csv->reason, "no \"%.*s\" among ",
		              (int)min_size(map->names[absent].len, NAME_SHOWN),
		              (const char *)map->names[absent].data);
	else
		buffer_text(&csv->reason, "no title and no body among ");
	list_columns(&csv->reason, line, parts, csv->columns);
	if (absent == FIELDS)
		buffer_text(&csv->reason, "; --map title=NAME,body=NAME says "
		            "which they are, title=1,body=2 where there is no "
		            "header");
	buffer_byte(&csv->reason, '\0');
	*why = (const char *)csv->reason.data;
	return buffer_check(&csv->reason, err);
}
