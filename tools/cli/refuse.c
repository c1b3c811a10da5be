// SPDX-License-Identifier: MIT
/*
 * Why a page was not changed: the field, and what the drive said.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

#define WORD_ROOM	64

/* Additional sense codes (SPC-4, annex D). */
#define ASC_FIELD_IN_COMMAND	0x24
#define ASC_SAVING		0x39

/* A bit of a page. */
struct place {
	unsigned int byte;
	int bit;	/* -1: not known */
};

/* Is it one of the bits of a field? Without a bit, is it a byte of it? */
static bool is_in(const struct libmodepages_field *field,
		  const struct place *place)
{
	size_t first = libmodepages_field_get_byte(field) * 8 + 7 -
		       libmodepages_field_get_bit(field);
	size_t last = first + libmodepages_field_get_width(field) - 1;
	size_t bit = place->byte * 8 + 7 - place->bit;

	if (place->bit < 0)
		return first / 8 <= place->byte && place->byte <= last / 8;
	return first <= bit && bit <= last;
}

/* The FIELD=VALUE that the place belongs to; NULL if none does. */
static const struct assignment *
find_assignment(const struct changes *changes, uint8_t code, bool expected,
		const struct place *place)
{
	size_t i;

	for (i = 0; i < changes->count; i++) {
		const struct assignment *assignment = &changes->assignments[i];

		if (assignment->expected == expected &&
		    libmodepages_field_get_page(assignment->field) == code &&
		    is_in(assignment->field, place))
			return assignment;
	}
	return NULL;
}

/* As FIELD; a page that has no acronym goes by its code. */
static void name_field(uint8_t code, const struct libmodepages_field *field,
		       char word[WORD_ROOM])
{
	const char *page = libmodepages_page_code_acronym(code);
	char *letter;

	if (page)
		snprintf(word, WORD_ROOM, "%s.%s", page,
			 libmodepages_field_get_acronym(field));
	else
		snprintf(word, WORD_ROOM, "%02x.%s", code,
			 libmodepages_field_get_acronym(field));
	for (letter = word; *letter; letter++)
		*letter = tolower((unsigned char)*letter);
}

/* The known field that the place belongs to. */
static bool name_known(const struct changes *changes, uint8_t code,
		       const struct place *place, char word[WORD_ROOM])
{
	const struct libmodepages_change *change = changes->pages[code].change;
	const struct libmodepages_page *page =
		change ? libmodepages_change_get_before(change) : NULL;
	const struct libmodepages_field *field;
	struct libmodepages_fields *fields;
	const uint8_t *data;
	bool found = false;
	size_t i, size;

	if (!page)
		return false;
	data = libmodepages_page_get_data(page, &size);
	if (libmodepages_fields_new(data, size,
				    libmodepages_drive_get_info(changes->drive),
				    &fields))
		return false;
	for (i = 0; (field = libmodepages_fields_get_field(fields, i)); i++) {
		if (found || !is_in(field, place))
			continue;
		name_field(code, field, word);
		found = true;
	}
	libmodepages_fields_free(fields);
	return found;
}

/* Where it was refused, if that is known, and is in the page. */
static bool refused_place(const struct changes *changes, struct place *place)
{
	enum libmodepages_where where;

	return libmodepages_status_get_field(changes->status, &where,
					     &place->byte, &place->bit) &&
	       where == LIBMODEPAGES_WHERE_PAGE;
}

/* What was refused, as precisely as that is known: the field, else the page. */
static void name_refused(const struct changes *changes, uint8_t code,
			 char word[WORD_ROOM])
{
	const struct assignment *assignment;
	struct place place;

	snprintf(word, WORD_ROOM, "page %02x", code);
	if (!refused_place(changes, &place) || place.byte < HEADER_LENGTH)
		return;
	assignment = find_assignment(changes, code, false, &place);
	if (assignment)
		snprintf(word, WORD_ROOM, "%s", assignment->name);
	else if (name_known(changes, code, &place, word))
		return;
	else if (place.bit < 0)
		snprintf(word, WORD_ROOM, "%02x.%u:7:8", code, place.byte);
	else
		snprintf(word, WORD_ROOM, "%02x.%u:%d:1", code, place.byte,
			 place.bit);
}

/* The drive's changeable values forbid it, so it was not asked to. */
static int fail_not_changeable(const struct changes *changes, uint8_t code)
{
	char word[WORD_ROOM], why[128];
	struct place place = { .bit = -1 };

	name_refused(changes, code, word);
	refused_place(changes, &place);
	snprintf(why, sizeof(why),
		 "the drive does not let this be changed: bit %d of byte %u is fixed",
		 place.bit, place.byte);
	return fail_said(changes->drive, word, why, changes->status);
}

/* It is another value than that of --expect. */
static int fail_expected(const struct changes *changes, uint8_t code)
{
	const struct libmodepages_page *page =
		libmodepages_change_get_before(changes->pages[code].change);
	const struct assignment *assignment = NULL;
	char text[LIBMODEPAGES_FIELD_TEXT_SIZE];
	char why[3 * LIBMODEPAGES_FIELD_TEXT_SIZE];
	const uint8_t *data;
	struct place place;
	size_t size;

	if (page && refused_place(changes, &place))
		assignment = find_assignment(changes, code, true, &place);
	if (!assignment)
		return fail_status(changes->drive, "--expect", -ESTALE,
				   changes->status);
	data = libmodepages_page_get_data(page, &size);
	/* The page may have become shorter since it was checked. */
	if (libmodepages_field_get_text(assignment->field, data, size, text))
		return fail_absent(changes->drive, assignment->name,
				   assignment->field, size);
	snprintf(why, sizeof(why), "is %s, and not %.64s as expected", text,
		 assignment->value);
	return fail_said(changes->drive, assignment->name, why,
			 changes->status);
}

/* It can be read, so what is missing is something else. */
static int fail_unable(const struct changes *changes, uint8_t code)
{
	const struct libmodepages_status *status = changes->status;
	bool save = changes->flags & LIBMODEPAGES_SAVE;
	uint8_t asc = ASC_FIELD_IN_COMMAND;
	char what[WORD_ROOM];

	snprintf(what, sizeof(what), "page %02x", code);
	libmodepages_status_get_sense(status, NULL, &asc, NULL);
	if (save && (asc == ASC_FIELD_IN_COMMAND || asc == ASC_SAVING))
		return fail_said(changes->drive, what,
				 "the drive can not save this page; without --save it may change it",
				 status);
	return fail_said(changes->drive, what,
			 "the drive does not take this page, though it has it",
			 status);
}

/* The change of a page has failed: say why, in one line. */
int fail_change(const struct changes *changes, uint8_t code, int error)
{
	const struct libmodepages_status *status = changes->status;
	bool can_be_read = libmodepages_status_get_stage(status) >
			   LIBMODEPAGES_STAGE_PARSE;
	char word[WORD_ROOM];

	switch (libmodepages_status_get_code(status)) {
	case LIBMODEPAGES_STATUS_NOT_CHANGEABLE:
		return fail_not_changeable(changes, code);
	case LIBMODEPAGES_STATUS_CHANGED_MEANWHILE:
		return fail_expected(changes, code);
	case LIBMODEPAGES_STATUS_NO_SUCH_PAGE:
		if (can_be_read)
			return fail_unable(changes, code);
		break;
	default:
		break;
	}
	name_refused(changes, code, word);
	return fail_status(changes->drive, word, error, status);
}
