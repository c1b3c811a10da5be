// SPDX-License-Identifier: MIT
/*
 * drivers/core/sense.c against the shared vectors.
 */
#include "check.h"
#include "vectors-sense.h"

static bool sense_matches(const struct sense_vector *v,
			  const struct modepages_status *status)
{
	return status->sense_key == v->key && status->asc == v->asc &&
	       status->ascq == v->ascq &&
	       status->flags == (MODEPAGES_STATUS_SENSE | v->field) &&
	       status->field_byte == v->field_byte &&
	       status->field_bit == v->field_bit &&
	       status->sense_len == v->length &&
	       !memcmp(status->sense, v->bytes, v->length);
}

static void test_sense(void **state)
{
	const struct sense_vector *v;

	(void)state;
	for_each(v, sense_vectors) {
		struct modepages_status status = { 0 };
		u8 *sense = copy(v->bytes, v->length);
		bool valid = sense_decode(&status, sense, v->length);

		free(sense);
		show(v->name, valid == !v->invalid);
		assert_int_equal(valid, !v->invalid);
		if (!valid)
			continue;
		show(v->name, sense_matches(v, &status));
		assert_true(sense_matches(v, &status));
		show(v->name, sense_deferred(&status) == v->deferred);
		assert_int_equal(sense_deferred(&status), v->deferred);

		status.code = sense_status(&status);
		show(v->name, status.code == v->code);
		assert_int_equal(status.code, v->code);
		show(v->name, status_errno(&status) == v->error);
		assert_int_equal(status_errno(&status), v->error);
	}
}

/* Bytes that are no sense data leave no trace. */
static void test_no_sense(void **state)
{
	static const u8 garbage[] = { 0x55, 0xaa, 0x55, 0xaa, 0x55 };
	struct modepages_status status, before;

	(void)state;
	memset(&status, 0x5a, sizeof(status));
	before = status;
	assert_false(sense_decode(&status, garbage, sizeof(garbage)));
	assert_memory_equal(&status, &before, sizeof(status));
}

static void test_long_sense(void **state)
{
	struct modepages_status status = { 0 };
	u8 sense[252] = { 0x72, 5, 0x24, 0, 0, 0, 0, 244 };

	(void)state;
	sense[MODEPAGES_SENSE_SIZE - 1] = 1;
	sense[MODEPAGES_SENSE_SIZE] = 2;
	assert_true(sense_decode(&status, sense, sizeof(sense)));
	assert_int_equal(status.sense_len, MODEPAGES_SENSE_SIZE);
	assert_memory_equal(status.sense, sense, MODEPAGES_SENSE_SIZE);
}

static void test_status(void **state)
{
	const struct status_vector *v;

	(void)state;
	for_each(v, status_vectors) {
		const struct modepages_status status = { .code = v->code };

		assert_string_equal(status_name(v->code), v->name);
		show(v->name, status_errno(&status) == v->error);
		assert_int_equal(status_errno(&status), v->error);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sense),
		cmocka_unit_test(test_no_sense),
		cmocka_unit_test(test_long_sense),
		cmocka_unit_test(test_status),
	};

	return cmocka_run_group_tests_name("sense", tests, NULL, NULL);
}
