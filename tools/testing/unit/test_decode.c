// SPDX-License-Identifier: MIT
/*
 * tools/lib/decode.c: each field of each page, on all values or many, against a
 * plain loop over bits.
 */
#include "check.h"
#include "internal.h"

/* A page that has the field, exactly as long as it must be, in random bytes. */
static u8 *make_page(const struct libmodepages_field *field, size_t *size)
{
	const struct field_entry *entry = field->entry;
	size_t i, end = field->byte + (7 - field->bit + field->width + 7) / 8;
	u8 *page;

	*size = end;
	if (entry && *size < entry->least + 2u)
		*size = entry->least + 2;
	page = malloc(*size);
	assert_non_null(page);
	for (i = 2; i < *size; i++)
		page[i] = rand();
	page[0] = field->page | (rand() & 0x80);
	page[1] = *size - 2;
	if (entry && entry->group)
		memset(page + entry->group->count_byte, 0xff, 2);
	return page;
}

/* What writing has to do: one bit after the other, the highest first. */
static void plain_set(u8 *page, const struct libmodepages_field *field,
		      u64 value)
{
	unsigned int i, byte = field->byte, bit = field->bit;

	for (i = field->width; i-- > 0;) {
		if (value >> i & 1)
			page[byte] |= 1 << bit;
		else
			page[byte] &= ~(1 << bit);
		if (!bit)
			byte++;
		bit = bit ? bit - 1 : 7;
	}
}

static void set_and_get(const struct libmodepages_field *field, u8 *page,
			u8 *expected, size_t size, u64 value)
{
	uint64_t got = ~value;

	plain_set(expected, field, value);
	assert_int_equal(libmodepages_field_set_value(field, page, size, value),
			 0);
	if (memcmp(page, expected, size))
		print_error("field: %02x.%u:%u:%u\n", field->page, field->byte,
			    field->bit, field->width);
	assert_memory_equal(page, expected, size);
	assert_int_equal(libmodepages_field_get_value(field, page, size, &got),
			 0);
	assert_true(got == value);
}

/* All values of a narrow field; of a wide one those that show a mistake. */
static void try_values(const struct libmodepages_field *field, u8 *page,
		       u8 *expected, size_t size)
{
	u64 max = ~0ull >> (64 - field->width), value;
	unsigned int i;

	assert_true(libmodepages_field_get_max(field) == max);
	/* Of descriptors that are all alike, the first and the second will do. */
	if (field->width <= 16 && field->index < 2) {
		for (value = 0; value <= max; value++)
			set_and_get(field, page, expected, size, value);
		return;
	}
	for (i = 0; i < field->width; i++) {
		set_and_get(field, page, expected, size, 1ull << i);
		set_and_get(field, page, expected, size, max ^ 1ull << i);
		set_and_get(field, page, expected, size, max >> i);
	}
	set_and_get(field, page, expected, size, max - 1);
	set_and_get(field, page, expected, size, 0);
	set_and_get(field, page, expected, size, 0x5555555555555555 & max);
	set_and_get(field, page, expected, size, 0xaaaaaaaaaaaaaaaa & max);
	set_and_get(field, page, expected, size, 0x0123456789abcdef & max);
	set_and_get(field, page, expected, size, max);
}

/* One more than it holds, and far too much. */
static void try_too_large(const struct libmodepages_field *field, u8 *page,
			  const u8 *expected, size_t size)
{
	u64 max = libmodepages_field_get_max(field);

	if (field->width == 64)
		return;
	assert_int_equal(libmodepages_field_set_value(field, page, size,
						      max + 1), -ERANGE);
	assert_int_equal(libmodepages_field_set_value(field, page, size, ~0ull),
			 -ERANGE);
	assert_memory_equal(page, expected, size);
}

static void try_mask(const struct libmodepages_field *field, const u8 *page,
		     size_t size)
{
	u8 *mask = calloc(1, size), *expected = calloc(1, size);
	size_t other = size - 1;

	mask[other] = 0x42;
	expected[other] = 0x42;
	/* A text can be wider than a number. */
	if (libmodepages_field_is_text(field))
		memset(expected + field->byte, 0xff, field->width / 8);
	else
		plain_set(expected, field, ~0ull);
	assert_int_equal(libmodepages_field_get_mask(field, page, size, mask),
			 0);
	assert_memory_equal(mask, expected, size);
	free(mask);
	free(expected);
}

