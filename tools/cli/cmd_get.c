// SPDX-License-Identifier: MIT
/*
 * modepages get: values of fields.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

/* What was asked for, and the pages that it is in. */
struct get {
	const struct arguments *arguments;
	const char *name;	/* of the drive; NULL: the only one */
	char **words;
	struct libmodepages_field **fields;
	size_t count;
	struct libmodepages_drive *drive;
	struct libmodepages_status *status;
	struct libmodepages_page *pages[LIBMODEPAGES_PAGE_MAX + 1];
};

/* [DEV] FIELD...: each FIELD has a dot, and a DEV with a dot has a slash. */
static int sort_words(struct get *get)
{
	const struct arguments *arguments = get->arguments;

	get->words = arguments->words;
	get->count = arguments->count;
	if (get->count && (is_drive_word(get->words[0]) ||
			   (get->count > 1 && !strchr(get->words[0], '.')))) {
		get->name = get->words[0];
		get->words++;
		get->count--;
	}
	if (!get->count)
		return fail(EXIT_WORDS,
			    "no field; take one or more, such as rw.rrc");
	return EXIT_OK;
}

static int parse_fields(struct get *get)
{
	size_t i;
	int code = EXIT_OK;

	get->fields = calloc(get->count, sizeof(struct libmodepages_field *));
	if (!get->fields)
		return fail(EXIT_REFUSED, "not enough memory");
	for (i = 0; i < get->count && code == EXIT_OK; i++)
		code = parse_field(get->words[i], &get->fields[i]);
	return code;
}

/* Each page is read once, so that its values belong together. */
static int take_page(struct get *get, uint8_t code)
{
	bool fresh = get->arguments->given & OPTION_FRESH;
	enum libmodepages_control control = get->arguments->control;
	int err;

	if (get->pages[code])
		return EXIT_OK;
	err = libmodepages_drive_get_page(get->drive, code, 0, control,
					  fresh ? 0 : LIBMODEPAGES_RECENT,
					  &get->pages[code], get->status);
	return err ? fail_page(get->drive, code, control, err, get->status) :
		     EXIT_OK;
}

static const uint8_t *page_of(const struct get *get, size_t index, size_t *size)
{
	uint8_t code = libmodepages_field_get_page(get->fields[index]);

	return libmodepages_page_get_data(get->pages[code], size);
}

/* Does the drive have the field? One that is absent is not 0. */
static int check_field(const struct get *get, size_t index)
{
	const struct libmodepages_info *info =
		libmodepages_drive_get_info(get->drive);
	const struct libmodepages_field *field = get->fields[index];
	size_t size;
	const uint8_t *data = page_of(get, index, &size);

	if (!libmodepages_field_is_for(field, info))
		return fail_others_field(get->drive, get->words[index], field);
	if (!libmodepages_field_is_present(field, data, size))
		return fail_absent(get->drive, get->words[index], field, size);
	return EXIT_OK;
}

static int take_fields(struct get *get)
{
	int code = EXIT_OK;
	size_t i;

	for (i = 0; i < get->count && code == EXIT_OK; i++) {
		code = take_page(get,
				 libmodepages_field_get_page(get->fields[i]));
		if (code == EXIT_OK)
			code = check_field(get, i);
	}
	return code;
}

/* The value alone, or, of several fields, each as "set" takes it. */
static void print_values(const struct get *get)
{
	char text[LIBMODEPAGES_FIELD_TEXT_SIZE];
	const uint8_t *data;
	size_t i, size;

	for (i = 0; i < get->count; i++) {
		data = page_of(get, i, &size);
		libmodepages_field_get_text(get->fields[i], data, size, text);
		if (get->count > 1)
			printf("%s=", get->words[i]);
		printf("%s\n", text);
	}
}

static void print_json_values(const struct get *get)
{
	struct json_object *object = json_object_new_object();
	struct json_object *array = json_object_new_array();
	enum libmodepages_control control = get->arguments->control;
	size_t i, size;

	for (i = 0; i < get->count; i++) {
		const struct libmodepages_field *field = get->fields[i];
		struct json_object *member = json_object_new_object();
		const uint8_t *data = page_of(get, i, &size);

		json_object_object_add(member, "field",
				       json_text(get->words[i]));
		json_add_code(member, libmodepages_field_get_page(field));
		json_add_field(member, field, data, size, control);
		json_object_array_add(array, member);
	}
	json_add_source(object, libmodepages_drive_get_info(get->drive),
			control);
	json_object_object_add(object, "fields", array);
	print_json(object);
	json_object_put(object);
}

static int get_fields(struct get *get)
{
	int code = open_drive(get->name, 0, &get->drive);

	if (code != EXIT_OK)
		return code;
	get->status = libmodepages_status_new();
	if (!get->status)
		return fail(EXIT_REFUSED, "not enough memory");
	code = take_fields(get);
	if (code != EXIT_OK)
		return code;
	if (get->arguments->given & OPTION_JSON)
		print_json_values(get);
	else
		print_values(get);
	return EXIT_OK;
}

static int run(const struct arguments *arguments)
{
	struct get get = { .arguments = arguments };
	int code = sort_words(&get);
	size_t i;

	if (code != EXIT_OK)
		return code;
	code = parse_fields(&get);
	if (code == EXIT_OK)
		code = get_fields(&get);

	for (i = 0; i <= LIBMODEPAGES_PAGE_MAX; i++)
		libmodepages_page_free(get.pages[i]);
	for (i = 0; get.fields && i < get.count; i++)
		libmodepages_field_free(get.fields[i]);
	free(get.fields);
	libmodepages_status_free(get.status);
	libmodepages_drive_close(get.drive);
	return code;
}

const struct verb verb_get = {
	.name = "get",
	.synopsis = "get [DEV] FIELD... [OPTIONS]",
	.summary = "print values of fields",
	.help =
"Print the value of each FIELD of drive DEV: of one field the value alone, of\n"
"several a line FIELD=VALUE each. If one can not be had, nothing is printed.\n"
"\n"
"DEV is /dev/modepages/H:C:T:L, /dev/srN, a path in /sys, or H:C:T:L; it can\n"
"be left out where there is one drive. FIELD is PAGE.ACRONYM, such as rw.rrc or\n"
"01.rrc, or PAGE.BYTE:BIT:WIDTH, such as 01.3:7:8: so many bits, from this one\n"
"of this byte on. \"modepages show\" prints what fields a drive has.\n"
"\n"
"  --control VALUES  current (the default), changeable, default or saved\n"
"  --fresh           ask the drive, whatever is known of the page\n"
"  --json            print a JSON object\n",
	.options = OPTION_CONTROL | OPTION_FRESH | OPTION_JSON,
	.most_words = MANY_WORDS,
	.run = run,
};
