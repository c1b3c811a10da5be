// SPDX-License-Identifier: MIT
/*
 * The SG_IO back end and drives that take more than one command.
 */
#include "sgio.h"

static void test_dbd(void **state)
{
	const struct step absent[] = {
		{ 0x0d, REFUSED }, { 0x0d, true, REFUSED },
		{ 0x0d, true, REFUSED },
	};
	const struct step refused[] = {
		{ 0x0d, REFUSED },
		{ 0x0d, true,
		  DATA(0x00, 0x12, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 8, 0,
		       0x8d, 0x02, 0x00, 0x0d) },
	};
	const struct step known[] = { { 0x0d, true, PAGE_0D } };
	const struct step gone[] = { { 0x0d, true, REFUSED } };
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
	expect_failure(get_page(gone, 0x0d, 0, &page), -ENOENT,
		       MODEPAGES_STATUS_NO_SUCH_PAGE, MODEPAGES_STAGE_SENSE);
}

/* It is asked in ten bytes once, and never again. */
static void test_six(void **state)
{
	const struct step found_out[] = {
		{ 0x0d, SENSE(0x70, 5, 0x20, 0) },
		{ 0x0d, .six = true, .allocation = 192,
		  DATA(7, 0, 0, 0, 0x8d, 0x02, 0x00, 0x0d) },
	};
	const struct step known[] = {
		{ 0x0d, .six = true,
		  DATA(15, 0, 0, 8, 0, 0, 0, 0, 0, 0, 8, 0,
		       0x8d, 0x02, 0x00, 0x0d) },
	};
	struct libmodepages_page *page;

	(void)state;
	assert_int_equal(get_page(found_out, 0x0d, 0, &page), 0);
	expect_0d(page);
	assert_int_equal(get_page(known, 0x0d, 0, &page), 0);
	expect_0d(page);
}

/* The transport says that bytes are missing which are there. */
static void test_residue(void **state)
{
	const struct step cut[] = {
		{ 0x0d, PAGE_0D, .residue = 502 },
		{ 0x0d, PAGE_0D, .allocation = 12 },
	};
	const struct step headless[] = {
		{ 0x0d, PAGE_0D, .residue = 512 },
		{ 0x0d, PAGE_0D, .allocation = 64, .honest = true },
	};
	/* The second answer is the worse one. */
	const struct step stands[] = {
		{ 0x0d, PAGE_0D, .residue = 501 },
		{ 0x0d, PAGE_0D, .allocation = 12, .residue = 2 },
	};
	struct libmodepages_page *page;

	(void)state;
	assert_int_equal(get_page(cut, 0x0d, 0, &page), 0);
	expect_0d(page);
	assert_int_equal(get_page(headless, 0x0d, 0, &page), 0);
	expect_0d(page);
	assert_int_equal(get_page(stands, 0x0d, 0, &page), 0);
	assert_true(libmodepages_page_is_truncated(page));
	assert_int_equal(status.block.residue, 501);
	libmodepages_page_free(page);
}

/* The marks in the buffer show what is missing; it is asked for once more. */
static void test_short(void **state)
{
	const struct step boasts[] = {
		{ 0x0d, DATA(0, 0x22, 0, 0, 0, 0, 0, 0, 0x8d, 2, 0, 0x0d) },
		{ 0x0d, DATA(0, 0x22, 0, 0, 0, 0, 0, 0, 0x8d, 2, 0, 0x0d),
		  .allocation = 512 },
	};
	const struct step known[] = { boasts[0] };
	struct libmodepages_page *page;

	(void)state;
	assert_int_equal(get_page(boasts, 0x0d, 0, &page), 0);
	expect_0d(page);
	assert_int_equal(get_page(known, 0x0d, 0, &page), 0);
	expect_0d(page);
}

/* 2 + 0x0257 = 601 bytes, which takes one more command. */
static void test_larger(void **state)
{
	u8 large[601] = { 0x02, 0x57, [8] = 0x1c | 0x40, 0x01, 0x02, 0x4d,
			  [600] = 0x77 };
	const struct step grows[] = {
		{ 0x1c, .data = large, .length = sizeof(large) },
		{ 0x1c, .data = large, .length = sizeof(large),
		  .allocation = 1024 },
	};
	struct libmodepages_page *page = NULL;
	const u8 *data;
	size_t size;

	(void)state;
	fake_start(grows, ARRAY_SIZE(grows));
	assert_int_equal(libmodepages_drive_get_page(&drive, 0x1c, 1, 0, 0,
						     &page, &status), 0);
	fake_end();
	data = libmodepages_page_get_data(page, &size);
	assert_int_equal(size, 593);
	assert_int_equal(data[592], 0x77);
	assert_int_equal(libmodepages_page_get_subpage(page), 1);
	libmodepages_page_free(page);
}

/* Where the larger request fails, the first answer stands. */
static void test_boasts(void **state)
{
	const struct step refused[] = {
		{ 0x0d, DATA(0xff, 0xff, 0, 0, 0, 0, 0, 0, 0x8d, 2, 0, 0x0d) },
		{ 0x0d, REFUSED },
	};
	const struct step dies[] = { refused[0], { 0x0d, .host = 3 } };
	const struct step gone[] = { refused[0], { 0x0d, .error = ENODEV } };
	const struct step known[] = { refused[0] };
	struct libmodepages_page *page;

	setup(state);
	assert_int_equal(get_page(refused, 0x0d, 0, &page), 0);
	expect_0d(page);
	/* Else it is known for this and not asked again. */
	setup(state);
	assert_int_equal(get_page(dies, 0x0d, 0, &page), 0);
	expect_0d(page);
	setup(state);
	assert_int_equal(get_page(gone, 0x0d, 0, &page), 0);
	expect_0d(page);
	assert_int_equal(get_page(known, 0x0d, 0, &page), 0);
	expect_0d(page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_dbd, setup),
		cmocka_unit_test_setup(test_six, setup),
		cmocka_unit_test_setup(test_residue, setup),
		cmocka_unit_test_setup(test_short, setup),
		cmocka_unit_test_setup(test_larger, setup),
		cmocka_unit_test_setup(test_boasts, setup),
	};

	return cmocka_run_group_tests_name("sgio_exchange", tests, NULL, NULL);
}
