/* SPDX-License-Identifier: MIT */
/*
 * What the tests of changes through SG_IO share: page 0Dh, of which the lowest four
 * bits of byte 3 can be changed, and what a status says of a place in it.
 */
#ifndef SGIO_CHANGE_H
#define SGIO_CHANGE_H

#include "sgio.h"

#define LIST(...) \
	.list = (const u8[]){ __VA_ARGS__ }, \
	.list_length = sizeof((const u8[]){ __VA_ARGS__ })

#define PAGE(value) \
	DATA(0, 0x0a, 0, 0, 0, 0, 0, 0, 0x8d, 0x02, 0x00, (value))
#define CURRENT(value)	{ 0x0d, PAGE(value) }
#define MASK		{ 0x4d, PAGE(0x0f) }
/* PS is cleared. */
#define SELECT(value) \
	LIST(0, 0, 0, 0, 0, 0, 0, 0, 0x0d, 0x02, 0x00, (value))

static inline void expect_place(unsigned int expected_byte,
				int expected_bit)
{
	enum libmodepages_where where;
	unsigned int byte;
	int bit;

	assert_true(libmodepages_status_get_field(&status, &where, &byte,
						  &bit));
	assert_int_equal(where, LIBMODEPAGES_WHERE_PAGE);
	assert_int_equal(byte, expected_byte);
	assert_int_equal(bit, expected_bit);
}

#endif /* SGIO_CHANGE_H */
