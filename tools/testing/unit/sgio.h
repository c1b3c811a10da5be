/* SPDX-License-Identifier: MIT */
/*
 * What the tests of the SG_IO back end with one page share: the page, and the
 * drive that it is asked from.
 */
#ifndef SGIO_H
#define SGIO_H

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

static inline int setup(void **state)
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

static inline int run_page(const struct step *steps, size_t count, u8 code,
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

static inline void expect_0d(struct libmodepages_page *page)
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

static inline void expect_failure(int err, int error, u32 code, u32 stage)
{
	assert_int_equal(err, error);
	assert_int_equal(status.block.code, code);
	assert_int_equal(status.block.stage, stage);
}

#endif /* SGIO_H */
