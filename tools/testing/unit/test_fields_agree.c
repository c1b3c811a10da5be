// SPDX-License-Identifier: MIT
/*
 * The table of fields beside what says the same: the module's capabilities, and the
 * manual.
 */
#include <stdio.h>

#include "capability.h"
#include "check.h"
#include "internal.h"

#define for_each_entry(entry) \
	for (entry = field_table; entry < field_table + field_table_size; entry++)

/* The field in the place of a capability, which counts from the lowest bit. */
static const struct field_entry *
find_field(const struct mode_capability *capability)
{
	const struct field_entry *entry;
	unsigned int bit = capability->width == 16 ?
			   7 : capability->bit + capability->width - 1;

	for_each_entry(entry)
		if (entry->page == MODE_PAGE_CAPABILITIES &&
		    entry->byte == capability->byte && entry->bit == bit)
			return entry;
	return NULL;
}

static void compare_text(const struct mode_capability *capability,
			 const struct libmodepages_field *field, const u8 *data,
			 size_t size)
{
	const struct mode_page page = { .data = data, .length = size };
	bool present = libmodepages_field_is_present(field, data, size);
	char text[MODE_CAPABILITY_TEXT_SIZE], ours[32];
	const char *name;
	uint64_t value;

	show(capability->name,
	     present == mode_capability_present(capability, &page));
	assert_int_equal(present, mode_capability_present(capability, &page));
	if (!present)
		return;
	mode_capability_text(capability, &page, text);
	assert_int_equal(libmodepages_field_get_value(field, data, size,
						      &value), 0);
	name = libmodepages_field_value_name(field, value);
	if (name)
		snprintf(ours, sizeof(ours), "%s", name);
	else
		snprintf(ours, sizeof(ours), "%s%d", field->entry->choices ?
			 "reserved-" : "", (int)value);
	assert_string_equal(ours, text);
}

/* What the module shows as a file, and what we decode, are the same. */
static void test_capabilities(void **state)
{
	const struct mode_capability *c;
	u8 data[34];
	size_t size, i;
	int round;

	(void)state;
	for_each(c, mode_capabilities) {
		const struct field_entry *entry = find_field(c);
		struct libmodepages_field field;

		show(c->name, entry);
		assert_non_null(entry);
		assert_int_equal(entry->width, c->width);
		field_from_entry(&field, entry, 0);
		for (round = 0; round < 200; round++) {
			for (i = 2; i < sizeof(data); i++)
				data[i] = rand();
			data[0] = MODE_PAGE_CAPABILITIES;
			data[1] = sizeof(data) - 2;
			for (size = 2; size <= sizeof(data); size++)
				compare_text(c, &field, data, size);
		}
	}
}

/* These are no capabilities: how a digital output works. */
static void test_no_capability_forgotten(void **state)
{
	static const char * const others[] = { "LENGTH", "LSBF", "RCK", "BCKF" };
	const struct field_entry *entry;
	size_t count = 0;

	(void)state;
	for_each_entry(entry)
		if (entry->page == MODE_PAGE_CAPABILITIES && entry->byte < 22)
			count++;
	assert_int_equal(count, MODE_CAPABILITIES + ARRAY_SIZE(others));
}

static void read_line(FILE *file, char *line, int room)
{
	assert_non_null(fgets(line, room, file));
	line[strcspn(line, "\n")] = '\0';
}

/* Read on to the next place that the manual has. */
static bool next_place(FILE *manual, char *line, int room)
{
	while (fgets(line, room, manual)) {
		line[strcspn(line, "\n")] = '\0';
		if (!strncmp(line, ".It ", 4))
			return true;
	}
	return false;
}

/* The manual has the same fields in the same order, and no others. */
static void test_manual(void **state)
{
	FILE *manual = fopen(MANUAL, "r");
	const struct field_entry *entry;
	char line[256], expected[256];

	(void)state;
	assert_non_null(manual);
	for_each_entry(entry) {
		assert_true(next_place(manual, line, sizeof(line)));
		snprintf(expected, sizeof(expected), ".It %u:%u:%u",
			 entry->byte, entry->bit, entry->width);
		show(entry->acronym, !strcmp(line, expected));
		assert_string_equal(line, expected);
		read_line(manual, line, sizeof(line));
		snprintf(expected, sizeof(expected), ".Sy %s", entry->acronym);
		assert_string_equal(line, expected);
		read_line(manual, line, sizeof(line));
		assert_memory_equal(line, entry->name, strlen(entry->name));
	}
	assert_false(next_place(manual, line, sizeof(line)));
	fclose(manual);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_capabilities),
		cmocka_unit_test(test_no_capability_forgotten),
		cmocka_unit_test(test_manual),
	};

	return cmocka_run_group_tests_name("fields_agree", tests, NULL, NULL);
}
