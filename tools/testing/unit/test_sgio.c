// SPDX-License-Identifier: MIT
/*
 * The SG_IO back end against drives in a script.
 */
#include <setjmp.h>
#include <stdarg.h>

#include "fake_ioctl.h"

#include <cmocka.h>

#define DATA(...) \
	.data = (const u8[]){ __VA_ARGS__ }, \
	.length = sizeof((const u8[]){ __VA_ARGS__ })

#define SENSE(response_, key_, asc_, ascq_) \
	.sense = (const u8[]){ (response_), 0, (key_), 0, 0, 0, 0, 0x0a, \
			       0, 0, 0, 0, (asc_), (ascq_), 0, 0, 0, 0 }, \
	.sense_length = 18, .status = 2

#define REFUSED		SENSE(0x70, 5, 0x24, 0)
#define NOT_SAVED	SENSE(0x70, 5, 0x39, 0)
#define ATTENTION	SENSE(0x70, 6, 0x28, 0)

/* Page 0dh alone, after a header. */
#define PAGE_0D \
	DATA(0x00, 0x0a, 0, 0, 0, 0, 0, 0, 0x8d, 0x02, 0x00, 0x0d)

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

#define get_page(steps, code, control, page) \
	run_page(steps, ARRAY_SIZE(steps), code, control, page)

static int run_page(const struct step *steps, size_t count, u8 code,
		    enum libmodepages_control control,
		    struct libmodepages_page **page)
{
	int err;

	*page = NULL;
	fake_start(steps, count);
	err = libmodepages_drive_get_page(&drive, code, 0, control, 0, page,
					  &status);
	fake_end();
	if (err)
		assert_null(*page);
	return err;
}

static void expect_0d(struct libmodepages_page *page)
{
	static const u8 bytes[] = { 0x8d, 0x02, 0x00, 0x0d };
	size_t size;
	const u8 *data;

	assert_non_null(page);
	data = libmodepages_page_get_data(page, &size);
	assert_int_equal(size, sizeof(bytes));
	assert_memory_equal(data, bytes, sizeof(bytes));
	assert_int_equal(libmodepages_page_get_code(page), 0x0d);
	assert_true(libmodepages_page_is_saveable(page));
	assert_false(libmodepages_page_is_truncated(page));
	libmodepages_page_free(page);
	assert_int_equal(status.block.code, MODEPAGES_STATUS_OK);
	assert_int_equal(status.block.stage, MODEPAGES_STAGE_NONE);
}

static void expect_failure(int err, int error, u32 code, u32 stage)
{
	assert_int_equal(err, error);
	assert_int_equal(status.block.code, code);
	assert_int_equal(status.block.stage, stage);
}

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
		{ 0x01, 0, 4, 0 }, { 0x01, 0, -1, 0 }, { 0x01, 0, 0, 2 },
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
	};
	struct libmodepages_page *page;

	(void)state;
	fake_start(steps, ARRAY_SIZE(steps));
	assert_int_equal(libmodepages_drive_get_page(&drive, 0x0d, 0, 0, 0,
						     &page, NULL), -ENOENT);
	fake_end();
}

