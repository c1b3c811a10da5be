// SPDX-License-Identifier: GPL-2.0-only
/*
 * When a drive is asked what pages it has: when it comes, again while it is not
 * ready to tell, and when somebody wants to know.
 */
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>

#include "modepages.h"

/*
 * Not once the drive is gone: modepages_device_detach() sets @sdev to NULL under
 * the lock, and takes a timer back after that. False if so.
 */
static bool modepages_refresh_now(struct modepages_device *md)
{
	lockdep_assert_held(&md->lock);
	if (!md->sdev)
		return false;
	/* One that waits for its time has a reference already. */
	if (!mod_delayed_work(modepages_workqueue, &md->discovery, 0))
		get_device(&md->dev);
	return true;
}

/* Unless it is to be done sooner. */
static void modepages_refresh_later(struct modepages_device *md,
				    unsigned int seconds)
{
	lockdep_assert_held(&md->lock);
	if (md->sdev && queue_delayed_work(modepages_workqueue, &md->discovery,
					   seconds * HZ))
		get_device(&md->dev);
}

/* A drive that was not ready gets some time to become so, by itself. */
static void modepages_refresh_again(struct modepages_device *md, bool unready)
{
	static const unsigned int patience[] = { 2, 4, 8 };

	spin_lock(&md->lock);
	md->unready = unready;
	if (!unready)
		md->attempts = 0;
	else if (md->attempts < ARRAY_SIZE(patience))
		modepages_refresh_later(md, patience[md->attempts++]);
	spin_unlock(&md->lock);
}

/**
 * modepages_refresh_work() - discover, and make known what was found
 * @work: @discovery of the drive
 *
 * Context: workqueue; as modepages_mode_sense(), then takes @life of the drive.
 */
void modepages_refresh_work(struct work_struct *work)
{
	struct modepages_device *md =
		container_of(to_delayed_work(work), struct modepages_device,
			     discovery);
	bool unready;
	u64 asked;
	int ret;

	spin_lock(&md->lock);
	asked = md->refresh_asked;
	spin_unlock(&md->lock);

	ret = modepages_discover(md, &unready);
	modepages_device_add(md);
	modepages_publish(md);

	spin_lock(&md->lock);
	md->refresh_done = asked;
	md->refresh_error = ret;
	spin_unlock(&md->lock);
	wake_up_all(&md->wait);

	modepages_refresh_again(md, unready);
	put_device(&md->dev);
}

/**
 * modepages_refresh_start() - begin the first discovery of a drive
 * @md: the drive
 *
 * Context: process; does not sleep.
 */
void modepages_refresh_start(struct modepages_device *md)
{
	spin_lock(&md->lock);
	modepages_refresh_now(md);
	spin_unlock(&md->lock);
}

/**
 * modepages_refresh_unready() - ask a drive again that was not ready to tell
 * @md: the drive
 *
 * For when somebody has a use for it; does nothing for a drive that has told.
 *
 * Context: process; does not sleep.
 */
void modepages_refresh_unready(struct modepages_device *md)
{
	spin_lock(&md->lock);
	if (md->unready) {
		md->unready = false;
		modepages_refresh_now(md);
	}
	spin_unlock(&md->lock);
}

static bool modepages_refresh_over(struct modepages_device *md, u64 number)
{
	bool over;

	spin_lock(&md->lock);
	over = md->refresh_done >= number;
	spin_unlock(&md->lock);
	return over;
}

/**
 * modepages_refresh() - forget what was known, and discover
 * @md: the drive
 *
 * For a sysfs callback: the wait ends with the drive's removal, too.
 *
 * Context: process; no lock may be held that discovery or removal takes.
 * Return: 0 when the drive has told what pages it has, files and pollers are up
 * to date then; -EOPNOTSUPP for a passive drive; -ENODEV; -ERESTARTSYS; else the
 * errno of the command that failed.
 */
int modepages_refresh(struct modepages_device *md)
{
	bool queued;
	u64 number;
	int ret;

	if (md->passive)
		return -EOPNOTSUPP;

	modepages_snapshot_forget(md);
	spin_lock(&md->lock);
	number = ++md->refresh_asked;
	queued = modepages_refresh_now(md);
	spin_unlock(&md->lock);
	if (!queued)
		return -ENODEV;

	ret = wait_event_killable(md->wait,
				  modepages_refresh_over(md, number) ||
				  modepages_device_gone(md));
	if (ret)
		return ret;
	if (!modepages_refresh_over(md, number))
		return -ENODEV;
	spin_lock(&md->lock);
	ret = md->refresh_error;
	spin_unlock(&md->lock);
	return ret;
}
