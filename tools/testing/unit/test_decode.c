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

/* Code and length of a page can be read, and not be changed. */
static void test_header(void **state)
{
	u8 page[] = { 0x81, 0x02, 0xab, 0xcd }, mask[4] = { 0 };
	static const char * const words[] = {
		"01.0:7:1", "01.0:5:6", "01.1:7:8", "01.0:7:32", "01.1:0:2",
	};
	static const u64 values[] = { 1, 1, 2, 0x8102abcd, 1 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		struct libmodepages_field *field;
		uint64_t value;

		assert_int_equal(libmodepages_field_new(words[i], &field), 0);
		assert_int_equal(libmodepages_field_get_value(field, page, 4,
							      &value), 0);
		assert_true(value == values[i]);
		assert_int_equal(libmodepages_field_set_value(field, page, 4,
							      value), -EINVAL);
		assert_int_equal(libmodepages_field_set_text(field, page, 4,
							     "1"), -EINVAL);
		assert_int_equal(libmodepages_field_get_mask(field, page, 4,
							     mask), -EINVAL);
		libmodepages_field_free(field);
	}
	assert_int_equal(page[0], 0x81);
	assert_int_equal(page[1], 0x02);
	assert_int_equal(mask[0] | mask[1] | mask[2] | mask[3], 0);
}

/* Pages of drives, and what stands there by hand. */
static const u8 page_01[] = {
	0x01, 0x0a, 0xc1, 0x20, 0, 0, 0, 0x02, 0x05, 0x01, 0x02, 0x03,
};

static const u8 page_05[] = {
	0x05, 0x32, 0x61, 0xc5, 0x08, 0x10, 0, 0x2a, 0x20, 0,
	0x00, 0x00, 0x01, 0x10, 0x00, 0x96,
	0x80, '4', '0', '0', '6', '3', '8', '1', '3', '3', '3', '9', '3', '1',
	0, 0x4a,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x11, 0,
	0xde, 0xad, 0x0e, 0xef,
};

static const u8 page_1c_6[] = {
	0x1c, 0x06, 0, 0x0c, 0x01, 0, 0, 0,
};

static const u8 page_1c_10[] = {
	0x9c, 0x0a, 0x80, 0x04, 0, 0, 0x02, 0x58, 0, 0, 0, 0,
};

static const u8 page_2a[] = {
	0x2a, 0x26, 0x3f, 0x37, 0xf1, 0x77, 0x29, 0x23, 0x1b, 0x90, 0x01, 0x00,
	0x10, 0x00, 0x1b, 0x90, 0x00, 0x3a, 0x1b, 0x90, 0x1b, 0x90, 0x00, 0x01,
	0x00, 0x00, 0x00, 0x01, 0x1b, 0x90, 0x00, 0x02,
	0x00, 0x01, 0x1b, 0x90, 0x00, 0x00, 0x0d, 0xbc,
};

#define V(page, field, text) \
	{ page, sizeof(page), field, text }

