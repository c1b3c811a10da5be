// SPDX-License-Identifier: MIT
/*
 * Words: fields and values of them, good and bad; and the fields of a page.
 */
#include "check.h"
#include "internal.h"

static void test_field_words(void **state)
{
	static const struct {
		const char *word;
		u8 page;
		unsigned int byte, bit, width;
		const char *acronym;
	} good[] = {
		{ "01.rrc", 0x01, 3, 7, 8, "RRC" },
		{ "rw.rrc", 0x01, 3, 7, 8, "RRC" },
		{ "RW.RRC", 0x01, 3, 7, 8, "RRC" },
		{ "0x1.Rrc", 0x01, 3, 7, 8, "RRC" },
		{ "2a.wsd0_s", 0x2a, 34, 7, 16, "WSD0_S" },
		{ "2A.WSD55_rc", 0x2a, 253, 2, 3, "WSD55_RC" },
		{ "po.idle_a", 0x1a, 3, 1, 1, "IDLE_A" },
		{ "po.idle", 0x1a, 3, 1, 1, "IDLE_A" },
		{ "po.sct", 0x1a, 8, 7, 32, "SZCT" },
		/* cah is above 3eh, so this is the caching page. */
		{ "ca.wce", 0x08, 2, 2, 1, "WCE" },
		{ "01.3:7:8", 0x01, 3, 7, 8, NULL },
		{ "rw.0x3:7:0x08", 0x01, 3, 7, 8, NULL },
		{ "3e.0:0:1", 0x3e, 0, 0, 1, NULL },
		{ "33.256:7:8", 0x33, 256, 7, 8, NULL },
		{ "33.249:7:64", 0x33, 249, 7, 64, NULL },
		{ "33.010:3:4", 0x33, 10, 3, 4, NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(good); i++) {
		struct libmodepages_field *field;
		const char *acronym;

		show(good[i].word,
		     !libmodepages_field_new(good[i].word, &field));
		assert_int_equal(libmodepages_field_get_page(field),
				 good[i].page);
		assert_int_equal(libmodepages_field_get_byte(field),
				 good[i].byte);
		assert_int_equal(libmodepages_field_get_bit(field),
				 good[i].bit);
		assert_int_equal(libmodepages_field_get_width(field),
				 good[i].width);
		acronym = libmodepages_field_get_acronym(field);
		assert_int_equal(!!acronym, !!good[i].acronym);
		assert_int_equal(!!libmodepages_field_get_name(field),
				 !!good[i].acronym);
		assert_int_equal(!!libmodepages_field_get_clause(field),
				 !!good[i].acronym);
		if (acronym)
			assert_string_equal(acronym, good[i].acronym);
		libmodepages_field_free(field);
	}
}

static void test_bad_field_words(void **state)
{
	static const struct {
		const char *word;
		int error;
	} bad[] = {
		{ "", -EINVAL }, { ".", -EINVAL }, { "rrc", -EINVAL },
		{ "01", -EINVAL }, { ".rrc", -EINVAL }, { "3f.rrc", -EINVAL },
		{ "99.rrc", -EINVAL }, { "zz.rrc", -EINVAL },
		{ "1.rrc", -EINVAL }, { " 01.rrc", -EINVAL },
		{ "averyveryverylongpage.rrc", -EINVAL },
		{ "0123456789abcdef.rrc", -EINVAL }, { "01:rrc", -EINVAL },
		{ "01.", -ENOENT }, { "01.rr", -ENOENT }, { "01.rrcc", -ENOENT },
		{ "01.rrc ", -ENOENT }, { "01. rrc", -ENOENT },
		{ "01..rrc", -ENOENT }, { "01.wr_t", -ENOENT },
		{ "01.rw.rrc", -ENOENT }, { "33.rrc", -ENOENT },
		{ "01.3", -ENOENT }, { "01.rrc=1", -ENOENT },
		{ "2a.wsd_s", -ENOENT }, { "2a.wsd#_s", -ENOENT },
		{ "2a.wsd56_s", -ENOENT }, { "2a.wsd00_s", -ENOENT },
		{ "2a.wsd-1_s", -ENOENT }, { "2a.wsd4294967296_s", -ENOENT },
		{ "01.3:7", -EINVAL }, { "01.3:7:", -EINVAL },
		{ "01.:7:8", -EINVAL }, { "01.3::8", -EINVAL },
		{ "01.3:7:8:", -EINVAL }, { "01.3:7:8:1", -EINVAL },
		{ "01.3:7:8x", -EINVAL }, { "01.3:7:8 ", -EINVAL },
		{ "01. 3:7:8", -EINVAL }, { "01.+3:7:8", -EINVAL },
		{ "01.-3:7:8", -EINVAL }, { "01.3:7:-8", -EINVAL },
		{ "01.0x:7:8", -EINVAL }, { "01.rrc:7:8", -EINVAL },
		{ "01.3.7:8", -EINVAL }, { "01.a:7:8", -EINVAL },
		{ "01.18446744073709551616:7:8", -EINVAL },
		{ "01.3:7:0", -ERANGE }, { "01.3:7:65", -ERANGE },
		{ "01.3:8:1", -ERANGE }, { "01.257:7:1", -ERANGE },
		{ "01.256:6:8", -ERANGE }, { "01.256:0:2", -ERANGE },
		{ "01.250:7:64", -ERANGE }, { "01.4294967299:7:8", -ERANGE },
		{ "01.3:7:18446744073709551615", -ERANGE },
		{ "01.18446744073709551615:7:8", -ERANGE },
		{ "01.3:4294967303:8", -ERANGE },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		struct libmodepages_field *field = NULL;
		int err = libmodepages_field_new(bad[i].word, &field);

		show(bad[i].word, err == bad[i].error);
		assert_int_equal(err, bad[i].error);
		assert_null(field);
	}
	libmodepages_field_free(NULL);
	libmodepages_fields_free(NULL);
}

struct value_vector {
	const char *field;
	const char *word;
	int error;
	u64 value;
};

static const struct value_vector value_vectors[] = {
	{ "rw.rrc", "0", 0, 0 },
	{ "rw.rrc", "255", 0, 255 },
	{ "rw.rrc", "0xff", 0, 255 },
	{ "rw.rrc", "0XfF", 0, 255 },
	{ "rw.rrc", "0x00ff", 0, 255 },
	/* No octal. */
	{ "rw.rrc", "010", 0, 10 },
	{ "rw.rrc", "256", -ERANGE, 0 },
	{ "rw.rrc", "0x100", -ERANGE, 0 },
	{ "rw.rrc", "18446744073709551615", -ERANGE, 0 },
	{ "rw.rrc", "18446744073709551616", -ERANGE, 0 },
	{ "rw.rrc", "99999999999999999999999999", -ERANGE, 0 },
	{ "rw.rrc", "0x10000000000000000", -ERANGE, 0 },
	/* Too large, and no number either. */
	{ "rw.rrc", "99999999999999999999999999x", -EINVAL, 0 },
	{ "rw.rrc", "", -EINVAL, 0 },
	{ "rw.rrc", "0x", -EINVAL, 0 },
	{ "rw.rrc", "x", -EINVAL, 0 },
	{ "rw.rrc", "ff", -EINVAL, 0 },
	{ "rw.rrc", "1f", -EINVAL, 0 },
	{ "rw.rrc", "-1", -EINVAL, 0 },
	{ "rw.rrc", "+1", -EINVAL, 0 },
	{ "rw.rrc", " 1", -EINVAL, 0 },
	{ "rw.rrc", "1 ", -EINVAL, 0 },
	{ "rw.rrc", "1\n", -EINVAL, 0 },
	{ "rw.rrc", "1.0", -EINVAL, 0 },
	{ "rw.rrc", "1e2", -EINVAL, 0 },
	{ "rw.rrc", "tao", -EINVAL, 0 },
	{ "rw.awre", "1", 0, 1 },
	{ "rw.awre", "2", -ERANGE, 0 },
	{ "rw.erws", "16777215", 0, 0xffffff },
	{ "rw.erws", "16777216", -ERANGE, 0 },
	{ "wp.wr_t", "tao", 0, 1 },
	{ "wp.wr_t", "TAO", 0, 1 },
	{ "wp.wr_t", "layer-jump", 0, 4 },
	{ "wp.wr_t", "15", 0, 15 },
	{ "wp.wr_t", "16", -ERANGE, 0 },
	{ "wp.wr_t", "ta", -EINVAL, 0 },
	{ "wp.wr_t", "taoo", -EINVAL, 0 },
	{ "wp.pack_s", "0xffffffff", 0, 0xffffffff },
	{ "wp.pack_s", "4294967296", -ERANGE, 0 },
	{ "wp.subhd", "0xdeadbeef", 0, 0xdeadbeef },
	{ "wp.mcn", "1", -EOVERFLOW, 0 },
	{ "cddp.itm", "1s", 0, 4 },
	{ "cddp.itm", "2", 0, 2 },
	{ "01.2:7:64", "0xffffffffffffffff", 0, ~0ull },
	{ "01.2:7:64", "18446744073709551615", 0, ~0ull },
	{ "01.2:7:64", "18446744073709551616", -ERANGE, 0 },
	{ "01.2:7:64", "0x1ffffffffffffffff", -ERANGE, 0 },
};

static void test_value_words(void **state)
{
	const struct value_vector *v;

	(void)state;
	for_each(v, value_vectors) {
		struct libmodepages_field *field;
		uint64_t value = 0xa5a5;
		int err;

		assert_int_equal(libmodepages_field_new(v->field, &field), 0);
		err = libmodepages_field_parse_value(field, v->word, &value);
		show(v->word, err == v->error);
		assert_int_equal(err, v->error);
		assert_true(value == (err ? 0xa5a5 : v->value));
		libmodepages_field_free(field);
	}
}

/* What is refused leaves the page as it was; what is taken is read back. */
static void test_set_text(void **state)
{
	static const struct value_vector vectors[] = {
		{ "wp.wr_t", "sao", 0, 0 }, { "wp.wr_t", "sa", -EINVAL, 0 },
		{ "wp.apl", "65536", -ERANGE, 0 },
		{ "wp.mcn", "4006381333931", 0, 0 }, { "wp.mcn", "", 0, 0 },
		{ "wp.mcn", "40063813339310", -ERANGE, 0 },
		{ "wp.mcn", "400638\t", -EINVAL, 0 },
		{ "wp.mcn", "\xe4", -EINVAL, 0 },
		{ "wp.mcn", "0x3030303030303030303030303", -EINVAL, 0 },
		{ "wp.mcn", "0x303030303030303030303030303", -EINVAL, 0 },
		{ "wp.mcn", "0x3030303030303030303030303g", -EINVAL, 0 },
		{ "wp.mcn", "0x01020304050607080910111213", 0, 0 },
		{ "wp.vend", "1", -ENODATA, 0 }, { "rw.rrc", "1", -EINVAL, 0 },
	};
	static const char * const results[] = {
		"2", NULL, NULL, "4006381333931", "", NULL, NULL, NULL, NULL,
		NULL, NULL, "0x01020304050607080910111213", NULL, NULL,
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(vectors); i++) {
		u8 page[52] = { 0x05, 0x32 }, before[sizeof(page)];
		char text[LIBMODEPAGES_FIELD_TEXT_SIZE];
		struct libmodepages_field *field;
		int err;

		memset(page + 2, 0x41, sizeof(page) - 2);
		memcpy(before, page, sizeof(page));
		assert_int_equal(libmodepages_field_new(vectors[i].field,
							&field), 0);
		err = libmodepages_field_set_text(field, page, sizeof(page),
						  vectors[i].word);
		show(vectors[i].word, err == vectors[i].error);
		assert_int_equal(err, vectors[i].error);
		if (err) {
			assert_memory_equal(page, before, sizeof(page));
		} else {
			libmodepages_field_get_text(field, page, sizeof(page),
						    text);
			assert_string_equal(text, results[i]);
		}
		libmodepages_field_free(field);
	}
}

/* Each name of each value, there and back, and none more. */
static void test_choices(void **state)
{
	size_t i, j;

	(void)state;
	for (i = 0; i < field_table_size; i++) {
		const struct field_choice *choice = field_table[i].choices;
		struct libmodepages_field field;
		uint64_t value = 0;
		const char *name;

		field_from_entry(&field, &field_table[i], 0);
		for (j = 0; choice && choice->name; choice++, j++) {
			name = libmodepages_field_get_choice(&field, j, &value);
			assert_string_equal(name, choice->name);
			assert_int_equal(value, choice->value);
			assert_ptr_equal(libmodepages_field_value_name(&field,
								       value),
					 choice->name);
			assert_int_equal(libmodepages_field_parse_value(&field,
									name,
									&value),
					 0);
			assert_int_equal(value, choice->value);
		}
		assert_null(libmodepages_field_get_choice(&field, j, &value));
		assert_null(libmodepages_field_get_choice(&field, j + 1, NULL));
		assert_null(libmodepages_field_value_name(&field, 0xfffff));
	}
}

/* From what a page of no use has: none. In one that is, in its order. */
static void test_fields_of_page(void **state)
{
	static const u8 good[] = {
		0x2a, 0x22, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
		0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0,
	};
	static const u8 subpage[] = { 0x6a, 0x01, 0, 2, 0, 0 };
	static const u8 unknown[] = { 0x3a, 0x02, 0, 0 };
	const struct libmodepages_field *field, *before = NULL;
	struct libmodepages_fields *fields;
	size_t i, count;

	(void)state;
	assert_int_equal(libmodepages_fields_new(good, sizeof(good), NULL,
						 &fields), 0);
	count = libmodepages_fields_get_count(fields);
	assert_int_equal(count, 54);
	for (i = 0; i < count; i++) {
		field = libmodepages_fields_get_field(fields, i);
		if (before)
			assert_true(before->byte < field->byte ||
				    (before->byte == field->byte &&
				     before->bit > field->bit));
		before = field;
	}
	assert_string_equal(before->acronym, "WSD0_S");
	assert_string_equal(before->name, "Write speed 0");
	assert_string_equal(libmodepages_field_get_unit(before), "kB/s");
	assert_null(libmodepages_fields_get_field(fields, count));
	libmodepages_fields_free(fields);

	for (i = 0; i < 4; i++) {
		const u8 *page = i ? i > 1 ? unknown : subpage : good;

		assert_int_equal(libmodepages_fields_new(page, i < 3 ? 2 * i : 4,
							 NULL, &fields), 0);
		assert_int_equal(libmodepages_fields_get_count(fields), 0);
		libmodepages_fields_free(fields);
	}
}

/* A page that the drive says is its own is not taken for that of another. */
static void test_drives(void **state)
{
	struct libmodepages_info toshiba = {
		.vendor = "TOSHIBA", .model = "CD-ROM XM-5401TA",
	};
	struct libmodepages_info other = {
		.vendor = "TOSHIBA", .model = "DVD-ROM SD-M1212",
	};
	struct libmodepages_field *field;

	(void)state;
	assert_int_equal(libmodepages_field_new("20.tosh_speed", &field), 0);
	assert_true(libmodepages_field_is_for(field, &toshiba));
	assert_false(libmodepages_field_is_for(field, &other));
	assert_false(libmodepages_field_is_for(field, NULL));
	libmodepages_field_free(field);
	assert_int_equal(libmodepages_field_new("20.2:0:1", &field), 0);
	assert_true(libmodepages_field_is_for(field, &other));
	assert_true(libmodepages_field_is_for(field, NULL));
	libmodepages_field_free(field);
}

static void test_page_from_bytes(void **state)
{
	static const u8 bytes[] = { 0x88, 0x02, 0x04, 0x00, 0x01 };
	struct libmodepages_page *page;
	size_t size;

	(void)state;
	assert_int_equal(libmodepages_page_new(bytes, sizeof(bytes), &page), 0);
	assert_memory_equal(libmodepages_page_get_data(page, &size), bytes, 4);
	assert_int_equal(size, 4);
	assert_int_equal(libmodepages_page_get_code(page), 8);
	assert_true(libmodepages_page_is_saveable(page));
	assert_false(libmodepages_page_is_truncated(page));
	libmodepages_page_free(page);
	assert_int_equal(libmodepages_page_new(bytes, 3, &page), 0);
	assert_true(libmodepages_page_is_truncated(page));
	libmodepages_page_free(page);
	assert_int_equal(libmodepages_page_new(bytes, 1, &page), -EPROTO);
	assert_int_equal(libmodepages_page_new(bytes, 0, &page), -EPROTO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_field_words),
		cmocka_unit_test(test_bad_field_words),
		cmocka_unit_test(test_value_words),
		cmocka_unit_test(test_set_text),
		cmocka_unit_test(test_choices),
		cmocka_unit_test(test_fields_of_page),
		cmocka_unit_test(test_drives),
		cmocka_unit_test(test_page_from_bytes),
	};

	return cmocka_run_group_tests_name("values", tests, NULL, NULL);
}
