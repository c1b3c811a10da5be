// SPDX-License-Identifier: MIT
/*
 * Words: pages, page controls, addresses, texts of a status.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include "internal.h"

#include <cmocka.h>

static void test_page_words(void **state)
{
	static const struct {
		const char *word;
		u8 code;
	} good[] = {
		{ "2a", 0x2a }, { "2A", 0x2a }, { "0x2a", 0x2a },
		{ "0X2A", 0x2a }, { "0x8", 0x08 }, { "08", 0x08 },
		{ "00", 0x00 }, { "3e", 0x3e }, { "rw", 0x01 },
		{ "mrw", 0x03 }, { "wp", 0x05 }, { "ve", 0x07 },
		{ "cddp", 0x0d }, { "aud", 0x0e }, { "po", 0x1a },
		{ "ie", 0x1c }, { "tp", 0x1d }, { "cms", 0x2a },
		{ "CMS", 0x2a },
		/* cah is above 3eh, so this is the caching page. */
		{ "ca", 0x08 }, { "CA", 0x08 },
	};
	static const char * const bad[] = {
		"", "2", "8", "3f", "3F", "40", "99", "0x99", "0x3f", "ff",
		"zz", "2ah", "2a ", " 2a", "+2", "-1", "0x", "0x2a0", "02a",
		"002a", "x2", "cm", "cmss", "0xca", "2g", "\xb2\x61",
	};
	size_t i;
	u8 code;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(good); i++) {
		code = 0xff;
		assert_int_equal(libmodepages_page_code_parse(good[i].word,
							      &code), 0);
		assert_int_equal(code, good[i].code);
	}
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		code = 0xff;
		assert_int_equal(libmodepages_page_code_parse(bad[i], &code),
				 -EINVAL);
		assert_int_equal(code, 0xff);
	}
}

/* Every acronym leads back to its page, so none is taken for another. */
static void test_page_table(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < page_table_size; i++) {
		const struct page_entry *entry = &page_table[i];
		u8 code;

		assert_int_equal(libmodepages_page_code_parse(entry->acronym,
							      &code), 0);
		assert_int_equal(code, entry->code);
		assert_ptr_equal(libmodepages_page_code_name(code),
				 entry->name);
		assert_ptr_equal(libmodepages_page_code_acronym(code),
				 entry->acronym);
	}
	assert_null(libmodepages_page_code_name(0x3f));
	assert_null(libmodepages_page_code_acronym(0x33));
}

static void test_controls(void **state)
{
	static const char * const names[] = {
		"current", "changeable", "default", "saved",
	};
	enum libmodepages_control control = LIBMODEPAGES_CONTROL_CURRENT;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		assert_int_equal(libmodepages_control_parse(names[i],
							    &control), 0);
		assert_int_equal(control, i);
		assert_string_equal(libmodepages_control_name(control),
				    names[i]);
	}
	assert_int_equal(libmodepages_control_parse("SAVED", &control), 0);
	assert_int_equal(libmodepages_control_parse("save", &control),
			 -EINVAL);
	assert_int_equal(libmodepages_control_parse("", &control), -EINVAL);
	assert_null(libmodepages_control_name((enum libmodepages_control)4));
}

static void test_addresses(void **state)
{
	static const char * const good[] = {
		"0:0:0:0", "10:0:127:16383", "2:0:0:18446744073709551615",
	};
	static const char * const bad[] = {
		"", "0", "0:0:0", "0:0:0:", ":0:0:0", "0:0:0:0:0", "0:0:0:0 ",
		" 0:0:0:0", "0:0:0:x", "-1:0:0:0", "0::0:0", "host0",
		"0:0:0:0/..",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(good); i++)
		assert_true(address_valid(good[i]));
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		assert_false(address_valid(bad[i]));
}

/* Names of no drive, on any machine that runs this. */
static void test_no_drive(void **state)
{
	static const struct {
		const char *name;
		int error;
	} names[] = {
		{ "", -EINVAL },
		{ "sr0", -EINVAL },
		{ "1:2:3", -EINVAL },
		{ "4294967295:0:0:0", -ENODEV },
		{ "/dev/nosuch", -ENOENT },
		{ "/dev/modepages/4294967295:0:0:0", -ENOENT },
		{ "/dev/null/x", -ENOTDIR },
		{ "/dev/null", -ENOTTY },
		{ "/dev", -ENOTTY },
		{ "/sys/devices/virtual/mem/null", -ENOTTY },
		{ "/proc/self/exe", -ENOTTY },
	};
	struct libmodepages_drive *drive = NULL;
	struct libmodepages_info *info = NULL;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		int err = libmodepages_drive_open(names[i].name, 0, &drive);

		if (err != names[i].error)
			print_error("name: '%s'\n", names[i].name);
		assert_int_equal(err, names[i].error);
		assert_null(drive);
		assert_int_equal(libmodepages_info_new(names[i].name, &info),
				 names[i].error);
		assert_null(info);
	}
	assert_int_equal(libmodepages_drive_open("0:0:0:0", 1 << 2, &drive),
			 -EINVAL);
}

static void test_all_drives(void **state)
{
	struct libmodepages_drives *drives;
	size_t i, count;

	(void)state;
	assert_int_equal(libmodepages_drives_new(&drives), 0);
	count = libmodepages_drives_get_count(drives);
	for (i = 0; i < count; i++)
		assert_true(address_valid(libmodepages_info_get_address(
				libmodepages_drives_get_info(drives, i))));
	assert_null(libmodepages_drives_get_info(drives, count));
	libmodepages_drives_free(drives);
}

