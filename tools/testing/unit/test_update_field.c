// SPDX-License-Identifier: MIT
/*
 * Updates by fields: the same bits as by their places, and nothing that does not
 * fit.
 */
#include <stdlib.h>

#include "check.h"
#include "internal.h"

static struct libmodepages_update *update, *other;
static struct libmodepages_field *field;

static int setup(void **state)
{
	(void)state;
	update = NULL;
	other = NULL;
	field = NULL;
	return libmodepages_update_new(0x05, 0, &update) ||
	       libmodepages_update_new(0x05, 0, &other);
}

static int teardown(void **state)
{
	(void)state;
	libmodepages_update_free(update);
	libmodepages_update_free(other);
	libmodepages_field_free(field);
	return 0;
}

static const struct libmodepages_field *find(const char *word)
{
	libmodepages_field_free(field);
	field = NULL;
	assert_int_equal(libmodepages_field_new(word, &field), 0);
	return field;
}

static void expect_same(void)
{
	assert_memory_equal(update, other, sizeof(*update));
}

static void test_number(void **state)
{
	(void)state;
	assert_int_equal(libmodepages_update_set_field(update, find("wp.wr_t"),
						       2), 0);
	assert_int_equal(libmodepages_update_set(other, 2, 3, 4, 2), 0);
	expect_same();
	assert_int_equal(libmodepages_update_set_text(update, find("wp.bufe"),
						      "0x1"), 0);
	assert_int_equal(libmodepages_update_set(other, 2, 6, 1, 1), 0);
	expect_same();
	assert_int_equal(libmodepages_update_set_text(update,
						      find("05.10:3:20"),
						      "703710"), 0);
	assert_int_equal(libmodepages_update_set(other, 10, 3, 20, 703710), 0);
	expect_same();
}

static void test_name_of_a_value(void **state)
{
	(void)state;
	assert_int_equal(libmodepages_update_set_text(update, find("wp.wr_t"),
						      "TAO"), 0);
	assert_int_equal(libmodepages_update_set(other, 2, 3, 4, 1), 0);
	expect_same();
}

static void test_expected(void **state)
{
	(void)state;
	assert_false(update->expects);
	assert_int_equal(libmodepages_update_expect_field(update,
							  find("wp.wr_t"), 2),
			 0);
	assert_true(update->expects);
	assert_int_equal(libmodepages_update_expect(other, 2, 3, 4, 2), 0);
	expect_same();
	assert_int_equal(libmodepages_update_expect_text(update,
							 find("wp.bufe"), "1"),
			 0);
	assert_int_equal(libmodepages_update_expect(other, 2, 6, 1, 1), 0);
	/* How long the page is, for one. */
	assert_int_equal(libmodepages_update_expect_field(update,
							  find("05.1:7:8"), 50),
			 0);
	assert_int_equal(libmodepages_update_expect(other, 1, 7, 8, 50), 0);
	expect_same();
}

/* All bytes of a text: those that are not given are zeros. */
static void test_text(void **state)
{
	static const char digits[] = "123456789012";
	size_t i;

	(void)state;
	assert_int_equal(libmodepages_update_set_text(update, find("wp.mcn"),
						      digits), 0);
	for (i = 0; i < 13; i++)
		libmodepages_update_set(other, 17 + i, 7, 8, digits[i]);
	expect_same();
	assert_int_equal(libmodepages_update_expect_text(update, field,
							 digits), 0);
	for (i = 0; i < 13; i++)
		libmodepages_update_expect(other, 17 + i, 7, 8, digits[i]);
	expect_same();
	assert_int_equal(libmodepages_update_set_field(update, field, 1),
			 -EOVERFLOW);
	assert_int_equal(libmodepages_update_expect_field(update, field, 1),
			 -EOVERFLOW);
	expect_same();
}

/* Not even a part of it. */
static void test_text_over_another_value(void **state)
{
	(void)state;
	libmodepages_update_set(update, 29, 0, 1, 1);
	libmodepages_update_set(other, 29, 0, 1, 1);
	assert_int_equal(libmodepages_update_set_text(update, find("wp.mcn"),
						      "1"), -EEXIST);
	expect_same();
}

static void test_refused(void **state)
{
	static const struct {
		const char *field, *value;
		int error, expected;
	} words[] = {
		{ "wp.wr_t", "16", -ERANGE, -ERANGE },
		{ "wp.wr_t", "-1", -EINVAL, -EINVAL },
		{ "wp.wr_t", "", -EINVAL, -EINVAL },
		{ "wp.wr_t", "dao", -EINVAL, -EINVAL },
		{ "wp.mcn", "12345678901234", -ERANGE, -ERANGE },
		{ "wp.mcn", "0x1", -EINVAL, -EINVAL },
		{ "rw.rrc", "1", -EINVAL, -EINVAL },
		{ "05.0:7:8", "5", -EINVAL, 0 },
		{ "05.1:0:2", "1", -EINVAL, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		find(words[i].field);
		assert_int_equal(libmodepages_update_set_text(update, field,
							      words[i].value),
				 words[i].error);
		expect_same();
	}
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		find(words[i].field);
		assert_int_equal(libmodepages_update_expect_text(update, field,
								 words[i].value),
				 words[i].expected);
	}
	assert_int_equal(libmodepages_update_set_field(other, find("wp.wr_t"),
						       16), -ERANGE);
	assert_int_equal(libmodepages_update_set_field(other, find("05.1:7:8"),
						       1), -EINVAL);
	assert_int_equal(libmodepages_update_set_field(other, find("rw.rrc"),
						       1), -EINVAL);
	assert_int_equal(libmodepages_update_expect_field(other, field, 1),
			 -EINVAL);
}

static void test_twice(void **state)
{
	(void)state;
	assert_int_equal(libmodepages_update_set_field(update, find("wp.wr_t"),
						       1), 0);
	assert_int_equal(libmodepages_update_set_field(update, find("05.2:1:1"),
						       1), -EEXIST);
}

/* Nobody knows the fields of a page with a subpage code. */
static void test_subpage(void **state)
{
	struct libmodepages_update *sub;

	(void)state;
	assert_int_equal(libmodepages_update_new(0x05, 1, &sub), 0);
	assert_int_equal(libmodepages_update_set_field(sub, find("wp.wr_t"), 1),
			 -EINVAL);
	assert_int_equal(libmodepages_update_expect_text(sub, field, "1"),
			 -EINVAL);
	libmodepages_update_free(sub);
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_number),
		TEST(test_name_of_a_value),
		TEST(test_expected),
		TEST(test_text),
		TEST(test_text_over_another_value),
		TEST(test_refused),
		TEST(test_twice),
		TEST(test_subpage),
	};

	return cmocka_run_group_tests_name("update_field", tests, NULL, NULL);
}
