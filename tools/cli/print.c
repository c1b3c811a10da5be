// SPDX-License-Identifier: MIT
/*
 * Pages as text, hex, raw bytes and JSON.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"

#define BYTES_PER_LINE	16

/* NULL, which is null in JSON, for NULL. */
struct json_object *json_text(const char *text)
{
	return text ? json_object_new_string(text) : NULL;
}

void print_json(struct json_object *object)
{
	puts(json_object_to_json_string_ext(object, JSON_C_TO_STRING_PRETTY |
					    JSON_C_TO_STRING_SPACED |
					    JSON_C_TO_STRING_NOSLASHESCAPE));
}

/* The same in one line. */
void print_json_line(struct json_object *object)
{
	puts(json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN |
					    JSON_C_TO_STRING_NOSLASHESCAPE));
}

/* Two digits; printf() would take ten times as long. */
static void print_byte(uint8_t byte)
{
	static const char digits[] = "0123456789abcdef";

	putchar_unlocked(digits[byte >> 4]);
	putchar_unlocked(digits[byte & 0xf]);
}

static void print_hex(const struct libmodepages_page *page)
{
	size_t size, i;
	const uint8_t *data = libmodepages_page_get_data(page, &size);

	for (i = 0; i < size; i++) {
		print_byte(data[i]);
		putchar_unlocked(i + 1 == size || i % BYTES_PER_LINE ==
				 BYTES_PER_LINE - 1 ? '\n' : ' ');
	}
}

static void print_dump_line(const uint8_t *data, size_t size, size_t offset)
{
	size_t i;

	printf("    %04zx:", offset);
	for (i = offset; i < offset + BYTES_PER_LINE; i++) {
		putchar_unlocked(' ');
		if (i < size)
			print_byte(data[i]);
		else
			fputs_unlocked("  ", stdout);
	}
	fputs_unlocked("  ", stdout);
	for (i = offset; i < size && i < offset + BYTES_PER_LINE; i++)
		putchar_unlocked(data[i] >= 0x20 && data[i] < 0x7f ? data[i] :
								     '.');
	putchar_unlocked('\n');
}

/* Code and name of a page. */
void print_title(uint8_t code, uint8_t subpage)
{
	const char *name = libmodepages_page_code_name(code);
	const char *acronym = libmodepages_page_code_acronym(code);

	printf("%02x", code);
	if (subpage)
		printf(",%02x", subpage);
	if (name && !subpage)
		printf("  %s (%s)", name, acronym);
	else
		printf("  Unknown page");
}

static void print_headline(const struct pages *pages,
			   const struct libmodepages_page *page)
{
	size_t size;

	libmodepages_page_get_data(page, &size);
	print_title(libmodepages_page_get_code(page),
		    libmodepages_page_get_subpage(page));
	printf(", %zu bytes", size);
	if (pages->drive)
		printf(", %s values",
		       libmodepages_control_name(pages->control));
	if (libmodepages_page_is_saveable(page))
		printf(", saveable (PS)");
	if (libmodepages_page_is_truncated(page))
		printf(", %s", pages->drive ? "truncated by the drive" :
					      "truncated");
	putchar('\n');
}

static void print_dump(const struct libmodepages_page *page)
{
	size_t size, offset;
	const uint8_t *data = libmodepages_page_get_data(page, &size);

	for (offset = 0; offset < size; offset += BYTES_PER_LINE)
		print_dump_line(data, size, offset);
}

static const struct libmodepages_info *info_of(const struct pages *pages)
{
	return pages->drive ? libmodepages_drive_get_info(pages->drive) : NULL;
}

/* The fields; the bytes of a page of which none is known. */
static void print_text(const struct pages *pages,
		       const struct libmodepages_page *page)
{
	print_headline(pages, page);
	if (!print_fields(page, info_of(pages), pages->control))
		print_dump(page);
}

static void print_page_bits(const struct pages *pages, size_t index)
{
	const struct libmodepages_page *page = pages->pages[index];
	const struct libmodepages_page *changeable =
		pages->changeable ? pages->changeable[index] : NULL;
	size_t size;

	print_headline(pages, page);
	libmodepages_page_get_data(page, &size);
	if (size <= PAGE_ROOM)
		print_bits(page, changeable, info_of(pages));
	else
		print_dump(page);
	if (changeable)
		printf("       * can be changed\n");
	else if (pages->changeable)
		printf("       the drive does not tell what can be changed\n");
}

static struct json_object *json_code(uint8_t code)
{
	char text[3];

	snprintf(text, sizeof(text), "%02x", code);
	return json_object_new_string(text);
}

