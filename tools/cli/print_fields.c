// SPDX-License-Identifier: MIT
/*
 * The fields of pages as text and JSON.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

/* What the columns show of a field. */
struct row {
	const char *acronym;
	char value[LIBMODEPAGES_FIELD_TEXT_SIZE];
	const char *times;	/* in front of @meaning */
	const char *meaning;
	const char *name;
};

struct widths {
	int acronym;
	int value;
	int meaning;
};

/* How many of the bits of a field are set in a mask of changeable bits? */
static const char *changeable_word(const struct libmodepages_field *field,
				   const uint8_t *data, size_t size)
{
	uint8_t bits[PAGE_ROOM] = { 0 };
	bool some = false, all = true;
	size_t i;

	libmodepages_field_get_mask(field, data, size, bits);
	for (i = 0; i < size; i++) {
		some |= bits[i] & data[i];
		all &= !(bits[i] & ~data[i]);
	}
	return all ? "yes" : some ? "partly" : "no";
}

/* The name of the value, or its unit. */
static void fill_meaning(struct row *row,
			 const struct libmodepages_field *field,
			 const uint8_t *data, size_t size)
{
	const char *unit = libmodepages_field_get_unit(field), *name = NULL;
	uint64_t value;

	if (!libmodepages_field_get_value(field, data, size, &value))
		name = libmodepages_field_value_name(field, value);
	if (name) {
		row->meaning = name;
	} else if (unit) {
		row->meaning = unit;
		if (isdigit((unsigned char)*unit))
			row->times = "x ";
	}
}

static void fill_row(struct row *row, const struct libmodepages_field *field,
		     const uint8_t *data, size_t size,
		     enum libmodepages_control control)
{
	row->acronym = libmodepages_field_get_acronym(field);
	row->name = libmodepages_field_get_name(field);
	row->times = "";
	row->meaning = "";
	if (control == LIBMODEPAGES_CONTROL_CHANGEABLE) {
		snprintf(row->value, sizeof(row->value), "%s",
			 changeable_word(field, data, size));
		return;
	}
	libmodepages_field_get_text(field, data, size, row->value);
	fill_meaning(row, field, data, size);
}

static int meaning_width(const struct row *row)
{
	return strlen(row->times) + strlen(row->meaning);
}

static void widen(int *width, int length)
{
	if (length > *width)
		*width = length;
}

static void find_widths(struct widths *widths, const struct row *rows,
			size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		widen(&widths->acronym, strlen(rows[i].acronym));
		widen(&widths->value, strlen(rows[i].value));
		widen(&widths->meaning, meaning_width(&rows[i]));
	}
}

/*
 * There is a line for each field: not by printf(), which takes longer than to find
 * out what to print.
 */
static void print_blanks(int count)
{
	while (count-- > 0)
		putchar_unlocked(' ');
}

static void print_text(const char *text)
{
	fputs_unlocked(text, stdout);
}

static void print_row(const struct row *row, const struct widths *widths)
{
	print_blanks(4);
	print_text(row->acronym);
	print_blanks(widths->acronym - strlen(row->acronym) + 2 +
		     widths->value - strlen(row->value));
	print_text(row->value);
	print_blanks(2);
	if (widths->meaning) {
		print_text(row->times);
		print_text(row->meaning);
		print_blanks(widths->meaning - meaning_width(row) + 2);
	}
	print_text(row->name);
	putchar_unlocked('\n');
}

static void print_rows(struct row *rows,
		       const struct libmodepages_fields *fields,
		       const struct libmodepages_page *page,
		       enum libmodepages_control control)
{
	size_t size, i, count = libmodepages_fields_get_count(fields);
	const uint8_t *data = libmodepages_page_get_data(page, &size);
	struct widths widths = { 0 };

	for (i = 0; i < count; i++)
		fill_row(&rows[i], libmodepages_fields_get_field(fields, i),
			 data, size, control);
	find_widths(&widths, rows, count);
	for (i = 0; i < count; i++)
		print_row(&rows[i], &widths);
}

/* Print the fields of a page, a line each. False if none is known. */
bool print_fields(const struct libmodepages_page *page,
		  const struct libmodepages_info *info,
		  enum libmodepages_control control)
{
	struct libmodepages_fields *fields;
	struct row *rows = NULL;
	size_t size, count;
	const uint8_t *data = libmodepages_page_get_data(page, &size);

	if (libmodepages_fields_new(data, size, info, &fields))
		return false;
	count = libmodepages_fields_get_count(fields);
	if (count)
		rows = malloc(count * sizeof(*rows));
	if (rows)
		print_rows(rows, fields, page, control);
	count = rows ? count : 0;
	free(rows);
	libmodepages_fields_free(fields);
	return count;
}

/* What a field is, and its value in a page that has it. */
void json_add_field(struct json_object *object,
		    const struct libmodepages_field *field,
		    const uint8_t *data, size_t size,
		    enum libmodepages_control control)
{
	char text[LIBMODEPAGES_FIELD_TEXT_SIZE] = "";
	struct json_object *json;
	const char *name = NULL;
	uint64_t value;

	json_object_object_add(object, "acronym",
			       json_text(libmodepages_field_get_acronym(field)));
	json_object_object_add(object, "name",
			       json_text(libmodepages_field_get_name(field)));
	json = json_object_new_int(libmodepages_field_get_byte(field));
	json_object_object_add(object, "byte", json);
	json = json_object_new_int(libmodepages_field_get_bit(field));
	json_object_object_add(object, "bit", json);
	json = json_object_new_int(libmodepages_field_get_width(field));
	json_object_object_add(object, "width", json);
	if (!libmodepages_field_get_value(field, data, size, &value)) {
		json = json_object_new_uint64(value);
		name = libmodepages_field_value_name(field, value);
	} else {
		libmodepages_field_get_text(field, data, size, text);
		json = json_text(text);
	}
	json_object_object_add(object, "value", json);
	/* Bits that can be changed are no value. */
	if (control == LIBMODEPAGES_CONTROL_CHANGEABLE)
		name = NULL;
	json_object_object_add(object, "meaning", json_text(name));
	json_object_object_add(object, "unit",
			       json_text(libmodepages_field_get_unit(field)));
	json_object_object_add(object, "clause",
			       json_text(libmodepages_field_get_clause(field)));
}

/* The fields of a page; none, if none is known. */
struct json_object *json_fields(const struct libmodepages_page *page,
				const struct libmodepages_info *info,
				enum libmodepages_control control)
{
	struct json_object *array = json_object_new_array();
	struct libmodepages_fields *fields;
	size_t size, i;
	const uint8_t *data = libmodepages_page_get_data(page, &size);

	if (libmodepages_fields_new(data, size, info, &fields))
		return array;
	for (i = 0; i < libmodepages_fields_get_count(fields); i++) {
		struct json_object *object = json_object_new_object();

		json_add_field(object, libmodepages_fields_get_field(fields, i),
			       data, size, control);
		json_object_array_add(array, object);
	}
	libmodepages_fields_free(fields);
	return array;
}
