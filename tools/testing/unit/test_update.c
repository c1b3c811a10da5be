// SPDX-License-Identifier: MIT
/*
 * Updates, and what the back end for the module makes of them.
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
		.backend = &module_backend, .fd = -1, .writable = true,
	};
	memset(&status, 0x5a, sizeof(status));
	return 0;
}

static struct libmodepages_update *new_update(u8 code, u8 subpage)
{
	struct libmodepages_update *update = NULL;

	assert_int_equal(libmodepages_update_new(code, subpage, &update), 0);
	return update;
}

static void test_codes(void **state)
{
	struct libmodepages_update *update = NULL;

	(void)state;
	assert_int_equal(libmodepages_update_new(0x3f, 0, &update), -EINVAL);
	assert_int_equal(libmodepages_update_new(0x01, 0xff, &update), -EINVAL);
	assert_null(update);
	libmodepages_update_free(NULL);
}

/* Nothing that is out of range is taken, and nothing twice. */
static void test_places(void **state)
{
	static const struct {
		size_t byte;
		unsigned int bit, width;
		u64 value;
		int error;
	} places[] = {
		{ 3, 7, 8, 0xff, 0 },
		{ 3, 4, 1, 0, -EEXIST },
		{ 2, 0, 9, 0, -EEXIST },
		{ 3, 0, 1, 0, -EEXIST },
		{ 2, 0, 1, 1, 0 },
		{ 4, 7, 8, 0x100, -EINVAL },
		{ 4, 7, 0, 0, -EINVAL },
		{ 4, 7, 65, 0, -EINVAL },
		{ 4, 8, 1, 0, -EINVAL },
		{ 256, 7, 8, 0, 0 },
		{ 256, 7, 9, 0, -EINVAL },
		{ 257, 7, 1, 0, -EINVAL },
		{ (size_t)-1, 7, 8, 0, -EINVAL },
		{ 8, 7, 64, ~0ULL, 0 },
		{ 16, 7, 63, 1ULL << 63, -EINVAL },
	};
	struct libmodepages_update *update = new_update(1, 0);
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(places); i++)
		assert_int_equal(libmodepages_update_set(update, places[i].byte,
							 places[i].bit,
							 places[i].width,
							 places[i].value),
				 places[i].error);
	/* What is expected of a bit is another matter. */
	assert_int_equal(libmodepages_update_expect(update, 3, 7, 8, 1), 0);
	assert_int_equal(libmodepages_update_expect(update, 3, 0, 1, 1),
			 -EEXIST);
	libmodepages_update_free(update);
}

static const u8 page_before[] = { 0x81, 0x06, 0x00, 0x05, 0, 0, 0, 0 };
static const u8 page_after[] = { 0x81, 0x06, 0x20, 0x0a, 0, 0, 0, 0 };

static u8 *array(u64 pointer)
{
	assert_true(pointer);
	return (u8 *)(uintptr_t)pointer;
}

static int modify_page(unsigned long number, void *argument)
{
	const u8 mask[] = { 0, 0, 0x20, 0xff }, value[] = { 0, 0, 0x20, 0x0a };
	struct modepages_modify *modify = argument;

	assert_int_equal(number, MODEPAGES_IOCTL_MODIFY);
	assert_int_equal(modify->size, sizeof(*modify));
	assert_int_equal(modify->flags, MODEPAGES_CHANGE_RESTORE);
	assert_int_equal(modify->page, 0x01);
	assert_int_equal(modify->subpage, 0);
	assert_int_equal(modify->timeout_ms, 0);
	assert_int_equal(modify->length, 257);
	assert_int_equal(modify->expected, 0);
	assert_int_equal(modify->expected_mask, 0);
	assert_memory_equal(array(modify->mask), mask, sizeof(mask));
	assert_memory_equal(array(modify->value), value, sizeof(value));
	memcpy(array(modify->before), page_before, sizeof(page_before));
	memcpy(array(modify->after), page_after, sizeof(page_after));
	modify->length = sizeof(page_after);
	modify->result = MODEPAGES_RESULT_SELECTED | MODEPAGES_RESULT_ROUNDED;
	return 0;
}

