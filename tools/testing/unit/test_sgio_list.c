// SPDX-License-Identifier: MIT
/*
 * The list of pages, and all pages, through SG_IO, against drives in a script.
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

#define ABSENT(byte_) { (byte_), REFUSAL(0x24) }

/* Before one way of asking was accepted, the two others are tried as well. */
#define ABSENT_TOO(byte_) { (byte_), true, REFUSAL(0x24) }

/* Success with zeros alone, and without a single byte. */
#define ZEROS(byte_) \
	{ .page = (byte_), .data = zeros, .length = sizeof(zeros) }
#define SILENT(byte_) { .page = (byte_) }

static const u8 zeros[512];

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

/* Out of order, one with the PS bit. */
#define MANY \
	DATA(0, 20, 0, 0, 0, 0, 0, 0, \
	     0x2a, 4, 0, 0, 0, 0, 0x81, 2, 0, 0, 0x0e, 2, 0, 0)

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
		ABSENT(0x3f), ABSENT_TOO(0x3f), ABSENT_TOO(0x3f),
		{ 0x2a, PAGE(0x2a) }, { 0x01, PAGE(0x01) }, ABSENT(0x03),
		ABSENT(0x05), ABSENT(0x07), ABSENT(0x08), ABSENT(0x0d),
		{ 0x0e, PAGE(0x8e) }, ABSENT(0x1a), ABSENT(0x1c), ABSENT(0x1d),
		ABSENT(0x6a), ABSENT(0x41), { 0x4e, PAGE(0x0e) },
		ABSENT(0xaa), ABSENT(0x81), ABSENT(0x8e),
		{ 0xea, REFUSAL(0x39) },
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

/*
 * One page twice: no byte of it can be trusted but that its pages are worth
 * asking for, the vendor's too. What is not confirmed is not listed.
 */
static void test_unsound(void **state)
{
	const struct step steps[] = {
		{ 0x3f, DATA(0, 22, 0, 0, 0, 0, 0, 0, 0x2a, 2, 0, 0,
			     0x30, 2, 0, 0, 0x2a, 2, 0, 0, 0x31, 2, 0, 0) },
		{ 0x2a, PAGE(0x2a) }, { 0x01, PAGE(0x01) }, ABSENT(0x03),
		ABSENT(0x05), ABSENT(0x07), ABSENT(0x08), ABSENT(0x0d),
		ABSENT(0x0e), ABSENT(0x1a), ABSENT(0x1c), ABSENT(0x1d),
		{ 0x30, PAGE(0x30) }, ABSENT(0x31),
		{ 0x6a, PAGE(0x2a) }, ABSENT(0x41), { 0x70, PAGE(0x30) },
		ABSENT(0xaa), ABSENT(0x81), ABSENT(0xb0),
		{ 0xea, REFUSAL(0x39) },
	};
	struct libmodepages_list *list;

	(void)state;
	assert_int_equal(get_list(steps, 0, &list), 0);
	assert_int_equal(libmodepages_list_get_count(list), 3);
	expect_entry(list, 0, 0x01, 4, CURRENT, false);
	expect_entry(list, 1, 0x2a, 4, CURRENT | CHANGEABLE, false);
	expect_entry(list, 2, 0x30, 4, CURRENT | CHANGEABLE, false);
	libmodepages_list_free(list);
}

/* NP2kai: only the changeable values make no sense. */
static void test_unsound_control(void **state)
{
	const struct step steps[] = {
		{ 0x3f, MANY },
		{ 0x7f, DATA(0, 16, 0, 0, 0, 0, 0, 0, 0x00, 0,
			     0x01, 2, 0, 0, 0x33, 2, 0, 0) },
		{ 0x6a, PAGE(0x2a) }, { 0x41, PAGE(0x01) }, ABSENT(0x4e),
		{ 0xbf, MANY },
		{ 0xff, REFUSAL(0x39) },
	};
	struct libmodepages_list *list;

	(void)state;
	assert_int_equal(get_list(steps, 0, &list), 0);
	assert_int_equal(libmodepages_list_get_count(list), 3);
	expect_entry(list, 0, 0x01, 4, CURRENT | CHANGEABLE | DEFAULT, true);
	expect_entry(list, 1, 0x0e, 4, CURRENT | DEFAULT, false);
	expect_entry(list, 2, 0x2a, 6, CURRENT | CHANGEABLE | DEFAULT, false);
	libmodepages_list_free(list);
}

