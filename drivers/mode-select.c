// SPDX-License-Identifier: GPL-2.0-only
/*
 * MODE SELECT: one page for the drive.
 */
#include <linux/slab.h>

#include "modepages.h"

/*
 * What can be changed, and what the defaults are, stays as it is; values of other
 * pages may not.
 */
static void modepages_select_outdates(struct modepages_device *md, bool save)
{
	spin_lock(&md->lock);
	md->selected = md->sequence;
	if (save)
		md->saved = md->sequence;
	spin_unlock(&md->lock);
}

static void modepages_select_once(const struct modepages_turn *turn,
				  enum mode_form form, const u8 *page,
				  size_t length, bool save,
				  struct modepages_status *status)
{
	struct modepages_command command = {
		.direction = REQ_OP_DRV_OUT,
		.length = mode_select_length(form, length),
	};

	memset(status, 0, sizeof(*status));
	if (!command.length) {
		status->code = MODEPAGES_STATUS_INVALID_ARGUMENT;
		status->stage = MODEPAGES_STAGE_CHECK;
		return;
	}
	command.buffer = kmalloc(command.length, GFP_KERNEL | __GFP_NOWARN);
	if (!command.buffer) {
		status->code = MODEPAGES_STATUS_NO_MEMORY;
		status->stage = MODEPAGES_STAGE_CHECK;
		return;
	}
	mode_select_list(command.buffer, form, page, length);
	mode_select_cdb(command.cdb, form, save, command.length);
	modepages_execute(turn, &command, status);
	kfree(command.buffer);
	if (status->code && status->flags & MODEPAGES_STATUS_SENSE &&
	    status->code != MODEPAGES_STATUS_TIMEOUT)
		status->code = mode_select_status(status, form, save);
	/* Where it was not even sent, the stage says so. */
	if (status->code && !status->stage)
		status->stage = MODEPAGES_STAGE_SELECT;
}

/**
 * modepages_turn_select() - have a drive take a page's values
 * @turn: the turn
 * @page: the page, as MODE SENSE returns it
 * @length: its size in bytes
 * @save: the drive is to save them, too
 * @status: gets the outcome
 *
 * Sent again after a unit attention, or the error of an earlier command: it has
 * not been looked at then. But not after news that leave open what the page
 * contains: other bits of it would be given their values of before.
 *
 * Context: process. Waits for the drive without being killable.
 * Return: false if there were such news: then the drive has not got the page.
 */
bool modepages_turn_select(const struct modepages_turn *turn, const u8 *page,
			   size_t length, bool save,
			   struct modepages_status *status)
{
	enum mode_form form = turn->md->dialect.form;
	bool news = false;
	int tries;

	modepages_select_outdates(turn->md, save);
	for (tries = 0; tries < MODEPAGES_TRIES && !news; tries++) {
		modepages_select_once(turn, form, page, length, save, status);
		if (status->flags & MODEPAGES_STATUS_SENSE &&
		    status->sense_key == SENSE_KEY_UNIT_ATTENTION)
			news = modepages_attention_note(turn, status);
		else if (!(status->flags & MODEPAGES_STATUS_SENSE &&
			   sense_deferred(status)) &&
			 !mode_select_other_form(status, &form))
			break;
	}
	if (status->stage != MODEPAGES_STAGE_CHECK)
		modepages_device_note_status(turn->md, status);
	return !news;
}
