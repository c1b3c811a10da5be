// SPDX-License-Identifier: GPL-2.0-only
/*
 * Putting back what an open file has changed.
 */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/wait.h>

#include "modepages.h"

/* How long a drive is tried that is busy, or a kernel that is out of memory. */
#define MODEPAGES_RESTORE_MS		MODEPAGES_TIMEOUT_MS
#define MODEPAGES_RESTORE_AGAIN_MS	500

/**
 * modepages_restore_hopes() - is it worth while to try again in a moment?
 * @turn: the turn
 * @status: outcome of the last try
 *
 * Return: true if so.
 */
bool modepages_restore_hopes(const struct modepages_turn *turn,
			     const struct modepages_status *status)
{
	switch (status->code) {
	case MODEPAGES_STATUS_OK: /* There were news. */
	case MODEPAGES_STATUS_NO_MEMORY:
	case MODEPAGES_STATUS_BECOMING_READY:
	case MODEPAGES_STATUS_FORMAT_IN_PROGRESS:
	case MODEPAGES_STATUS_BUSY:
		return true;
	case MODEPAGES_STATUS_TIMEOUT:
	case MODEPAGES_STATUS_NO_DEVICE:
		return false;
	default:
		return modepages_turn_recovering(turn) ||
		       (status->flags & MODEPAGES_STATUS_SENSE &&
			status->sense_key == SENSE_KEY_UNIT_ATTENTION);
	}
}

/**
 * modepages_restore_hopeless() - is it of no use to try another page?
 * @status: outcome of the last try
 *
 * Return: true when neither the drive nor the way to it can be relied on.
 */
bool modepages_restore_hopeless(const struct modepages_status *status)
{
	return status->code == MODEPAGES_STATUS_TIMEOUT ||
	       status->code == MODEPAGES_STATUS_NO_DEVICE ||
	       (status->code == MODEPAGES_STATUS_FAIL &&
		!(status->flags & MODEPAGES_STATUS_SENSE));
}

/* The command may have failed on its way. libata has sense data for that. */
static bool modepages_restore_doubtful(const struct modepages_status *status)
{
	return status->code == MODEPAGES_STATUS_FAIL &&
	       (!(status->flags & MODEPAGES_STATUS_SENSE) ||
		status->sense_key == SENSE_KEY_ABORTED_COMMAND);
}

static int modepages_restore_page(struct modepages_turn *turn,
				  const struct modepages_lease *lease,
				  struct modepages_status *status)
{
	const struct modepages_status busy = { .code = MODEPAGES_STATUS_BUSY };
	struct modepages_status last;
	bool doubt = true;
	int ret;

	*status = busy;
	for (;;) {
		last = *status;
		*status = busy;
		ret = -EALREADY;
		if (!modepages_turn_recovering(turn))
			ret = modepages_image_put(turn, lease, lease->owner,
						  status);
		/* There was no time to send it: what came before is the reason. */
		if (ret && status->code == MODEPAGES_STATUS_TIMEOUT &&
		    status->stage == MODEPAGES_STAGE_CHECK)
			*status = last;
		if (!ret || modepages_turn_over(turn) ||
		    modepages_device_gone(turn->md))
			return ret;
		if (!modepages_restore_hopes(turn, status)) {
			/* Once: error handling that is over may have been why. */
			if (!doubt || !modepages_restore_doubtful(status))
				return ret;
			doubt = false;
		}
		msleep(MODEPAGES_RESTORE_AGAIN_MS);
	}
}

static struct modepages_lease *
modepages_restore_next(const struct modepages_file *mf)
{
	struct modepages_lease *lease;

	list_for_each_entry(lease, &mf->md->leases, list)
		if (lease->owner == mf)
			return lease;
	return NULL;
}

static void modepages_restore_end(struct modepages_file *mf, u8 page, u8 subpage)
{
	struct modepages_lease *lease, *next;

	list_for_each_entry_safe(lease, next, &mf->md->leases, list)
		if (lease->owner == mf && lease->page == page &&
		    lease->subpage == subpage)
			modepages_lease_end(lease);
}

/* A drive that is pulled fails commands a moment before it is taken away. */
#define MODEPAGES_RESTORE_GONE_MS	1000

static bool modepages_restore_gone(struct modepages_device *md,
				   const struct modepages_status *status)
{
	if (status->code != MODEPAGES_STATUS_NO_DEVICE)
		return modepages_device_gone(md);
	return wait_event_timeout(md->wait, modepages_device_gone(md),
				  msecs_to_jiffies(MODEPAGES_RESTORE_GONE_MS));
}

/**
 * modepages_restore_failed() - say which pages have values that they should not
 * @md: the drive; where it is gone, there are none
 * @pages: bitmap of them
 * @status: outcome of the first one
 * @what: what could not be done, in words
 *
 * Context: process.
 */
void modepages_restore_failed(struct modepages_device *md, u64 pages,
			      const struct modepages_status *status,
			      const char *what)
{
	char codes[MODEPAGES_CODES_SIZE];

	if (!pages || modepages_restore_gone(md, status))
		return;
	modepages_event_codes(pages, codes);
	dev_warn(&md->dev, "%s mode pages %s: %s %02x/%02x/%02x\n", what,
		 codes, status_name(status->code), status->sense_key,
		 status->asc, status->ascq);
	modepages_device_note_status(md, status);
}

static void modepages_restore_pages(struct modepages_turn *turn,
				    struct modepages_file *mf)
{
	struct modepages_status status = { }, first = { };
	struct modepages_lease *lease;
	bool hopeless = false;
	u64 failed = 0;

	while ((lease = modepages_restore_next(mf))) {
		if (hopeless ||
		    modepages_restore_page(turn, lease, &status)) {
			/* It has had news each time. */
			if (!status.code)
				status.code = MODEPAGES_STATUS_BUSY;
			if (!failed)
				first = status;
			failed |= BIT_ULL(lease->page);
			hopeless = modepages_restore_hopeless(&status) ||
				   modepages_turn_over(turn);
		}
		modepages_restore_end(mf, lease->page, lease->subpage);
	}
	modepages_restore_failed(mf->md, failed, &first, "can not put back values of");
}

/* With @command held. */
static void modepages_restore_tells(struct modepages_device *md, bool later)
{
	spin_lock(&md->lock);
	md->restoring = later;
	spin_unlock(&md->lock);
}

/**
 * modepages_restore() - put back what an open file has changed
 * @mf: the file, which is open no more
 *
 * Bits that somebody else has changed with RESTORE since are left to him, and so
 * are those that do not have the value any more that this file gave them. A drive
 * that is busy is tried for as long as a command may take; what can not be put
 * back is said in the kernel's log, and in last_status.
 *
 * Context: process. Waits for the drive without being killable. Takes @command,
 * then @life of the drive.
 */
void modepages_restore(struct modepages_file *mf)
{
	struct modepages_lease *lease, *next;
	struct modepages_turn turn;

	modepages_turn_force(&turn, mf->md, mf->sdev, MODEPAGES_RESTORE_MS);
	list_for_each_entry_safe(lease, next, &mf->md->leases, list)
		if (lease->owner == mf)
			modepages_lease_hand_up(lease);
	modepages_restore_tells(mf->md, true);
	modepages_restore_pages(&turn, mf);
	modepages_restore_tells(mf->md, false);
	modepages_turn_end(&turn);
	modepages_publish(mf->md, false);
}
