/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the suites share.
 */
#ifndef MODEPAGES_KUNIT_COPY_H
#define MODEPAGES_KUNIT_COPY_H

#include <kunit/test.h>
#include <linux/string.h>

/* An exact copy, so that KASAN sees a read past its end. */
static inline u8 *copy(struct kunit *test, const u8 *bytes, size_t length)
{
	u8 *buffer = kunit_kmalloc(test, length, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, buffer);
	memcpy(buffer, bytes, length);
	return buffer;
}

#endif /* MODEPAGES_KUNIT_COPY_H */
