// SPDX-License-Identifier: MIT
/*
 * All pages at once, from a model of the module that notes what it is called for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include "fake_module.h"

#include <cmocka.h>

#define ALL(...) \
	.all = (const u8[]){ __VA_ARGS__ }, \
	.all_length = sizeof((const u8[]){ __VA_ARGS__ })

/* Kinds of values, as a page that is asked for alone has them in its last byte. */
#define CURRENT		LIBMODEPAGES_CONTROL_CURRENT
#define CHANGEABLE	LIBMODEPAGES_CONTROL_CHANGEABLE
#define DEFAULT		LIBMODEPAGES_CONTROL_DEFAULT
#define SAVED		LIBMODEPAGES_CONTROL_SAVED

static struct libmodepages_info info;
static struct libmodepages_drive drive;
static struct libmodepages_status status;
static struct libmodepages_pages *pages;

static int setup(void **state)
{
	(void)state;
	/* No such drive is in sysfs, so nothing is read from there. */
	info.address = (char *)"999:0:0:0";
	drive = (struct libmodepages_drive){
		.backend = &module_backend, .fd = -1, .info = &info,
	};
	memset(&status, 0x5a, sizeof(status));
	pages = NULL;
	return 0;
}

/* Exactly these calls, in this order. */
static int get_pages(const struct module *what,
		     enum libmodepages_control control, unsigned int flags,
		     const char *calls)
{
	int err;

	fake_module_start(what, calls);
	err = libmodepages_drive_get_pages(&drive, control, flags, &pages,
					   &status);
	fake_module_end();
	if (err)
		assert_null(pages);
	return err;
}

/* Two hex digits for each byte of each page, a blank between pages; frees them. */
static void expect_pages(const char *expected)
{
	char text[512] = "";
	size_t i, j, size, used = 0;

	for (i = 0; i < libmodepages_pages_get_count(pages); i++) {
		const struct libmodepages_page *page =
			libmodepages_pages_get_page(pages, i);
		const u8 *data = libmodepages_page_get_data(page, &size);

		assert_int_equal(libmodepages_page_get_code(page),
				 data[0] & 0x3f);
		assert_int_equal(libmodepages_page_get_subpage(page), 0);
		assert_int_equal(libmodepages_page_is_saveable(page),
				 data[0] >> 7);
		assert_ptr_equal(libmodepages_pages_find(pages, data[0] & 0x3f),
				 page);
		if (i)
			text[used++] = ' ';
		for (j = 0; j < size; j++, used += 2)
			snprintf(text + used, 3, "%02x", data[j]);
	}
	assert_string_equal(text, expected);
	assert_null(libmodepages_pages_get_page(pages, i));
	assert_int_equal(status.block.code, MODEPAGES_STATUS_OK);
	assert_int_equal(status.block.stage, MODEPAGES_STAGE_NONE);
	libmodepages_pages_free(pages);
	pages = NULL;
}

static bool is_cached(size_t index)
{
	return libmodepages_page_is_cached(libmodepages_pages_get_page(pages,
								       index));
}

/* Out of order, one with the PS bit. */
#define THREE	ALL(0x2a, 3, 1, 2, 3, 0x81, 1, 9, 0x0e, 2, 5, 6)
#define LISTED	.list = { 0x01, 0x0e, 0x2a }

static void test_at_once(void **state)
{
	const struct module what = { LISTED, THREE };

	(void)state;
	assert_int_equal(get_pages(&what, CURRENT, 0, "info 3f list-cached"), 0);
	assert_false(is_cached(0) || is_cached(1) || is_cached(2));
	assert_null(libmodepages_pages_find(pages, 0x08));
	expect_pages("810109 0e020506 2a03010203");
	/* INFO once. */
	assert_int_equal(get_pages(&what, DEFAULT, 0, "3f list-cached"), 0);
	expect_pages("810109 0e020506 2a03010203");
}

