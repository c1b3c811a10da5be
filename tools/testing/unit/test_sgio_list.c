// SPDX-License-Identifier: MIT
/*
 * The list of pages through SG_IO, against drives in a script.
 */
#include <setjmp.h>
#include <stdarg.h>

#include "fake_ioctl.h"

#include <cmocka.h>

#define DATA(...) \
	.data = (const u8[]){ __VA_ARGS__ }, \
	.length = sizeof((const u8[]){ __VA_ARGS__ })

#define REFUSAL(asc_) \
	.sense = (const u8[]){ 0x72, 5, (asc_), 0, 0, 0, 0, 0 }, \
	.sense_length = 8, .status = 2

#define PAGE(code_) DATA(0, 10, 0, 0, 0, 0, 0, 0, (code_), 2, 0, 0)

/* A page that is refused is asked for with block descriptors, too. */
#define ABSENT(byte_) \
	{ (byte_), REFUSAL(0x24) }, { (byte_), true, REFUSAL(0x24) }

/* Success without a single byte. */
#define SILENT(byte_) { .page = (byte_) }

enum {
	CURRENT = 1 << LIBMODEPAGES_CONTROL_CURRENT,
	CHANGEABLE = 1 << LIBMODEPAGES_CONTROL_CHANGEABLE,
	DEFAULT = 1 << LIBMODEPAGES_CONTROL_DEFAULT,
};

static struct libmodepages_drive drive;
static struct libmodepages_status status;

static int setup(void **state)
{
	(void)state;
	drive = (struct libmodepages_drive){
		.backend = &sgio_backend, .fd = -1,
	};
	memset(&status, 0x5a, sizeof(status));
	return 0;
}

#define get_list(steps, flags, list) \
	run_list(steps, ARRAY_SIZE(steps), flags, list)

static int run_list(const struct step *steps, size_t count, unsigned int flags,
		    struct libmodepages_list **list)
{
	int err;

	*list = NULL;
	fake_start(steps, count);
	err = libmodepages_drive_get_list(&drive, flags, list, &status);
	fake_end();
	return err;
}

static void expect_entry(const struct libmodepages_list *list, size_t index,
			 u8 code, size_t length, u8 controls, bool saveable)
{
	int control;

	assert_int_equal(libmodepages_list_get_code(list, index), code);
	assert_int_equal(libmodepages_list_get_length(list, index), length);
	assert_int_equal(libmodepages_list_is_saveable(list, index), saveable);
	for (control = 0; control < 4; control++)
		assert_int_equal(libmodepages_list_has_control(list, index,
							       control),
				 controls >> control & 1);
}

/* Out of order, one twice, zeros between them, one with the PS bit. */
#define MANY \
	DATA(0, 28, 0, 0, 0, 0, 0, 0, \
	     0x2a, 4, 0, 0, 0, 0, 0, 0, 0x81, 2, 0, 0, 0x2a, 2, 0, 0, \
	     0x0e, 2, 0, 0)

static void test_all(void **state)
{
	const struct step steps[] = {
		{ 0x3f, MANY },
		{ 0x7f, DATA(0, 14, 0, 0, 0, 0, 0, 0, 0x01, 2, 0, 0,
			     0x33, 2, 0, 0) },
		{ 0xbf, MANY },
		{ 0xff, REFUSAL(0x39) },
	};
	struct libmodepages_list *list;

	(void)state;
	assert_int_equal(get_list(steps, 0, &list), 0);
	assert_int_equal(libmodepages_list_get_count(list), 3);
	expect_entry(list, 0, 0x01, 4, CURRENT | CHANGEABLE | DEFAULT, true);
	expect_entry(list, 1, 0x0e, 4, CURRENT | DEFAULT, false);
	expect_entry(list, 2, 0x2a, 6, CURRENT | DEFAULT, false);
	expect_entry(list, 3, 0, 0, 0, false);
	assert_int_equal(status.block.code, MODEPAGES_STATUS_OK);
	assert_false(libmodepages_status_get_sense(&status, NULL, NULL, NULL));
	libmodepages_list_free(list);
}

static void test_cached(void **state)
{
	const struct step steps[] = { { 0x3f, MANY } };
	struct libmodepages_list *list;

	(void)state;
	assert_int_equal(get_list(steps, LIBMODEPAGES_CACHED, &list), 0);
	assert_int_equal(libmodepages_list_get_count(list), 3);
	expect_entry(list, 2, 0x2a, 6, CURRENT, false);
	libmodepages_list_free(list);
}