static void expect_page(const struct libmodepages_page *page, const u8 *bytes,
			size_t length)
{
	const u8 *data;
	size_t size;

	assert_non_null(page);
	data = libmodepages_page_get_data(page, &size);
	assert_int_equal(size, length);
	assert_memory_equal(data, bytes, length);
}

static void test_update(void **state)
{
	static const struct step steps[] = { { .module = modify_page } };
	struct libmodepages_update *update = new_update(1, 0);
	struct libmodepages_change *change = NULL;

	(void)state;
	libmodepages_update_set(update, 3, 7, 8, 0x0a);
	libmodepages_update_set(update, 2, 5, 1, 1);
	fake_start(steps, ARRAY_SIZE(steps));
	assert_int_equal(libmodepages_drive_update(&drive, update,
						   LIBMODEPAGES_RESTORE,
						   &change, &status), 0);
	fake_end();
	expect_page(libmodepages_change_get_before(change), page_before,
		    sizeof(page_before));
	expect_page(libmodepages_change_get_after(change), page_after,
		    sizeof(page_after));
	assert_true(libmodepages_change_is_sent(change));
	assert_true(libmodepages_change_is_rounded(change));
	assert_false(libmodepages_change_differs(change));
	libmodepages_change_free(change);
	libmodepages_update_free(update);
}

/* As the kernel has it when the second byte is not as expected. */
static int modify_refused(unsigned long number, void *argument)
{
	struct modepages_modify *modify = argument;

	assert_int_equal(number, MODEPAGES_IOCTL_MODIFY);
	assert_int_equal(array(modify->expected_mask)[3], 0xff);
	assert_int_equal(array(modify->expected)[3], 0x07);
	memcpy(array(modify->before), page_before, sizeof(page_before));
	modify->length = sizeof(page_before);
	modify->status = (struct modepages_status){
		.code = MODEPAGES_STATUS_CHANGED_MEANWHILE,
		.stage = MODEPAGES_STAGE_CHECK,
		.flags = MODEPAGES_STATUS_FIELD | MODEPAGES_STATUS_FIELD_PAGE |
			 MODEPAGES_STATUS_FIELD_BIT,
		.field_byte = 3,
		.field_bit = 1,
	};
	errno = ESTALE;
	return -1;
}

static void test_refusal(void **state)
{
	static const struct step steps[] = { { .module = modify_refused } };
	struct libmodepages_update *update = new_update(1, 0);
	struct libmodepages_change *change = NULL;
	enum libmodepages_where where;
	unsigned int byte;
	int bit;

	(void)state;
	libmodepages_update_expect(update, 3, 7, 8, 0x07);
	fake_start(steps, ARRAY_SIZE(steps));
	assert_int_equal(libmodepages_drive_update(&drive, update, 0, &change,
						   &status), -ESTALE);
	fake_end();
	expect_page(libmodepages_change_get_before(change), page_before,
		    sizeof(page_before));
	assert_null(libmodepages_change_get_after(change));
	assert_false(libmodepages_change_is_sent(change));
	assert_true(libmodepages_status_get_field(&status, &where, &byte,
						  &bit));
	assert_int_equal(where, LIBMODEPAGES_WHERE_PAGE);
	assert_int_equal(byte, 3);
	assert_int_equal(bit, 1);
	libmodepages_change_free(change);
	libmodepages_update_free(update);
}

static int set_page(unsigned long number, void *argument)
{
	struct modepages_set *set = argument;

	assert_int_equal(number, MODEPAGES_IOCTL_SET);
	assert_int_equal(set->size, sizeof(*set));
	assert_int_equal(set->flags, MODEPAGES_CHANGE_SAVE);
	assert_int_equal(set->length, sizeof(page_after));
	assert_memory_equal(array(set->data), page_after, sizeof(page_after));
	memcpy(array(set->before), page_before, sizeof(page_before));
	memcpy(array(set->after), page_after, sizeof(page_after));
	set->result = MODEPAGES_RESULT_SELECTED | MODEPAGES_RESULT_DIFFERS;
	set->status.code = MODEPAGES_STATUS_VERIFY_FAILED;
	errno = EIO;
	return -1;
}

