// SPDX-License-Identifier: MIT
/*
 * modepages list: the drives of this machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

/* Room for the codes of all pages, blanks between them. */
#define PAGES_ROOM	(64 * 3 + 1)

/*
 * The pages of a drive as the table shows them. A drive that can not be asked
 * is listed all the same: NULL.
 */
static struct libmodepages_list *ask_pages(const struct libmodepages_info *info)
{
	const char *address = libmodepages_info_get_address(info);
	struct libmodepages_drive *drive;
	struct libmodepages_list *list = NULL;

	if (libmodepages_drive_open(address, 0, &drive))
		return NULL;
	if (libmodepages_drive_get_list(drive, LIBMODEPAGES_CACHED, &list,
					NULL))
		list = NULL;
	libmodepages_drive_close(drive);
	return list;
}

static struct json_object *json_pages(const struct libmodepages_list *list)
{
	struct json_object *array = json_object_new_array();
	size_t i;

	for (i = 0; i < libmodepages_list_get_count(list); i++) {
		char code[3];

		if (libmodepages_list_get_subpage(list, i))
			continue;
		snprintf(code, sizeof(code), "%02x",
			 libmodepages_list_get_code(list, i));
		json_object_array_add(array, json_object_new_string(code));
	}
	return array;
}

static struct json_object *json_drive(const struct libmodepages_info *info,
				      const struct libmodepages_list *list)
{
	struct json_object *object = json_object_new_object();

	json_add_drive(object, info);
	json_object_object_add(object, "pages",
			       list ? json_pages(list) : NULL);
	return object;
}

/* The columns of a row, in order. */
enum { DEVICE, NODE, BLOCK, VENDOR, MODEL, REVISION, VIA, PAGES, COLUMNS };

static const char * const headings[COLUMNS] = {
	"DEVICE", "NODE", "BLOCK", "VENDOR", "MODEL", "REV", "VIA", "PAGES",
};

static char *cell(const char *text)
{
	return strdup(text && *text ? text : "-");
}

static char *cell_pages(const struct libmodepages_list *list)
{
	char text[PAGES_ROOM] = "";
	size_t i, used = 0;

	if (!list)
		return cell("?");
	for (i = 0; i < libmodepages_list_get_count(list); i++) {
		if (libmodepages_list_get_subpage(list, i) ||
		    used + 4 > sizeof(text))
			continue;
		used += snprintf(text + used, sizeof(text) - used, "%s%02x",
				 used ? " " : "",
				 libmodepages_list_get_code(list, i));
	}
	return cell(text);
}

static void fill_row(char *row[COLUMNS], const struct libmodepages_info *info,
		     const struct libmodepages_list *list)
{
	enum libmodepages_backend via = libmodepages_info_get_backend(info);

	row[DEVICE] = cell(libmodepages_info_get_address(info));
	row[NODE] = cell(libmodepages_info_get_node(info));
	row[BLOCK] = cell(libmodepages_info_get_block(info));
	row[VENDOR] = cell(libmodepages_info_get_vendor(info));
	row[MODEL] = cell(libmodepages_info_get_model(info));
	row[REVISION] = cell(libmodepages_info_get_revision(info));
	row[VIA] = cell(libmodepages_backend_name(via));
	row[PAGES] = cell_pages(list);
}

static void print_row(const char * const row[COLUMNS], const int widths[])
{
	int column;

	for (column = 0; column < PAGES; column++)
		printf("%-*s  ", widths[column], row[column] ?: "-");
	printf("%s\n", row[PAGES] ?: "-");
}

static void print_table(char *(*rows)[COLUMNS], size_t count)
{
	int widths[COLUMNS];
	int column;
	size_t i;

	for (column = 0; column < COLUMNS; column++) {
		widths[column] = strlen(headings[column]);
		for (i = 0; i < count; i++) {
			int width = strlen(rows[i][column] ?: "-");

			if (width > widths[column])
				widths[column] = width;
		}
	}
	print_row(headings, widths);
	for (i = 0; i < count; i++)
		print_row((const char * const *)rows[i], widths);
}

static void list_json(const struct libmodepages_drives *drives)
{
	struct json_object *object = json_object_new_object();
	struct json_object *array = json_object_new_array();
	size_t i;

	for (i = 0; i < libmodepages_drives_get_count(drives); i++) {
		const struct libmodepages_info *info =
			libmodepages_drives_get_info(drives, i);
		struct libmodepages_list *list = ask_pages(info);

		json_object_array_add(array, json_drive(info, list));
		libmodepages_list_free(list);
	}
	json_object_object_add(object, "drives", array);
	print_json(object);
	json_object_put(object);
}

static void list_table(const struct libmodepages_drives *drives)
{
	size_t i, count = libmodepages_drives_get_count(drives);
	char *(*rows)[COLUMNS] = calloc(count + 1, sizeof(*rows));
	int column;

	for (i = 0; rows && i < count; i++) {
		const struct libmodepages_info *info =
			libmodepages_drives_get_info(drives, i);
		struct libmodepages_list *list = ask_pages(info);

		fill_row(rows[i], info, list);
		libmodepages_list_free(list);
	}
	if (rows)
		print_table(rows, count);
	for (i = 0; rows && i < count; i++)
		for (column = 0; column < COLUMNS; column++)
			free(rows[i][column]);
	free(rows);
}

static int run(const struct arguments *arguments)
{
	struct libmodepages_drives *drives;
	int err = libmodepages_drives_new(&drives);

	if (err)
		return fail(EXIT_REFUSED, "can not look for drives: %s",
			    strerror(-err));
	if (arguments->given & OPTION_JSON)
		list_json(drives);
	else
		list_table(drives);
	libmodepages_drives_free(drives);
	return EXIT_OK;
}

const struct verb verb_list = {
	.name = "list",
	.synopsis = "list [--json]",
	.summary = "list the optical drives and their pages",
	.help =
"List the optical drives of this machine.\n"
"\n"
"  --json    print a JSON object\n"
"\n"
"VIA says how a drive is reached: through the kernel module, through sg_io on\n"
"its block device, or not at all. PAGES is '?' where the drive could not be\n"
"asked.\n",
	.options = OPTION_JSON,
	.most_words = 0,
	.run = run,
};