static void test_recent(void **state)
{
	const struct module what = {
		LISTED, THREE, .features = MODEPAGES_FEATURE_RECENT,
	};

	(void)state;
	assert_int_equal(get_pages(&what, CURRENT, LIBMODEPAGES_RECENT,
				   "info 3f-recent list-cached"), 0);
	assert_true(is_cached(0) && is_cached(1) && is_cached(2));
	expect_pages("810109 0e020506 2a03010203");
}

/* Nothing is known, and the drive must not be asked; or asking it has failed. */
static void test_not_even_recent(void **state)
{
	static const int errors[] = { ENODATA, EBUSY, ETIMEDOUT };
	struct module what = {
		LISTED, THREE, .features = MODEPAGES_FEATURE_RECENT,
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(errors); i++) {
		what.stale = errors[i];
		drive.introduced = false;
		assert_int_equal(get_pages(&what, CURRENT, LIBMODEPAGES_RECENT,
					   "info 3f-recent 3f list-cached"), 0);
		assert_false(is_cached(0));
		expect_pages("810109 0e020506 2a03010203");
	}
}

/* What is known of page 3Fh may be older than what is known of a page. */
static void test_cached(void **state)
{
	const struct module what = { LISTED, THREE };

	(void)state;
	assert_int_equal(get_pages(&what, SAVED, LIBMODEPAGES_CACHED,
				   "info list-cached 01-cached 0e-cached 2a-cached"),
			 0);
	assert_true(is_cached(0) && is_cached(1) && is_cached(2));
	expect_pages("8102a503 8e02a503 aa02a503");
}

#define ONE_BY_ONE(calls, ...) \
	do { \
		const struct module what = { LISTED, __VA_ARGS__ }; \
		\
		drive.introduced = false; \
		assert_int_equal(get_pages(&what, CHANGEABLE, 0, calls), 0); \
		expect_pages("8102a501 8e02a501 aa02a501"); \
	} while (0)

static void test_one_by_one(void **state)
{
	static const char known[] = "info list-cached 01 0e 2a";
	static const char asked[] = "info 3f list-cached 01 0e 2a";

	(void)state;
	ONE_BY_ONE(known, THREE, .quirks = MODEPAGES_QUIRK_NO_ALL_PAGES);
	ONE_BY_ONE(known, THREE, .quirks = MODEPAGES_QUIRK_ALL_PAGES_UNSOUND);
	ONE_BY_ONE(asked, .errors[0x3f] = ENOENT);
	ONE_BY_ONE(asked, .errors[0x3f] = EPROTO);
	/* Twice the same, one of length 0, a subpage, the end is missing. */
	ONE_BY_ONE(asked, ALL(0x2a, 1, 1, 0x01, 1, 1, 0x2a, 1, 2));
	ONE_BY_ONE(asked, ALL(0x2a, 0, 0x01, 1, 1, 0x0e, 1, 2));
	ONE_BY_ONE(asked, ALL(0x6a, 1, 0, 1, 7, 0x01, 1, 1, 0x0e, 1, 2));
	ONE_BY_ONE(asked, ALL(0x2a, 1, 1, 0x01, 1, 1, 0x0e, 3, 2),
		   .all_result = MODEPAGES_RESULT_TRUNCATED);
	ONE_BY_ONE(asked, ALL(0x2a));
	ONE_BY_ONE(asked, .all = (const u8 *)"", .all_length = 0);
}

/* From a module that can not do it, of a drive whose files are not there. */
static void test_recent_is_unknown(void **state)
{
	const struct module what = { LISTED, THREE };

	(void)state;
	assert_int_equal(get_pages(&what, CURRENT, LIBMODEPAGES_RECENT,
				   "info list-cached 01 0e 2a"), 0);
	expect_pages("8102a500 8e02a500 aa02a500");
}

/* A drive that has 2Ah, and does not tell. */
static void test_listed_and_missing(void **state)
{
	const struct module what = {
		.list = { 0x01, 0x0e, 0x1a, 0x2a }, ALL(0x0e, 1, 7, 0x01, 1, 7),
		.errors[0x1a] = ENOENT,
	};

	(void)state;
	assert_int_equal(get_pages(&what, DEFAULT, 0,
				   "info 3f list-cached 1a 2a"), 0);
	assert_false(libmodepages_pages_is_unsound(pages, 0x1a));
	expect_pages("010107 0e0107 aa02a502");
}