/* As QEMU's ATAPI drive: no 3Fh, current values only, three pages. */
static void test_one_by_one(void **state)
{
	const struct step steps[] = {
		ABSENT(0x3f), { 0x01, PAGE(0x01) }, ABSENT(0x03), ABSENT(0x05),
		ABSENT(0x07), ABSENT(0x08), ABSENT(0x0d), { 0x0e, PAGE(0x8e) },
		ABSENT(0x1a), ABSENT(0x1c), ABSENT(0x1d), { 0x2a, PAGE(0x2a) },
		ABSENT(0x41), { 0x4e, PAGE(0x0e) }, ABSENT(0x6a),
		ABSENT(0x81), ABSENT(0x8e), ABSENT(0xaa),
		{ 0xc1, REFUSAL(0x39) },
	};
	struct libmodepages_list *list;

	(void)state;
	assert_int_equal(get_list(steps, 0, &list), 0);
	assert_int_equal(libmodepages_list_get_count(list), 3);
	expect_entry(list, 0, 0x01, 4, CURRENT, false);
	expect_entry(list, 1, 0x0e, 4, CURRENT | CHANGEABLE, true);
	expect_entry(list, 2, 0x2a, 4, CURRENT, false);
	libmodepages_list_free(list);
}

/* Hyper-V turns every refusal into a success full of zeros. */
static void test_zeros(void **state)
{
	const struct step steps[] = {
		SILENT(0x3f), SILENT(0x01), SILENT(0x03), SILENT(0x05),
		SILENT(0x07), SILENT(0x08),
		SILENT(0x0d), SILENT(0x0e), SILENT(0x1a), SILENT(0x1c), SILENT(0x1d),
		{ 0x2a, PAGE(0x2a) },
	};
	struct libmodepages_list *list;

	(void)state;
	assert_int_equal(get_list(steps, LIBMODEPAGES_CACHED, &list), 0);
	assert_int_equal(libmodepages_list_get_count(list), 1);
	expect_entry(list, 0, 0x2a, 4, CURRENT, false);
	libmodepages_list_free(list);
}

/* A header and no page is no list either. */
static void test_header(void **state)
{
	const struct step steps[] = {
		{ 0x3f, DATA(0, 6, 0, 0, 0, 0, 0, 0) },
		{ 0x01, PAGE(0x01) }, SILENT(0x03), SILENT(0x05),
		SILENT(0x07), SILENT(0x08), SILENT(0x0d), SILENT(0x0e),
		SILENT(0x1a), SILENT(0x1c), SILENT(0x1d), SILENT(0x2a),
	};
	struct libmodepages_list *list;

	(void)state;
	assert_int_equal(get_list(steps, LIBMODEPAGES_CACHED, &list), 0);
	assert_int_equal(libmodepages_list_get_count(list), 1);
	libmodepages_list_free(list);
}

/* A drive that fails is not asked for eleven pages more. */
static void test_failure(void **state)
{
	const struct step at_once[] = { { 0x3f, .host = 3 } };
	const struct step later[] = {
		ABSENT(0x3f), { 0x01, PAGE(0x01) }, { 0x03, .status = 8 },
	};
	const struct step at_last[] = {
		{ 0x3f, MANY }, { 0x7f, .error = ENODEV },
	};
	struct libmodepages_list *list;

	(void)state;
	assert_int_equal(get_list(at_once, 0, &list), -ETIMEDOUT);
	assert_null(list);
	assert_int_equal(status.block.code, MODEPAGES_STATUS_TIMEOUT);
	assert_int_equal(get_list(later, 0, &list), -EALREADY);
	assert_int_equal(get_list(at_last, 0, &list), -ENODEV);
	assert_null(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_all, setup),
		cmocka_unit_test_setup(test_cached, setup),
		cmocka_unit_test_setup(test_one_by_one, setup),
		cmocka_unit_test_setup(test_zeros, setup),
		cmocka_unit_test_setup(test_header, setup),
		cmocka_unit_test_setup(test_failure, setup),
	};

	return cmocka_run_group_tests_name("sgio_list", tests, NULL, NULL);
}
