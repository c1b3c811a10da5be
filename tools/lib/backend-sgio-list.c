// SPDX-License-Identifier: MIT
/*
 * Which pages a drive has, asked through SG_IO.
 */
#include <stdlib.h>

#include "internal.h"

#define MODE_PAGE_CAPABILITIES	0x2a

/* What to ask a drive for that does not answer for all pages at once. */
static const u8 mmc_pages[] = {
	0x01, 0x03, 0x05, 0x07, 0x08, 0x0d, 0x0e, 0x1a, 0x1c, 0x1d,
	MODE_PAGE_CAPABILITIES,
};

/*
 * The pages are those that have current values; other controls only add to
 * them.
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

/*
 * Asks for all pages at once. An answer that makes no sense (not @sound) still
 * tells which pages are worth asking for: the @candidates.
 */
static int note_all(struct libmodepages_drive *drive, u8 control,
		    struct libmodepages_list *list, bool *sound,
		    u64 *candidates, struct modepages_status *status)
{
	struct mode_answer answer;
	struct mode_data data;
	struct mode_page span;
	size_t offset = 0;
	int err;

	*sound = false;
	err = sgio_sense_all(drive, control, &answer, &data, status);
	if (err)
		return err;
	*sound = mode_data_sound(&data);
	while (!err && mode_page_next(&data, &offset, &span)) {
		if (span.empty || span.code == MODE_PAGE_ALL)
			continue;
		*candidates |= 1ULL << span.code;
		if (*sound)
			err = note_page(list, control, &span);
	}
	free(answer.buffer);
	return err;
}

static int note_one(struct libmodepages_drive *drive, u8 control, u8 code,
		    struct libmodepages_list *list,
		    struct modepages_status *status)
{
	const struct mode_request question = {
		.page = code,
		.control = control,
	};
	struct mode_answer answer;
	struct mode_page span;
	int err;

	err = sgio_sense_page(drive, &question, &answer, &span, status);
	/* A refusal of one page says nothing about the next. */
	if (err)
		return err != -EOPNOTSUPP && refused(status) ? 0 : err;
	err = note_page(list, control, &span);
	free(answer.buffer);
	return err;
}

static int note_one_by_one(struct libmodepages_drive *drive, u8 control,
			   u64 candidates, struct libmodepages_list *list,
			   struct modepages_status *status)
{
	const u64 first = 1ULL << MODE_PAGE_CAPABILITIES;
	int err = 0;
	u8 code;

	/*
	 * A page that every drive has comes first: a refusal of it is about the
	 * shape of the command.
	 */
	if (candidates & first)
		err = note_one(drive, control, MODE_PAGE_CAPABILITIES, list,
			       status);
	candidates &= ~first;
	for (code = 0; !err && code < MODE_PAGE_ALL; code++)
		if (candidates & 1ULL << code)
			err = note_one(drive, control, code, list, status);
	return err;
}

static int note_current(struct libmodepages_drive *drive,
			struct libmodepages_list *list, bool *one_by_one,
			struct modepages_status *status)
{
	u64 candidates = 0;
	bool sound;
	size_t i;
	int err;

	err = note_all(drive, LIBMODEPAGES_CONTROL_CURRENT, list, &sound,
		       &candidates, status);
	/* Some bridges turn a refusal into success without any page. */
	*one_by_one = err ? refused(status) : !sound || !list->count;
	if (!*one_by_one)
		return err;

	for (i = 0; i < ARRAY_SIZE(mmc_pages); i++)
		candidates |= 1ULL << mmc_pages[i];
	return note_one_by_one(drive, LIBMODEPAGES_CONTROL_CURRENT, candidates,
			       list, status);
}

/* Which of the pages in the list have values of another kind. */
static int note_control(struct libmodepages_drive *drive, u8 control,
			struct libmodepages_list *list, bool one_by_one,
			struct modepages_status *status)
{
	u64 candidates = 0;
	bool sound;
	size_t i;
	int err;

	if (!one_by_one) {
		err = note_all(drive, control, list, &sound, &candidates,
			       status);
		if (err || sound)
			return err;
	}
	candidates = 0;
	for (i = 0; i < list->count; i++)
		candidates |= 1ULL << list->entries[i].code;
	return note_one_by_one(drive, control, candidates, list, status);
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

	err = note_current(drive, list, &one_by_one, status);
	for (control = LIBMODEPAGES_CONTROL_CHANGEABLE;
	     !err && control <= last; control++) {
		err = note_control(drive, control, list, one_by_one, status);
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
