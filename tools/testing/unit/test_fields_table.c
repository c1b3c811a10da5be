// SPDX-License-Identifier: MIT
/*
 * The table of fields: is it sound, and does it have what the standards do?
 */
#include <strings.h>

#include "check.h"
#include "internal.h"

#define for_each_entry(entry) \
	for (entry = field_table; entry < field_table + field_table_size; entry++)

static size_t end_of(const struct field_entry *entry)
{
	size_t bits = entry->byte * 8 + 7 - entry->bit + entry->width;

	if (entry->group)
		bits += (entry->group->most - 1) * entry->group->stride * 8;
	return (bits + 7) / 8;
}

static void check_place(const struct field_entry *entry)
{
	bool whole = entry->bit == 7 && entry->width % 8 == 0;

	assert_true(entry->page <= LIBMODEPAGES_PAGE_MAX);
	assert_true(entry->byte >= 2);
	assert_true(entry->bit <= 7);
	assert_true(entry->width >= 1);
	/* No standard has one that goes on in the middle of the next byte. */
	assert_true(whole || entry->width <= entry->bit + 1);
	assert_true(end_of(entry) <= MODE_PAGE_MAX_LENGTH);
	if (entry->kind == FIELD_TEXT) {
		assert_true(whole);
		/* As hex, and so any other way. */
		assert_true(2 + entry->width / 4 <
			    LIBMODEPAGES_FIELD_TEXT_SIZE);
	} else {
		assert_true(entry->width <= 64);
	}
	assert_true(!entry->most || entry->least <= entry->most);
}

static void check_words(const struct field_entry *entry)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_#";

	assert_true(strlen(entry->acronym) < FIELD_ACRONYM_SIZE - 1);
	assert_true(strlen(entry->name) < FIELD_NAME_SIZE - 1);
	assert_true(entry->name[0] >= 'A' && entry->name[0] <= 'Z');
	assert_int_equal(strspn(entry->acronym, letters),
			 strlen(entry->acronym));
	assert_true(entry->acronym[0] >= 'A');
	assert_true(entry->clause && *entry->clause);
	assert_true(!entry->unit || *entry->unit);
	assert_int_equal(!!entry->group, !!strchr(entry->acronym, '#'));
	assert_int_equal(!!entry->group, !!strchr(entry->name, '#'));
}

static void check_choices(const struct field_entry *entry)
{
	const struct field_choice *a, *b;

	if (!entry->choices)
		return;
	assert_int_equal(entry->kind, FIELD_NUMBER);
	assert_non_null(entry->choices->name);
	for (a = entry->choices; a->name; a++) {
		u64 number;

		assert_true(a->value <= (1ull << entry->width) - 1);
		assert_null(strpbrk(a->name, " =,"));
		assert_int_equal(parse_number(a->name,
					      a->name + strlen(a->name),
					      &number), -EINVAL);
		for (b = entry->choices; b < a; b++) {
			assert_true(b->value < a->value);
			assert_true(strcasecmp(a->name, b->name));
		}
	}
}

static void test_entries(void **state)
{
	const struct field_entry *entry;

	(void)state;
	for_each_entry(entry) {
		check_place(entry);
		check_words(entry);
		check_choices(entry);
	}
}

/* Is there a page that has both? */
static bool meet(const struct field_entry *a, const struct field_entry *b)
{
	unsigned int most_a = a->most ?: 255, most_b = b->most ?: 255;

	if (a->page != b->page || a->least > most_b || b->least > most_a)
		return false;
	return !a->drives || !b->drives || !strcmp(a->drives, b->drives);
}

static bool is_sorted(const struct field_entry *a, const struct field_entry *b)
{
	if (a->page != b->page)
		return a->page < b->page;
	if (a->byte != b->byte)
		return a->byte < b->byte;
	return a->bit > b->bit || (a->bit == b->bit && !meet(a, b));
}

