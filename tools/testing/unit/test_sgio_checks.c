// SPDX-License-Identifier: MIT
/*
 * Changes through SG_IO: what is expected, whole pages, and news without an end.
 */
#include "sgio_change.h"

static int setup_writable(void **state)
{
	setup(state);
	drive.writable = true;
	return 0;
}

/* Sets the lowest four bits of byte 3 to 6, if @byte has @value. */
static int update_if(const struct step *steps, size_t count, size_t byte,
		     u8 value)
{
	struct libmodepages_update *update;
	int err;

	assert_int_equal(libmodepages_update_new(0x0d, 0, &update), 0);
	assert_int_equal(libmodepages_update_set(update, 3, 3, 4, 6), 0);
	assert_int_equal(libmodepages_update_expect(update, byte, 7, 8, value),
			 0);
	fake_start(steps, count);
	err = libmodepages_drive_update(&drive, update, 0, NULL, &status);
	fake_end();
	libmodepages_update_free(update);
	return err;
}

static void test_as_expected(void **state)
{
	const struct step steps[] = {
		MASK, CURRENT(0x35), { SELECT(0x36) }, CURRENT(0x36),
	};

	(void)state;
	assert_int_equal(update_if(steps, ARRAY_SIZE(steps), 3, 0x35), 0);
}

static void test_not_as_expected(void **state)
{
	const struct step steps[] = { MASK, CURRENT(0x35) };

	(void)state;
	expect_failure(update_if(steps, ARRAY_SIZE(steps), 3, 0x37), -ESTALE,
		       MODEPAGES_STATUS_CHANGED_MEANWHILE,
		       MODEPAGES_STAGE_CHECK);
	expect_place(3, 1);
}

/* A byte that the page does not have does not hold 0, either. */
static void test_expected_beyond_the_page(void **state)
{
	const struct step steps[] = { MASK, CURRENT(0x35) };

	(void)state;
	expect_failure(update_if(steps, ARRAY_SIZE(steps), 4, 0), -ESTALE,
		       MODEPAGES_STATUS_CHANGED_MEANWHILE,
		       MODEPAGES_STAGE_CHECK);
	expect_place(4, 7);
}

/* It is read again before each try, and there are not more than five. */
static void test_news_each_time(void **state)
{
	const struct step steps[] = {
		MASK, CURRENT(0x35), { SELECT(0x36), ATTENTION },
		MASK, CURRENT(0x45), { SELECT(0x46), ATTENTION },
		MASK, CURRENT(0x55), { SELECT(0x56), ATTENTION },
		MASK, CURRENT(0x65), { SELECT(0x66), ATTENTION },
		MASK, CURRENT(0x75), { SELECT(0x76), ATTENTION },
	};
	struct libmodepages_update *update;

	(void)state;
	assert_int_equal(libmodepages_update_new(0x0d, 0, &update), 0);
	assert_int_equal(libmodepages_update_set(update, 3, 3, 4, 6), 0);
	fake_start(steps, ARRAY_SIZE(steps));
	expect_failure(libmodepages_drive_update(&drive, update, 0, NULL,
						 &status),
		       -EALREADY, MODEPAGES_STATUS_BUSY, MODEPAGES_STAGE_CHECK);
	fake_end();
	libmodepages_update_free(update);
}

static int set_page(const struct step *steps, size_t count, const u8 *page,
		    size_t size)
{
	int err;

	fake_start(steps, count);
	err = libmodepages_drive_set_page(&drive, page, size, 0, NULL, &status);
	fake_end();
	return err;
}

/* What can be changed is the drive's to say, and it is sent in any case. */
static void test_whole_page(void **state)
{
	static const u8 page[] = { 0x8d, 0x02, 0x00, 0xca };
	const struct step other[] = {
		CURRENT(0x35), { SELECT(0xca) }, CURRENT(0xca),
	};
	const struct step same[] = {
		CURRENT(0xca), { SELECT(0xca) }, CURRENT(0xca),
	};

	(void)state;
	assert_int_equal(set_page(other, ARRAY_SIZE(other), page, sizeof(page)),
			 0);
	assert_int_equal(set_page(same, ARRAY_SIZE(same), page, sizeof(page)),
			 0);
}

static void test_page_of_another_length(void **state)
{
	static const u8 shorter[] = { 0x0d, 0x01, 0x00 };
	static const u8 longer[] = { 0x0d, 0x03, 0x00, 0x35, 0x00 };
	const struct step steps[] = { CURRENT(0x35) };

	(void)state;
	expect_failure(set_page(steps, 1, shorter, sizeof(shorter)), -EINVAL,
		       MODEPAGES_STATUS_INVALID_ARGUMENT,
		       MODEPAGES_STAGE_CHECK);
	expect_failure(set_page(steps, 1, longer, sizeof(longer)), -EINVAL,
		       MODEPAGES_STATUS_INVALID_ARGUMENT,
		       MODEPAGES_STAGE_CHECK);
}

/* Of half a page nothing is written. */
static void test_page_that_is_cut(void **state)
{
	const struct step steps[] = {
		MASK,
		{ 0x0d, DATA(0, 9, 0, 0, 0, 0, 0, 0, 0x8d, 0x06, 0x00) },
	};

	(void)state;
	expect_failure(update_if(steps, ARRAY_SIZE(steps), 2, 0), -EPROTO,
		       MODEPAGES_STATUS_INVALID_RESPONSE,
		       MODEPAGES_STAGE_PARSE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_as_expected, setup_writable),
		cmocka_unit_test_setup(test_not_as_expected, setup_writable),
		cmocka_unit_test_setup(test_expected_beyond_the_page,
				       setup_writable),
		cmocka_unit_test_setup(test_news_each_time, setup_writable),
		cmocka_unit_test_setup(test_whole_page, setup_writable),
		cmocka_unit_test_setup(test_page_of_another_length,
				       setup_writable),
		cmocka_unit_test_setup(test_page_that_is_cut, setup_writable),
	};

	return cmocka_run_group_tests_name("sgio_checks", tests, NULL, NULL);
}
