// SPDX-License-Identifier: MIT
/*
 * modepages set: give fields new values.
 */
#include <stdio.h>
#include <string.h>

#include "cli.h"

/* A field before and after, as text, and as it was asked for. */
struct row {
	const struct assignment *assignment;
	char before[LIBMODEPAGES_FIELD_TEXT_SIZE];
	char after[LIBMODEPAGES_FIELD_TEXT_SIZE];
	char asked[LIBMODEPAGES_FIELD_TEXT_SIZE];
};

static const struct libmodepages_change *
change_of(const struct changes *changes, const struct assignment *assignment)
{
	uint8_t code = libmodepages_field_get_page(assignment->field);

	return changes->pages[code].change;
}

static const uint8_t *bytes_of(const struct libmodepages_page *page,
			       size_t *size)
{
	*size = 0;
	return page ? libmodepages_page_get_data(page, size) : NULL;
}

/* Nothing where the field is absent: in the page after, it might be. */
static void text_in(const struct libmodepages_field *field,
		    const struct libmodepages_page *page,
		    char text[LIBMODEPAGES_FIELD_TEXT_SIZE])
{
	size_t size;
	const uint8_t *data = bytes_of(page, &size);

	if (libmodepages_field_get_text(field, data, size, text))
		*text = '\0';
}

/* The value that was asked for, written as the others are. */
static void text_asked(const struct assignment *assignment,
		       const struct libmodepages_page *page,
		       char text[LIBMODEPAGES_FIELD_TEXT_SIZE])
{
	uint8_t bytes[PAGE_ROOM] = { 0 };
	size_t size;
	const uint8_t *data = bytes_of(page, &size);

	if (size > sizeof(bytes))
		size = sizeof(bytes);
	if (size)
		memcpy(bytes, data, size);
	*text = '\0';
	if (!libmodepages_field_set_text(assignment->field, bytes, size,
					 assignment->value))
		libmodepages_field_get_text(assignment->field, bytes, size,
					    text);
}

static void fill_row(struct row *row, const struct changes *changes,
		     const struct assignment *assignment)
{
	const struct libmodepages_change *change =
		change_of(changes, assignment);
	const struct libmodepages_page *before =
		libmodepages_change_get_before(change);

	row->assignment = assignment;
	text_in(assignment->field, before, row->before);
	text_in(assignment->field, libmodepages_change_get_after(change),
		row->after);
	text_asked(assignment, before, row->asked);
}

/* What has changed; what the drive has rounded also where nothing has. */
static void print_row(const struct row *row)
{
	bool rounded = strcmp(row->after, row->asked);

	if (!strcmp(row->before, row->after) && !rounded)
		return;
	printf("%s: %s -> %s", row->assignment->name, row->before, row->after);
	if (rounded)
		printf(" (rounded by the drive from %s)", row->asked);
	putchar('\n');
}

/* A number where it is one. */
static struct json_object *json_value(const struct libmodepages_field *field,
				      const struct libmodepages_page *page,
				      const char *text)
{
	size_t size;
	const uint8_t *data = bytes_of(page, &size);
	uint64_t value;

	if (libmodepages_field_get_value(field, data, size, &value))
		return json_text(text);
	return json_object_new_uint64(value);
}

static struct json_object *json_row(const struct changes *changes,
				    const struct row *row)
{
	struct json_object *object = json_object_new_object();
	const struct libmodepages_field *field = row->assignment->field;
	const struct libmodepages_change *change =
		change_of(changes, row->assignment);
	struct json_object *json;

	json_object_object_add(object, "field",
			       json_text(row->assignment->name));
	json_add_code(object, libmodepages_field_get_page(field));
	json_object_object_add(object, "acronym",
			       json_text(libmodepages_field_get_acronym(field)));
	json_object_object_add(object, "name",
			       json_text(libmodepages_field_get_name(field)));
	json = json_value(field, libmodepages_change_get_before(change),
			  row->before);
	json_object_object_add(object, "before", json);
	json = json_value(field, libmodepages_change_get_after(change),
			  row->after);
	json_object_object_add(object, "after", json);
	json = json_object_new_boolean(strcmp(row->after, row->asked));
	json_object_object_add(object, "rounded", json);
	return object;
}

static void print_json_changes(const struct changes *changes)
{
	bool dry_run = changes->arguments->given & OPTION_DRY_RUN;
	struct json_object *object = json_object_new_object();
	struct json_object *array = json_object_new_array();
	struct row row;
	size_t i;

	for (i = 0; i < changes->count; i++) {
		if (changes->assignments[i].expected)
			continue;
		fill_row(&row, changes, &changes->assignments[i]);
		json_object_array_add(array, json_row(changes, &row));
	}
	json_add_source(object, libmodepages_drive_get_info(changes->drive),
			LIBMODEPAGES_CONTROL_CURRENT);
	json_object_object_add(object, "dry_run",
			       json_object_new_boolean(dry_run));
	json_object_object_add(object, "fields", array);
	print_json(object);
	json_object_put(object);
}

static void print_text_changes(const struct changes *changes)
{
	struct row row;
	size_t i;

	for (i = 0; i < changes->count; i++) {
		if (changes->assignments[i].expected)
			continue;
		fill_row(&row, changes, &changes->assignments[i]);
		print_row(&row);
	}
}

static int set_fields(struct changes *changes)
{
	int code = open_for_changes(changes, 0);

	if (code == EXIT_OK)
		code = check_changes(changes);
	if (code == EXIT_OK && !(changes->arguments->given & OPTION_DRY_RUN))
		code = make_changes(changes);
	if (code != EXIT_OK)
		return code;
	if (changes->arguments->given & OPTION_JSON)
		print_json_changes(changes);
	else
		print_text_changes(changes);
	return EXIT_OK;
}

static int run(const struct arguments *arguments)
{
	bool save = arguments->given & OPTION_SAVE;
	struct changes changes = {
		.arguments = arguments,
		.flags = save ? LIBMODEPAGES_SAVE : 0,
	};
	int code = parse_changes(&changes);

	if (code == EXIT_OK)
		code = set_fields(&changes);
	free_changes(&changes);
	return code;
}

const struct verb verb_set = {
	.name = "set",
	.synopsis = "set [DEV] FIELD=VALUE... [OPTIONS]",
	.summary = "give fields new values",
	.help =
"Give each FIELD of drive DEV a new value, and print those that have changed. If\n"
"one of them is refused, by the page or by what the drive says can be changed,\n"
"none is changed.\n"
"\n"
"DEV is /dev/modepages/H:C:T:L, /dev/srN, a path in /sys, or H:C:T:L; it can\n"
"be left out where there is one drive. FIELD is PAGE.ACRONYM, such as rw.rrc or\n"
"01.rrc, or PAGE.BYTE:BIT:WIDTH, such as 01.3:7:8. VALUE is decimal, or hex after\n"
"0x, or the name of a value, such as tao. \"modepages show\" prints what fields a\n"
"drive has.\n"
"\n"
"  --dry-run             check everything, and change nothing\n"
"  --expect FIELD=VALUE  change nothing unless this field has this value; may be\n"
"                        given several times\n"
"  --json                print a JSON object\n"
"  --save                have the drive keep it when it is switched off\n",
	.options = OPTION_DRY_RUN | OPTION_EXPECT | OPTION_JSON | OPTION_SAVE,
	.most_words = MANY_WORDS,
	.run = run,
};
