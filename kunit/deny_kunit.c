// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/core/deny.c against the shared vectors.
 */
#include <kunit/test.h>

#include "vectors-deny.h"

KUNIT_ARRAY_PARAM_DESC(denied, deny_vectors, name);

static void test_denied(struct kunit *test)
{
	const struct deny_vector *v = test->param_value;

	KUNIT_EXPECT_EQ(test, drive_denied(v->vendor, v->model), v->denied);
}

static struct kunit_case deny_cases[] = {
	KUNIT_CASE_PARAM(test_denied, denied_gen_params),
	{}
};

static struct kunit_suite deny_suite = {
	.name = "modepages-deny",
	.test_cases = deny_cases,
};

kunit_test_suite(deny_suite);
