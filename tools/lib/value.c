// SPDX-License-Identifier: MIT
/*
 * Values of fields, as people write them.
 */
#include <strings.h>

#include "internal.h"

static bool is_hex(const char *word, const char *end)
{
	return end - word > 2 && word[0] == '0' && (word[1] | 0x20) == 'x';
}

/*
 * The word from @word to @end: decimal digits, or hexadecimal ones after 0x, and
 * nothing else. 0, -EINVAL, or -ERANGE when that is more than a u64 holds.
 */
int parse_number(const char *word, const char *end, u64 *value)
{
	unsigned int base = is_hex(word, end) ? 16 : 10;
	u64 number = 0;
	bool fits = true;

	if (base == 16)
		word += 2;
	if (word == end)
		return -EINVAL;
	for (; word < end; word++) {
		int digit = hex_digit(*word);

		if (digit < 0 || (unsigned int)digit >= base)
			return -EINVAL;
		fits = fits && !__builtin_mul_overflow(number, base, &number) &&
		       !__builtin_add_overflow(number, digit, &number);
	}
	if (!fits)
		return -ERANGE;
	*value = number;
	return 0;
}

/**
 * libmodepages_field_is_text() - is the value of a field a text?
 * @field: the field
 *
 * Return: true for a text of ASCII, false for a number.
 */
bool libmodepages_field_is_text(const struct libmodepages_field *field)
{
	return field->entry && field->entry->kind == FIELD_TEXT;
}

/**
 * libmodepages_field_get_max() - the largest value that a field can hold
 * @field: the field
 *
 * Return: a number with as many bits as the field has, all of them set; 0 for a
 * text.
 */
uint64_t libmodepages_field_get_max(const struct libmodepages_field *field)
{
	if (libmodepages_field_is_text(field))
		return 0;
	return ~(u64)0 >> (64 - field->width);
}

/**
 * libmodepages_field_get_choice() - walk the values of a field that have a name
 * @field: the field
 * @index: which of them, from 0
 * @value: gets the value; may be NULL
 *
 * Return: its name, or NULL when there are no more; then nothing is written.
 */
const char *libmodepages_field_get_choice(const struct libmodepages_field *field,
					  size_t index, uint64_t *value)
{
	const struct field_choice *choice;

	if (!field->entry || !field->entry->choices)
		return NULL;
	for (choice = field->entry->choices; choice->name && index; index--)
		choice++;
	if (choice->name && value)
		*value = choice->value;
	return choice->name;
}

/**
 * libmodepages_field_value_name() - what a value of a field is called
 * @field: the field
 * @value: the value
 *
 * Return: its name, or NULL when it has none.
 */
const char *libmodepages_field_value_name(const struct libmodepages_field *field,
					  uint64_t value)
{
	const char *name;
	uint64_t other;
	size_t i;

	for (i = 0; (name = libmodepages_field_get_choice(field, i, &other)); i++)
		if (other == value)
			return name;
	return NULL;
}

/**
 * libmodepages_field_parse_value() - read a number for a field
 * @field: the field
 * @word: decimal digits, or hexadecimal ones after ``0x``, or the name of a value,
 *	in any case
 * @value: result
 *
 * Return: 0; -EINVAL when @word is none of these; -ERANGE when it is a number above
 * libmodepages_field_get_max(); -EOVERFLOW when the field is a text.
 */
int libmodepages_field_parse_value(const struct libmodepages_field *field,
				   const char *word, uint64_t *value)
{
	const char *name;
	uint64_t choice;
	u64 number;
	size_t i;
	int err;

	if (libmodepages_field_is_text(field))
		return -EOVERFLOW;
	for (i = 0; (name = libmodepages_field_get_choice(field, i, &choice)); i++) {
		if (!strcasecmp(name, word)) {
			*value = choice;
			return 0;
		}
	}
	err = parse_number(word, word + strlen(word), &number);
	if (err)
		return err;
	if (number > libmodepages_field_get_max(field))
		return -ERANGE;
	*value = number;
	return 0;
}

static bool is_printable(const char *bytes, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (bytes[i] < 0x20 || bytes[i] > 0x7e)
			return false;
	return true;
}

