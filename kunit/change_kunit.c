// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/core/change.c against the shared vectors.
 */
#include "copy.h"
#include "vectors-change.h"

KUNIT_ARRAY_PARAM_DESC(complete, complete_vectors, name);
KUNIT_ARRAY_PARAM_DESC(exceeds, exceeds_vectors, name);
KUNIT_ARRAY_PARAM_DESC(beyond, beyond_vectors, name);
KUNIT_ARRAY_PARAM_DESC(prepare, prepare_vectors, name);
KUNIT_ARRAY_PARAM_DESC(bits, bits_vectors, name);
KUNIT_ARRAY_PARAM_DESC(select, select_vectors, name);
KUNIT_ARRAY_PARAM_DESC(size, size_vectors, name);
KUNIT_ARRAY_PARAM_DESC(refusal, refusal_vectors, name);

static void test_complete(struct kunit *test)
{
	const struct complete_vector *v = test->param_value;
	u8 *bytes = copy(test, v->bytes, v->length);
	struct mode_page page;

	KUNIT_ASSERT_EQ(test, mode_page_complete(bytes, v->length, &page),
			v->complete);
	if (!v->complete)
		return;
	KUNIT_EXPECT_EQ(test, page.code, v->code);
	KUNIT_EXPECT_EQ(test, page.subpage, v->subpage);
	KUNIT_EXPECT_PTR_EQ(test, page.data, (const u8 *)bytes);
	KUNIT_EXPECT_EQ(test, page.length, v->length);
}

static void test_exceeds(struct kunit *test)
{
	const struct exceeds_vector *v = test->param_value;
	const struct mode_page page = {
		.data = copy(test, v->bytes, v->length),
		.length = v->length,
	};
	u8 *mask = copy(test, v->mask, v->mask_length);
	struct mode_place place = {};

	KUNIT_ASSERT_EQ(test, mode_mask_exceeds(mask, v->mask_length, &page,
						&place), v->exceeds);
	KUNIT_EXPECT_EQ(test, place.byte, v->byte);
	KUNIT_EXPECT_EQ(test, place.bit, v->bit);
}

static void test_beyond(struct kunit *test)
{
	const struct beyond_vector *v = test->param_value;
	u8 *mask = copy(test, v->mask, v->mask_length);
	struct mode_place place = {};

	KUNIT_ASSERT_EQ(test, mode_mask_beyond(mask, v->mask_length, v->length,
					       &place), v->beyond);
	KUNIT_EXPECT_EQ(test, place.byte, v->byte);
	KUNIT_EXPECT_EQ(test, place.bit, v->bit);
}

static void test_prepare(struct kunit *test)
{
	const struct prepare_vector *v = test->param_value;
	u8 *before = copy(test, v->before, v->length);
	u8 *wanted = copy(test, v->wanted, v->wanted_length);
	u8 *value = kunit_kmalloc(test, v->length, GFP_KERNEL);
	u8 *mask = kunit_kmalloc(test, v->length, GFP_KERNEL);
	u8 *wanted_mask = NULL;

	KUNIT_ASSERT_NOT_NULL(test, value);
	KUNIT_ASSERT_NOT_NULL(test, mask);
	if (v->wanted_mask)
		wanted_mask = copy(test, v->wanted_mask, v->wanted_length);
	mode_bits_prepare(value, mask, before, v->length, wanted_mask, wanted,
			  v->wanted_length);
	KUNIT_EXPECT_MEMEQ(test, value, v->value, v->length);
	KUNIT_EXPECT_MEMEQ(test, mask, v->mask, v->length);
}

/* Only from the longer one, and only where the command itself is not known. */
static void test_other_form(struct kunit *test)
{
	struct modepages_status status = {
		.code = MODEPAGES_STATUS_NO_SUCH_PAGE,
		.sense_key = 5, .asc = 0x20,
	};
	enum mode_form form = MODE_FORM_10;

	KUNIT_EXPECT_TRUE(test, mode_select_other_form(&status, &form));
	KUNIT_EXPECT_EQ(test, form, MODE_FORM_6);
	KUNIT_EXPECT_FALSE(test, mode_select_other_form(&status, &form));
	form = MODE_FORM_10;
	status.asc = 0x24;
	KUNIT_EXPECT_FALSE(test, mode_select_other_form(&status, &form));
	status.asc = 0x20;
	status.sense_key = 2;
	KUNIT_EXPECT_FALSE(test, mode_select_other_form(&status, &form));
	status.sense_key = 5;
	status.code = MODEPAGES_STATUS_OK;
	KUNIT_EXPECT_FALSE(test, mode_select_other_form(&status, &form));
	KUNIT_EXPECT_EQ(test, form, MODE_FORM_10);
}

