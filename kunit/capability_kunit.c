// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/core/capability.c against the shared vectors.
 */
#include "copy.h"
#include "vectors-capability.h"

KUNIT_ARRAY_PARAM_DESC(capability, capability_vectors, name);

static const struct mode_capability *find(struct kunit *test, const char *name)
{
	const struct mode_capability *found = NULL;
	unsigned int i;

	for (i = 0; i < MODE_CAPABILITIES; i++) {
		if (strcmp(mode_capabilities[i].name, name))
			continue;
		KUNIT_ASSERT_NULL(test, found);
		found = &mode_capabilities[i];
	}
	KUNIT_ASSERT_NOT_NULL(test, found);
	return found;
}

/* Which flag shows a bit? NULL if none does. */
static const char *shown_by(struct kunit *test, unsigned int byte,
			    unsigned int bit)
{
	u8 bytes[22] = { 0x2a, sizeof(bytes) - 2 };
	const struct mode_page page = { .data = bytes, .length = sizeof(bytes) };
	char text[MODE_CAPABILITY_TEXT_SIZE];
	const char *name = NULL;
	unsigned int i;

	bytes[byte] = 1 << bit;
	for (i = 0; i < MODE_CAPABILITIES; i++) {
		if (mode_capabilities[i].kind != MODE_CAPABILITY_FLAG)
			continue;
		mode_capability_text(&mode_capabilities[i], &page, text);
		if (!strcmp(text, "0"))
			continue;
		KUNIT_EXPECT_STREQ(test, text, "1");
		KUNIT_EXPECT_NULL(test, name);
		name = mode_capabilities[i].name;
	}
	return name;
}

static void test_flags(struct kunit *test)
{
	unsigned int byte, bit;

	for (byte = 2; byte < 8; byte++)
		for (bit = 0; bit < 8; bit++)
			KUNIT_EXPECT_STREQ(test, shown_by(test, byte, bit) ?: "",
					   capability_bits[byte - 2][7 - bit] ?:
					   "");
}

static void test_capability(struct kunit *test)
{
	const struct capability_vector *v = test->param_value;
	const struct mode_capability *c = find(test, v->field);
	const struct mode_page page = {
		.data = copy(test, v->bytes, v->length),
		.length = v->length,
	};
	char text[MODE_CAPABILITY_TEXT_SIZE];
	int length;

	KUNIT_ASSERT_EQ(test, mode_capability_present(c, &page), !!v->text);
	if (!v->text)
		return;
	length = mode_capability_text(c, &page, text);
	KUNIT_EXPECT_STREQ(test, text, v->text);
	KUNIT_EXPECT_EQ(test, length, (int)strlen(v->text));
}

static struct kunit_case capability_cases[] = {
	KUNIT_CASE(test_flags),
	KUNIT_CASE_PARAM(test_capability, capability_gen_params),
	{}
};

static struct kunit_suite capability_suite = {
	.name = "modepages-capability",
	.test_cases = capability_cases,
};

kunit_test_suite(capability_suite);