static void test_order(void **state)
{
	const struct field_entry *entry;

	(void)state;
	for_each_entry(entry) {
		if (entry == field_table)
			continue;
		show(entry->acronym, is_sorted(entry - 1, entry));
		assert_true(is_sorted(entry - 1, entry));
	}
}

static void mark(u8 *taken, const struct field_entry *entry)
{
	unsigned int i, index;

	for (index = 0; index < field_entry_count(entry); index++) {
		struct libmodepages_field field;

		field_from_entry(&field, entry, index);
		for (i = 0; i < field.width; i++) {
			size_t bit = field.byte * 8 + 7 - field.bit + i;

			show(entry->acronym, !taken[bit]);
			assert_false(taken[bit]);
			taken[bit] = 1;
		}
	}
}

/* Each entry with all those that can be in one page with it. */
static void test_no_overlap(void **state)
{
	const struct field_entry *a, *b;

	(void)state;
	for_each_entry(a) {
		u8 taken[MODE_PAGE_MAX_LENGTH * 8] = { 0 };

		mark(taken, a);
		for_each_entry(b) {
			u8 both[sizeof(taken)];

			memcpy(both, taken, sizeof(both));
			if (a != b && meet(a, b))
				mark(both, b);
		}
	}
}

/* Each acronym and alias leads back to its field, in any case. */
static void test_acronyms(void **state)
{
	const struct field_entry *entry;
	unsigned int index;

	(void)state;
	for_each_entry(entry) {
		for (index = 0; index < field_entry_count(entry); index++) {
			struct libmodepages_field expected, *found;
			char word[64];
			size_t i;

			field_from_entry(&expected, entry, index);
			snprintf(word, sizeof(word), "0x%x.%s", entry->page,
				 expected.acronym);
			for (i = 0; word[i]; i++)
				if (word[i] >= 'A' && word[i] <= 'Z' && i % 2)
					word[i] |= 0x20;
			assert_int_equal(libmodepages_field_new(word, &found),
					 0);
			assert_ptr_equal(found->entry, entry);
			assert_int_equal(found->index, index);
			assert_memory_equal(found, &expected, sizeof(expected));
			libmodepages_field_free(found);
		}
		if (entry->alias) {
			struct libmodepages_field *found;
			char word[64];

			snprintf(word, sizeof(word), "%02x.%s", entry->page,
				 entry->alias);
			assert_int_equal(libmodepages_field_new(word, &found),
					 0);
			assert_ptr_equal(found->entry, entry);
			libmodepages_field_free(found);
		}
	}
}

/*
 * How many fields a page has that is as long as drives have been seen with it, or
 * one that has no such length; by the standards, counted by hand.
 */
static const struct length {
	u8 page;
	u8 length;
	size_t count;
} lengths[] = {
	{ 0x00, 0x02, 4 }, { 0x00, 0x03, 0 },
	{ 0x01, 0x06, 12 }, { 0x01, 0x0a, 15 },
	{ 0x03, 0x06, 1 },
	{ 0x05, 0x32, 21 }, { 0x05, 0x36, 22 },
	{ 0x07, 0x06, 6 }, { 0x07, 0x0a, 7 },
	{ 0x08, 0x02, 10 }, { 0x08, 0x0a, 14 }, { 0x08, 0x12, 21 },
	{ 0x0d, 0x06, 3 },
	{ 0x0e, 0x0e, 13 },
	{ 0x18, 0x16, 10 },
	{ 0x1a, 0x0a, 4 }, { 0x1a, 0x26, 14 },
	{ 0x1b, 0x0a, 5 },
	{ 0x1c, 0x06, 3 }, { 0x1c, 0x0a, 10 },
	{ 0x1d, 0x08, 6 }, { 0x1d, 0x0a, 7 },
	{ 0x20, 0x0a, 0 },
	{ 0x2a, 0x0e, 42 }, { 0x2a, 0x12, 47 }, { 0x2a, 0x14, 48 },
	{ 0x2a, 0x16, 49 }, { 0x2a, 0x18, 49 }, { 0x2a, 0x1a, 50 },
	{ 0x2a, 0x1c, 51 }, { 0x2a, 0x1e, 52 }, { 0x2a, 0x22, 54 },
	{ 0x2a, 0x42, 70 }, { 0x2a, 0xfe, 164 }, { 0x2a, 0xff, 164 },
	{ 0x2c, 0x06, 1 },
	{ 0x30, 0x0e, 8 }, { 0x30, 0x1c, 1 }, { 0x30, 0x1e, 1 },
	{ 0x30, 0x0d, 0 }, { 0x30, 0x12, 0 }, { 0x30, 0x1f, 0 },
	{ 0x3e, 0x06, 0 },
};

