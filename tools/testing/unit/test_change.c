// SPDX-License-Identifier: MIT
/*
 * drivers/core/change.c against the shared vectors.
 */
#include "check.h"
#include "vectors-change.h"

static void test_complete(void **state)
{
	const struct complete_vector *v;

	(void)state;
	for_each(v, complete_vectors) {
		u8 *bytes = copy(v->bytes, v->length);
		struct mode_page page;
		bool complete = mode_page_complete(bytes, v->length, &page);

		show(v->name, complete == v->complete);
		assert_int_equal(complete, v->complete);
		if (complete) {
			assert_int_equal(page.code, v->code);
			assert_int_equal(page.subpage, v->subpage);
			assert_ptr_equal(page.data, bytes);
			assert_int_equal(page.length, v->length);
		}
		free(bytes);
	}
}

static void test_exceeds(void **state)
{
	const struct exceeds_vector *v;

	(void)state;
	for_each(v, exceeds_vectors) {
		u8 *mask = copy(v->mask, v->mask_length);
		u8 *bytes = copy(v->bytes, v->length);
		const struct mode_page page = {
			.data = bytes,
			.length = v->length,
		};
		struct mode_place place = { 0 };
		bool exceeds = mode_mask_exceeds(mask, v->mask_length, &page,
						 &place);

		show(v->name, exceeds == v->exceeds && place.byte == v->byte &&
		     place.bit == v->bit);
		assert_int_equal(exceeds, v->exceeds);
		assert_int_equal(place.byte, v->byte);
		assert_int_equal(place.bit, v->bit);
		free(mask);
		free(bytes);
	}
}

static void test_beyond(void **state)
{
	const struct beyond_vector *v;

	(void)state;
	for_each(v, beyond_vectors) {
		u8 *mask = copy(v->mask, v->mask_length);
		struct mode_place place = { 0 };
		bool beyond = mode_mask_beyond(mask, v->mask_length, v->length,
					       &place);

		show(v->name, beyond == v->beyond && place.byte == v->byte &&
		     place.bit == v->bit);
		assert_int_equal(beyond, v->beyond);
		assert_int_equal(place.byte, v->byte);
		assert_int_equal(place.bit, v->bit);
		free(mask);
	}
}

static void check_prepare(const struct prepare_vector *v)
{
	u8 *before = copy(v->before, v->length);
	u8 *wanted = copy(v->wanted, v->wanted_length);
	u8 *wanted_mask = NULL;
	u8 *value = malloc(v->length), *mask = malloc(v->length);

	if (v->wanted_mask)
		wanted_mask = copy(v->wanted_mask, v->wanted_length);
	mode_bits_prepare(value, mask, before, v->length, wanted_mask, wanted,
			  v->wanted_length);
	show(v->name, !memcmp(value, v->value, v->length) &&
	     !memcmp(mask, v->mask, v->length));
	assert_memory_equal(value, v->value, v->length);
	assert_memory_equal(mask, v->mask, v->length);
	free(before);
	free(wanted);
	free(wanted_mask);
	free(value);
	free(mask);
}

static void test_prepare(void **state)
{
	const struct prepare_vector *v;

	(void)state;
	for_each(v, prepare_vectors)
		check_prepare(v);
}

/* Only from the longer one, and only where the command itself is not known. */
static void test_other_form(void **state)
{
	struct modepages_status status = {
		.code = MODEPAGES_STATUS_NO_SUCH_PAGE,
		.sense_key = 5, .asc = 0x20,
	};
	enum mode_form form = MODE_FORM_10;

	(void)state;
	assert_true(mode_select_other_form(&status, &form));
	assert_int_equal(form, MODE_FORM_6);
	assert_false(mode_select_other_form(&status, &form));
	form = MODE_FORM_10;
	status.asc = 0x24;
	assert_false(mode_select_other_form(&status, &form));
	status.asc = 0x20;
	status.sense_key = 2;
	assert_false(mode_select_other_form(&status, &form));
	status.sense_key = 5;
	status.code = MODEPAGES_STATUS_OK;
	assert_false(mode_select_other_form(&status, &form));
	assert_int_equal(form, MODE_FORM_10);
}