static const struct {
	const u8 *page;
	size_t size;
	const char *field;
	const char *text;	/* NULL: absent */
} vectors[] = {
	V(page_01, "rw.awre", "1"), V(page_01, "rw.tb", "0"),
	V(page_01, "rw.dcr", "1"), V(page_01, "rw.rrc", "32"),
	V(page_01, "rw.emcdr", "2"), V(page_01, "rw.wrc", "5"),
	V(page_01, "rw.erws", "66051"), V(page_01, "01.2:7:16", "49440"),
	V(page_01, "rw.3:7:8", "32"), V(page_01, "01.2:1:10", "288"),
	V(page_05, "wp.bufe", "1"), V(page_05, "wp.wr_t", "1"),
	V(page_05, "wp.multi_s", "3"), V(page_05, "wp.track_m", "5"),
	V(page_05, "wp.dbt", "8"), V(page_05, "wp.link_s", "16"),
	V(page_05, "wp.iac", "42"), V(page_05, "wp.sess_f", "32"),
	V(page_05, "wp.pack_s", "272"), V(page_05, "wp.apl", "150"),
	V(page_05, "wp.mcval", "1"), V(page_05, "wp.mcn", "4006381333931"),
	V(page_05, "wp.mcaframe", "74"), V(page_05, "wp.tcval", "0"),
	V(page_05, "wp.tisrc", ""), V(page_05, "wp.tcaframe", "17"),
	V(page_05, "wp.subhd", "0xdead0eef"), V(page_05, "wp.vend", NULL),
	V(page_1c_6, "ie.itm", "12"), V(page_1c_6, "ie.swpp", "1"),
	V(page_1c_6, "ie.mrie", NULL), V(page_1c_6, "ie.perf", NULL),
	V(page_1c_10, "ie.itm", NULL), V(page_1c_10, "ie.disp", NULL),
	V(page_1c_10, "ie.perf", "1"), V(page_1c_10, "ie.mrie", "4"),
	V(page_1c_10, "ie.intt", "600"), V(page_1c_10, "ie.repc", "0"),
	V(page_2a, "cms.d_ram_r", "1"), V(page_2a, "cms.lmt", "1"),
	V(page_2a, "cms.pwili", "1"), V(page_2a, "cms.rwili", "1"),
	V(page_2a, "cms.bss", "4096"), V(page_2a, "cms.length", "3"),
	V(page_2a, "cms.lsbf", "1"), V(page_2a, "cms.rck", "0"),
	V(page_2a, "cms.bckf", "1"), V(page_2a, "cms.cmrs", "1"),
	V(page_2a, "cms.rcs", "1"), V(page_2a, "cms.nwsd", "2"),
	V(page_2a, "cms.wsd0_rc", "1"), V(page_2a, "cms.wsd0_s", "7056"),
	V(page_2a, "cms.wsd1_rc", "0"), V(page_2a, "cms.wsd1_s", "3516"),
	V(page_2a, "cms.wsd2_s", NULL), V(page_2a, "cms.wsd55_s", NULL),
};

static void test_vectors(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(vectors); i++) {
		char text[LIBMODEPAGES_FIELD_TEXT_SIZE];
		u8 *page = copy(vectors[i].page, vectors[i].size);
		struct libmodepages_field *field;
		int err;

		show(vectors[i].field,
		     !libmodepages_field_new(vectors[i].field, &field));
		err = libmodepages_field_get_text(field, page, vectors[i].size,
						  text);
		show(vectors[i].field, err == (vectors[i].text ? 0 : -ENODATA));
		assert_int_equal(err, vectors[i].text ? 0 : -ENODATA);
		if (vectors[i].text)
			assert_string_equal(text, vectors[i].text);
		libmodepages_field_free(field);
		free(page);
	}
}

static void check_descriptors(struct libmodepages_field *speeds[56],
			      unsigned int count, size_t size)
{
	size_t index, fit = size < 32 ? 0 : (size - 32) / 4;
	u8 *page = calloc(1, size);

	page[0] = 0x2a;
	page[1] = 0xff;
	if (size >= 32) {
		page[30] = count >> 8;
		page[31] = count;
	}
	for (index = 0; index < 56; index++)
		assert_int_equal(libmodepages_field_is_present(speeds[index],
							       page, size),
				 index < count && index < fit);
	free(page);
}

/* Of descriptors, as many as the page says, if they are there. */
static void test_descriptors(void **state)
{
	struct libmodepages_field *speeds[56];
	unsigned int count, i;
	size_t size;

	(void)state;
	for (i = 0; i < 56; i++) {
		char word[16];

		sprintf(word, "2a.wsd%u_s", i);
		assert_int_equal(libmodepages_field_new(word, &speeds[i]), 0);
	}
	for (count = 0; count < 600; count += count < 60 ? 1 : 80)
		for (size = 2; size <= MODE_PAGE_MAX_LENGTH; size++)
			check_descriptors(speeds, count, size);
	for (i = 0; i < 56; i++)
		libmodepages_field_free(speeds[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_field),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_last_place),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_descriptors),
	};

	return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
