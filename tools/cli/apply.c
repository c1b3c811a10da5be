// SPDX-License-Identifier: MIT
/*
 * Changing pages: all of them are checked before the first one is written.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

/* Sense keys of drives that have not begun. */
enum {
	SENSE_NOT_READY = 2,
	SENSE_ILLEGAL_REQUEST = 5,
	SENSE_DATA_PROTECT = 7,
};

/* What has become of a page, when not all has gone well. */
static const char changed[] = "changed";
static const char changed_otherwise[] = "changed, and not as asked for";
static const char not_changed[] = "not changed";
static const char not_known[] = "changed or not, nobody knows";

static const char * const outcomes[] = {
	changed, changed_otherwise, not_changed, not_known,
};

#define OUTCOMES (sizeof(outcomes) / sizeof(outcomes[0]))

/* Are all fields, by their names, fields of this drive? Asks it nothing. */
static int check_drives(const struct changes *changes)
{
	const struct libmodepages_info *info =
		libmodepages_drive_get_info(changes->drive);
	size_t i;

	for (i = 0; i < changes->count; i++)
		if (!libmodepages_field_is_for(changes->assignments[i].field,
					       info))
			return fail_others_field(changes->drive,
						 changes->assignments[i].name,
						 changes->assignments[i].field);
	return EXIT_OK;
}

/* @flags: beside LIBMODEPAGES_WRITE. */
int open_for_changes(struct changes *changes, unsigned int flags)
{
	int code = open_drive(changes->name, flags | LIBMODEPAGES_WRITE,
			      &changes->drive);

	if (code != EXIT_OK)
		return code;
	changes->status = libmodepages_status_new();
	if (!changes->status)
		return fail(EXIT_REFUSED, "not enough memory");
	return check_drives(changes);
}

static int update_page(struct changes *changes, uint8_t code,
		       unsigned int flags)
{
	struct page_change *page = &changes->pages[code];

	libmodepages_change_free(page->change);
	page->change = NULL;
	return libmodepages_drive_update(changes->drive, page->update, flags,
					 &page->change, changes->status);
}

/* Does the drive's page have all fields? One that is absent can not be set. */
static int check_present(const struct changes *changes, uint8_t code)
{
	const struct libmodepages_change *change = changes->pages[code].change;
	const struct libmodepages_page *page =
		change ? libmodepages_change_get_before(change) : NULL;
	const uint8_t *data;
	size_t i, size;

	if (!page)
		return EXIT_OK;
	data = libmodepages_page_get_data(page, &size);
	for (i = 0; i < changes->count; i++) {
		const struct assignment *assignment = &changes->assignments[i];

		if (libmodepages_field_get_page(assignment->field) != code ||
		    libmodepages_field_is_present(assignment->field, data,
						  size))
			continue;
		return fail_absent(changes->drive, assignment->name,
				   assignment->field, size);
	}
	return EXIT_OK;
}

static int check_page(struct changes *changes, uint8_t code)
{
	unsigned int flags = LIBMODEPAGES_DRY_RUN;
	int err, result;

	if (changes->pages[code].sets)
		flags |= changes->flags & LIBMODEPAGES_SAVE;
	err = update_page(changes, code, flags);
	result = check_present(changes, code);
	if (result != EXIT_OK)
		return result;
	return err ? fail_change(changes, code, err) : EXIT_OK;
}

/* All that can be refused before anything is written. */
int check_changes(struct changes *changes)
{
	int i, code = EXIT_OK;

	for (i = 0; i <= LIBMODEPAGES_PAGE_MAX && code == EXIT_OK; i++)
		if (changes->pages[i].update)
			code = check_page(changes, i);
	return code;
}

/* Has the drive said that it did nothing? */
static bool is_refusal(const struct libmodepages_status *status)
{
	uint8_t key;

	switch (libmodepages_status_get_code(status)) {
	case LIBMODEPAGES_STATUS_BUSY:
	case LIBMODEPAGES_STATUS_LOCKED:
	case LIBMODEPAGES_STATUS_NO_MEMORY:
	case LIBMODEPAGES_STATUS_INVALID_ARGUMENT:
		return true;
	default:
		break;
	}
	if (libmodepages_status_get_stage(status) < LIBMODEPAGES_STAGE_SELECT)
		return true;
	return libmodepages_status_get_sense(status, &key, NULL, NULL) &&
	       (key == SENSE_NOT_READY || key == SENSE_ILLEGAL_REQUEST ||
		key == SENSE_DATA_PROTECT);
}

static const char *outcome_of(const struct changes *changes, uint8_t code,
			      int error)
{
	const struct libmodepages_change *change = changes->pages[code].change;

	if (!error)
		return changed;
	if (change && libmodepages_change_differs(change))
		return changed_otherwise;
	if (change && libmodepages_change_is_sent(change))
		return not_known;
	return is_refusal(changes->status) ? not_changed : not_known;
}

/* The pages that something has become of, after those before. */
static void add_outcome(const struct changes *changes, const char *outcome,
			char *text, size_t room)
{
	bool first = true;
	size_t page, used;

	for (page = 0; page <= LIBMODEPAGES_PAGE_MAX; page++) {
		if (changes->pages[page].outcome != outcome)
			continue;
		used = strlen(text);
		if (first)
			snprintf(text + used, room - used, "%s%s: page %02zx",
				 used ? "; " : "", outcome, page);
		else
			snprintf(text + used, room - used, ", page %02zx", page);
		first = false;
	}
}

/* Which pages hold what now, in one line. */
static void tell_outcomes(const struct changes *changes)
{
	char text[1024] = "";
	size_t i;

	for (i = 0; i < OUTCOMES; i++)
		add_outcome(changes, outcomes[i], text, sizeof(text));
	fail(EXIT_REFUSED, "%s: %s", address_of(changes->drive), text);
}

/*
 * Write the pages, in their order, up to the first one that is refused all the
 * same: drives have the last word. It is said then what has come of each, unless
 * all is put back anyway.
 */
int make_changes(struct changes *changes)
{
	int i, err = 0, code = EXIT_OK;

	for (i = 0; i <= LIBMODEPAGES_PAGE_MAX; i++)
		if (changes->pages[i].sets)
			changes->pages[i].outcome = not_changed;
	for (i = 0; i <= LIBMODEPAGES_PAGE_MAX && !err; i++) {
		if (!changes->pages[i].sets)
			continue;
		err = update_page(changes, i, changes->flags);
		changes->pages[i].outcome = outcome_of(changes, i, err);
		if (err)
			code = fail_change(changes, i, err);
	}
	if (err && !(changes->flags & LIBMODEPAGES_RESTORE))
		tell_outcomes(changes);
	return code;
}
