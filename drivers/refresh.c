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

/* Before a drive is asked what its news have changed. */
#define MODEPAGES_NEWS_DELAY	HZ
/* Before one that was not ready to tell is asked again, since it answers. */
#define MODEPAGES_ANSWER_DELAY	(2 * HZ)

/* The reason is the first one's. False once the drive is gone. */
static bool modepages_refresh_now(struct modepages_device *md,
				  enum modepages_cause reason)
{
	if (!modepages_device_soon(md, &md->discovery, 0))
		return false;
	md->next = md->next ?: reason;
	return true;
}

/* In this time, or earlier if one is to come earlier anyway. */
static void modepages_refresh_within(struct modepages_device *md,
				     unsigned long delay)
{
	struct timer_list *timer = &md->discovery.timer;

	if (timer_pending(timer) && time_after(timer->expires, jiffies + delay))
		modepages_device_soon(md, &md->discovery, delay);
	else
		modepages_device_later(md, &md->discovery, delay);
}

/**
 * modepages_refresh_because() - discover anew, for there were news
 * @md: the drive
 * @reason: of what kind
 *
 * Not at once: news come in bundles, and who has got them may ask himself. What the
 * discovery itself comes upon is no reason for another one: a drive that always
 * has news would be asked for ever.
 *
 * Context: process, does not sleep; with the lock of the drive held.
 */
void modepages_refresh_because(struct modepages_device *md,
			       enum modepages_cause reason)
{
	if (current_work() == &md->discovery.work || !md->sdev)
		return;
	modepages_refresh_within(md, MODEPAGES_NEWS_DELAY);
	md->next = md->next ?: reason;
}

/* A drive that was not ready gets some time to become so, by itself. */
static void modepages_refresh_again(struct modepages_device *md, bool unready)
{
	static const unsigned int patience[] = { 2, 4, 8 };

	spin_lock(&md->lock);
	if (!unready)
		md->attempts = 0;
	else if (md->attempts < ARRAY_SIZE(patience) &&
		 modepages_device_later(md, &md->discovery,
					patience[md->attempts] * HZ))
		md->attempts++;
	spin_unlock(&md->lock);
}

/* Who asks for a discovery gets it, and so does a drive that has not told yet. */
static bool modepages_refresh_begin(struct modepages_device *md, u64 *asked)
{
	bool wanted;

	spin_lock(&md->lock);
	*asked = md->refresh_asked;
	md->reason = md->next ?: md->again ?: MODEPAGES_CAUSE_REFRESH;
	wanted = *asked != md->refresh_done || md->untold ||
		 md->reason == MODEPAGES_CAUSE_REFRESH ||
		 md->again == MODEPAGES_CAUSE_REFRESH;
	md->next = MODEPAGES_CAUSE_NONE;
	md->again = MODEPAGES_CAUSE_NONE;
	spin_unlock(&md->lock);
	return wanted;
}

/*
 * A discovery that only news have begun leaves a drive alone that sleeps, or is
 * busy: it is tried again as if the drive had not been ready. False then, and when
 * it is gone.
 */
static bool modepages_refresh_discover(struct modepages_device *md, bool wanted,
				       bool *unready, int *error)
{
	struct scsi_device *sdev = modepages_device_get_sdev(md);
	bool begun;
	int awake;

	if (!sdev)
		return false;
	/* Not to fall asleep between two commands, either. */
	awake = modepages_awake_get(sdev);
	begun = wanted || (awake && modepages_idle_after_ours(md, sdev));
	if (begun) {
		modepages_reapply(md);
		*error = modepages_discover(md, unready);
		*unready |= modepages_reapply_pending(md);
	}
	modepages_awake_put(sdev, awake);
	scsi_device_put(sdev);
	return begun;
}

/* Before the drive is shown: whoever opens it then has it asked again. */
static void modepages_refresh_end(struct modepages_device *md, bool unready)
{
	spin_lock(&md->lock);
	if (unready)
		md->again = md->reason;
	else
		md->untold = false;
	md->reason = MODEPAGES_CAUSE_NONE;
	spin_unlock(&md->lock);
}

/* Who waits for this one, or for one before, need not wait any longer. */
static void modepages_refresh_told(struct modepages_device *md, u64 asked,
				   int error)
{
	spin_lock(&md->lock);
	md->refresh_done = asked;
	md->refresh_error = error;
	spin_unlock(&md->lock);
	wake_up_all(&md->wait);
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
	bool unready = true, wanted, begun;
	int ret = 0, error;
	u64 asked;

	wanted = modepages_refresh_begin(md, &asked);
	begun = modepages_refresh_discover(md, wanted, &unready, &ret);
	modepages_refresh_end(md, unready);
	modepages_device_add(md);
	error = modepages_publish(md, begun);
	if (begun)
		modepages_refresh_told(md, asked, error ?: ret);

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
	modepages_refresh_now(md, MODEPAGES_CAUSE_REFRESH);
	spin_unlock(&md->lock);
}

/**
 * modepages_refresh_unready() - ask a drive again that was not ready to tell
 * @md: the drive
 *
 * For when somebody has a use for it; does nothing for a drive that has told, and
 * has had no news since that could not be followed up.
 *
 * Context: process; does not sleep.
 */
void modepages_refresh_unready(struct modepages_device *md)
{
	spin_lock(&md->lock);
	if (md->again)
		modepages_refresh_now(md, md->again);
	md->again = MODEPAGES_CAUSE_NONE;
	spin_unlock(&md->lock);
}

/**
 * modepages_refresh_answered() - the same when a drive has answered something
 * @md: the drive
 *
 * It may tell now. Not at once: a drive that never tells all would be asked without
 * end by who reads on.
 *
 * Context: process, does not sleep; with the lock of the drive held.
 */
void modepages_refresh_answered(struct modepages_device *md)
{
	lockdep_assert_held(&md->lock);
	if (md->again)
		modepages_device_later(md, &md->discovery,
				       MODEPAGES_ANSWER_DELAY);
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

/*
 * Nor is it known any more of which pages there are such values. What the midlayer
 * has been told up to now needs no other discovery, but who polls is to know.
 */
static void modepages_refresh_forget(struct modepages_device *md)
{
	lockdep_assert_held(&md->lock);
	if (modepages_attention_counted(md))
		atomic64_inc(&md->generation);
	modepages_snapshot_outdate(md);
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
 * to date then; -EOPNOTSUPP for a passive drive; -EBUSY when somebody has the drive
 * exclusively; -ENODEV; -ERESTARTSYS; else the errno of the command that failed.
 */
int modepages_refresh(struct modepages_device *md)
{
	bool queued;
	u64 number;
	int ret, error = -ENODEV;

	if (md->passive)
		return -EOPNOTSUPP;

	spin_lock(&md->lock);
	if (md->exclusive) {
		/* It is made up for when the drive is given back. */
		md->again = md->again ?: MODEPAGES_CAUSE_REFRESH;
		spin_unlock(&md->lock);
		return -EBUSY;
	}
	modepages_refresh_forget(md);
	number = ++md->refresh_asked;
	queued = modepages_refresh_now(md, MODEPAGES_CAUSE_REFRESH);
	spin_unlock(&md->lock);
	if (!queued)
		return -ENODEV;

	ret = wait_event_killable(md->wait,
				  modepages_refresh_over(md, number, &error) ||
				  modepages_device_gone(md));
	return ret ?: error;
}