static void test_dbd(void **state)
{
	const struct step absent[] = {
		{ 0x0d, REFUSED }, { 0x0d, true, REFUSED },
	};
	const struct step refused[] = {
		{ 0x0d, REFUSED },
		{ 0x0d, true,
		  DATA(0x00, 0x12, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 8, 0,
		       0x8d, 0x02, 0x00, 0x0d) },
	};
	const struct step known[] = { { 0x0d, true, PAGE_0D } };
	struct libmodepages_page *page;
	u8 asc;

	(void)state;
	expect_failure(get_page(absent, 0x0d, 0, &page), -ENOENT,
		       MODEPAGES_STATUS_NO_SUCH_PAGE, MODEPAGES_STAGE_SENSE);
	assert_true(libmodepages_status_get_sense(&status, NULL, &asc, NULL));
	assert_int_equal(asc, 0x24);
	/* A page that is not there proves nothing about DBD. */
	assert_int_equal(get_page(refused, 0x0d, 0, &page), 0);
	expect_0d(page);
	assert_int_equal(get_page(known, 0x0d, 0, &page), 0);
	expect_0d(page);
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
	const struct step twice[] = {
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
	expect_failure(get_page(twice, 0x0d, 0, &page), -EPIPE,
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
	const struct step silent[] = { { .page = 0x0d } };
	const struct step nothing[] = { { 0x0d, .residue = 512 } };
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
	expect_failure(get_page(header, 0x0d, 0, &page), -ENOENT,
		       MODEPAGES_STATUS_NO_SUCH_PAGE, MODEPAGES_STAGE_PARSE);
	expect_failure(get_page(other, 0x0d, 0, &page), -EPROTO,
		       MODEPAGES_STATUS_INVALID_RESPONSE,
		       MODEPAGES_STAGE_PARSE);
}

/* 2 + 0x0257 = 601 bytes, which takes one more command of an even length. */
static void test_larger(void **state)
{
	u8 large[601] = { 0x02, 0x57, [8] = 0x1c | 0x40, 0x01, 0x02, 0x4d,
			  [600] = 0x77 };
	const struct step grows[] = {
		{ 0x1c, .data = large, .length = sizeof(large) },
		{ 0x1c, .data = large, .length = sizeof(large) },
	};
	const struct step boasts[] = {
		{ 0x0d, DATA(0xff, 0xff, 0, 0, 0, 0, 0, 0, 0x8d, 2, 0, 0x0d) },
		{ 0x0d, REFUSED },
		{ 0x0d, true, REFUSED },
	};
	const struct step dies[] = {
		{ 0x0d, DATA(0xff, 0xff, 0, 0, 0, 0, 0, 0, 0x8d, 2, 0, 0x0d) },
		{ 0x0d, .host = 3 },
	};
	/* The second time it declares 12290 bytes, and a residue of 9999. */
	u8 more[601] = { 0x30, 0x00, [8] = 0x0d, 0xff, 0x00, 0x0d,
			 [265] = 0x0e, 0xff, [522] = 0x2a, 0xff };
	const struct step wants_more[] = {
		{ 0x2a, .data = large, .length = sizeof(large) },
		{ 0x2a, .data = more, .length = sizeof(more), .residue = 9999 },
	};
	struct libmodepages_page *page = NULL;
	const u8 *data;
	size_t size;

	(void)state;
	fake_start(grows, ARRAY_SIZE(grows));
	assert_int_equal(libmodepages_drive_get_page(&drive, 0x1c, 1, 0, 0,
						     &page, &status), 0);
	fake_end();
	assert_int_equal(fake_allocation(), 602);
	data = libmodepages_page_get_data(page, &size);
	assert_int_equal(size, 593);
	assert_int_equal(data[592], 0x77);
	assert_int_equal(libmodepages_page_get_subpage(page), 1);
	libmodepages_page_free(page);

	assert_int_equal(get_page(wants_more, 0x2a, 0, &page), 0);
	assert_int_equal(fake_allocation(), 602);
	libmodepages_page_get_data(page, &size);
	assert_int_equal(size, 602 - 522);
	assert_true(libmodepages_page_is_truncated(page));
	libmodepages_page_free(page);

	assert_int_equal(get_page(boasts, 0x0d, 0, &page), 0);
	expect_0d(page);
	assert_int_equal(fake_allocation(), 0xfffe);
	expect_failure(get_page(dies, 0x0d, 0, &page), -ETIMEDOUT,
		       MODEPAGES_STATUS_TIMEOUT, MODEPAGES_STAGE_SENSE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_page, setup),
		cmocka_unit_test_setup(test_arguments, setup),
		cmocka_unit_test_setup(test_no_status, setup),
		cmocka_unit_test_setup(test_dbd, setup),
		cmocka_unit_test_setup(test_attention, setup),
		cmocka_unit_test_setup(test_deferred, setup),
		cmocka_unit_test_setup(test_outcomes, setup),
		cmocka_unit_test_setup(test_sense_without_status, setup),
		cmocka_unit_test_setup(test_recovered, setup),
		cmocka_unit_test_setup(test_nonsense, setup),
		cmocka_unit_test_setup(test_larger, setup),
	};

	return cmocka_run_group_tests_name("sgio", tests, NULL, NULL);
}
