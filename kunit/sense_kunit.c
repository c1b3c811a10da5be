// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/core/sense.c against the shared vectors.
 */
#include "copy.h"
#include "vectors-sense.h"

KUNIT_ARRAY_PARAM_DESC(sense, sense_vectors, name);
KUNIT_ARRAY_PARAM_DESC(status, status_vectors, name);

static void test_sense(struct kunit *test)
{
	const struct sense_vector *v = test->param_value;
	u8 *sense = copy(test, v->bytes, v->length);
	struct modepages_status status = {};
	bool valid = sense_decode(&status, sense, v->length);

	KUNIT_ASSERT_EQ(test, valid, !v->invalid);
	if (!valid)
		return;
	KUNIT_EXPECT_EQ(test, status.sense_key, v->key);
	KUNIT_EXPECT_EQ(test, status.asc, v->asc);
	KUNIT_EXPECT_EQ(test, status.ascq, v->ascq);
	KUNIT_EXPECT_EQ(test, status.flags, MODEPAGES_STATUS_SENSE | v->field);
	KUNIT_EXPECT_EQ(test, status.field_byte, v->field_byte);
	KUNIT_EXPECT_EQ(test, status.field_bit, v->field_bit);
	KUNIT_ASSERT_EQ(test, status.sense_len, v->length);
	KUNIT_EXPECT_MEMEQ(test, status.sense, v->bytes, v->length);
	KUNIT_EXPECT_EQ(test, sense_deferred(&status), v->deferred);

	status.code = sense_status(&status);
	KUNIT_EXPECT_EQ(test, status.code, v->code);
	KUNIT_EXPECT_EQ(test, status_errno(&status), v->error);
}

/* Bytes that are no sense data leave no trace. */
static void test_no_sense(struct kunit *test)
{
	static const u8 garbage[] = { 0x55, 0xaa, 0x55, 0xaa, 0x55 };
	struct modepages_status status, before;

	memset(&status, 0x5a, sizeof(status));
	before = status;
	KUNIT_EXPECT_FALSE(test, sense_decode(&status, garbage,
					      sizeof(garbage)));
	KUNIT_EXPECT_MEMEQ(test, &status, &before, sizeof(status));
}

/* More than there is room for, as drives may send: cut, and nothing behind it. */
static void test_long_sense(struct kunit *test)
{
	u8 sense[MODEPAGES_SENSE_SIZE + 8] = { 0x72, 5, 0x24 };
	struct {
		struct modepages_status status;
		u8 behind[8];
	} block = {};

	sense[7] = sizeof(sense) - 8;
	sense[MODEPAGES_SENSE_SIZE - 1] = 1;
	sense[MODEPAGES_SENSE_SIZE] = 2;
	KUNIT_ASSERT_TRUE(test, sense_decode(&block.status, sense,
					     sizeof(sense)));
	KUNIT_EXPECT_EQ(test, block.status.sense_len, MODEPAGES_SENSE_SIZE);
	KUNIT_EXPECT_MEMEQ(test, block.status.sense, sense,
			   MODEPAGES_SENSE_SIZE);
	KUNIT_EXPECT_EQ(test, block.behind[0], 0);
}

static void test_status(struct kunit *test)
{
	const struct status_vector *v = test->param_value;
	const struct modepages_status status = { .code = v->code };

	KUNIT_EXPECT_STREQ(test, status_name(v->code), v->name);
	KUNIT_EXPECT_EQ(test, status_errno(&status), v->error);
}

static struct kunit_case sense_cases[] = {
	KUNIT_CASE_PARAM(test_sense, sense_gen_params),
	KUNIT_CASE(test_no_sense),
	KUNIT_CASE(test_long_sense),
	KUNIT_CASE_PARAM(test_status, status_gen_params),
	{}
};

static struct kunit_suite sense_suite = {
	.name = "modepages-sense",
	.test_cases = sense_cases,
};

kunit_test_suite(sense_suite);
