/* SPDX-License-Identifier: MIT */
/*
 * What the tests with vectors share.
 */
#ifndef CHECK_H
#define CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include "port.h"

#include <cmocka.h>

#define for_each(vector, table) \
	for (vector = table; vector < table + ARRAY_SIZE(table); vector++)

/* An exact copy, so that a read past its end is seen. */
static inline u8 *copy(const u8 *bytes, size_t length)
{
	u8 *buffer = malloc(length);

	assert_true(buffer || !length);
	if (length)
		memcpy(buffer, bytes, length);
	return buffer;
}

/* An assertion does not know which vector it is about. */
static inline void show(const char *name, bool good)
{
	if (!good)
		print_error("vector: %s\n", name);
}

#endif /* CHECK_H */
