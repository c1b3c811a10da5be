// SPDX-License-Identifier: MIT
/*
 * The fields that a page has.
 */
#include <stdlib.h>

#include "internal.h"

static int compare(const void *left, const void *right)
{
	const struct libmodepages_field *a = left, *b = right;

	if (a->byte != b->byte)
		return a->byte < b->byte ? -1 : 1;
	return (a->bit < b->bit) - (a->bit > b->bit);
}

/* The entries of a page, which stand together. */
struct range {
	const struct field_entry *begin;
	const struct field_entry *end;
};

static struct range entries_of(u8 page)
{
	const struct field_entry *end = field_table + field_table_size;
	struct range range = { .begin = field_table };

	while (range.begin < end && range.begin->page != page)
		range.begin++;
	range.end = range.begin;
	while (range.end < end && range.end->page == page)
		range.end++;
	return range;
}

static size_t most_fields(struct range range)
{
	const struct field_entry *entry;
	size_t count = 0;

	for (entry = range.begin; entry < range.end; entry++)
		count += field_entry_count(entry);
	return count;
}

static void collect(struct libmodepages_fields *fields, struct range range,
		    const u8 *data, size_t size,
		    const struct libmodepages_info *info)
{
	const struct field_entry *entry;
	unsigned int index;

	for (entry = range.begin; entry < range.end; entry++) {
		for (index = 0; index < field_entry_count(entry); index++) {
			struct libmodepages_field *field =
				&fields->fields[fields->count];

			field_from_entry(field, entry, index);
			if (!field_check(field, data, size) &&
			    libmodepages_field_is_for(field, info))
				fields->count++;
		}
	}
}

/**
 * libmodepages_fields_new() - find the fields that a page has
 * @data: the page, from its page code byte on
 * @size: number of bytes at @data
 * @info: the drive, or NULL: without the fields that depend on it
 * @fields: result, in the order of the page; there are none in a page that is not
 *	known. Free with libmodepages_fields_free().
 *
 * Return: 0 or -ENOMEM.
 */
int libmodepages_fields_new(const uint8_t *data, size_t size,
			    const struct libmodepages_info *info,
			    struct libmodepages_fields **fields)
{
	struct libmodepages_fields *new;
	struct range range = { 0 };

	if (size)
		range = entries_of(data[0] & MODE_PAGE_CODE_MASK);
	/* One more, to look at those that are not there. */
	new = malloc(sizeof(*new) +
		     (most_fields(range) + 1) * sizeof(new->fields[0]));
	if (!new)
		return -ENOMEM;
	new->count = 0;
	collect(new, range, data, size, info);
	qsort(new->fields, new->count, sizeof(new->fields[0]), compare);
	*fields = new;
	return 0;
}

/**
 * libmodepages_fields_free() - free the fields of a page
 * @fields: the fields, or NULL; each &struct libmodepages_field in it goes too
 */
void libmodepages_fields_free(struct libmodepages_fields *fields)
{
	free(fields);
}

/**
 * libmodepages_fields_get_count() - number of fields
 * @fields: the fields
 *
 * Return: how many there are.
 */
size_t libmodepages_fields_get_count(const struct libmodepages_fields *fields)
{
	return fields->count;
}

/**
 * libmodepages_fields_get_field() - one of the fields of a page
 * @fields: the fields
 * @index: which one, from 0
 *
 * Return: the field, valid as long as @fields; NULL when @index is too high.
 */
const struct libmodepages_field *
libmodepages_fields_get_field(const struct libmodepages_fields *fields,
			      size_t index)
{
	return index < fields->count ? &fields->fields[index] : NULL;
}
