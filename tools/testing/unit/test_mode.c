// SPDX-License-Identifier: MIT
/*
 * drivers/core/mode.c against the shared vectors.
 */
#include "check.h"
#include "vectors-answer.h"
#include "vectors-cdb.h"
#include "vectors-hostile.h"
#include "vectors-quirks.h"
#include "vectors-walk.h"

static void test_cdb(void **state)
{
	const struct cdb_vector *v;

	(void)state;
	for_each(v, cdb_vectors) {
		u8 cdb[MODE_SENSE_CDB_MAX_LENGTH];
		size_t length;

		memset(cdb, 0xa5, sizeof(cdb));
		length = mode_sense_cdb(cdb, &v->request);
		show(v->name, length == v->length);
		assert_int_equal(length, v->length);
		show(v->name, !memcmp(cdb, v->cdb, length));
		assert_memory_equal(cdb, v->cdb, length);
	}
}

static bool page_matches(const struct page_vector *v, const u8 *buffer,
			 const struct mode_page *page)
{
	return page->data == buffer + v->at && page->length == v->size &&
	       page->code == v->request.page &&
	       page->subpage == v->request.subpage &&
	       page->saveable == v->saveable &&
	       page->truncated == v->truncated && !page->empty;
}

static void check_page(const struct page_vector *v)
{
	u8 *buffer = copy(v->bytes, v->length);
	struct mode_data data;
	struct mode_page page;
	int err;

	err = mode_data_parse(&data, &v->request, buffer, v->length);
	if (!err) {
		show(v->name, data.quirks == v->quirks);
		assert_int_equal(data.quirks, v->quirks);
		err = mode_page_find(&data, v->request.page,
				     v->request.subpage, &page);
	}
	show(v->name, err == v->error);
	assert_int_equal(err, v->error);
	if (!err) {
		show(v->name, page_matches(v, buffer, &page));
		assert_true(page_matches(v, buffer, &page));
	}
	free(buffer);
}

static void test_answers(void **state)
{
	const struct page_vector *v;

	(void)state;
	for_each(v, answer_vectors)
		check_page(v);
}

static void test_hostile(void **state)
{
	const struct page_vector *v;

	(void)state;
	for_each(v, hostile_vectors)
		check_page(v);
}

static void test_quirks(void **state)
{
	const struct page_vector *v;

	(void)state;
	for_each(v, quirk_vectors)
		check_page(v);
}

static void test_header(void **state)
{
	static const u8 ten[] = { 0x12, 0x34, 0x41, 0x80, 0, 0, 0, 0 };
	static const u8 six[] = { 0xff, 0x41, 0x80, 0 };
	struct mode_request request = { .page = 0x2a };
	struct mode_data data;

	(void)state;
	assert_int_equal(mode_declared(&request, ten, 7), 0);
	assert_int_equal(mode_declared(&request, ten, 8), 0x1236);
	assert_int_equal(mode_data_parse(&data, &request, ten, 8), 0);
	assert_int_equal(data.medium_type, 0x41);
	assert_int_equal(data.device_specific, 0x80);
	assert_int_equal(data.length, 0);

	request.form = MODE_FORM_6;
	assert_int_equal(mode_declared(&request, six, 3), 0);
	assert_int_equal(mode_declared(&request, six, 4), 0x100);
	assert_int_equal(mode_data_parse(&data, &request, six, 4), 0);
	assert_int_equal(data.medium_type, 0x41);
	assert_int_equal(data.device_specific, 0x80);
	assert_int_equal(data.length, 0);
}

/* The header of a lying drive is read in the form that it has. */
static void test_header_6(void **state)
{
	static const u8 bytes[] = { 0x07, 0x41, 0x80, 0, 0x0d, 2, 0, 0x0d };
	const struct mode_request request = { .page = 0x0d, .dbd = true };
	struct mode_data data;

	(void)state;
	assert_int_equal(mode_data_parse(&data, &request, bytes,
					 sizeof(bytes)), 0);
	assert_int_equal(data.quirks, MODEPAGES_QUIRK_HEADER_6);
	assert_int_equal(data.medium_type, 0x41);
	assert_int_equal(data.device_specific, 0x80);
}

