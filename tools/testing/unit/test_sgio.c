// SPDX-License-Identifier: MIT
/*
 * The SG_IO back end against drives in a script.
 */
#include "sgio.h"

static void test_page(void **state)
{
	const struct step dishonest[] = { { 0x0d, PAGE_0D } };
	const struct step honest[] = { { 0x4d, PAGE_0D, .honest = true } };
	const struct step absurd[] = { { 0xcd, PAGE_0D, .residue = 9999 } };
	const struct step negative[] = { { 0x8d, PAGE_0D, .residue = -1 } };
	struct libmodepages_page *page;

	(void)state;
	assert_int_equal(get_page(dishonest, 0x0d, 0, &page), 0);
	expect_0d(page);
	assert_int_equal(fake_allocation(), 512);
	assert_int_equal(get_page(honest, 0x0d, 1, &page), 0);
	expect_0d(page);
	assert_int_equal(status.block.residue, 500);
	assert_int_equal(get_page(absurd, 0x0d, 3, &page), 0);
	expect_0d(page);
	assert_int_equal(get_page(negative, 0x0d, 2, &page), 0);
	expect_0d(page);
	assert_int_equal(status.block.residue, 0);
}

/* Nothing that is out of range reaches the drive. */
static void test_arguments(void **state)
{
	static const struct {
		u8 code, subpage;
		int control;
		unsigned int flags;
	} bad[] = {
		{ 0x3f, 0, 0, 0 }, { 0x99, 0, 0, 0 }, { 0x01, 0xff, 0, 0 },
		{ 0x01, 0, 4, 0 }, { 0x01, 0, -1, 0 }, { 0x01, 0, 0, 4 },
	};
	struct libmodepages_page *page = NULL;
	struct libmodepages_list *list = NULL;
	size_t i;

	(void)state;
	fake_start(NULL, 0);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		enum libmodepages_control control = bad[i].control;
		int err;

		err = libmodepages_drive_get_page(&drive, bad[i].code,
						  bad[i].subpage, control,
						  bad[i].flags, &page,
						  &status);
		expect_failure(err, -EINVAL, MODEPAGES_STATUS_INVALID_ARGUMENT,
			       MODEPAGES_STAGE_CHECK);
		assert_null(page);
	}
	assert_int_equal(libmodepages_drive_get_list(&drive, 2, &list,
						     &status), -EINVAL);
	assert_null(list);
	fake_end();
}

/* The one who asks need not want to know. */
static void test_no_status(void **state)
{
	const struct step steps[] = {
		{ 0x0d, REFUSED }, { 0x0d, true, REFUSED },
		{ 0x0d, true, REFUSED },
	};
	struct libmodepages_page *page;

	(void)state;
	fake_start(steps, ARRAY_SIZE(steps));
	assert_int_equal(libmodepages_drive_get_page(&drive, 0x0d, 0, 0, 0,
						     &page, NULL), -ENOENT);
	fake_end();
}

static void test_attention(void **state)
{
	const struct step some[] = {
		{ 0x0d, ATTENTION }, { 0x0d, SENSE(0x70, 6, 0x29, 0) },
		{ 0x0d, PAGE_0D },
	};
	const struct step endless[] = {
		{ 0x0d, ATTENTION }, { 0x0d, ATTENTION }, { 0x0d, ATTENTION },
		{ 0x0d, ATTENTION }, { 0x0d, ATTENTION },
	};
	struct libmodepages_page *page;

	(void)state;
	assert_int_equal(get_page(some, 0x0d, 0, &page), 0);
	expect_0d(page);
	expect_failure(get_page(endless, 0x0d, 0, &page), -EIO,
		       MODEPAGES_STATUS_FAIL, MODEPAGES_STAGE_SENSE);
}

static void test_deferred(void **state)
{
	const struct step once[] = {
		{ 0x0d, SENSE(0x71, 3, 0x0c, 0x09) }, { 0x0d, PAGE_0D },
	};
	const struct step endless[] = {
		{ 0x0d, SENSE(0x71, 3, 0x0c, 0x09) },
		{ 0x0d, SENSE(0x71, 3, 0x0c, 0x09) },
		{ 0x0d, SENSE(0x71, 3, 0x0c, 0x09) },
		{ 0x0d, SENSE(0x71, 3, 0x0c, 0x09) },
		{ 0x0d, SENSE(0x71, 3, 0x0c, 0x09) },
	};
	/* The command was not carried out, so its data are nothing. */
	const struct step recovered[] = {
		{ 0x0d, SENSE(0x71, 1, 0x17, 0x01) }, { 0x0d, PAGE_0D },
	};
	struct libmodepages_page *page;

	(void)state;
	assert_int_equal(get_page(once, 0x0d, 0, &page), 0);
	expect_0d(page);
	expect_failure(get_page(endless, 0x0d, 0, &page), -EPIPE,
		       MODEPAGES_STATUS_LOSS_OF_STREAMING,
		       MODEPAGES_STAGE_SENSE);
	assert_int_equal(get_page(recovered, 0x0d, 0, &page), 0);
	expect_0d(page);
}

