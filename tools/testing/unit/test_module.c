// SPDX-License-Identifier: MIT
/*
 * The back end for the module against ioctls in a script.
 */
#include <setjmp.h>
#include <stdarg.h>

#include "fake_ioctl.h"

#include <cmocka.h>

static struct libmodepages_drive drive;
static struct libmodepages_status status;

static int setup(void **state)
{
	(void)state;
	drive = (struct libmodepages_drive){
		.backend = &module_backend, .fd = -1,
	};
	memset(&status, 0x5a, sizeof(status));
	return 0;
}

static const u8 caching[] = { 0x88, 0x04, 0x04, 0x00, 0x11, 0x22 };

static int give(struct modepages_get *get, const u8 *data, size_t size)
{
	size_t fits = min((size_t)get->length, size);

	if (fits)
		memcpy((void *)(uintptr_t)get->data, data, fits);
	get->length = size;
	return 0;
}

/* What the kernel refuses to take. */
static void check_get(unsigned long number, const struct modepages_get *get)
{
	assert_int_equal(number, MODEPAGES_IOCTL_GET);
	assert_int_equal(get->size, sizeof(*get));
	assert_int_equal(get->reserved, 0);
	assert_int_equal(get->timeout_ms, 0);
	assert_int_equal(get->flags & ~MODEPAGES_GET_CACHED, 0);
}

static int get_caching(unsigned long number, void *argument)
{
	struct modepages_get *get = argument;

	check_get(number, get);
	assert_int_equal(get->page, 0x08);
	assert_int_equal(get->subpage, 0x00);
	assert_int_equal(get->control, 3);
	assert_int_equal(get->flags, 0);
	return give(get, caching, sizeof(caching));
}

static void test_page(void **state)
{
	static const struct step steps[] = { { .module = get_caching } };
	struct libmodepages_page *page = NULL;
	const u8 *data;
	size_t size;
	int err;

	(void)state;
	fake_start(steps, ARRAY_SIZE(steps));
	err = libmodepages_drive_get_page(&drive, 0x08, 0,
					  LIBMODEPAGES_CONTROL_SAVED, 0, &page,
					  &status);
	assert_int_equal(err, 0);
	fake_end();
	data = libmodepages_page_get_data(page, &size);
	assert_int_equal(size, sizeof(caching));
	assert_memory_equal(data, caching, sizeof(caching));
	assert_int_equal(libmodepages_page_get_code(page), 0x08);
	assert_true(libmodepages_page_is_saveable(page));
	assert_false(libmodepages_page_is_truncated(page));
	assert_false(libmodepages_page_is_cached(page));
	assert_int_equal(status.block.code, MODEPAGES_STATUS_OK);
	libmodepages_page_free(page);
}

static int get_cached(unsigned long number, void *argument)
{
	struct modepages_get *get = argument;

	check_get(number, get);
	assert_int_equal(get->flags, MODEPAGES_GET_CACHED);
	get->result = MODEPAGES_RESULT_CACHED | MODEPAGES_RESULT_TRUNCATED;
	return give(get, caching, sizeof(caching));
}

static void test_flags(void **state)
{
	static const struct step steps[] = { { .module = get_cached } };
	struct libmodepages_page *page = NULL;
	int err;

	(void)state;
	fake_start(steps, ARRAY_SIZE(steps));
	err = libmodepages_drive_get_page(&drive, 0x08, 0, 0,
					  LIBMODEPAGES_CACHED, &page, NULL);
	assert_int_equal(err, 0);
	fake_end();
	assert_true(libmodepages_page_is_cached(page));
	assert_true(libmodepages_page_is_truncated(page));
	libmodepages_page_free(page);
}

/* 4 + 0x0300 bytes: more than there is room for at first. */
static int get_large(unsigned long number, void *argument)
{
	static const u8 large[0x304] = { 0x5c, 0x01, 0x03, 0x00,
					 [0x303] = 0x77 };

	check_get(number, argument);
	return give(argument, large, sizeof(large));
}

static void test_large(void **state)
{
	static const struct step steps[] = {
		{ .module = get_large }, { .module = get_large },
	};
	struct libmodepages_page *page = NULL;
	const u8 *data;
	size_t size;

	(void)state;
	fake_start(steps, ARRAY_SIZE(steps));
	assert_int_equal(libmodepages_drive_get_page(&drive, 0x1c, 1, 0, 0,
						     &page, &status), 0);
	fake_end();
	data = libmodepages_page_get_data(page, &size);
	assert_int_equal(size, 0x304);
	assert_int_equal(data[0x303], 0x77);
	libmodepages_page_free(page);
}

static int get_refused(unsigned long number, void *argument)
{
	struct modepages_get *get = argument;

	check_get(number, get);
	get->status.code = MODEPAGES_STATUS_NO_SUCH_PAGE;
	get->status.stage = MODEPAGES_STAGE_SENSE;
	get->status.flags = MODEPAGES_STATUS_SENSE;
	get->status.asc = 0x24;
	errno = ENOENT;
	return -1;
}

