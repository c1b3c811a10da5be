// SPDX-License-Identifier: GPL-2.0-only
/*
 * Open files, and whether one of them has the drive for itself.
 */
#include <linux/mutex.h>
#include <linux/pid.h>
#include <linux/sched.h>

#include "modepages.h"

/**
 * modepages_file_holds() - does a file keep others away, or something changed?
 * @mf: the open file
 *
 * Context: process, does not sleep; with the lock of the drive held.
 * Return: true if it has the drive exclusively, or has something to put back.
 */
bool modepages_file_holds(const struct modepages_file *mf)
{
	lockdep_assert_held(&mf->md->lock);
	return mf->leases || mf->md->exclusive == mf;
}

/**
 * modepages_file_begin() - count a file among those that are open
 * @mf: the file
 *
 * Context: process; does not sleep.
 */
void modepages_file_begin(struct modepages_file *mf)
{
	mf->pid = get_pid(task_tgid(current));
	get_task_comm(mf->comm, current);
	spin_lock(&mf->md->lock);
	list_add_tail(&mf->list, &mf->md->files_open);
	spin_unlock(&mf->md->lock);
}

/**
 * modepages_file_end() - a file is open no more
 * @mf: the file
 *
 * Context: process; does not sleep.
 */
void modepages_file_end(struct modepages_file *mf)
{
	struct modepages_device *md = mf->md;
	bool exclusive;

	spin_lock(&md->lock);
	list_del(&mf->list);
	exclusive = md->exclusive == mf;
	if (exclusive)
		WRITE_ONCE(md->exclusive, NULL);
	spin_unlock(&md->lock);
	put_pid(mf->pid);
	/* What could not be found out meanwhile. */
	if (exclusive)
		modepages_refresh_unready(md);
}

/**
 * modepages_locked_out() - does somebody else have a drive for himself?
 * @md: the drive
 * @who: the open file that asks, or NULL
 *
 * Context: process; does not sleep. With @command of the drive held, that it is
 * not so holds until that is given up.
 * Return: true if so.
 */
bool modepages_locked_out(struct modepages_device *md,
			  const struct modepages_file *who)
{
	bool out;

	spin_lock(&md->lock);
	out = md->exclusive && md->exclusive != who;
	spin_unlock(&md->lock);
	return out;
}

static bool modepages_held_by_others(const struct modepages_file *mf)
{
	const struct modepages_file *other;

	list_for_each_entry(other, &mf->md->files_open, list)
		if (other != mf && modepages_file_holds(other))
			return true;
	return false;
}

static int modepages_lock_try(struct modepages_file *mf)
{
	struct modepages_device *md = mf->md;
	int ret = -EBUSY;

	spin_lock(&md->lock);
	if (!modepages_held_by_others(mf)) {
		WRITE_ONCE(md->exclusive, mf);
		ret = 0;
	}
	spin_unlock(&md->lock);
	return ret;
}

/**
 * modepages_lock_take() - have a drive for oneself
 * @mf: the open file
 *
 * From then on commands of others fail. One that is under way is waited for.
 *
 * Context: process; the wait is killable. Takes @command of the drive.
 * Return: 0; -EBUSY when another file has it, or has something to put back;
 * -ERESTARTSYS.
 */
int modepages_lock_take(struct modepages_file *mf)
{
	struct modepages_device *md = mf->md;
	int ret;

	spin_lock(&md->lock);
	ret = modepages_held_by_others(mf) ? -EBUSY : 0;
	spin_unlock(&md->lock);
	if (ret)
		return ret;
	if (mutex_lock_killable(&md->command))
		return -ERESTARTSYS;
	ret = modepages_lock_try(mf);
	mutex_unlock(&md->command);
	return ret;
}