static void test_whole_page(void **state)
{
	static const struct step steps[] = { { .module = set_page } };
	struct libmodepages_change *change = NULL;

	(void)state;
	fake_start(steps, ARRAY_SIZE(steps));
	assert_int_equal(libmodepages_drive_set_page(&drive, page_after,
						     sizeof(page_after),
						     LIBMODEPAGES_SAVE,
						     &change, &status), -EIO);
	fake_end();
	expect_page(libmodepages_change_get_after(change), page_after,
		    sizeof(page_after));
	assert_true(libmodepages_change_differs(change));
	libmodepages_change_free(change);
}

static int keep(unsigned long number, void *argument)
{
	const struct modepages_keep *keep = argument;

	assert_int_equal(number, MODEPAGES_IOCTL_KEEP);
	assert_int_equal(keep->size, sizeof(*keep));
	assert_int_equal(keep->flags, 0);
	return 0;
}

static void test_keep(void **state)
{
	static const struct step steps[] = { { .module = keep } };

	(void)state;
	fake_start(steps, ARRAY_SIZE(steps));
	assert_int_equal(libmodepages_drive_keep(&drive, NULL), 0);
	fake_end();
}

/* Nothing that can not be meant reaches the kernel. */
static void test_arguments(void **state)
{
	static const u8 all_pages[] = { 0x3f, 0x02, 0, 0 };
	static const unsigned int flags[] = { 8, 3, 7 };
	struct libmodepages_update *update = new_update(1, 0);
	struct libmodepages_change *change;
	size_t i;

	(void)state;
	fake_start(NULL, 0);
	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		change = (void *)1;
		assert_int_equal(libmodepages_drive_update(&drive, update,
							   flags[i], &change,
							   &status), -EINVAL);
		assert_null(change);
		assert_int_equal(status.block.code,
				 MODEPAGES_STATUS_INVALID_ARGUMENT);
	}
	for (i = 0; i < sizeof(page_after); i++)
		assert_int_equal(libmodepages_drive_set_page(&drive, page_after,
							     i, 0, NULL, NULL),
				 -EINVAL);
	assert_int_equal(libmodepages_drive_set_page(&drive, page_after,
						     sizeof(page_after),
						     LIBMODEPAGES_DRY_RUN, NULL,
						     NULL), -EINVAL);
	assert_int_equal(libmodepages_drive_set_page(&drive, all_pages,
						     sizeof(all_pages), 0, NULL,
						     NULL), -EINVAL);
	drive.writable = false;
	assert_int_equal(libmodepages_drive_update(&drive, update, 0, NULL,
						   NULL), -EBADF);
	assert_int_equal(libmodepages_drive_keep(&drive, NULL), -EBADF);
	fake_end();
	libmodepages_update_free(update);
	libmodepages_change_free(NULL);
}

/* It is told by the status, too: its text is what people get to see. */
static void test_not_writable(void **state)
{
	const struct modepages_status refused = {
		.code = MODEPAGES_STATUS_INVALID_ARGUMENT,
		.stage = MODEPAGES_STAGE_CHECK,
	};
	struct libmodepages_update *update = new_update(1, 0);

	(void)state;
	drive.writable = false;
	fake_start(NULL, 0);
	assert_int_equal(libmodepages_drive_update(&drive, update, 0, NULL,
						   &status), -EBADF);
	assert_memory_equal(&status.block, &refused, sizeof(refused));
	memset(&status, 0x5a, sizeof(status));
	assert_int_equal(libmodepages_drive_set_page(&drive, page_after,
						     sizeof(page_after), 0,
						     NULL, &status), -EBADF);
	assert_memory_equal(&status.block, &refused, sizeof(refused));
	memset(&status, 0x5a, sizeof(status));
	assert_int_equal(libmodepages_drive_keep(&drive, &status), -EBADF);
	assert_memory_equal(&status.block, &refused, sizeof(refused));
	fake_end();
	libmodepages_update_free(update);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_codes, setup),
		cmocka_unit_test_setup(test_places, setup),
		cmocka_unit_test_setup(test_update, setup),
		cmocka_unit_test_setup(test_refusal, setup),
		cmocka_unit_test_setup(test_whole_page, setup),
		cmocka_unit_test_setup(test_keep, setup),
		cmocka_unit_test_setup(test_arguments, setup),
		cmocka_unit_test_setup(test_not_writable, setup),
	};

	return cmocka_run_group_tests_name("update", tests, NULL, NULL);
}