/* No status block: the argument could not be used, or this is no node. */
static int get_unknown(unsigned long number, void *argument)
{
	check_get(number, argument);
	errno = ENOTTY;
	return -1;
}

static int get_gone(unsigned long number, void *argument)
{
	check_get(number, argument);
	errno = ENODEV;
	return -1;
}

static int get_nothing(unsigned long number, void *argument)
{
	check_get(number, argument);
	return give(argument, NULL, 0);
}

static void test_refusals(void **state)
{
	static const struct {
		struct step step;
		int error;
		u32 code;
	} cases[] = {
		{ { .module = get_refused }, -ENOENT,
		  MODEPAGES_STATUS_NO_SUCH_PAGE },
		{ { .module = get_unknown }, -ENOTTY, MODEPAGES_STATUS_FAIL },
		{ { .module = get_gone }, -ENODEV,
		  MODEPAGES_STATUS_NO_DEVICE },
		{ { .module = get_nothing }, -EPROTO,
		  MODEPAGES_STATUS_INVALID_RESPONSE },
	};
	struct libmodepages_page *page = NULL;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		fake_start(&cases[i].step, 1);
		assert_int_equal(libmodepages_drive_get_page(&drive, 0x08, 0, 0,
							     0, &page, &status),
				 cases[i].error);
		fake_end();
		assert_null(page);
		assert_int_equal(status.block.code, cases[i].code);
	}
	fake_start(&cases[0].step, 1);
	assert_int_equal(libmodepages_drive_get_page(&drive, 0x08, 0, 0, 0,
						     &page, &status), -ENOENT);
	fake_end();
	assert_int_equal(status.block.asc, 0x24);
}

/* 100 pages: more than there is room for at first. */
static int list_many(unsigned long number, void *argument)
{
	struct modepages_list *list = argument;
	struct modepages_list_entry *entries =
		(void *)(uintptr_t)list->entries;
	u32 i;

	assert_int_equal(number, MODEPAGES_IOCTL_LIST);
	assert_int_equal(list->size, sizeof(*list));
	assert_int_equal(list->flags, MODEPAGES_LIST_CACHED);
	assert_int_equal(list->reserved, 0);
	for (i = 0; i < list->count && i < 100; i++)
		entries[i] = (struct modepages_list_entry){
			.page = i / 2,
			.subpage = i % 2,
			.controls = 1 << i % 4,
			.flags = i == 7 ? MODEPAGES_PAGE_SAVEABLE : 0,
			.length = 2 + i,
		};
	list->count = 100;
	return 0;
}

static void test_list(void **state)
{
	static const struct step steps[] = {
		{ .module = list_many }, { .module = list_many },
	};
	struct libmodepages_list *list = NULL;
	size_t i;

	(void)state;
	fake_start(steps, ARRAY_SIZE(steps));
	assert_int_equal(libmodepages_drive_get_list(&drive,
						     LIBMODEPAGES_CACHED,
						     &list, &status), 0);
	fake_end();
	assert_int_equal(libmodepages_list_get_count(list), 100);
	for (i = 0; i < 100; i++) {
		assert_int_equal(libmodepages_list_get_code(list, i), i / 2);
		assert_int_equal(libmodepages_list_get_subpage(list, i), i % 2);
		assert_int_equal(libmodepages_list_get_length(list, i), 2 + i);
		assert_int_equal(libmodepages_list_is_saveable(list, i),
				 i == 7);
		assert_true(libmodepages_list_has_control(list, i, i % 4));
		assert_false(libmodepages_list_has_control(list, i,
							   (i + 1) % 4));
	}
	libmodepages_list_free(list);
}

static int list_refused(unsigned long number, void *argument)
{
	struct modepages_list *list = argument;

	assert_int_equal(number, MODEPAGES_IOCTL_LIST);
	list->status.code = MODEPAGES_STATUS_LOCKED;
	errno = EBUSY;
	return -1;
}

static void test_list_refused(void **state)
{
	static const struct step steps[] = { { .module = list_refused } };
	struct libmodepages_list *list = NULL;

	(void)state;
	fake_start(steps, ARRAY_SIZE(steps));
	assert_int_equal(libmodepages_drive_get_list(&drive, 0, &list,
						     &status), -EBUSY);
	fake_end();
	assert_null(list);
	assert_int_equal(status.block.code, MODEPAGES_STATUS_LOCKED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_page, setup),
		cmocka_unit_test_setup(test_flags, setup),
		cmocka_unit_test_setup(test_large, setup),
		cmocka_unit_test_setup(test_refusals, setup),
		cmocka_unit_test_setup(test_list, setup),
		cmocka_unit_test_setup(test_list_refused, setup),
	};

	return cmocka_run_group_tests_name("module", tests, NULL, NULL);
}