void json_add_code(struct json_object *object, uint8_t code)
{
	json_object_object_add(object, "page", json_code(code));
}

/* The bytes of a page, NULL for none. */
struct json_object *json_bytes(const struct libmodepages_page *page)
{
	size_t size = 0, i;
	const uint8_t *data = page ? libmodepages_page_get_data(page, &size) :
				     NULL;
	struct json_object *object;
	char *text = page ? malloc(2 * size + 1) : NULL;

	if (!text)
		return NULL;
	for (i = 0; i < size; i++)
		snprintf(text + 2 * i, 3, "%02x", data[i]);
	object = json_object_new_string_len(text, 2 * size);
	free(text);
	return object;
}

/* What a page is called. */
void json_add_title(struct json_object *object, uint8_t code, uint8_t subpage)
{
	json_add_code(object, code);
	json_object_object_add(object, "subpage", json_code(subpage));
	json_object_object_add(object, "name", subpage ? NULL :
			       json_text(libmodepages_page_code_name(code)));
	json_object_object_add(object, "acronym", subpage ? NULL :
			       json_text(libmodepages_page_code_acronym(code)));
}

/* Which drive it is, and how it is reached. */
void json_add_drive(struct json_object *object,
		    const struct libmodepages_info *info)
{
	enum libmodepages_backend via = libmodepages_info_get_backend(info);

	json_object_object_add(object, "device",
			       json_text(libmodepages_info_get_address(info)));
	json_object_object_add(object, "node",
			       json_text(libmodepages_info_get_node(info)));
	json_object_object_add(object, "block",
			       json_text(libmodepages_info_get_block(info)));
	json_object_object_add(object, "vendor",
			       json_text(libmodepages_info_get_vendor(info)));
	json_object_object_add(object, "model",
			       json_text(libmodepages_info_get_model(info)));
	json_object_object_add(object, "revision",
			       json_text(libmodepages_info_get_revision(info)));
	json_object_object_add(object, "via",
			       json_text(libmodepages_backend_name(via)));
}

static struct json_object *json_page(const struct pages *pages,
				     const struct libmodepages_page *page)
{
	struct json_object *object = json_object_new_object();
	size_t size;
	bool flag;

	libmodepages_page_get_data(page, &size);
	json_add_title(object, libmodepages_page_get_code(page),
		       libmodepages_page_get_subpage(page));
	json_object_object_add(object, "length", json_object_new_int(size));
	flag = libmodepages_page_is_saveable(page);
	json_object_object_add(object, "saveable",
			       json_object_new_boolean(flag));
	flag = libmodepages_page_is_truncated(page);
	json_object_object_add(object, "truncated",
			       json_object_new_boolean(flag));
	json_object_object_add(object, "bytes", json_bytes(page));
	json_object_object_add(object, "fields",
			       json_fields(page, info_of(pages),
					   pages->control));
	return object;
}

/* From which drive they come, and which values these are. */
void json_add_source(struct json_object *object,
		     const struct libmodepages_info *info,
		     enum libmodepages_control control)
{
	enum libmodepages_backend via = libmodepages_info_get_backend(info);

	json_object_object_add(object, "device",
			       json_text(libmodepages_info_get_address(info)));
	json_object_object_add(object, "via",
			       json_text(libmodepages_backend_name(via)));
	json_object_object_add(object, "control",
			       json_text(libmodepages_control_name(control)));
}

static void print_json_pages(const struct pages *pages)
{
	struct json_object *object = json_object_new_object();
	struct json_object *array = json_object_new_array();
	size_t i;

	for (i = 0; i < pages->count; i++)
		json_object_array_add(array, json_page(pages, pages->pages[i]));
	if (pages->drive)
		json_add_source(object, info_of(pages), pages->control);
	json_object_object_add(object, "pages", array);
	print_json(object);
	json_object_put(object);
}

static void print_raw(const struct libmodepages_page *page)
{
	size_t size;
	const uint8_t *data = libmodepages_page_get_data(page, &size);

	fwrite(data, 1, size, stdout);
}

/* Print pages in the form that the options ask for. */
void print_pages(const struct pages *pages)
{
	size_t i;

	if (pages->given & OPTION_JSON) {
		print_json_pages(pages);
		return;
	}
	for (i = 0; i < pages->count; i++) {
		if (pages->given & OPTION_RAW) {
			print_raw(pages->pages[i]);
			continue;
		}
		if (i > 0)
			putchar('\n');
		if (pages->given & OPTION_HEX)
			print_hex(pages->pages[i]);
		else if (pages->given & OPTION_BITS)
			print_page_bits(pages, i);
		else
			print_text(pages, pages->pages[i]);
	}
}
