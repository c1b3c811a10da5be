// SPDX-License-Identifier: MIT
/*
 * Changes through SG_IO against drives in a script.
 */
#include "sgio_change.h"

#define SENSE_AT(asc_, byte_) \
	.sense = (const u8[]){ 0x70, 0, 5, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, \
			       (asc_), 0, 0, 0x8b, 0, (byte_) }, \
	.sense_length = 18, .status = 2

#define update_0d(steps, width, value, flags) \
	run_update(steps, ARRAY_SIZE(steps), width, value, flags)

static struct libmodepages_change *change;

/* Sets the lowest @width bits of byte 3 of page 0Dh. */
static int run_update(const struct step *steps, size_t count,
		      unsigned int width, u64 value, unsigned int flags)
{
	struct libmodepages_update *update;
	int err;

	libmodepages_change_free(change);
	drive.writable = true;
	assert_int_equal(libmodepages_update_new(0x0d, 0, &update), 0);
	assert_int_equal(libmodepages_update_set(update, 3, width - 1, width,
						 value), 0);
	fake_start(steps, count);
	err = libmodepages_drive_update(&drive, update, flags, &change,
					&status);
	fake_end();
	libmodepages_update_free(update);
	return err;
}

static int teardown(void **state)
{
	(void)state;
	libmodepages_change_free(change);
	change = NULL;
	return 0;
}

static u8 value_of(const struct libmodepages_page *page)
{
	assert_non_null(page);
	assert_int_equal(page->size, 4);
	return page->data[3];
}

static void test_change(void **state)
{
	const struct step steps[] = {
		MASK, CURRENT(0x35), { SELECT(0x3a) }, CURRENT(0x3a),
	};

	(void)state;
	assert_int_equal(update_0d(steps, 4, 0x0a, 0), 0);
	assert_int_equal(value_of(change->before), 0x35);
	assert_int_equal(value_of(change->after), 0x3a);
	assert_true(libmodepages_change_is_sent(change));
	assert_false(libmodepages_change_differs(change));
}

static void test_save(void **state)
{
	const struct step same[] = {
		MASK, CURRENT(0x05), { SELECT(0x05), .save = true },
		CURRENT(0x05),
	};
	const struct step refused[] = {
		MASK, { 0x0d, DATA(0, 0x0a, 0, 0, 0, 0, 0, 0, 0x0d, 2, 0, 5) },
	};

	(void)state;
	assert_int_equal(update_0d(same, 4, 5, LIBMODEPAGES_SAVE), 0);
	assert_int_equal(update_0d(refused, 4, 6, LIBMODEPAGES_SAVE), -ENOENT);
	expect_failure(-ENOENT, -ENOENT, MODEPAGES_STATUS_NO_SUCH_PAGE,
		       MODEPAGES_STAGE_CHECK);
}

/* What need not be sent is not. */
static void test_unsent(void **state)
{
	const struct step steps[] = { MASK, CURRENT(0x35) };

	(void)state;
	assert_int_equal(update_0d(steps, 4, 0x05, 0), 0);
	assert_false(libmodepages_change_is_sent(change));
	assert_int_equal(value_of(change->after), 0x35);
	assert_int_equal(update_0d(steps, 4, 0x06, LIBMODEPAGES_DRY_RUN), 0);
	assert_false(libmodepages_change_is_sent(change));
	assert_int_equal(value_of(change->after), 0x36);
}

static void test_not_changeable(void **state)
{
	const struct step steps[] = { MASK, CURRENT(0x35) };

	(void)state;
	assert_int_equal(update_0d(steps, 6, 0x35, 0), -EPERM);
	expect_failure(-EPERM, -EPERM, MODEPAGES_STATUS_NOT_CHANGEABLE,
		       MODEPAGES_STAGE_CHECK);
	expect_place(3, 5);
}

/* The drive counts from the header of the parameter list. */
static void test_refused(void **state)
{
	const struct step steps[] = {
		MASK, CURRENT(0x35), { SELECT(0x36), SENSE_AT(0x26, 11) },
	};

	(void)state;
	assert_int_equal(update_0d(steps, 4, 0x06, 0), -ERANGE);
	expect_failure(-ERANGE, -ERANGE,
		       MODEPAGES_STATUS_INVALID_MODE_PARAMETERS,
		       MODEPAGES_STAGE_SELECT);
	expect_place(3, 3);
}

static void test_rounded(void **state)
{
	const struct step steps[] = {
		MASK, CURRENT(0x35),
		{ SELECT(0x36), SENSE(0x70, 1, 0x37, 0) }, CURRENT(0x34),
	};

	(void)state;
	assert_int_equal(update_0d(steps, 4, 0x06, 0), 0);
	assert_true(libmodepages_change_is_rounded(change));
	assert_true(libmodepages_change_differs(change));
	assert_int_equal(value_of(change->after), 0x34);
}