static void test_bits(struct kunit *test)
{
	const struct bits_vector *v = test->param_value;
	u8 *a = copy(test, v->a, v->length), *b = copy(test, v->b, v->length);
	u8 *mask = copy(test, v->mask, v->length);
	struct mode_place place = {};

	KUNIT_ASSERT_EQ(test, mode_bits_differ(a, b, mask, v->length, &place),
			v->differ);
	KUNIT_EXPECT_EQ(test, place.byte, v->byte);
	KUNIT_EXPECT_EQ(test, place.bit, v->bit);
	mode_bits_copy(a, b, mask, v->length);
	KUNIT_EXPECT_MEMEQ(test, a, v->copied, v->length);
	KUNIT_EXPECT_FALSE(test, mode_bits_differ(a, b, mask, v->length,
						  &place));
}

static void test_select(struct kunit *test)
{
	const struct select_vector *v = test->param_value;
	u8 *page = copy(test, v->bytes, v->length);
	size_t length = mode_select_length(v->form, v->length);
	u8 cdb[MODE_SELECT_CDB_MAX_LENGTH];
	u8 *list;

	KUNIT_ASSERT_EQ(test, length, v->list_length);
	list = kunit_kmalloc(test, length, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, list);
	memset(list, 0xa5, length);
	memset(cdb, 0xa5, sizeof(cdb));
	mode_select_list(list, v->form, page, v->length);
	KUNIT_EXPECT_MEMEQ(test, list, v->list, length);
	KUNIT_EXPECT_MEMEQ(test, page, v->bytes, v->length);
	KUNIT_ASSERT_EQ(test, mode_select_cdb(cdb, v->form, v->save, length),
			v->cdb_length);
	KUNIT_EXPECT_MEMEQ(test, cdb, v->cdb, v->cdb_length);
}

static void test_size(struct kunit *test)
{
	const struct size_vector *v = test->param_value;

	KUNIT_EXPECT_EQ(test, mode_select_length(v->form, v->page), v->list);
}

static void test_refusal(struct kunit *test)
{
	const struct refusal_vector *v = test->param_value;
	u8 *sense = copy(test, v->bytes, v->length);
	struct modepages_status status = {};

	KUNIT_ASSERT_TRUE(test, sense_decode(&status, sense, v->length));
	status.code = mode_select_status(&status, v->form, v->save);
	KUNIT_EXPECT_EQ(test, status.code, v->code);
	KUNIT_EXPECT_EQ(test, status_errno(&status), v->error);
	KUNIT_EXPECT_EQ(test, status.flags, MODEPAGES_STATUS_SENSE | v->field);
	KUNIT_EXPECT_EQ(test, status.field_byte, v->field_byte);
	KUNIT_EXPECT_EQ(test, status.field_bit, v->field_bit);
	KUNIT_EXPECT_EQ(test, mode_select_rounded(&status), v->rounded);
}

/* Of a place in the page, whatever the status has named before. */
static void test_place(struct kunit *test)
{
	const struct mode_place place = { .byte = 300, .bit = 6 };
	struct modepages_status status = {
		.flags = MODEPAGES_STATUS_SENSE | MODEPAGES_STATUS_FIELD |
			 MODEPAGES_STATUS_FIELD_CDB,
		.field_byte = 7,
	};

	mode_status_place(&status, &place);
	KUNIT_EXPECT_EQ(test, status.flags, MODEPAGES_STATUS_SENSE |
			MODEPAGES_STATUS_FIELD | MODEPAGES_STATUS_FIELD_PAGE |
			MODEPAGES_STATUS_FIELD_BIT);
	KUNIT_EXPECT_EQ(test, status.field_byte, 300);
	KUNIT_EXPECT_EQ(test, status.field_bit, 6);
}

/* What is left in a status without sense data is of no meaning. */
static void test_not_rounded(struct kunit *test)
{
	const struct modepages_status status = { .sense_key = 1, .asc = 0x37 };

	KUNIT_EXPECT_FALSE(test, mode_select_rounded(&status));
}

static struct kunit_case change_cases[] = {
	KUNIT_CASE_PARAM(test_complete, complete_gen_params),
	KUNIT_CASE_PARAM(test_exceeds, exceeds_gen_params),
	KUNIT_CASE_PARAM(test_beyond, beyond_gen_params),
	KUNIT_CASE_PARAM(test_prepare, prepare_gen_params),
	KUNIT_CASE(test_other_form),
	KUNIT_CASE_PARAM(test_bits, bits_gen_params),
	KUNIT_CASE_PARAM(test_select, select_gen_params),
	KUNIT_CASE_PARAM(test_size, size_gen_params),
	KUNIT_CASE_PARAM(test_refusal, refusal_gen_params),
	KUNIT_CASE(test_place),
	KUNIT_CASE(test_not_rounded),
	{}
};

static struct kunit_suite change_suite = {
	.name = "modepages-change",
	.test_cases = change_cases,
};

kunit_test_suite(change_suite);
