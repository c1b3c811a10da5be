// SPDX-License-Identifier: GPL-2.0-only
/*
 * Changes: counting them, and bringing files and pollers up to date.
 *
 * Removing a file waits for its readers, and they wait for the query work. So
 * neither that work nor a reader does it, but the publish work, or whoever is in
 * nobody's way.
 */
#include "modepages.h"

/**
 * modepages_event_changed() - a page has changed, or may have
 * @md: the drive
 *
 * Context: process; does not sleep.
 */
void modepages_event_changed(struct modepages_device *md)
{
	atomic64_inc(&md->generation);
	wake_up_all(&md->wait);
	modepages_device_queue(md, &md->publish);
}

/**
 * modepages_event_news() - what was known of a drive may not hold any more
 * @md: the drive
 *
 * Answers to questions that were sent up to now are of no use.
 *
 * Context: process; does not sleep.
 */
void modepages_event_news(struct modepages_device *md)
{
	modepages_snapshot_forget(md);
	modepages_event_changed(md);
}

/**
 * modepages_publish() - bring files and pollers up to date
 * @md: the drive
 *
 * Context: process; takes @life of the drive. Waits for readers of the files
 * that it removes, so not from where they wait for.
 * Return: 0, or a negative errno when there was no memory for a file; the next
 * time will try again.
 */
int modepages_publish(struct modepages_device *md)
{
	u64 generation;

	guard(mutex)(&md->life);
	if (!md->added || modepages_device_gone(md))
		return 0;

	/* First: an update may have to wait for readers. */
	generation = atomic64_read(&md->generation);
	if (generation != md->notified)
		modepages_sysfs_notify(md);
	md->notified = generation;
	return modepages_sysfs_update(md);
}

/**
 * modepages_publish_work() - the same as a work item
 * @work: @publish of the drive
 *
 * Context: workqueue.
 */
void modepages_publish_work(struct work_struct *work)
{
	struct modepages_device *md =
		container_of(work, struct modepages_device, publish);

	modepages_publish(md);
	put_device(&md->dev);
}