/* What the transport says counts only where the drive says nothing. */
static void test_outcomes(void **state)
{
	const struct {
		struct step step;
		int error;
		u32 code;
	} cases[] = {
		{ { .error = ENODEV }, -ENODEV, MODEPAGES_STATUS_NO_DEVICE },
		{ { .error = ENXIO }, -ENODEV, MODEPAGES_STATUS_NO_DEVICE },
		{ { .error = ENOMEM }, -ENOMEM, MODEPAGES_STATUS_NO_MEMORY },
		{ { .error = EPERM }, -EPERM, MODEPAGES_STATUS_FAIL },
		{ { .host = 1 }, -ENODEV, MODEPAGES_STATUS_NO_DEVICE },
		{ { .host = 4 }, -ENODEV, MODEPAGES_STATUS_NO_DEVICE },
		{ { .host = 3 }, -ETIMEDOUT, MODEPAGES_STATUS_TIMEOUT },
		{ { .host = 7 }, -EIO, MODEPAGES_STATUS_FAIL },
		{ { .status = 0x02 }, -EIO, MODEPAGES_STATUS_FAIL },
		{ { .status = 0x08 }, -EALREADY, MODEPAGES_STATUS_BUSY },
		{ { .status = 0x18 }, -EBUSY, MODEPAGES_STATUS_LOCKED },
		{ { .status = 0x28 }, -EALREADY, MODEPAGES_STATUS_BUSY },
		{ { SENSE(0x70, 2, 0x3a, 1), .host = 7 }, -ENOMEDIUM,
		  MODEPAGES_STATUS_NO_MEDIA },
		{ { SENSE(0x70, 2, 0x04, 1) }, -EAGAIN,
		  MODEPAGES_STATUS_BECOMING_READY },
		{ { NOT_SAVED }, -EOPNOTSUPP, MODEPAGES_STATUS_NO_SUCH_PAGE },
	};
	struct libmodepages_page *page;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct step step = cases[i].step;

		step.page = 0x0d;
		expect_failure(run_page(&step, 1, 0x0d, 0, &page),
			       cases[i].error, cases[i].code,
			       MODEPAGES_STAGE_SENSE);
		assert_int_equal(status.block.host_byte, step.host);
	}
}

/* Some kernels' sr passes sense data on with a status byte of 0. */
static void test_sense_without_status(void **state)
{
	const struct step steps[] = {
		{ 0x0d, .sense = (const u8[]){ 0x72, 5, 0x39, 0, 0, 0, 0, 0 },
		  .sense_length = 8, PAGE_0D },
	};
	struct libmodepages_page *page;

	(void)state;
	expect_failure(get_page(steps, 0x0d, 0, &page), -EOPNOTSUPP,
		       MODEPAGES_STATUS_NO_SUCH_PAGE, MODEPAGES_STAGE_SENSE);
	assert_int_equal(libmodepages_status_get_scsi_status(&status), 2);
	/* It is not the page that is missing. */
	assert_non_null(strstr(libmodepages_status_text(&status), "saved"));
}

static void test_recovered(void **state)
{
	const struct step steps[] = {
		{ 0x0d, SENSE(0x70, 1, 0x17, 0x01), PAGE_0D },
	};
	struct libmodepages_page *page;

	(void)state;
	assert_int_equal(get_page(steps, 0x0d, 0, &page), 0);
	expect_0d(page);
}

static void test_nonsense(void **state)
{
	const struct step silent[] = { { .page = 0x0d }, { .page = 0x0d } };
	const struct step nothing[] = {
		{ 0x0d, .residue = 512 },
		{ 0x0d, .residue = 64, .allocation = 64 },
	};
	static const u8 nought[512];
	const struct step zeros[] = {
		{ 0x0d, .data = nought, .length = sizeof(nought) },
	};
	const struct step header[] = {
		{ 0x0d, DATA(0, 6, 0, 0, 0, 0, 0, 0) },
	};
	const struct step other[] = {
		{ 0x0d, DATA(0, 10, 0, 0, 0, 0, 0, 0, 0x0e, 2, 0, 0) },
	};
	struct libmodepages_page *page;

	(void)state;
	expect_failure(get_page(silent, 0x0d, 0, &page), -EPROTO,
		       MODEPAGES_STATUS_INVALID_RESPONSE,
		       MODEPAGES_STAGE_PARSE);
	expect_failure(get_page(nothing, 0x0d, 0, &page), -EPROTO,
		       MODEPAGES_STATUS_INVALID_RESPONSE,
		       MODEPAGES_STAGE_PARSE);
	expect_failure(get_page(zeros, 0x0d, 0, &page), -EPROTO,
		       MODEPAGES_STATUS_INVALID_RESPONSE,
		       MODEPAGES_STAGE_PARSE);
	expect_failure(get_page(header, 0x0d, 0, &page), -ENOENT,
		       MODEPAGES_STATUS_NO_SUCH_PAGE, MODEPAGES_STAGE_PARSE);
	expect_failure(get_page(other, 0x0d, 0, &page), -EPROTO,
		       MODEPAGES_STATUS_INVALID_RESPONSE,
		       MODEPAGES_STAGE_PARSE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_page, setup),
		cmocka_unit_test_setup(test_arguments, setup),
		cmocka_unit_test_setup(test_no_status, setup),
		cmocka_unit_test_setup(test_attention, setup),
		cmocka_unit_test_setup(test_deferred, setup),
		cmocka_unit_test_setup(test_outcomes, setup),
		cmocka_unit_test_setup(test_sense_without_status, setup),
		cmocka_unit_test_setup(test_recovered, setup),
		cmocka_unit_test_setup(test_nonsense, setup),
	};

	return cmocka_run_group_tests_name("sgio", tests, NULL, NULL);
}
