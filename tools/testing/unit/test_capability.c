// SPDX-License-Identifier: MIT
/*
 * drivers/core/capability.c against the shared vectors.
 */
#include "check.h"
#include "vectors-capability.h"

static const struct mode_capability *find(const char *name)
{
	const struct mode_capability *c, *found = NULL;

	for_each(c, mode_capabilities) {
		if (strcmp(c->name, name))
			continue;
		assert_null(found);
		found = c;
	}
	assert_non_null(found);
	return found;
}

/* Which flag shows a bit? NULL if none does. */
static const char *shown_by(unsigned int byte, unsigned int bit)
{
	u8 bytes[22] = { 0x2a, sizeof(bytes) - 2 };
	const struct mode_page page = {
		.data = bytes, .length = sizeof(bytes),
	};
	char text[MODE_CAPABILITY_TEXT_SIZE];
	const struct mode_capability *c;
	const char *name = NULL;

	bytes[byte] = 1 << bit;
	for_each(c, mode_capabilities) {
		if (c->kind != MODE_CAPABILITY_FLAG)
			continue;
		mode_capability_text(c, &page, text);
		if (!strcmp(text, "0"))
			continue;
		assert_string_equal(text, "1");
		assert_null(name);
		name = c->name;
	}
	return name;
}

static void test_flags(void **state)
{
	unsigned int byte, bit;

	(void)state;
	for (byte = 2; byte < 8; byte++)
		for (bit = 0; bit < 8; bit++)
			assert_string_equal(shown_by(byte, bit) ?: "",
					    capability_bits[byte - 2][7 - bit] ?: "");
}

static void test_values(void **state)
{
	const struct capability_vector *v;

	(void)state;
	for_each(v, capability_vectors) {
		const struct mode_capability *c = find(v->field);
		u8 *bytes = copy(v->bytes, v->length);
		struct mode_page page = {
			.data = bytes, .length = v->length,
		};
		char text[MODE_CAPABILITY_TEXT_SIZE] = "";
		bool present = mode_capability_present(c, &page);
		int length = 0;

		show(v->name, present == !!v->text);
		assert_int_equal(present, !!v->text);
		if (present)
			length = mode_capability_text(c, &page, text);
		show(v->name, !present || !strcmp(text, v->text));
		assert_string_equal(text, v->text ?: "");
		assert_int_equal(length, strlen(text));
		free(bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_values),
	};

	return cmocka_run_group_tests_name("capability", tests, NULL, NULL);
}
