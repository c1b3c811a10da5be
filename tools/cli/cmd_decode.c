// SPDX-License-Identifier: MIT
/*
 * modepages decode: pages in a file, without a drive.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

/* As much as a drive can answer at once. */
#define FILE_ROOM	65536

/* The shortest page has as many bytes: a header, and something in it. */
#define LEAST_BYTES	3

struct decode {
	const char *name;
	uint8_t bytes[FILE_ROOM];
	size_t size;
	struct libmodepages_page *pages[FILE_ROOM / LEAST_BYTES];
	size_t count;
};

static int read_bytes(struct decode *decode, FILE *file)
{
	decode->size = fread(decode->bytes, 1, sizeof(decode->bytes), file);
	if (ferror(file))
		return fail(EXIT_REFUSED, "%s: can not be read: %s",
			    decode->name, strerror(errno));
	if (!decode->size)
		return fail(EXIT_REFUSED, "%s: is empty", decode->name);
	if (decode->size == sizeof(decode->bytes))
		return fail(EXIT_REFUSED, "%s: is too long for mode pages",
			    decode->name);
	return EXIT_OK;
}

static int read_file(struct decode *decode)
{
	FILE *file;
	int code;

	if (!strcmp(decode->name, "-")) {
		decode->name = "standard input";
		return read_bytes(decode, stdin);
	}
	file = fopen(decode->name, "rb");
	if (!file)
		return fail(EXIT_REFUSED, "%s: can not be read: %s",
			    decode->name, strerror(errno));
	code = read_bytes(decode, file);
	fclose(file);
	return code;
}

/*
 * Not so of zeros, or of a text: that would be a page of the subpage format, and a
 * long one. Of the others, the last may be cut.
 */
static bool is_sane(const struct libmodepages_page *page)
{
	size_t size;
	const uint8_t *data = libmodepages_page_get_data(page, &size);

	if (size < LEAST_BYTES ||
	    libmodepages_page_get_code(page) > LIBMODEPAGES_PAGE_MAX)
		return false;
	return !(data[0] & SUBPAGE_FORMAT) ||
	       !libmodepages_page_is_truncated(page);
}

/* Take the next page from what is left; 0 if there is none. */
static size_t take_page(struct decode *decode, size_t offset)
{
	struct libmodepages_page *page;
	size_t size;

	if (libmodepages_page_new(decode->bytes + offset, decode->size - offset,
				  &page))
		return 0;
	if (!is_sane(page)) {
		libmodepages_page_free(page);
		return 0;
	}
	decode->pages[decode->count++] = page;
	libmodepages_page_get_data(page, &size);
	return size;
}

static int take_pages(struct decode *decode)
{
	size_t offset, size;

	for (offset = 0; offset < decode->size; offset += size) {
		size = take_page(decode, offset);
		if (!size)
			return fail(EXIT_REFUSED,
				    "%s: what begins at byte %zu is no mode page; take what 'modepages show --raw' writes",
				    decode->name, offset);
	}
	return EXIT_OK;
}

static int run_decode(const struct arguments *arguments, struct decode *decode)
{
	int code = read_file(decode);

	if (code == EXIT_OK)
		code = take_pages(decode);
	if (code == EXIT_OK) {
		const struct pages pages = {
			.given = arguments->given,
			.pages = (const struct libmodepages_page *const *)
				decode->pages,
			.count = decode->count,
		};

		print_pages(&pages);
	}
	return code;
}

static int run(const struct arguments *arguments)
{
	struct decode *decode;
	int code = check_forms(arguments);
	size_t i;

	if (code != EXIT_OK)
		return code;
	if (!arguments->count)
		return fail(EXIT_WORDS,
			    "no file; take one, or - for standard input");
	decode = calloc(1, sizeof(*decode));
	if (!decode)
		return fail(EXIT_REFUSED, "not enough memory");
	decode->name = arguments->words[0];
	code = run_decode(arguments, decode);
	for (i = 0; i < decode->count; i++)
		libmodepages_page_free(decode->pages[i]);
	free(decode);
	return code;
}

const struct verb verb_decode = {
	.name = "decode",
	.synopsis = "decode FILE [OPTIONS]",
	.summary = "show mode pages from a file, without a drive",
	.help =
"Show the mode pages in FILE as \"modepages show\" does. FILE has the bytes of a\n"
"page, or of several one after the other, as \"modepages show --raw\" writes them\n"
"and the files in /sys have them; - is standard input.\n"
"\n"
"  --bits  print a picture of each page: its bits, and whose they are\n"
"  --hex   print bytes in hex, 16 a line, an empty line between pages\n"
"  --json  print a JSON object\n",
	.options = OPTION_BITS | OPTION_HEX | OPTION_JSON,
	.most_words = 1,
	.run = run,
};
