// SPDX-License-Identifier: MIT
/*
 * Fields: found by what people call them, and what is known of them.
 */
#include <stdlib.h>
#include <strings.h>

#include "internal.h"

/* In front of the dot of a FIELD, and a NUL. */
#define PAGE_WORD_ROOM	16

/* Write the number for #, if there is one. */
static void expand(const char *template, unsigned int index, char *text,
		   size_t room)
{
	size_t length = strcspn(template, "#");

	if (template[length]) {
		snprintf(text, room, "%.*s%u%s", (int)length, template, index,
			 template + length + 1);
		return;
	}
	length = min(length, room - 1);
	memcpy(text, template, length);
	text[length] = '\0';
}

void field_from_entry(struct libmodepages_field *field,
		      const struct field_entry *entry, unsigned int index)
{
	memset(field, 0, sizeof(*field));
	field->entry = entry;
	field->index = index;
	field->page = entry->page;
	field->byte = entry->byte;
	if (entry->group)
		field->byte += index * entry->group->stride;
	field->bit = entry->bit;
	field->width = entry->width;
	expand(entry->acronym, index, field->acronym, sizeof(field->acronym));
	expand(entry->name, index, field->name, sizeof(field->name));
}

/* How many fields an entry stands for. */
unsigned int field_entry_count(const struct field_entry *entry)
{
	return entry->group ? entry->group->most : 1;
}

static bool is_called(const struct libmodepages_field *field, const char *word)
{
	const char *alias = field->entry->alias;

	return !strcasecmp(field->acronym, word) ||
	       (alias && !strcasecmp(alias, word));
}

static int find_acronym(struct libmodepages_field *field, u8 page,
			const char *word)
{
	const struct field_entry *entry = field_table;
	unsigned int index;

	for (; entry < field_table + field_table_size; entry++) {
		if (entry->page != page)
			continue;
		for (index = 0; index < field_entry_count(entry); index++) {
			field_from_entry(field, entry, index);
			if (is_called(field, word))
				return 0;
		}
	}
	return -ENOENT;
}

/* byte:bit:width */
static int find_place(struct libmodepages_field *field, u8 page,
		      const char *word)
{
	const char *colon = strchr(word, ':');
	const char *second = colon ? strchr(colon + 1, ':') : NULL;
	u64 byte, bit, width;

	if (!second)
		return -EINVAL;
	if (parse_number(word, colon, &byte) ||
	    parse_number(colon + 1, second, &bit) ||
	    parse_number(second + 1, second + strlen(second), &width))
		return -EINVAL;
	if (byte >= MODE_PAGE_MAX_LENGTH || bit > 7 || !width || width > 64 ||
	    byte * 8 + 7 - bit + width > MODE_PAGE_MAX_LENGTH * 8)
		return -ERANGE;
	memset(field, 0, sizeof(*field));
	field->page = page;
	field->byte = byte;
	field->bit = bit;
	field->width = width;
	return 0;
}

static int find(struct libmodepages_field *field, const char *word)
{
	const char *dot = strchr(word, '.');
	char page_word[PAGE_WORD_ROOM];
	u8 page;

	if (!dot || dot - word >= PAGE_WORD_ROOM)
		return -EINVAL;
	snprintf(page_word, sizeof(page_word), "%.*s", (int)(dot - word), word);
	if (libmodepages_page_code_parse(page_word, &page))
		return -EINVAL;
	if (strchr(dot, ':'))
		return find_place(field, page, dot + 1);
	return find_acronym(field, page, dot + 1);
}

/**
 * libmodepages_field_new() - find a field by what people call it
 * @word: ``PAGE.ACRONYM`` or ``PAGE.BYTE:BIT:WIDTH``, where PAGE is what
 *	libmodepages_page_code_parse() takes. BYTE counts from the page code byte
 *	on, BIT is the highest one, 7 to 0, WIDTH is 1 to 64: ``01.3:7:8`` is
 *	``rw.rrc``. All in any case; numbers may be hexadecimal after ``0x``.
 * @field: result; free with libmodepages_field_free()
 *
 * It is a field of the page's description: a drive may not have it.
 *
 * Return: 0, or
 *
 *  * -EINVAL: @word has none of these forms, or there is no such page.
 *  * -ENOENT: the page has no field with this acronym, as far as is known.
 *  * -ERANGE: no page has such a place.
 *  * -ENOMEM.
 */
