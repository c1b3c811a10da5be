// SPDX-License-Identifier: MIT
/*
 * Words of the command line that name drives, pages and fields.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

/* Can the word be a drive only? A FIELD can have a colon, but no slash. */
bool is_drive_word(const char *word)
{
	return strchr(word, '/') || (strchr(word, ':') && !strchr(word, '.'));
}

int fail_page_word(const char *word)
{
	return fail(EXIT_WORDS,
		    "'%s' is no page: take two hex digits from 00 to 3e, or an acronym such as cms",
		    word);
}

static int fail_field_word(const char *word, int error)
{
	switch (error) {
	case -ENOENT:
		return fail(EXIT_WORDS,
			    "'%s': the page has no field of this name; 'modepages show' prints those that a drive has, and a place such as 01.3:7:8 will do",
			    word);
	case -ERANGE:
		return fail(EXIT_WORDS,
			    "'%s': no page has this place: take a byte from 0 to 256, the highest bit from 7 to 0 and a width from 1 to 64",
			    word);
	case -ENOMEM:
		return fail(EXIT_REFUSED, "not enough memory");
	default:
		return fail(EXIT_WORDS,
			    "'%s' is no field: take PAGE.ACRONYM such as rw.rrc, or PAGE.BYTE:BIT:WIDTH such as 01.3:7:8",
			    word);
	}
}

/* FIELD */
int parse_field(const char *word, struct libmodepages_field **field)
{
	int err = libmodepages_field_new(word, field);

	return err ? fail_field_word(word, err) : EXIT_OK;
}

int fail_others_field(const struct libmodepages_drive *drive, const char *word,
		      const struct libmodepages_field *field)
{
	return fail(EXIT_REFUSED,
		    "%s: %s: this is a field of other drives, whose page %02x is another one",
		    address_of(drive), word,
		    libmodepages_field_get_page(field));
}

/* The page has @size bytes. */
int fail_absent(const struct libmodepages_drive *drive, const char *word,
		const struct libmodepages_field *field, size_t size)
{
	return fail(EXIT_REFUSED,
		    "%s: %s: page %02x of this drive, of %zu bytes, does not have this field",
		    address_of(drive), word,
		    libmodepages_field_get_page(field), size);
}

/* A page could not be read. */
int fail_page(const struct libmodepages_drive *drive, uint8_t code,
	      enum libmodepages_control control, int error,
	      const struct libmodepages_status *status)
{
	char what[32];

	snprintf(what, sizeof(what), "page %02x, %s values", code,
		 libmodepages_control_name(control));
	return fail_status(drive, what, error, status);
}
