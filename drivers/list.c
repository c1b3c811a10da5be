// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a drive has of a page: its size, and which page controls answer for it.
 */
#include <linux/bits.h>
#include <linux/err.h>
#include <linux/string.h>

#include "modepages.h"

/* What is known of a page under a control; with @ask the drive is asked first. */
static struct modepages_snapshot *
modepages_list_snapshot(const struct modepages_file *mf, u8 control, u8 code,
			bool ask)
{
	struct modepages_snapshot *snapshot;

	snapshot = modepages_snapshot_find(mf->md, control, code);
	if (!snapshot && ask)
		snapshot = modepages_ask(mf->md, mf, control, code);
	return snapshot;
}

/* The outcome of an asking that brought no snapshot. */
static int modepages_list_failed(struct modepages_status *status, int error)
{
	memset(status, 0, sizeof(*status));
	switch (error) {
	case -ENOMEM:
		status->code = MODEPAGES_STATUS_NO_MEMORY;
		break;
	case -ENODEV:
		status->code = MODEPAGES_STATUS_NO_DEVICE;
		break;
	default:
		status->code = MODEPAGES_STATUS_FAIL;
		break;
	}
	return error;
}

/*
 * A page control that the drive refuses is an answer, and so is nonsense for
 * one that few drives have. Current values are what the list is of.
 */
static bool modepages_list_tolerates(const struct modepages_status *status,
				     u8 control)
{
	switch (status->code) {
	case MODEPAGES_STATUS_OK:
	case MODEPAGES_STATUS_NO_SUCH_PAGE:
		return true;
	case MODEPAGES_STATUS_FAIL:
		/* Without sense it was the transport that failed. */
		if (!(status->flags & MODEPAGES_STATUS_SENSE))
			return false;
		fallthrough;
	case MODEPAGES_STATUS_INVALID_RESPONSE:
		return control != MODEPAGES_CONTROL_CURRENT;
	default:
		return false;
	}
}

static void modepages_list_note(struct modepages_list_entry *entry, u8 control,
				const struct mode_page *page)
{
	entry->controls |= BIT(control);
	if (control != MODEPAGES_CONTROL_CURRENT)
		return;
	entry->length = page->length;
	if (page->saveable)
		entry->flags |= MODEPAGES_PAGE_SAVEABLE;
}

/**
 * modepages_list_entry() - what a drive has of a page
 * @mf: the open file on whose behalf
 * @code: page code, one of the supported pages
 * @ask: bitmap of page controls that the drive may be asked for, where they are
 *	not known; one that it answers with nonsense is cleared
 * @entry: result
 * @status: gets the outcome of the last command, or of the one that is known
 *
 * Context: process; with @ask as modepages_mode_sense().
 * Return: 0; the errno of @status; -ENOMEM, -EINTR.
 */
int modepages_list_entry(const struct modepages_file *mf, u8 code, u8 *ask,
			 struct modepages_list_entry *entry,
			 struct modepages_status *status)
{
	struct modepages_snapshot *snapshot;
	struct mode_page page;
	u8 control;

	*entry = (struct modepages_list_entry) { .page = code };
	for (control = 0; control <= MODEPAGES_CONTROL_SAVED; control++) {
		snapshot = modepages_list_snapshot(mf, control, code,
						   *ask & BIT(control));
		if (!snapshot)
			continue;
		if (snapshot == ERR_PTR(-EBUSY)) {
			/* From now on, what is known has to do. */
			*ask = 0;
			continue;
		}
		if (IS_ERR(snapshot))
			return modepages_list_failed(status, PTR_ERR(snapshot));

		if (!modepages_snapshot_page(snapshot, code, &page))
			modepages_list_note(entry, control, &page);
		*status = snapshot->status;
		modepages_snapshot_put(snapshot);
		if (!modepages_list_tolerates(status, control))
			return status_errno(status);
		/* It was asked for all pages at once. */
		if (status->code &&
		    status->code != MODEPAGES_STATUS_NO_SUCH_PAGE &&
		    modepages_snapshot_key(mf->md, control, code).code ==
			    MODE_PAGE_ALL)
			*ask &= ~BIT(control);
	}
	return 0;
}