/* Pages are those that have current values: the drive has grown one. */
static void test_not_listed(void **state)
{
	const struct module what = { .list = { 0x01, 0x0e }, THREE };

	(void)state;
	assert_int_equal(get_pages(&what, CURRENT, 0, "info 3f list-cached"), 0);
	expect_pages("810109 0e020506 2a03010203");
	assert_int_equal(get_pages(&what, CHANGEABLE, 0, "3f list-cached"), 0);
	expect_pages("810109 0e020506");
}

/* As page 3Fh and above, which no page has. */
static void test_list_of_nonsense(void **state)
{
	const struct module what = {
		.list = { 0x01, 0x3f, 0x40, 0xff }, ALL(0x01, 1, 7, 0x3f, 1, 7),
	};

	(void)state;
	assert_int_equal(get_pages(&what, CURRENT, 0, "info 3f list-cached"), 0);
	assert_false(libmodepages_pages_is_unsound(pages, 0x3f));
	assert_false(libmodepages_pages_is_unsound(pages, 0xff));
	assert_null(libmodepages_pages_find(pages, 0x3f));
	expect_pages("010107");
}

static void test_nonsense_of_a_page(void **state)
{
	const struct module what = {
		LISTED, .quirks = MODEPAGES_QUIRK_NO_ALL_PAGES,
		.errors[0x0e] = EPROTO,
	};

	(void)state;
	assert_int_equal(get_pages(&what, CURRENT, 0,
				   "info list-cached 01 0e 2a"), 0);
	assert_true(libmodepages_pages_is_unsound(pages, 0x0e));
	assert_false(libmodepages_pages_is_unsound(pages, 0x01));
	assert_false(libmodepages_pages_is_unsound(pages, 0x08));
	expect_pages("8102a500 aa02a500");
}

/* That it keeps no values of a kind is about all pages. */
static void test_no_such_values(void **state)
{
	const struct module at_once = { LISTED, .errors[0x3f] = EOPNOTSUPP };
	const struct module alone = {
		LISTED, .quirks = MODEPAGES_QUIRK_NO_ALL_PAGES,
		.errors[0x01] = EOPNOTSUPP,
	};
	const struct module at_last = {
		LISTED, .quirks = MODEPAGES_QUIRK_NO_ALL_PAGES,
		.errors[0x0e] = EOPNOTSUPP,
	};
	const struct module none = {
		LISTED, .errors = { [0x01] = ENOENT, [0x0e] = ENOENT,
				    [0x2a] = ENOENT, [0x3f] = ENOENT },
	};

	(void)state;
	assert_int_equal(get_pages(&at_once, SAVED, 0, "info 3f"), -EOPNOTSUPP);
	assert_int_equal(status.block.code, MODEPAGES_STATUS_NO_SUCH_PAGE);
	drive.introduced = false;
	assert_int_equal(get_pages(&alone, SAVED, 0, "info list-cached 01"),
			 -EOPNOTSUPP);
	assert_int_equal(status.block.code, MODEPAGES_STATUS_NO_SUCH_PAGE);
	drive.introduced = false;
	assert_int_equal(get_pages(&at_last, SAVED, 0,
				   "info list-cached 01 0e"), 0);
	expect_pages("8102a503");
	drive.introduced = false;
	assert_int_equal(get_pages(&none, SAVED, 0,
				   "info 3f list-cached 01 0e 2a"), -ENOENT);
	assert_int_equal(status.block.code, MODEPAGES_STATUS_NO_SUCH_PAGE);
}

/* A drive that fails is not asked for more. */
static void test_failure(void **state)
{
	const struct module at_once = { LISTED, .errors[0x3f] = EALREADY };
	const struct module later = {
		LISTED, .errors = { [0x0e] = EALREADY, [0x3f] = ENOENT },
	};

	(void)state;
	assert_int_equal(get_pages(&at_once, CURRENT, 0, "info 3f"), -EALREADY);
	assert_int_equal(status.block.code, MODEPAGES_STATUS_BUSY);
	assert_int_equal(get_pages(&later, CURRENT, 0, "3f list-cached 01 0e"),
			 -EALREADY);
	assert_int_equal(status.block.code, MODEPAGES_STATUS_BUSY);
}