/* People must be able to tell all outcomes apart. */
static void test_texts(void **state)
{
	const int last = LIBMODEPAGES_STATUS_VERIFY_FAILED;
	const char *other;
	int i, j;

	(void)state;
	/* One past the last: the text for a code of a later version. */
	for (i = 0; i <= last + 1; i++) {
		const char *text = libmodepages_status_code_text(i);

		assert_non_null(text);
		assert_true(strlen(text) > 10);
		assert_null(strchr(text, '\n'));
		assert_int_not_equal(text[strlen(text) - 1], '.');
		for (j = 0; j < i; j++) {
			other = libmodepages_status_code_text(j);
			assert_string_not_equal(text, other);
		}
	}
	assert_string_equal(libmodepages_status_code_name(last + 1),
			    "unknown");
}

/* One code, and what to do about it is not the same. */
static void test_texts_by_stage(void **state)
{
	static const struct {
		u32 code, stage;
		u8 asc;
		const char *part;
	} cases[] = {
		{ MODEPAGES_STATUS_OK, MODEPAGES_STAGE_NONE, 0, "all went" },
		{ MODEPAGES_STATUS_OK, MODEPAGES_STAGE_CHECK, 0, "passive=1" },
		{ MODEPAGES_STATUS_NO_SUCH_PAGE, MODEPAGES_STAGE_SENSE, 0x24,
		  "does not have this page" },
		{ MODEPAGES_STATUS_NO_SUCH_PAGE, MODEPAGES_STAGE_PARSE, 0,
		  "does not have this page" },
		{ MODEPAGES_STATUS_NO_SUCH_PAGE, MODEPAGES_STAGE_SENSE, 0x39,
		  "no saved values" },
		{ MODEPAGES_STATUS_NO_SUCH_PAGE, MODEPAGES_STAGE_CHECK, 0,
		  "without saving" },
		{ MODEPAGES_STATUS_NO_SUCH_PAGE, MODEPAGES_STAGE_SELECT, 0x39,
		  "can not save it" },
	};
	struct libmodepages_status status = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		status.block.code = cases[i].code;
		status.block.stage = cases[i].stage;
		status.block.asc = cases[i].asc;
		assert_non_null(strstr(libmodepages_status_text(&status),
				       cases[i].part));
	}
}

static void test_status_object(void **state)
{
	struct libmodepages_status *status = libmodepages_status_new();
	u8 key = 0xee, asc = 0xee, ascq = 0xee;
	unsigned int byte = 99;
	enum libmodepages_where where;
	const u8 *data;
	size_t size;
	int bit;

	(void)state;
	assert_non_null(status);
	assert_int_equal(libmodepages_status_get_code(status),
			 LIBMODEPAGES_STATUS_OK);
	assert_false(libmodepages_status_get_sense(status, &key, &asc, &ascq));
	assert_int_equal(key, 0xee);
	assert_false(libmodepages_status_get_field(status, NULL, &byte, NULL));
	assert_int_equal(byte, 99);

	status->block = (struct modepages_status){
		.code = MODEPAGES_STATUS_NO_SUCH_PAGE,
		.stage = MODEPAGES_STAGE_SENSE,
		.scsi_status = 2,
		.host_byte = 7,
		.flags = MODEPAGES_STATUS_SENSE | MODEPAGES_STATUS_FIELD |
			 MODEPAGES_STATUS_FIELD_CDB,
		.sense_len = 3,
		.sense_key = 5,
		.asc = 0x24,
		.ascq = 1,
		.field_bit = 6,
		.field_byte = 0x102,
		.residue = 500,
		.sense = { 0x70, 1, 2 },
	};
	assert_string_equal(libmodepages_status_name(status), "no_such_page");
	assert_string_equal(libmodepages_status_text(status),
			    libmodepages_status_code_text(
					LIBMODEPAGES_STATUS_NO_SUCH_PAGE));
	assert_int_equal(libmodepages_status_get_stage(status),
			 LIBMODEPAGES_STAGE_SENSE);
	assert_int_equal(libmodepages_status_get_scsi_status(status), 2);
	assert_int_equal(libmodepages_status_get_host_byte(status), 7);
	assert_int_equal(libmodepages_status_get_residue(status), 500);
	assert_true(libmodepages_status_get_sense(status, &key, &asc, &ascq));
	assert_int_equal(key, 5);
	assert_int_equal(asc, 0x24);
	assert_int_equal(ascq, 1);
	data = libmodepages_status_get_sense_data(status, &size);
	assert_int_equal(size, 3);
	assert_int_equal(data[2], 2);

	assert_true(libmodepages_status_get_field(status, &where, &byte,
						  &bit));
	assert_int_equal(where, LIBMODEPAGES_WHERE_COMMAND);
	assert_int_equal(byte, 0x102);
	assert_int_equal(bit, -1);
	status->block.flags = MODEPAGES_STATUS_FIELD |
			      MODEPAGES_STATUS_FIELD_BIT;
	assert_true(libmodepages_status_get_field(status, &where, NULL,
						  &bit));
	assert_int_equal(where, LIBMODEPAGES_WHERE_DATA);
	assert_int_equal(bit, 6);
	libmodepages_status_free(status);
}

static void test_null(void **state)
{
	(void)state;
	libmodepages_drive_close(NULL);
	libmodepages_drives_free(NULL);
	libmodepages_event_free(NULL);
	libmodepages_info_free(NULL);
	libmodepages_list_free(NULL);
	libmodepages_monitor_free(NULL);
	libmodepages_page_free(NULL);
	libmodepages_status_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page_words),
		cmocka_unit_test(test_page_table),
		cmocka_unit_test(test_controls),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_no_drive),
		cmocka_unit_test(test_all_drives),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_texts_by_stage),
		cmocka_unit_test(test_status_object),
		cmocka_unit_test(test_null),
	};

	return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