static void check_bits(const struct bits_vector *v)
{
	u8 *a = copy(v->a, v->length), *b = copy(v->b, v->length);
	u8 *mask = copy(v->mask, v->length);
	struct mode_place place = { 0 };
	bool differ = mode_bits_differ(a, b, mask, v->length, &place);

	show(v->name, differ == v->differ && place.byte == v->byte &&
	     place.bit == v->bit);
	assert_int_equal(differ, v->differ);
	assert_int_equal(place.byte, v->byte);
	assert_int_equal(place.bit, v->bit);

	mode_bits_copy(a, b, mask, v->length);
	show(v->name, !memcmp(a, v->copied, v->length));
	assert_memory_equal(a, v->copied, v->length);
	assert_memory_equal(b, v->b, v->length);
	assert_false(mode_bits_differ(a, b, mask, v->length, &place));
	free(a);
	free(b);
	free(mask);
}

static void test_bits(void **state)
{
	const struct bits_vector *v;

	(void)state;
	for_each(v, bits_vectors)
		check_bits(v);
}

static void check_select(const struct select_vector *v)
{
	u8 *page = copy(v->bytes, v->length), *list;
	size_t length = mode_select_length(v->form, v->length);
	u8 cdb[MODE_SELECT_CDB_MAX_LENGTH];

	show(v->name, length == v->list_length);
	assert_int_equal(length, v->list_length);
	list = malloc(length);
	assert_non_null(list);
	memset(list, 0xa5, length);
	memset(cdb, 0xa5, sizeof(cdb));

	mode_select_list(list, v->form, page, v->length);
	show(v->name, !memcmp(list, v->list, length));
	assert_memory_equal(list, v->list, length);
	assert_memory_equal(page, v->bytes, v->length);
	assert_int_equal(mode_select_cdb(cdb, v->form, v->save, length),
			 v->cdb_length);
	show(v->name, !memcmp(cdb, v->cdb, v->cdb_length));
	assert_memory_equal(cdb, v->cdb, v->cdb_length);
	free(page);
	free(list);
}

static void test_select(void **state)
{
	const struct select_vector *v;

	(void)state;
	for_each(v, select_vectors)
		check_select(v);
}

static void test_size(void **state)
{
	const struct size_vector *v;

	(void)state;
	for_each(v, size_vectors) {
		size_t length = mode_select_length(v->form, v->page);

		show(v->name, length == v->list);
		assert_int_equal(length, v->list);
	}
}

static void test_refusal(void **state)
{
	const struct refusal_vector *v;

	(void)state;
	for_each(v, refusal_vectors) {
		u8 *sense = copy(v->bytes, v->length);
		struct modepages_status status = { 0 };

		assert_true(sense_decode(&status, sense, v->length));
		status.code = mode_select_status(&status, v->form, v->save);
		show(v->name, status.code == v->code &&
		     status_errno(&status) == v->error &&
		     status.flags == (MODEPAGES_STATUS_SENSE | v->field));
		assert_int_equal(status.code, v->code);
		assert_int_equal(status_errno(&status), v->error);
		assert_int_equal(status.flags,
				 MODEPAGES_STATUS_SENSE | v->field);
		assert_int_equal(status.field_byte, v->field_byte);
		assert_int_equal(status.field_bit, v->field_bit);
		show(v->name, mode_select_rounded(&status) == v->rounded);
		assert_int_equal(mode_select_rounded(&status), v->rounded);
		free(sense);
	}
}

/* Of a place in the page, whatever the status has named before. */
static void test_place(void **state)
{
	const struct mode_place place = { .byte = 300, .bit = 6 };
	struct modepages_status status = {
		.flags = MODEPAGES_STATUS_SENSE | MODEPAGES_STATUS_FIELD |
			 MODEPAGES_STATUS_FIELD_CDB,
		.field_byte = 7,
	};

	(void)state;
	mode_status_place(&status, &place);
	assert_int_equal(status.flags, MODEPAGES_STATUS_SENSE |
			 MODEPAGES_STATUS_FIELD | MODEPAGES_STATUS_FIELD_PAGE |
			 MODEPAGES_STATUS_FIELD_BIT);
	assert_int_equal(status.field_byte, 300);
	assert_int_equal(status.field_bit, 6);
}

/* What is left in a status without sense data is of no meaning. */
static void test_not_rounded(void **state)
{
	const struct modepages_status status = { .sense_key = 1, .asc = 0x37 };

	(void)state;
	assert_false(mode_select_rounded(&status));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_complete),
		cmocka_unit_test(test_exceeds),
		cmocka_unit_test(test_beyond),
		cmocka_unit_test(test_prepare),
		cmocka_unit_test(test_other_form),
		cmocka_unit_test(test_bits),
		cmocka_unit_test(test_select),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_refusal),
		cmocka_unit_test(test_place),
		cmocka_unit_test(test_not_rounded),
	};

	return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}