static void test_other_value(void **state)
{
	const struct step steps[] = {
		MASK, CURRENT(0x35), { SELECT(0x36) }, CURRENT(0x35),
	};

	(void)state;
	assert_int_equal(update_0d(steps, 4, 0x06, 0), -EIO);
	expect_failure(-EIO, -EIO, MODEPAGES_STATUS_VERIFY_FAILED,
		       MODEPAGES_STAGE_VERIFY);
	expect_place(3, 1);
	assert_int_equal(value_of(change->after), 0x35);
}

/* Bits of others that have changed with the news are not put back. */
static void test_news(void **state)
{
	const struct step steps[] = {
		MASK, CURRENT(0x35), { SELECT(0x36), ATTENTION },
		MASK, CURRENT(0xf5), { SELECT(0xf6) }, CURRENT(0xf6),
	};

	(void)state;
	assert_int_equal(update_0d(steps, 4, 0x06, 0), 0);
	assert_int_equal(value_of(change->before), 0xf5);
}

/* Knows the longer form of MODE SENSE only. */
static void test_six(void **state)
{
	const struct step steps[] = {
		MASK, CURRENT(0x35),
		{ SELECT(0x36), SENSE(0x70, 5, 0x20, 0) },
		{ LIST(0, 0, 0, 0, 0x0d, 0x02, 0x00, 0x36), .six = true },
		CURRENT(0x36),
	};

	(void)state;
	assert_int_equal(update_0d(steps, 4, 0x06, 0), 0);
}

static void test_read_back_fails(void **state)
{
	const struct step steps[] = {
		MASK, CURRENT(0x35), { SELECT(0x36) }, { 0x0d, NOT_SAVED },
	};

	(void)state;
	assert_int_equal(update_0d(steps, 4, 0x06, 0), -EIO);
	expect_failure(-EIO, -EIO, MODEPAGES_STATUS_VERIFY_FAILED,
		       MODEPAGES_STAGE_VERIFY);
	assert_true(libmodepages_change_is_sent(change));
	assert_null(libmodepages_change_get_after(change));
}

static void test_gone_at_read_back(void **state)
{
	const struct step steps[] = {
		MASK, CURRENT(0x35), { SELECT(0x36) },
		{ 0x0d, .error = ENODEV },
	};

	(void)state;
	expect_failure(update_0d(steps, 4, 0x06, 0), -ENODEV,
		       MODEPAGES_STATUS_NO_DEVICE, MODEPAGES_STAGE_VERIFY);
	assert_true(libmodepages_change_is_sent(change));
	assert_null(libmodepages_change_get_after(change));
}

/* It has become shorter: there is no bit to blame. */
static void test_other_length(void **state)
{
	const struct step steps[] = {
		MASK, CURRENT(0x35), { SELECT(0x36) },
		{ 0x0d, DATA(0, 0x09, 0, 0, 0, 0, 0, 0, 0x8d, 0x01, 0x00) },
	};
	enum libmodepages_where where;
	unsigned int byte;
	int bit;

	(void)state;
	expect_failure(update_0d(steps, 4, 0x06, 0), -EIO,
		       MODEPAGES_STATUS_VERIFY_FAILED, MODEPAGES_STAGE_VERIFY);
	assert_true(libmodepages_change_differs(change));
	assert_false(libmodepages_status_get_field(&status, &where, &byte,
						   &bit));
}

/* A byte that the page does not have, though its changeable values do. */
static void test_changeable_beyond_the_page(void **state)
{
	const struct step steps[] = {
		{ 0x4d, PAGE(0x0f) },
		{ 0x0d, DATA(0, 0x09, 0, 0, 0, 0, 0, 0, 0x8d, 0x01, 0x00) },
	};

	(void)state;
	expect_failure(update_0d(steps, 4, 0x06, 0), -EPERM,
		       MODEPAGES_STATUS_NOT_CHANGEABLE, MODEPAGES_STAGE_CHECK);
	expect_place(3, 3);
}

/* Nobody would put anything back. */
static void test_no_restore(void **state)
{
	(void)state;
	drive.writable = true;
	expect_failure(run_update(NULL, 0, 4, 0x06, LIBMODEPAGES_RESTORE),
		       -EOPNOTSUPP, MODEPAGES_STATUS_OK, MODEPAGES_STAGE_CHECK);
	expect_failure(libmodepages_drive_keep(&drive, &status), -EOPNOTSUPP,
		       MODEPAGES_STATUS_OK, MODEPAGES_STAGE_CHECK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_change, setup, teardown),
		cmocka_unit_test_setup_teardown(test_save, setup, teardown),
		cmocka_unit_test_setup_teardown(test_unsent, setup, teardown),
		cmocka_unit_test_setup_teardown(test_not_changeable, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_rounded, setup, teardown),
		cmocka_unit_test_setup_teardown(test_other_value, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_news, setup, teardown),
		cmocka_unit_test_setup_teardown(test_six, setup, teardown),
		cmocka_unit_test_setup_teardown(test_read_back_fails, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_gone_at_read_back, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_other_length, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_changeable_beyond_the_page,
						setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_restore, setup,
						teardown),
	};

	return cmocka_run_group_tests_name("sgio_change", tests, NULL, NULL);
}
