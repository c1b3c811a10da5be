// SPDX-License-Identifier: MIT
/*
 * Fields in the bytes of a page: the one place that finds them there.
 */
#include "internal.h"

/* Bits are numbered through the page, from the highest one of byte 0 on. */
static size_t first_bit(const struct libmodepages_field *field)
{
	return field->byte * 8 + 7 - field->bit;
}

static u64 get_bits(const u8 *data, size_t first, size_t width)
{
	u64 value = 0;
	size_t i;

	for (i = first; i < first + width; i++)
		value = value << 1 | (data[i / 8] >> (7 - i % 8) & 1);
	return value;
}

static void set_bits(u8 *data, size_t first, size_t width, u64 value)
{
	size_t i;

	for (i = first + width; i-- > first; value >>= 1) {
		u8 bit = 0x80 >> i % 8;

		data[i / 8] = (data[i / 8] & ~bit) | (value & 1 ? bit : 0);
	}
}

/* Bytes of the page that are there: it may be cut, or others may follow. */
static size_t page_end(const u8 *data, size_t size)
{
	return min(size, (size_t)MODE_PAGE_0_HEADER_LENGTH + data[1]);
}

/* How many of its descriptors does the page say that it has? */
static unsigned int group_count(const struct field_group *group, const u8 *data,
				size_t end)
{
	if (group->count_byte + 2u > end)
		return 0;
	return min((unsigned int)get_unaligned_be16(data + group->count_byte),
		   (unsigned int)group->most);
}

static bool entry_fits(const struct libmodepages_field *field, const u8 *data,
		       size_t end)
{
	const struct field_entry *entry = field->entry;
	u8 length = data[1];

	if (length < entry->least || (entry->most && length > entry->most))
		return false;
	return !entry->group ||
	       field->index < group_count(entry->group, data, end);
}

/*
 * Is a field in a page? 0, -EINVAL when it is of another page, -ENODATA when this
 * one does not have it.
 */
int field_check(const struct libmodepages_field *field, const u8 *data,
		size_t size)
{
	size_t end;

	/* No page in the subpage format has a field that is known. */
	if (size < MODE_PAGE_0_HEADER_LENGTH || data[0] & MODE_PAGE_SPF ||
	    (data[0] & MODE_PAGE_CODE_MASK) != field->page)
		return -EINVAL;
	end = page_end(data, size);
	if (first_bit(field) + field->width > end * 8)
		return -ENODATA;
	if (field->entry && !entry_fits(field, data, end))
		return -ENODATA;
	return 0;
}

/* The same for writing: code and length of a page are not to be changed. */
int field_check_write(const struct libmodepages_field *field, const u8 *data,
		      size_t size)
{
	int err = field_check(field, data, size);

	if (!err && field->byte < MODE_PAGE_0_HEADER_LENGTH)
		err = -EINVAL;
	return err;
}

/**
 * libmodepages_field_is_present() - does a page have a field?
 * @field: the field
 * @data: the page, from its page code byte on
 * @size: number of bytes at @data
 *
 * Return: false when the page is too short for it, when its length is of another
 * form of the page, when it has fewer descriptors, or when it is another page. A
 * field that is absent has no value; it is not 0.
 */
bool libmodepages_field_is_present(const struct libmodepages_field *field,
				   const uint8_t *data, size_t size)
{
	return !field_check(field, data, size);
}

/**
 * libmodepages_field_get_value() - read a field that is a number
 * @field: the field
 * @data: the page, from its page code byte on
 * @size: number of bytes at @data
 * @value: result
 *
 * Return: 0; -EINVAL when @data is another page; -ENODATA when the field is absent
 * there; -EOVERFLOW when it is a text.
 */
int libmodepages_field_get_value(const struct libmodepages_field *field,
				 const uint8_t *data, size_t size,
				 uint64_t *value)
{
	int err = field_check(field, data, size);

	if (err)
		return err;
	if (libmodepages_field_is_text(field))
		return -EOVERFLOW;
	*value = get_bits(data, first_bit(field), field->width);
	return 0;
}

/**
 * libmodepages_field_set_value() - write a field that is a number
 * @field: the field
 * @data: the page, from its page code byte on; only the bits of the field change
 * @size: number of bytes at @data
 * @value: its new value
 *
 * Return: 0; -EINVAL when @data is another page, or the field a part of its header;
 * -ENODATA when the field is absent there; -EOVERFLOW when it is a text; -ERANGE
 * when @value is above libmodepages_field_get_max().
 */
int libmodepages_field_set_value(const struct libmodepages_field *field,
				 uint8_t *data, size_t size, uint64_t value)
{
	int err = field_check_write(field, data, size);

	if (err)
		return err;
	if (libmodepages_field_is_text(field))
		return -EOVERFLOW;
	if (value > libmodepages_field_get_max(field))
		return -ERANGE;
	set_bits(data, first_bit(field), field->width, value);
	return 0;
}

/**
 * libmodepages_field_get_mask() - which bits of a page are those of a field
 * @field: the field
 * @data: the page, from its page code byte on
 * @size: number of bytes at @data
 * @mask: @size bytes; the bits of the field are set, all others stay as they are
 *
 * Masks of several fields can be put together in this way.
 *
 * Return: 0; -EINVAL and -ENODATA as libmodepages_field_set_value().
 */
int libmodepages_field_get_mask(const struct libmodepages_field *field,
				const uint8_t *data, size_t size,
				uint8_t *mask)
{
	size_t i, first = first_bit(field);
	int err = field_check_write(field, data, size);

	for (i = first; !err && i < first + field->width; i++)
		mask[i / 8] |= 0x80 >> i % 8;
	return err;
}