/* As "%llu", which takes ten times as long: most fields are small numbers. */
static void print_decimal(u64 number, char *text)
{
	u64 left = number;
	size_t length = 0;

	do {
		length++;
	} while (left /= 10);
	text[length] = '\0';
	do {
		text[--length] = '0' + number % 10;
	} while (number /= 10);
}

static void print_hex(const u8 *bytes, size_t length, char *text)
{
	size_t i;

	text += sprintf(text, "0x");
	for (i = 0; i < length; i++)
		text += sprintf(text, "%02x", bytes[i]);
}

/* Without what it is filled up with; in hex where it is no text. */
static void print_text(const u8 *bytes, size_t room, char *text)
{
	const char *characters = (const char *)bytes;
	size_t length = room;

	while (length && (!bytes[length - 1] || bytes[length - 1] == ' '))
		length--;
	if (is_printable(characters, length))
		sprintf(text, "%.*s", (int)length, characters);
	else
		print_hex(bytes, room, text);
}

/* All bytes in hex, each by two digits. */
static int parse_bytes(const char *digits, size_t length, u8 *bytes)
{
	size_t i;

	if (strlen(digits) != 2 * length)
		return -EINVAL;
	for (i = 0; i < 2 * length; i++)
		if (hex_digit(digits[i]) < 0)
			return -EINVAL;
	for (i = 0; i < length; i++)
		bytes[i] = hex_digit(digits[2 * i]) << 4 |
			   hex_digit(digits[2 * i + 1]);
	return 0;
}

/* The bytes of a text: 0, -EINVAL, or -ERANGE when there is not so much room. */
int parse_text(const char *word, size_t room, u8 *bytes)
{
	size_t length = strlen(word);

	if (is_hex(word, word + length))
		return parse_bytes(word + 2, room, bytes);
	if (!is_printable(word, length))
		return -EINVAL;
	if (length > room)
		return -ERANGE;
	memset(bytes, 0, room);
	memcpy(bytes, word, length);
	return 0;
}

/**
 * libmodepages_field_get_text() - read a field, as people write it
 * @field: the field
 * @data: the page, from its page code byte on
 * @size: number of bytes at @data
 * @text: result
 *
 * A number comes in decimal, or in hex after ``0x`` where it stands for bytes; a
 * text without the zeros and blanks at its end, or in hex where it is none. Of each
 * of them libmodepages_field_set_text() makes the same field again.
 *
 * Return: 0; -EINVAL when @data is another page; -ENODATA when the field is absent
 * there.
 */
int libmodepages_field_get_text(const struct libmodepages_field *field,
				const uint8_t *data, size_t size,
				char text[LIBMODEPAGES_FIELD_TEXT_SIZE])
{
	int err = field_check(field, data, size);
	uint64_t value;

	if (err)
		return err;
	if (libmodepages_field_is_text(field)) {
		print_text(data + field->byte, field->width / 8, text);
		return 0;
	}
	libmodepages_field_get_value(field, data, size, &value);
	if (field->entry && field->entry->kind == FIELD_HEX)
		sprintf(text, "0x%0*llx", (field->width + 3) / 4,
			(unsigned long long)value);
	else
		print_decimal(value, text);
	return 0;
}

/**
 * libmodepages_field_set_text() - write a field, as people write it
 * @field: the field
 * @data: the page, from its page code byte on; only the bits of the field change
 * @size: number of bytes at @data
 * @word: for a number, what libmodepages_field_parse_value() takes; for a text,
 *	characters of ASCII, zeros are put behind them, or ``0x`` and two hexadecimal
 *	digits for each byte
 *
 * Return: 0; -EINVAL when @word is no value, when @data is another page, or the
 * field a part of its header; -ENODATA when the field is absent there; -ERANGE when
 * the number is too large, or the text too long.
 */
int libmodepages_field_set_text(const struct libmodepages_field *field,
				uint8_t *data, size_t size, const char *word)
{
	int err = field_check_write(field, data, size);
	uint64_t value;

	if (err)
		return err;
	if (libmodepages_field_is_text(field))
		return parse_text(word, field->width / 8, data + field->byte);
	err = libmodepages_field_parse_value(field, word, &value);
	return err ? err : libmodepages_field_set_value(field, data, size,
							 value);
}