static void test_no_pages(void **state)
{
	const struct module what = { .errors[0x3f] = ENOENT };

	(void)state;
	assert_int_equal(get_pages(&what, CURRENT, 0,
				   "info 3f list-cached list"), 0);
	assert_int_equal(libmodepages_pages_get_count(pages), 0);
	assert_null(libmodepages_pages_find(pages, 0x00));
	expect_pages("");
	libmodepages_pages_free(NULL);
}

/* More than there is room for at first; a page as long as pages can be. */
static void test_long(void **state)
{
	u8 all[3 * 257];
	const struct module what = {
		.list = { 0x01, 0x02, 0x03 }, .all = all,
		.all_length = sizeof(all),
	};
	size_t i, size;

	(void)state;
	for (i = 0; i < sizeof(all); i++)
		all[i] = i % 257 == 0 ? i / 257 + 1 : i % 257 == 1 ? 0xff : i;
	assert_int_equal(get_pages(&what, CURRENT, 0, "info 3f 3f list-cached"),
			 0);
	assert_int_equal(libmodepages_pages_get_count(pages), 3);
	for (i = 0; i < 3; i++) {
		const struct libmodepages_page *page =
			libmodepages_pages_find(pages, i + 1);
		const u8 *data = libmodepages_page_get_data(page, &size);

		assert_int_equal(size, 257);
		assert_memory_equal(data, all + i * 257, 257);
	}
	libmodepages_pages_free(pages);
}

static void test_arguments(void **state)
{
	static const struct {
		enum libmodepages_control control;
		unsigned int flags;
	} cases[] = { { SAVED + 1, 0 }, { CURRENT, 1u << 2 }, { -1u, 0 } };
	size_t i;
	int err;

	(void)state;
	fake_start(NULL, 0);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		err = libmodepages_drive_get_pages(&drive, cases[i].control,
						   cases[i].flags, &pages,
						   &status);
		assert_int_equal(err, -EINVAL);
		assert_null(pages);
		assert_int_equal(status.block.code,
				 MODEPAGES_STATUS_INVALID_ARGUMENT);
	}
	fake_end();
}

/* The same flag for a page alone, where the module knows it. */
static void test_recent_page(void **state)
{
	const struct module what = { .features = MODEPAGES_FEATURE_RECENT };
	struct libmodepages_page *page;

	(void)state;
	fake_module_start(&what, "info 08-recent");
	assert_int_equal(libmodepages_drive_get_page(&drive, 0x08, 0, CURRENT,
						     LIBMODEPAGES_RECENT, &page,
						     NULL), 0);
	fake_module_end();
	assert_true(libmodepages_page_is_cached(page));
	libmodepages_page_free(page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_at_once, setup),
		cmocka_unit_test_setup(test_recent, setup),
		cmocka_unit_test_setup(test_not_even_recent, setup),
		cmocka_unit_test_setup(test_cached, setup),
		cmocka_unit_test_setup(test_one_by_one, setup),
		cmocka_unit_test_setup(test_recent_is_unknown, setup),
		cmocka_unit_test_setup(test_listed_and_missing, setup),
		cmocka_unit_test_setup(test_not_listed, setup),
		cmocka_unit_test_setup(test_list_of_nonsense, setup),
		cmocka_unit_test_setup(test_nonsense_of_a_page, setup),
		cmocka_unit_test_setup(test_no_such_values, setup),
		cmocka_unit_test_setup(test_failure, setup),
		cmocka_unit_test_setup(test_no_pages, setup),
		cmocka_unit_test_setup(test_long, setup),
		cmocka_unit_test_setup(test_arguments, setup),
		cmocka_unit_test_setup(test_recent_page, setup),
	};

	return cmocka_run_group_tests_name("all_pages", tests, NULL, NULL);
}
