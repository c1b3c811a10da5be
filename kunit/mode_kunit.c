// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/core/mode.c against the shared vectors.
 */
#include "copy.h"
#include "vectors-answer.h"
#include "vectors-cdb.h"
#include "vectors-hostile.h"
#include "vectors-quirks.h"
#include "vectors-walk.h"

KUNIT_ARRAY_PARAM_DESC(cdb, cdb_vectors, name);
KUNIT_ARRAY_PARAM_DESC(answers, answer_vectors, name);
KUNIT_ARRAY_PARAM_DESC(hostile, hostile_vectors, name);
KUNIT_ARRAY_PARAM_DESC(quirks, quirk_vectors, name);
KUNIT_ARRAY_PARAM_DESC(walk, walk_vectors, name);

static void test_cdb(struct kunit *test)
{
	const struct cdb_vector *v = test->param_value;
	u8 cdb[MODE_SENSE_CDB_MAX_LENGTH];
	size_t length;

	memset(cdb, 0xa5, sizeof(cdb));
	length = mode_sense_cdb(cdb, &v->request);
	KUNIT_EXPECT_EQ(test, length, v->length);
	KUNIT_EXPECT_MEMEQ(test, cdb, v->cdb, v->length);
}

static void check_page(struct kunit *test)
{
	const struct page_vector *v = test->param_value;
	u8 *buffer = copy(test, v->bytes, v->length);
	struct mode_data data;
	struct mode_page page;
	int err;

	err = mode_data_parse(&data, &v->request, buffer, v->length);
	if (!err) {
		KUNIT_EXPECT_EQ(test, data.quirks, v->quirks);
		err = mode_page_find(&data, v->request.page,
				     v->request.subpage, &page);
	}
	KUNIT_ASSERT_EQ(test, err, v->error);
	if (err)
		return;
	KUNIT_EXPECT_PTR_EQ(test, page.data, buffer + v->at);
	KUNIT_EXPECT_EQ(test, page.length, v->size);
	KUNIT_EXPECT_EQ(test, page.code, v->request.page);
	KUNIT_EXPECT_EQ(test, page.subpage, v->request.subpage);
	KUNIT_EXPECT_EQ(test, page.saveable, v->saveable);
	KUNIT_EXPECT_EQ(test, page.truncated, v->truncated);
	KUNIT_EXPECT_FALSE(test, page.empty);
}

static void test_answers(struct kunit *test)
{
	check_page(test);
}

static void test_hostile(struct kunit *test)
{
	check_page(test);
}

static void test_quirks(struct kunit *test)
{
	check_page(test);
}

static void test_header(struct kunit *test)
{
	static const u8 ten[] = { 0x12, 0x34, 0x41, 0x80, 0, 0, 0, 0 };
	static const u8 six[] = { 0xff, 0x41, 0x80, 0 };
	struct mode_request request = { .page = 0x2a };
	struct mode_data data;

	KUNIT_EXPECT_EQ(test, mode_declared(&request, ten, 7), 0);
	KUNIT_EXPECT_EQ(test, mode_declared(&request, ten, 8), 0x1236);
	KUNIT_EXPECT_EQ(test, mode_data_parse(&data, &request, ten, 8), 0);
	KUNIT_EXPECT_EQ(test, data.medium_type, 0x41);
	KUNIT_EXPECT_EQ(test, data.device_specific, 0x80);

	request.form = MODE_FORM_6;
	KUNIT_EXPECT_EQ(test, mode_declared(&request, six, 3), 0);
	KUNIT_EXPECT_EQ(test, mode_declared(&request, six, 4), 0x100);
	KUNIT_EXPECT_EQ(test, mode_data_parse(&data, &request, six, 4), 0);
	KUNIT_EXPECT_EQ(test, data.medium_type, 0x41);
	KUNIT_EXPECT_EQ(test, data.device_specific, 0x80);
}

static void check_codes(struct kunit *test, const struct walk_vector *v,
			const struct mode_data *data)
{
	size_t offset = 0, count = 0;
	struct mode_page page;

	while (mode_page_next(data, &offset, &page)) {
		if (page.empty)
			continue;
		KUNIT_ASSERT_LT(test, count, v->count);
		KUNIT_EXPECT_EQ(test, page.code, v->codes[count]);
		count++;
	}
	KUNIT_EXPECT_EQ(test, count, v->count);
}

static void test_walk(struct kunit *test)
{
	const struct walk_vector *v = test->param_value;
	const struct mode_request request = {
		.form = v->form,
		.page = MODE_PAGE_ALL,
		.dbd = true,
	};
	u8 *buffer = copy(test, v->bytes, v->length);
	struct mode_data data;
	int err;

	err = mode_data_parse(&data, &request, buffer, v->length);
	KUNIT_ASSERT_EQ(test, err, v->error);
	if (err)
		return;
	check_codes(test, v, &data);
	KUNIT_EXPECT_EQ(test, mode_data_sound(&data), v->sound);
	KUNIT_EXPECT_EQ(test, data.quirks, v->quirks);
}

/* As large as buffers of commands get with drives that are not mad. */
#define MARKS 2048

static void test_marks(struct kunit *test)
{
	u8 *first = kunit_kmalloc(test, MARKS, GFP_KERNEL);
	u8 *again = kunit_kmalloc(test, MARKS, GFP_KERNEL);
	size_t i;

	KUNIT_ASSERT_NOT_NULL(test, first);
	KUNIT_ASSERT_NOT_NULL(test, again);
	mode_fill(first, MARKS, false);
	mode_fill(again, MARKS, true);
	for (i = 0; i < MARKS; i++) {
		KUNIT_EXPECT_NE(test, first[i], 0);
		KUNIT_EXPECT_NE(test, again[i], 0);
		KUNIT_EXPECT_NE(test, first[i], again[i]);
	}
	KUNIT_EXPECT_EQ(test, mode_written(first, MARKS, false), 0);
	KUNIT_EXPECT_EQ(test, mode_written(again, MARKS, true), 0);
	/* What one left is an answer to the other. */
	KUNIT_EXPECT_EQ(test, mode_written(first, MARKS, true), MARKS);
	KUNIT_EXPECT_EQ(test, mode_written(again, MARKS, false), MARKS);
}

static struct kunit_case mode_cases[] = {
	KUNIT_CASE_PARAM(test_cdb, cdb_gen_params),
	KUNIT_CASE_PARAM(test_answers, answers_gen_params),
	KUNIT_CASE_PARAM(test_hostile, hostile_gen_params),
	KUNIT_CASE_PARAM(test_quirks, quirks_gen_params),
	KUNIT_CASE(test_header),
	KUNIT_CASE_PARAM(test_walk, walk_gen_params),
	KUNIT_CASE(test_marks),
	{}
};

static struct kunit_suite mode_suite = {
	.name = "modepages-mode",
	.test_cases = mode_cases,
};

kunit_test_suite(mode_suite);