static void check_walk(const struct walk_vector *v,
		       const struct mode_data *data)
{
	size_t offset = 0, count = 0;
	struct mode_page page;

	while (mode_page_next(data, &offset, &page)) {
		if (page.empty)
			continue;
		show(v->name, count < v->count && page.code == v->codes[count]);
		assert_true(count < v->count);
		assert_int_equal(page.code, v->codes[count++]);
	}
	show(v->name, count == v->count);
	assert_int_equal(count, v->count);
}

static void test_walk(void **state)
{
	const struct walk_vector *v;

	(void)state;
	for_each(v, walk_vectors) {
		const struct mode_request request = {
			.form = v->form,
			.page = MODE_PAGE_ALL,
			.dbd = true,
		};
		u8 *buffer = copy(v->bytes, v->length);
		struct mode_data data;
		int err;

		err = mode_data_parse(&data, &request, buffer, v->length);
		show(v->name, err == v->error);
		assert_int_equal(err, v->error);
		if (!err) {
			check_walk(v, &data);
			show(v->name, mode_data_sound(&data) == v->sound);
			assert_int_equal(mode_data_sound(&data), v->sound);
			show(v->name, data.quirks == v->quirks);
			assert_int_equal(data.quirks, v->quirks);
		}
		free(buffer);
	}
}

/* More than the largest buffer: marks have no place where they are weak. */
#define MARKS 2048

static void test_marks(void **state)
{
	u8 first[MARKS], again[MARKS];
	size_t i;

	(void)state;
	mode_fill(first, MARKS, false);
	mode_fill(again, MARKS, true);
	for (i = 0; i < MARKS; i++) {
		assert_int_not_equal(first[i], 0);
		assert_int_not_equal(again[i], 0);
		assert_int_not_equal(first[i], again[i]);
	}
	assert_int_equal(mode_written(first, MARKS, false), 0);
	assert_int_equal(mode_written(again, MARKS, true), 0);
	/* What one left is an answer to the other. */
	assert_int_equal(mode_written(first, MARKS, true), MARKS);
	assert_int_equal(mode_written(again, MARKS, false), MARKS);
}

static size_t written_after(size_t length, u8 value, bool again)
{
	u8 buffer[512];

	mode_fill(buffer, sizeof(buffer), again);
	memset(buffer, value, length);
	return mode_written(buffer, sizeof(buffer), again);
}

/* A run of equal bytes, as drives pad with, hides one byte at most. */
static void test_written(void **state)
{
	size_t length;
	int value;

	(void)state;
	for (length = 1; length <= 512; length++) {
		assert_int_equal(written_after(length, 0, false), length);
		assert_int_equal(written_after(length, 0, true), length);
		for (value = 1; value < 256; value++) {
			size_t first = written_after(length, value, false);
			size_t again = written_after(length, value, true);

			assert_true(first == length || first == length - 1);
			assert_true(again == length || again == length - 1);
			/* And what one of them hides the other shows. */
			assert_true(first == length || again == length);
		}
	}
	assert_int_equal(written_after(0, 0, false), 0);
}

/* A page that the answer to page 3Fh leaves out does not exist. */
static void test_not_listed(void **state)
{
	static const u8 bytes[] = { 0x00, 0x0a, 0, 0, 0, 0, 0, 0,
				    0x0e, 0x02, 0x04, 0x00 };
	struct mode_request request = { .page = MODE_PAGE_ALL };
	struct mode_data data;
	struct mode_page page;

	(void)state;
	assert_int_equal(mode_data_parse(&data, &request, bytes, sizeof(bytes)),
			 0);
	assert_int_equal(mode_page_find(&data, 0x0e, 0, &page), 0);
	assert_int_equal(mode_page_find(&data, 0x2a, 0, &page), -ENOENT);
	request.page = 0x2a;
	assert_int_equal(mode_data_parse(&data, &request, bytes, sizeof(bytes)),
			 0);
	assert_int_equal(mode_page_find(&data, 0x2a, 0, &page), -EPROTO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cdb),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_quirks),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_header_6),
		cmocka_unit_test(test_walk),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_written),
		cmocka_unit_test(test_not_listed),
	};

	return cmocka_run_group_tests_name("mode", tests, NULL, NULL);
}
