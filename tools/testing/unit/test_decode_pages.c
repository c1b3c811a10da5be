// SPDX-License-Identifier: MIT
/*
 * tools/lib/decode.c: pages of drives, and what is in them and what is not.
 */
#include "check.h"
#include "internal.h"

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
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_descriptors),
	};

	return cmocka_run_group_tests_name("decode_pages", tests, NULL, NULL);
}