/* The same where it depends on the drive. */
static const struct {
	struct length length;
	char *vendor;
	char *model;
} own_lengths[] = {
	{ { 0x20, 0x0a, 0 }, "HL-DT-ST", "BD-RE BU40N" },
	{ { 0x20, 0x01, 1 }, "TOSHIBA", "CD-ROM XM-3401TA" },
	{ { 0x21, 0x01, 1 }, "TEAC", "CD-R55S" },
	{ { 0x23, 0x02, 2 }, "PHILIPS", "CDD2600" },
	{ { 0x23, 0x02, 2 }, "MATSHITA", "CD-R   CW-7501" },
	{ { 0x23, 0x02, 0 }, "MATSHITA", "DVD-RAM UJ-850S" },
	{ { 0x31, 0x02, 1 }, "TEAC", "CD-R50S" },
	{ { 0x31, 0x02, 1 }, "SONY", "CD-R   CDU924S" },
	{ { 0x31, 0x02, 2 }, "YAMAHA", "CDR400t" },
	{ { 0x31, 0x08, 2 }, "YAMAHA", "CRW-F1E" },
	{ { 0x3e, 0x06, 4 }, "FUJITSU", "MCJ3230SS" },
};

static u8 *make_page(const struct length *length)
{
	size_t size = 2 + length->length;
	u8 *page = malloc(size);

	assert_non_null(page);
	memset(page, 0xff, size);
	page[0] = length->page;
	page[1] = length->length;
	return page;
}

static void check_count(const struct length *length,
			const struct libmodepages_info *info)
{
	struct libmodepages_fields *fields;
	u8 *page = make_page(length);

	assert_int_equal(libmodepages_fields_new(page, 2 + length->length, info,
						 &fields), 0);
	if (fields->count != length->count)
		print_error("page: %02x %02x\n", page[0], page[1]);
	assert_int_equal(fields->count, length->count);
	libmodepages_fields_free(fields);
	free(page);
}

static void test_lengths(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(lengths); i++)
		check_count(&lengths[i], NULL);
	for (i = 0; i < ARRAY_SIZE(own_lengths); i++) {
		struct libmodepages_info info = {
			.vendor = own_lengths[i].vendor,
			.model = own_lengths[i].model,
		};

		check_count(&own_lengths[i].length, &info);
	}
}

static bool is_in(const struct field_entry *entry, const struct length *length)
{
	struct libmodepages_field field;
	u8 *page = make_page(length);
	bool present;

	field_from_entry(&field, entry, 0);
	present = libmodepages_field_is_present(&field, page,
						2 + length->length);
	free(page);
	return present;
}

/* Each is in a page that is as long as one of these: none is out of reach. */
static void test_reached(void **state)
{
	const struct field_entry *entry;
	size_t i;

	(void)state;
	for_each_entry(entry) {
		bool reached = false;

		for (i = 0; i < ARRAY_SIZE(lengths); i++)
			reached |= is_in(entry, &lengths[i]);
		for (i = 0; i < ARRAY_SIZE(own_lengths); i++)
			reached |= is_in(entry, &own_lengths[i].length);
		show(entry->acronym, reached);
		assert_true(reached);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_no_overlap),
		cmocka_unit_test(test_acronyms),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_reached),
	};

	return cmocka_run_group_tests_name("fields_table", tests, NULL, NULL);
}
