// SPDX-License-Identifier: MIT
/*
 * drivers/core against the shared vectors.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include "vectors-sense.h"

#include <cmocka.h>

#define for_each(vector, table) \
	for (vector = table; vector < table + ARRAY_SIZE(table); vector++)

/* An exact copy, so that a read past its end is seen. */
static u8 *copy(const u8 *bytes, size_t length)
{
	u8 *buffer = malloc(length);

	assert_true(buffer || !length);
	if (length)
		memcpy(buffer, bytes, length);
	return buffer;
}

/* An assertion does not know which vector it is about. */
static void show(const char *name, bool good)
{
	if (!good)
		print_error("vector: %s\n", name);
}

static void test_cdb(void **state)
{
	const struct cdb_vector *v;

	(void)state;
	for_each(v, cdb_vectors) {
		u8 cdb[MODE_SENSE10_CDB_LENGTH];

		memset(cdb, 0xa5, sizeof(cdb));
		mode_sense10_cdb(cdb, &v->request);
		show(v->name, !memcmp(cdb, v->cdb, sizeof(cdb)));
		assert_memory_equal(cdb, v->cdb, sizeof(cdb));
	}
}

static bool page_matches(const struct page_vector *v, const u8 *buffer,
			 const struct mode_page *page)
{
	return page->data == buffer + v->at && page->length == v->size &&
	       page->code == v->code && page->subpage == v->subpage &&
	       page->saveable == v->saveable &&
	       page->truncated == v->truncated && !page->empty;
}

static void test_page(void **state)
{
	const struct page_vector *v;

	(void)state;
	for_each(v, page_vectors) {
		u8 *buffer = copy(v->bytes, v->length);
		struct mode_data data;
		struct mode_page page;
		int err;

		err = mode_data_parse(&data, buffer, v->length);
		if (!err)
			err = mode_page_find(&data, v->code, v->subpage, &page);
		show(v->name, err == v->error);
		assert_int_equal(err, v->error);
		if (!err) {
			show(v->name, page_matches(v, buffer, &page));
			assert_true(page_matches(v, buffer, &page));
		}
		free(buffer);
	}
}

static void test_header(void **state)
{
	static const u8 bytes[] = { 0x12, 0x34, 0x41, 0x80, 0, 0, 0, 0 };
	struct mode_data data;

	(void)state;
	assert_int_equal(mode_data_parse(&data, bytes, sizeof(bytes)), 0);
	assert_int_equal(data.declared, 0x1236);
	assert_int_equal(data.medium_type, 0x41);
	assert_int_equal(data.device_specific, 0x80);
	assert_int_equal(data.length, 0);
}

static void test_walk(void **state)
{
	const struct walk_vector *v;

	(void)state;
	for_each(v, walk_vectors) {
		u8 *buffer = copy(v->bytes, v->length);
		size_t offset = 0, count = 0;
		struct mode_data data;
		struct mode_page page;

		assert_int_equal(mode_data_parse(&data, buffer, v->length), 0);
		while (mode_page_next(&data, &offset, &page)) {
			if (page.empty)
				continue;
			show(v->name, count < v->count &&
				      page.code == v->codes[count]);
			assert_true(count < v->count);
			assert_int_equal(page.code, v->codes[count++]);
		}
		show(v->name, count == v->count);
		assert_int_equal(count, v->count);
		free(buffer);
	}
}

/* No prefix of any answer, and no wrong length byte, leads astray. */
static void test_cut(void **state)
{
	const struct page_vector *v;

	(void)state;
	for_each(v, page_vectors) {
		size_t cut, offset, ends;

		for (cut = 0; cut <= v->length; cut++) {
			u8 *buffer = copy(v->bytes, cut);
			struct mode_data data;
			struct mode_page page;

			if (!mode_data_parse(&data, buffer, cut)) {
				ends = 0;
				offset = 0;
				while (mode_page_next(&data, &offset, &page)) {
					assert_true(offset > ends);
					assert_true(page.data + page.length <=
						    buffer + cut);
					ends = offset;
				}
			}
			free(buffer);
		}
	}
}

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
		cmocka_unit_test(test_cdb),
		cmocka_unit_test(test_page),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_walk),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_sense),
		cmocka_unit_test(test_no_sense),
		cmocka_unit_test(test_long_sense),
		cmocka_unit_test(test_status),
	};

	return cmocka_run_group_tests_name("core", tests, NULL, NULL);
}
