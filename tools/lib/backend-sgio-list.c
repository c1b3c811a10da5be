// SPDX-License-Identifier: MIT
/*
 * Which pages a drive has, asked through SG_IO.
 */
#include <stdlib.h>

#include "internal.h"

/* What to ask a drive for that does not answer for all pages at once. */
static const u8 mmc_pages[] = {
	0x01, 0x03, 0x05, 0x07, 0x08, 0x0d, 0x0e, 0x1a, 0x1c, 0x1d, 0x2a,
};

/*
 * The pages are those that have current values; other controls only add to
 * them. Of a page that comes twice, the first counts.
 */
static int note_page(struct libmodepages_list *list, u8 control,
		     const struct mode_page *span)
{
	struct list_entry *known = list_find(list, span->code, span->subpage);
	const struct list_entry entry = {
		.code = span->code,
		.subpage = span->subpage,
		.controls = 1 << LIBMODEPAGES_CONTROL_CURRENT,
		.saveable = span->saveable,
		.length = span->length,
	};

	if (known)
		known->controls |= 1 << control;
	else if (control == LIBMODEPAGES_CONTROL_CURRENT)
		return list_add(list, &entry);
	return 0;
}

/* The drive does not know what was asked for, as opposed to: it failed. */
static bool refused(const struct modepages_status *status)
{
	return status->code == MODEPAGES_STATUS_NO_SUCH_PAGE ||
	       status->code == MODEPAGES_STATUS_INVALID_RESPONSE;
}

static int note_all(struct libmodepages_drive *drive, u8 control,
		    struct libmodepages_list *list,
		    struct modepages_status *status)
{
	struct answer answer;
	struct mode_page span;
	size_t offset = 0;
	int err;

	err = sgio_mode_sense(drive, MODE_PAGE_ALL, 0, control, &answer, status);
	while (!err && mode_page_next(&answer.data, &offset, &span))
		if (!span.empty)
			err = note_page(list, control, &span);
	free(answer.buffer);
	return err;
}

static int note_one(struct libmodepages_drive *drive, u8 control, u8 code,
		    struct libmodepages_list *list,
		    struct modepages_status *status)
{
	struct answer answer;
	struct mode_page span;
	int err;

	err = sgio_sense_page(drive, code, 0, control, &answer, &span, status);
	if (!err)
		err = note_page(list, control, &span);
	free(answer.buffer);
	return err;
}

static int note_one_by_one(struct libmodepages_drive *drive, u8 control,
			   struct libmodepages_list *list,
			   struct modepages_status *status)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(mmc_pages); i++) {
		int err;

		if (control != LIBMODEPAGES_CONTROL_CURRENT &&
		    !list_find(list, mmc_pages[i], 0))
			continue;
		err = note_one(drive, control, mmc_pages[i], list, status);
		/* No page has such values then. */
		if (err == -EOPNOTSUPP)
			return 0;
		if (err && !refused(status))
			return err;
	}
	return 0;
}

int sgio_get_list(struct libmodepages_drive *drive, unsigned int flags,
		  struct libmodepages_list *list,
		  struct modepages_status *status)
{
	u8 last = flags & LIBMODEPAGES_CACHED ? LIBMODEPAGES_CONTROL_CURRENT :
						LIBMODEPAGES_CONTROL_SAVED;
	bool one_by_one;
	u8 control;
	int err;

	err = note_all(drive, LIBMODEPAGES_CONTROL_CURRENT, list, status);
	/* Some bridges turn a refusal into success without any page. */
	one_by_one = err ? refused(status) : !list->count;
	if (one_by_one)
		err = note_one_by_one(drive, LIBMODEPAGES_CONTROL_CURRENT,
				      list, status);

	for (control = LIBMODEPAGES_CONTROL_CHANGEABLE;
	     !err && control <= last; control++) {
		if (one_by_one)
			err = note_one_by_one(drive, control, list, status);
		else
			err = note_all(drive, control, list, status);
		if (err && refused(status))
			err = 0;
	}
	if (!err)
		memset(status, 0, sizeof(*status));
	else if (err == -ENOMEM)
		status_fail(status, MODEPAGES_STATUS_NO_MEMORY,
			    MODEPAGES_STAGE_PARSE);
	return err;
}