int libmodepages_field_new(const char *word, struct libmodepages_field **field)
{
	struct libmodepages_field found, *new;
	int err = find(&found, word);

	if (err)
		return err;
	new = malloc(sizeof(*new));
	if (!new)
		return -ENOMEM;
	*new = found;
	*field = new;
	return 0;
}

/**
 * libmodepages_field_free() - free a field from libmodepages_field_new()
 * @field: the field, or NULL
 */
void libmodepages_field_free(struct libmodepages_field *field)
{
	free(field);
}

/**
 * libmodepages_field_is_for() - may this drive have a field?
 * @field: the field
 * @info: the drive, or NULL for one that is not known
 *
 * Vendors have given one code to pages that have nothing else in common: their
 * fields are known for certain drives only.
 *
 * Return: false when the field is one of other drives.
 */
bool libmodepages_field_is_for(const struct libmodepages_field *field,
			       const struct libmodepages_info *info)
{
	const char *drives = field->entry ? field->entry->drives : NULL;
	char name[FIELD_NAME_SIZE];

	if (!drives)
		return true;
	if (!info)
		return false;
	snprintf(name, sizeof(name), "%s %s", info->vendor, info->model);
	return !strncmp(name, drives, strlen(drives));
}

/**
 * libmodepages_field_get_acronym() - the short name of a field
 * @field: the field
 *
 * Return: its acronym, the one of sdparm(8) where that has one; NULL for a field
 * that was named by its place.
 */
const char *libmodepages_field_get_acronym(const struct libmodepages_field *field)
{
	return field->entry ? field->acronym : NULL;
}

/**
 * libmodepages_field_get_name() - what a field is called
 * @field: the field
 *
 * Return: its name; NULL for a field that was named by its place.
 */
const char *libmodepages_field_get_name(const struct libmodepages_field *field)
{
	return field->entry ? field->name : NULL;
}

/**
 * libmodepages_field_get_clause() - where a field is defined
 * @field: the field
 *
 * Return: the standard, and the clause or page in it; NULL for a field that was
 * named by its place.
 */
const char *libmodepages_field_get_clause(const struct libmodepages_field *field)
{
	return field->entry ? field->entry->clause : NULL;
}

/**
 * libmodepages_field_get_unit() - what a field counts
 * @field: the field
 *
 * Return: the unit, such as "kB/s", or "100 ms" for so many times 100 ms; NULL when
 * it has none.
 */
const char *libmodepages_field_get_unit(const struct libmodepages_field *field)
{
	return field->entry ? field->entry->unit : NULL;
}

/**
 * libmodepages_field_get_page() - page code of a field
 * @field: the field
 *
 * Return: the code of the page that it is in.
 */
uint8_t libmodepages_field_get_page(const struct libmodepages_field *field)
{
	return field->page;
}

/**
 * libmodepages_field_get_byte() - where a field begins
 * @field: the field
 *
 * Return: the byte with its highest bit; the page code byte is byte 0.
 */
size_t libmodepages_field_get_byte(const struct libmodepages_field *field)
{
	return field->byte;
}

/**
 * libmodepages_field_get_bit() - with which bit a field begins
 * @field: the field
 *
 * Return: its highest bit in the byte it begins in, 7 to 0.
 */
unsigned int libmodepages_field_get_bit(const struct libmodepages_field *field)
{
	return field->bit;
}

/**
 * libmodepages_field_get_width() - how wide a field is
 * @field: the field
 *
 * Return: number of bits, 1 to 64; more, and whole bytes, for a text. They go on in
 * the lower bits and then in the bytes that follow.
 */
unsigned int libmodepages_field_get_width(const struct libmodepages_field *field)
{
	return field->width;
}
