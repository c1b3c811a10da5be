// SPDX-License-Identifier: MIT
/*
 * CMOCKA_TEST_FILTER=NAME: a program runs this one of its tests alone. cmocka has a
 * function for that and no variable.
 */
#include "check.h"

static void __attribute__((constructor)) filter(void)
{
	const char *name = getenv("CMOCKA_TEST_FILTER");

	if (name)
		cmocka_set_test_filter(name);
}