/* Cut short by one byte and more, the field is absent, and nothing is touched. */
static void try_cut(const struct libmodepages_field *field, const u8 *page,
		    size_t size)
{
	size_t end = field->byte + (7 - field->bit + field->width + 7) / 8;
	char text[LIBMODEPAGES_FIELD_TEXT_SIZE];
	uint64_t value;
	size_t i;

	for (i = 2; i < end; i++) {
		u8 *cut_page = copy(page, i);

		assert_false(libmodepages_field_is_present(field, cut_page, i));
		assert_int_equal(libmodepages_field_get_value(field, cut_page,
							      i, &value),
				 -ENODATA);
		assert_int_equal(libmodepages_field_get_text(field, cut_page, i,
							     text), -ENODATA);
		assert_int_equal(libmodepages_field_set_value(field, cut_page,
							      i, 0), -ENODATA);
		assert_int_equal(libmodepages_field_set_text(field, cut_page, i,
							     "0"), -ENODATA);
		assert_int_equal(libmodepages_field_get_mask(field, cut_page, i,
							     NULL), -ENODATA);
		assert_memory_equal(cut_page, page, i);
		free(cut_page);
	}
	/* The same by what the page says of itself, whatever follows. */
	for (i = 0; i + 2 < end; i++) {
		u8 *short_page = copy(page, size);

		short_page[1] = i;
		assert_false(libmodepages_field_is_present(field, short_page,
							   size));
		free(short_page);
	}
}

static void try_other_page(const struct libmodepages_field *field,
			   const u8 *page, size_t size)
{
	u8 *other = copy(page, size);
	uint64_t value;

	other[0] ^= 1;
	assert_int_equal(libmodepages_field_get_value(field, other, size,
						      &value), -EINVAL);
	assert_int_equal(libmodepages_field_set_value(field, other, size, 0),
			 -EINVAL);
	/* The subpage format: other things stand in the same places. */
	other[0] ^= 1 | 0x40;
	assert_int_equal(libmodepages_field_get_value(field, other, size,
						      &value), -EINVAL);
	assert_int_equal(libmodepages_field_get_value(field, page, 1, &value),
			 -EINVAL);
	assert_int_equal(libmodepages_field_get_value(field, page, 0, &value),
			 -EINVAL);
	free(other);
}

static void try_text_field(const struct libmodepages_field *field, u8 *page,
			   u8 *expected, size_t size)
{
	size_t i, j, length = field->width / 8;
	char word[64] = "0x", text[LIBMODEPAGES_FIELD_TEXT_SIZE];
	uint64_t value;

	for (i = 0; i < length; i++) {
		for (j = 0; j < 256; j++) {
			u8 *p = expected + field->byte;
			size_t k;

			p[i] = j;
			for (k = 0; k < length; k++)
				sprintf(word + 2 + 2 * k, "%02X", p[k]);
			assert_int_equal(libmodepages_field_set_text(field,
								     page, size,
								     word), 0);
			assert_memory_equal(page, expected, size);
			assert_int_equal(libmodepages_field_get_text(field,
								     page, size,
								     text), 0);
		}
	}
	assert_int_equal(libmodepages_field_get_value(field, page, size,
						      &value), -EOVERFLOW);
	assert_int_equal(libmodepages_field_set_value(field, page, size, 0),
			 -EOVERFLOW);
}

static void try_field(const struct libmodepages_field *field)
{
	size_t size;
	u8 *page = make_page(field, &size), *expected = copy(page, size);

	assert_true(libmodepages_field_is_present(field, page, size));
	try_mask(field, page, size);
	try_cut(field, page, size);
	try_other_page(field, page, size);
	if (libmodepages_field_is_text(field)) {
		try_text_field(field, page, expected, size);
	} else {
		try_values(field, page, expected, size);
		try_too_large(field, page, expected, size);
	}
	assert_memory_equal(page, expected, size);
	free(page);
	free(expected);
}

static void test_every_field(void **state)
{
	const struct field_entry *entry;

	(void)state;
	for (entry = field_table; entry < field_table + field_table_size;
	     entry++) {
		struct libmodepages_field field;
		unsigned int index;

		for (index = 0; index < field_entry_count(entry); index++) {
			field_from_entry(&field, entry, index);
			try_field(&field);
		}
	}
}

/* Each width that a number can have, from each bit of some bytes on. */
static void test_places(void **state)
{
	unsigned int byte, bit, width;

	(void)state;
	for (byte = 2; byte < 5; byte++) {
		for (bit = 0; bit < 8; bit++) {
			for (width = 1; width <= 64; width++) {
				struct libmodepages_field field = {
					.page = 0x33, .byte = byte, .bit = bit,
					.width = width,
				};

				if (width <= 10 || width > 16)
					try_field(&field);
			}
		}
	}
}

/* The last bits that a page can have. */
static void test_last_place(void **state)
{
	struct libmodepages_field *field;

	(void)state;
	assert_int_equal(libmodepages_field_new("33.249:7:64", &field), 0);
	try_field(field);
	libmodepages_field_free(field);
	assert_int_equal(libmodepages_field_new("33.256:0:1", &field), 0);
	try_field(field);
	libmodepages_field_free(field);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_field),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_last_place),
	};

	return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
