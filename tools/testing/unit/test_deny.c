// SPDX-License-Identifier: MIT
/*
 * drivers/core/deny.c against the shared vectors.
 */
#include "check.h"
#include "vectors-deny.h"

static void test_denied(void **state)
{
	const struct deny_vector *v;

	(void)state;
	for_each(v, deny_vectors) {
		bool denied = drive_denied(v->vendor, v->model);

		show(v->name, denied == v->denied);
		assert_int_equal(denied, v->denied);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_denied),
	};

	return cmocka_run_group_tests_name("deny", tests, NULL, NULL);
}