/* Hyper-V turns every refusal into a success full of zeros. */
static void test_zeros(void **state)
{
	const struct step steps[] = {
		ZEROS(0x3f), { 0x2a, PAGE(0x2a) }, ZEROS(0x01), ZEROS(0x03),
		ZEROS(0x05), ZEROS(0x07), ZEROS(0x08), ZEROS(0x0d), ZEROS(0x0e),
		ZEROS(0x1a), ZEROS(0x1c), ZEROS(0x1d),
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
		ZEROS(0x2a), { 0x01, PAGE(0x01) }, ZEROS(0x03), ZEROS(0x05),
		ZEROS(0x07), SILENT(0x08), SILENT(0x08), ZEROS(0x0d),
		ZEROS(0x0e), ZEROS(0x1a), ZEROS(0x1c), ZEROS(0x1d),
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
		ABSENT(0x3f), ABSENT_TOO(0x3f), ABSENT_TOO(0x3f),
		{ 0x2a, PAGE(0x2a) },
		{ 0x01, .status = 8 },
	};
	const struct step at_last[] = {
		{ 0x3f, MANY }, { 0x7f, .error = ENODEV },
	};
	struct libmodepages_list *list;

	(void)state;
	assert_int_equal(get_list(at_once, 0, &list), -ETIMEDOUT);
	assert_null(list);
	assert_int_equal(status.block.code, MODEPAGES_STATUS_TIMEOUT);
	assert_int_equal(get_list(at_last, 0, &list), -ENODEV);
	assert_null(list);
	setup(NULL);
	assert_int_equal(get_list(later, 0, &list), -EALREADY);
	assert_null(list);
	assert_int_equal(status.block.code, MODEPAGES_STATUS_BUSY);
}

#define get_pages(steps, control, pages) \
	run_pages(steps, ARRAY_SIZE(steps), control, pages)

static int run_pages(const struct step *steps, size_t count,
		     enum libmodepages_control control,
		     struct libmodepages_pages **pages)
{
	int err;

	setup(NULL);
	*pages = NULL;
	fake_start(steps, count);
	err = libmodepages_drive_get_pages(&drive, control, LIBMODEPAGES_RECENT,
					   pages, &status);
	fake_end();
	if (err)
		assert_null(*pages);
	return err;
}

static void expect_page(const struct libmodepages_pages *pages, size_t index,
			const char *bytes, size_t length)
{
	const struct libmodepages_page *page =
		libmodepages_pages_get_page(pages, index);
	const u8 *data;
	size_t size;

	assert_non_null(page);
	data = libmodepages_page_get_data(page, &size);
	assert_int_equal(size, length);
	assert_memory_equal(data, bytes, length);
	assert_false(libmodepages_page_is_cached(page));
}

static void test_pages(void **state)
{
	const struct step steps[] = { { 0x3f, MANY } };
	struct libmodepages_pages *pages;

	(void)state;
	assert_int_equal(get_pages(steps, LIBMODEPAGES_CONTROL_CURRENT, &pages),
			 0);
	assert_int_equal(libmodepages_pages_get_count(pages), 3);
	expect_page(pages, 0, "\x81\x02\0", 4);
	expect_page(pages, 1, "\x0e\x02\0", 4);
	expect_page(pages, 2, "\x2a\x04\0\0\0", 6);
	assert_int_equal(status.block.code, MODEPAGES_STATUS_OK);
	libmodepages_pages_free(pages);
}

