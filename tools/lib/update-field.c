// SPDX-License-Identifier: MIT
/*
 * Updates by fields, in place of bits.
 */
#include "internal.h"

/* No page with a subpage code has a field. */
static bool is_of_page(const struct libmodepages_update *update,
		       const struct libmodepages_field *field)
{
	return field->page == update->code && !update->subpage;
}

/* The same for writing: code and length of a page are not to be changed. */
static bool can_be_set(const struct libmodepages_update *update,
		       const struct libmodepages_field *field)
{
	return is_of_page(update, field) &&
	       field->byte >= mode_page_header(field->page);
}

static int add_value(struct update_bits *bits,
		     const struct libmodepages_field *field, u64 value)
{
	if (libmodepages_field_is_text(field))
		return -EOVERFLOW;
	if (value > libmodepages_field_get_max(field))
		return -ERANGE;
	return update_add_bits(bits, field->byte, field->bit, field->width,
			       value);
}

/* All of its bytes, or none. */
static int add_bytes(struct update_bits *bits,
		     const struct libmodepages_field *field, const u8 *bytes)
{
	const struct update_bits before = *bits;
	int err = 0;
	size_t i;

	for (i = 0; !err && i < field->width / 8; i++)
		err = update_add_bits(bits, field->byte + i, 7, 8, bytes[i]);
	if (err)
		*bits = before;
	return err;
}

static int add_word(struct update_bits *bits,
		    const struct libmodepages_field *field, const char *word)
{
	u8 bytes[UPDATE_LENGTH];
	uint64_t value;
	int err;

	if (libmodepages_field_is_text(field)) {
		err = parse_text(word, field->width / 8, bytes);
		return err ? err : add_bytes(bits, field, bytes);
	}
	err = libmodepages_field_parse_value(field, word, &value);
	return err ? err : add_value(bits, field, value);
}

/**
 * libmodepages_update_set_field() - have a field get a new value
 * @update: the update
 * @field: the field, which has to be one of the page of @update
 * @value: its new value
 *
 * It is not looked at whether the page of a certain drive has the field:
 * libmodepages_field_is_present() tells that, of the page before the change.
 *
 * Return: 0; -EINVAL when @field is one of another page, or a part of the page's
 * header; -EOVERFLOW when it is a text; -ERANGE when @value is above
 * libmodepages_field_get_max(); -EEXIST when one of its bits has been given a value
 * before.
 */
int libmodepages_update_set_field(struct libmodepages_update *update,
				  const struct libmodepages_field *field,
				  uint64_t value)
{
	if (!can_be_set(update, field))
		return -EINVAL;
	return add_value(&update->set, field, value);
}

/**
 * libmodepages_update_expect_field() - change nothing unless a field has a value
 * @update: the update
 * @field: the field, which has to be one of the page of @update
 * @value: the value it has to have
 *
 * Return: as libmodepages_update_set_field(), but a part of the header will do.
 */
int libmodepages_update_expect_field(struct libmodepages_update *update,
				     const struct libmodepages_field *field,
				     uint64_t value)
{
	int err = -EINVAL;

	if (is_of_page(update, field))
		err = add_value(&update->expect, field, value);
	update->expects |= !err;
	return err;
}

/**
 * libmodepages_update_set_text() - have a field get a value that people wrote
 * @update: the update
 * @field: the field, which has to be one of the page of @update; a number or a text
 * @word: what libmodepages_field_set_text() takes
 *
 * Return: 0; -EINVAL when @word is no value, when @field is one of another page, or
 * a part of the page's header; -ERANGE when the number is too large, or the text too
 * long; -EEXIST when one of its bits has been given a value before.
 */
int libmodepages_update_set_text(struct libmodepages_update *update,
				 const struct libmodepages_field *field,
				 const char *word)
{
	if (!can_be_set(update, field))
		return -EINVAL;
	return add_word(&update->set, field, word);
}

/**
 * libmodepages_update_expect_text() - expect a value that people wrote
 * @update: the update
 * @field: the field, which has to be one of the page of @update; a number or a text
 * @word: what libmodepages_field_set_text() takes
 *
 * Return: as libmodepages_update_set_text(), but a part of the header will do.
 */
int libmodepages_update_expect_text(struct libmodepages_update *update,
				    const struct libmodepages_field *field,
				    const char *word)
{
	int err = -EINVAL;

	if (is_of_page(update, field))
		err = add_word(&update->expect, field, word);
	update->expects |= !err;
	return err;
}
