// SPDX-License-Identifier: GPL-2.0-only
/*
 * When a drive is asked what pages it has: when it comes, again while it is not
 * ready to tell, and when somebody wants to know.
 */
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

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
	get_device(&md->dev);
	/* One that waits for its time has a reference already. */
	if (mod_delayed_work(modepages_workqueue, &md->discovery, 0))
		put_device(&md->dev);
	return true;
}

/* False if it is to be done sooner. */
static bool modepages_refresh_later(struct modepages_device *md,
				    unsigned int seconds)
{
	lockdep_assert_held(&md->lock);
	if (!md->sdev)
		return false;
	get_device(&md->dev);
	if (queue_delayed_work(modepages_workqueue, &md->discovery,
			       seconds * HZ))
		return true;
	put_device(&md->dev);
	return false;
}

/* A drive that was not ready gets some time to become so, by itself. */
static void modepages_refresh_again(struct modepages_device *md, bool unready)
{
	static const unsigned int patience[] = { 2, 4, 8 };

	spin_lock(&md->lock);
	md->unready = unready;
	if (!unready)
		md->attempts = 0;
	else if (md->attempts < ARRAY_SIZE(patience) &&
		 modepages_refresh_later(md, patience[md->attempts]))
		md->attempts++;
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
	ret = modepages_publish(md) ?: ret;

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

/* Is it over? Then with this errno, or that of one that came later. */
static bool modepages_refresh_over(struct modepages_device *md, u64 number,
				   int *error)
{
	bool over;

	spin_lock(&md->lock);
	over = md->refresh_done >= number;
	if (over)
		*error = md->refresh_error;
	spin_unlock(&md->lock);
	return over;
}

/* Nor is it known any more of which pages there are such values. */
static void modepages_refresh_forget(struct modepages_device *md)
{
	lockdep_assert_held(&md->lock);
	md->stale = md->sequence;
	md->unsound = 0;
	memset(md->absent, 0, sizeof(md->absent));
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
	int ret, error = -ENODEV;

	if (md->passive)
		return -EOPNOTSUPP;

	spin_lock(&md->lock);
	modepages_refresh_forget(md);
	number = ++md->refresh_asked;
	queued = modepages_refresh_now(md);
	spin_unlock(&md->lock);
	if (!queued)
		return -ENODEV;

	ret = wait_event_killable(md->wait,
				  modepages_refresh_over(md, number, &error) ||
				  modepages_device_gone(md));
	return ret ?: error;
}