/* Of the pages that have current values, and none of others. */
static void test_pages_changeable(void **state)
{
	const struct step steps[] = {
		{ 0x7f, DATA(0, 14, 0, 0, 0, 0, 0, 0, 0x33, 2, 0, 0,
			     0x01, 2, 0, 0) },
		{ 0x3f, MANY }, ABSENT(0x4e), { 0x6a, PAGE(0x2a) },
	};
	struct libmodepages_pages *pages;

	(void)state;
	assert_int_equal(get_pages(steps, LIBMODEPAGES_CONTROL_CHANGEABLE,
				   &pages), 0);
	assert_int_equal(libmodepages_pages_get_count(pages), 2);
	expect_page(pages, 0, "\x01\x02\0", 4);
	expect_page(pages, 1, "\x2a\x02\0", 4);
	libmodepages_pages_free(pages);
}

/* That it has no such values at once says nothing about others. */
static void test_pages_changeable_alone(void **state)
{
	const struct step steps[] = {
		ABSENT(0x7f), ABSENT_TOO(0x7f), ABSENT_TOO(0x7f),
		{ 0x3f, MANY }, { 0x41, PAGE(0x01) }, ABSENT(0x4e),
		{ 0x6a, PAGE(0x2a) },
	};
	struct libmodepages_pages *pages;

	(void)state;
	assert_int_equal(get_pages(steps, LIBMODEPAGES_CONTROL_CHANGEABLE,
				   &pages), 0);
	assert_int_equal(libmodepages_pages_get_count(pages), 2);
	libmodepages_pages_free(pages);
}

static void test_pages_saved(void **state)
{
	const struct step steps[] = { { 0xff, REFUSAL(0x39) } };
	struct libmodepages_pages *pages;

	(void)state;
	assert_int_equal(get_pages(steps, LIBMODEPAGES_CONTROL_SAVED, &pages),
			 -EOPNOTSUPP);
	assert_int_equal(status.block.asc, 0x39);
}

/* It is asked for page 3Fh no second time. */
static void test_pages_one_by_one(void **state)
{
	const struct step steps[] = {
		ABSENT(0x3f), ABSENT_TOO(0x3f), ABSENT_TOO(0x3f),
		{ 0x2a, PAGE(0x2a) }, { 0x01, PAGE(0x01) }, ABSENT(0x03),
		ABSENT(0x05), ABSENT(0x07), ABSENT(0x08), ABSENT(0x0d),
		ABSENT(0x0e), ABSENT(0x1a), ABSENT(0x1c), ABSENT(0x1d),
		{ 0x01, PAGE(0x01) }, { 0x2a, PAGE(0x2a) },
	};
	struct libmodepages_pages *pages;

	(void)state;
	assert_int_equal(get_pages(steps, LIBMODEPAGES_CONTROL_CURRENT, &pages),
			 0);
	assert_int_equal(libmodepages_pages_get_count(pages), 2);
	expect_page(pages, 0, "\x01\x02\0", 4);
	expect_page(pages, 1, "\x2a\x02\0", 4);
	libmodepages_pages_free(pages);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_all, setup),
		cmocka_unit_test_setup(test_cached, setup),
		cmocka_unit_test_setup(test_one_by_one, setup),
		cmocka_unit_test_setup(test_unsound, setup),
		cmocka_unit_test_setup(test_unsound_control, setup),
		cmocka_unit_test_setup(test_zeros, setup),
		cmocka_unit_test_setup(test_header, setup),
		cmocka_unit_test_setup(test_failure, setup),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_pages_changeable),
		cmocka_unit_test(test_pages_changeable_alone),
		cmocka_unit_test(test_pages_saved),
		cmocka_unit_test(test_pages_one_by_one),
	};

	return cmocka_run_group_tests_name("sgio_list", tests, NULL, NULL);
}
