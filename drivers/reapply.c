// SPDX-License-Identifier: GPL-2.0-only
/*
 * Putting in force again what open files have changed with RESTORE, after the drive
 * has been reset.
 */
#include <linux/bits.h>
#include <linux/list.h>

#include "modepages.h"

/**
 * modepages_reapply_note() - a drive may have lost what open files have changed
 * @md: the drive
 *
 * Context: process, does not sleep; with the lock of the drive held.
 */
void modepages_reapply_note(struct modepages_device *md)
{
	lockdep_assert_held(&md->lock);
	if (md->leased)
		md->reapply = true;
}

/**
 * modepages_reapply_pending() - has the drive lost what open files have changed?
 * @md: the drive
 *
 * Context: process; does not sleep.
 * Return: true if modepages_reapply() may have something to do.
 */
bool modepages_reapply_pending(struct modepages_device *md)
{
	bool pending;

	spin_lock(&md->lock);
	pending = md->reapply;
	spin_unlock(&md->lock);
	return pending;
}

static void modepages_reapply_set(struct modepages_device *md, bool pending)
{
	spin_lock(&md->lock);
	md->reapply = pending;
	spin_unlock(&md->lock);
}

static bool modepages_reapply_done(const struct modepages_lease *lease)
{
	const struct modepages_lease *before = lease;

	list_for_each_entry_continue_reverse(before, &lease->owner->md->leases,
					     list)
		if (before->page == lease->page &&
		    before->subpage == lease->subpage)
			return true;
	return false;
}

/**
 * modepages_turn_reapply() - put in force again what open files have changed
 * @turn: the turn
 *
 * Stays pending where the drive was not ready, had news again, or did not answer.
 *
 * Context: process. Waits for the drive without being killable.
 * Return: false when it is of no use to go on now.
 */
bool modepages_turn_reapply(const struct modepages_turn *turn)
{
	struct modepages_device *md = turn->md;
	struct modepages_status status, first = { };
	struct modepages_lease *lease;
	bool again = false, hopeless = false;
	u64 failed = 0;

	modepages_reapply_set(md, false);
	list_for_each_entry(lease, &md->leases, list) {
		if (modepages_reapply_done(lease) ||
		    (!hopeless &&
		     !modepages_image_put(turn, lease, NULL, &status)))
			continue;
		if (modepages_restore_hopes(turn, &status)) {
			again = true;
			continue;
		}
		if (!failed)
			first = status;
		failed |= BIT_ULL(lease->page);
		hopeless = modepages_restore_hopeless(&status);
	}
	if (again)
		modepages_reapply_set(md, true);
	modepages_restore_failed(md, failed, &first,
				 "can not put in force again values of");
	return !hopeless;
}

/**
 * modepages_reapply() - the same in a turn of its own, if there is need
 * @md: the drive
 *
 * Context: process; as modepages_mode_sense().
 */
void modepages_reapply(struct modepages_device *md)
{
	struct modepages_status status;
	struct modepages_turn turn;

	if (!modepages_reapply_pending(md))
		return;
	/* Who has the drive exclusively has the only leases. */
	if (modepages_turn_begin(&turn, md, READ_ONCE(md->exclusive),
				 MODEPAGES_TIMEOUT_MS, &status))
		return;
	modepages_turn_reapply(&turn);
	modepages_turn_end(&turn);
}
