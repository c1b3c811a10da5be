// SPDX-License-Identifier: MIT
/*
 * A picture of a page: a row for each byte, a box for each field.
 */
#include <stdio.h>
#include <string.h>

#include "cli.h"

/* With a subpage code, and a longer length. */
#define SUBPAGE_HEADER_LENGTH	4

#define BOX	9	/* columns for each bit, with the line before it */
#define LINE	(8 * BOX + 1)

/* Whose a bit is: nobody's, of the header, or from FIRST_FIELD on of a field. */
enum owner { NOBODY, SAVEABLE, FORMAT, CODE, LENGTH, FIRST_FIELD };

struct picture {
	const uint8_t *data;
	size_t size;
	const uint8_t *changeable;	/* as many bytes; NULL: not known */
	const struct libmodepages_fields *fields;
	unsigned short owners[PAGE_ROOM * 8];
};

static const char *owner_name(const struct picture *picture, unsigned int owner)
{
	static const char * const names[] = {
		[NOBODY] = "", [SAVEABLE] = "PS", [FORMAT] = "SPF",
		[CODE] = "page", [LENGTH] = "length",
	};

	if (owner < FIRST_FIELD)
		return names[owner];
	return libmodepages_field_get_acronym(
		libmodepages_fields_get_field(picture->fields,
					      owner - FIRST_FIELD));
}

static void find_owners(struct picture *picture)
{
	size_t i, bit;

	memset(picture->owners, 0, sizeof(picture->owners));
	picture->owners[0] = SAVEABLE;
	picture->owners[1] = FORMAT;
	for (bit = 2; bit < 8; bit++)
		picture->owners[bit] = CODE;
	/* Of a page with a longer header no field is known, nor is that shown. */
	for (bit = 8; bit < 16 && !(picture->data[0] & SUBPAGE_FORMAT); bit++)
		picture->owners[bit] = LENGTH;
	for (i = 0; i < libmodepages_fields_get_count(picture->fields); i++) {
		const struct libmodepages_field *field =
			libmodepages_fields_get_field(picture->fields, i);
		size_t first = libmodepages_field_get_byte(field) * 8 + 7 -
			       libmodepages_field_get_bit(field);
		size_t width = libmodepages_field_get_width(field);

		for (bit = first; bit < first + width; bit++)
			picture->owners[bit] = FIRST_FIELD + i;
	}
}

/* Does the bit belong to another owner than the one to the left, or above? */
static bool is_edge(const struct picture *picture, size_t bit, size_t other)
{
	return picture->owners[bit] != picture->owners[other];
}

static bool has_left_edge(const struct picture *picture, size_t byte,
			  unsigned int column)
{
	return !column || column == 8 ||
	       is_edge(picture, byte * 8 + column, byte * 8 + column - 1);
}

static bool has_top_edge(const struct picture *picture, size_t byte,
			 unsigned int column)
{
	return !byte || byte == picture->size ||
	       is_edge(picture, byte * 8 + column, byte * 8 + column - 8);
}

static void print_line(const char *label, char *line)
{
	size_t end = LINE;

	while (end && line[end - 1] == ' ')
		end--;
	printf("%6s %.*s\n", label, (int)end, line);
}

/* The lines above a byte; nothing where each field goes on. */
static void print_edge(const struct picture *picture, size_t byte)
{
	char line[LINE];
	unsigned int column;
	bool some = false;

	memset(line, ' ', sizeof(line));
	for (column = 0; column < 8; column++) {
		bool left = byte < picture->size &&
			    has_left_edge(picture, byte, column);

		if (has_top_edge(picture, byte, column)) {
			memset(line + column * BOX, '-', BOX + 1);
			line[column * BOX] = '+';
			line[(column + 1) * BOX] = '+';
			some = true;
		} else if (line[column * BOX] == ' ' && left) {
			line[column * BOX] = '|';
		}
	}
	if (line[LINE - 1] == ' ')
		line[LINE - 1] = '|';
	if (some)
		print_line("", line);
}

static void draw_sides(const struct picture *picture, size_t byte, char *line)
{
	unsigned int column;

	memset(line, ' ', LINE);
	for (column = 0; column <= 8; column++)
		if (has_left_edge(picture, byte, column))
			line[column * BOX] = '|';
}

/* The names of the fields that begin in a byte; false if none does. */
static bool draw_names(const struct picture *picture, size_t byte, char *line)
{
	unsigned int column, end;
	bool some = false;

	draw_sides(picture, byte, line);
	for (column = 0; column < 8; column = end) {
		const char *name = owner_name(picture,
					      picture->owners[byte * 8 + column]);
		size_t room, length = strlen(name);

		for (end = column + 1; !has_left_edge(picture, byte, end);)
			end++;
		room = (end - column) * BOX - 1;
		if (!length || !has_top_edge(picture, byte, column))
			continue;
		memcpy(line + column * BOX + 1 + (length < room), name,
		       length < room ? length : room);
		some = true;
	}
	return some;
}

static void draw_bits(const struct picture *picture, size_t byte, char *line)
{
	unsigned int column;

	draw_sides(picture, byte, line);
	for (column = 0; column < 8; column++) {
		uint8_t bit = 0x80 >> column;
		char *box = line + column * BOX;

		box[4] = picture->data[byte] & bit ? '1' : '0';
		if (picture->changeable && picture->changeable[byte] & bit)
			box[5] = '*';
	}
}

static void print_picture(const struct picture *picture)
{
	char label[24], line[LINE];
	size_t byte;
	int bit;

	printf("%6s", "byte");
	for (bit = 7; bit >= 0; bit--)
		printf("%*s%d", bit == 7 ? 5 : BOX - 1, "", bit);
	putchar('\n');
	for (byte = 0; byte < picture->size; byte++) {
		snprintf(label, sizeof(label), "%zu", byte);
		print_edge(picture, byte);
		if (draw_names(picture, byte, line)) {
			print_line(label, line);
			label[0] = '\0';
		}
		draw_bits(picture, byte, line);
		print_line(label, line);
	}
	print_edge(picture, byte);
}

static size_t header_length(uint8_t first)
{
	return first & SUBPAGE_FORMAT ? SUBPAGE_HEADER_LENGTH : HEADER_LENGTH;
}

/*
 * Print a page of at most PAGE_ROOM bytes as a picture; @changeable is its mask, or
 * NULL.
 */
void print_bits(const struct libmodepages_page *page,
		const struct libmodepages_page *changeable,
		const struct libmodepages_info *info)
{
	struct libmodepages_fields *fields;
	uint8_t mask[PAGE_ROOM] = { 0 };
	struct picture picture = { 0 };
	const uint8_t *bits;
	size_t size;

	picture.data = libmodepages_page_get_data(page, &picture.size);
	if (changeable) {
		bits = libmodepages_page_get_data(changeable, &size);
		memcpy(mask, bits, size < PAGE_ROOM ? size : PAGE_ROOM);
		/* The header is no mask: it is that of the page itself. */
		memset(mask, 0, header_length(picture.data[0]));
		picture.changeable = mask;
	}
	if (libmodepages_fields_new(picture.data, picture.size, info, &fields))
		return;
	picture.fields = fields;
	find_owners(&picture);
	print_picture(&picture);
	libmodepages_fields_free(fields);
}
