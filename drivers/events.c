// SPDX-License-Identifier: GPL-2.0-only
/*
 * Changes: counting them, and telling of them.
 *
 * A page whose bytes differ from those of the last answer moves the generation,
 * and is told by a uevent. News after which any page may have changed (a unit
 * attention, a sleep) move the generation too, and have the drive looked at anew;
 * what that finds is told.
 *
 * Removing a file waits for its readers, and they wait for the query work. So
 * neither that work nor a reader brings the files up to date, but the publish
 * work, or whoever is in nobody's way.
 */
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "modepages.h"

static const char * const modepages_cause_names[] = {
	[MODEPAGES_CAUSE_UNIT_ATTENTION] = "unit_attention",
	[MODEPAGES_CAUSE_REFRESH] = "refresh",
	[MODEPAGES_CAUSE_RESUME] = "resume",
	[MODEPAGES_CAUSE_READ] = "read",
	[MODEPAGES_CAUSE_SELECT] = "select",
	[MODEPAGES_CAUSE_RESTORE] = "restore",
};

/* What a change is found by that is found now. */
static enum modepages_cause modepages_event_cause(struct modepages_device *md)
{
	if (md->reason || md->next)
		return md->reason ?: md->next;
	/* A reader may come upon news before they can be followed up. */
	if (md->again && md->again != MODEPAGES_CAUSE_REFRESH)
		return md->again;
	return MODEPAGES_CAUSE_READ;
}

/**
 * modepages_event_note() - pages have been found to be others than before
 * @md: the drive
 * @pages: bitmap of them
 * @cause: if it is known, else MODEPAGES_CAUSE_NONE
 *
 * To be told by modepages_event_publish().
 *
 * Context: process, does not sleep; with the lock of the drive held.
 */
void modepages_event_note(struct modepages_device *md, u64 pages,
			  enum modepages_cause cause)
{
	lockdep_assert_held(&md->lock);
	if (!pages)
		return;
	atomic64_inc(&md->generation);
	/*
	 * Of several changes that are told at once, the first one's; but what
	 * reading has found may have to wait, and no other change waits for that.
	 * What we do ourselves is said in any case.
	 */
	if (cause)
		md->cause = cause;
	else if (!md->changed || md->cause == MODEPAGES_CAUSE_READ)
		md->cause = modepages_event_cause(md);
	md->changed |= pages;
}

/**
 * modepages_event_changing() - whoever changes a page publishes that himself
 * @md: the drive
 * @changing: until this is called with false; modepages_publish() has to follow
 *
 * Else the work would come in between, for each command that tells of a change.
 *
 * Context: process, does not sleep; with @command of the drive held.
 */
void modepages_event_changing(struct modepages_device *md, bool changing)
{
	spin_lock(&md->lock);
	md->changing = changing;
	spin_unlock(&md->lock);
}

/**
 * modepages_event_publish() - have files and pollers brought up to date
 * @md: the drive
 *
 * Context: process; does not sleep.
 */
void modepages_event_publish(struct modepages_device *md)
{
	wake_up_all(&md->wait);
	spin_lock(&md->lock);
	if (!md->changing)
		modepages_device_soon(md, &md->publish, 0);
	spin_unlock(&md->lock);
}

/**
 * modepages_event_news() - what was known of a drive may not hold any more
 * @md: the drive
 * @cause: what tells so
 *
 * Answers to questions that were sent up to now are of no use, and the drive is
 * looked at anew. To be told by modepages_event_publish().
 *
 * Context: process, does not sleep; with the lock of the drive held.
 */
void modepages_event_news(struct modepages_device *md,
			  enum modepages_cause cause)
{
	lockdep_assert_held(&md->lock);
	if (md->passive)
		return;
	modepages_snapshot_outdate(md);
	atomic64_inc(&md->generation);
	if (cause == MODEPAGES_CAUSE_RESUME)
		modepages_reapply_note(md);
	modepages_refresh_because(md, cause);
}

/**
 * modepages_event_begin() - from now on changes are told, not what was found first
 * @md: the drive
 *
 * Context: process, before the event "add" of the drive, which tells the rest.
 */
void modepages_event_begin(struct modepages_device *md)
{
	spin_lock(&md->lock);
	md->changed = 0;
	spin_unlock(&md->lock);
}

/**
 * modepages_event_codes() - page codes as text
 * @pages: bitmap of page codes
 * @text: gets two digits for each, and single blanks between them
 */
void modepages_event_codes(u64 pages, char text[MODEPAGES_CODES_SIZE])
{
	unsigned int code;
	size_t length = 0;

	*text = '\0';
	for (code = 0; code < MODE_PAGE_ALL; code++)
		if (pages & BIT_ULL(code))
			length += scnprintf(text + length,
					    MODEPAGES_CODES_SIZE - length,
					    "%s%02x", length ? " " : "", code);
}

static int modepages_event_pages(struct modepages_device *md,
				 struct kobj_uevent_env *env)
{
	char codes[MODEPAGES_CODES_SIZE];

	modepages_event_codes(modepages_device_supported(md), codes);
	return add_uevent_var(env, "MODEPAGES_SUPPORTED=%s", codes);
}

static int modepages_event_capabilities(struct modepages_device *md,
					struct kobj_uevent_env *env)
{
	char flags[MODEPAGES_FLAGS_SIZE];

	modepages_capabilities_flags(md, flags);
	return add_uevent_var(env, "MODEPAGES_CAPABILITIES=%s", flags);
}

/**
 * modepages_event_variables() - what each uevent of a drive tells
 * @dev: the drive's device
 * @env: where to put it
 *
 * Also shown by the device's file "uevent", so nothing here may wait. The flags of
 * page 2Ah are among it so that a rule need not read their files: that may have
 * the drive asked, which may show a change, which is an event.
 *
 * Context: process; @life of the drive may be held, or not.
 * Return: 0 or -ENOMEM.
 */
int modepages_event_variables(const struct device *dev,
			      struct kobj_uevent_env *env)
{
	/* Its lock is to be taken, whatever the driver core promises. */
	struct modepages_device *md = dev_to_modepages((struct device *)dev);

	return modepages_event_pages(md, env) ?:
	       modepages_event_capabilities(md, env) ?:
	       add_uevent_var(env, "MODEPAGES_GENERATION=%llu",
			      atomic64_read(&md->generation));
}

#define MODEPAGES_CHANGED "MODEPAGES_CHANGED="
#define MODEPAGES_CAUSE "MODEPAGES_CAUSE="

static int modepages_event_send(struct modepages_device *md, u64 pages,
				enum modepages_cause cause)
{
	char changed[sizeof(MODEPAGES_CHANGED) + MODEPAGES_CODES_SIZE] =
		MODEPAGES_CHANGED;
	char because[sizeof(MODEPAGES_CAUSE) + 16];
	char *variables[3] = { changed, because };
	int ret;

	modepages_event_codes(pages, changed + strlen(MODEPAGES_CHANGED));
	snprintf(because, sizeof(because), MODEPAGES_CAUSE "%s",
		 modepages_cause_names[cause]);
	ret = kobject_uevent_env(&md->dev.kobj, KOBJ_CHANGE, variables);
	/* So it calls it where there is no memory for the device's path. */
	return ret == -ENOENT ? -ENOMEM : ret;
}

/* What reading finds is not told more often than this, however much is read. */
#define MODEPAGES_TOLD_READ_MS	100

/*
 * How long an event has to wait, in milliseconds: what reading finds is told once
 * in the time that readers may cause one command in.
 */
static s64 modepages_event_wait_ms(struct modepages_device *md)
{
	int age_ms = READ_ONCE(md->max_age_ms);
	ktime_t due = ktime_add_ms(md->told_read,
				   max(age_ms, MODEPAGES_TOLD_READ_MS));
	ktime_t now = ktime_get();

	if (md->cause != MODEPAGES_CAUSE_READ || !ktime_after(due, now))
		return 0;
	return max(ktime_ms_delta(due, now), 1);
}

/*
 * What an event is to tell now. A discovery will tell all there is at once; when
 * one has ended nothing waits for the next, or that might never come to an end. So
 * will who puts several pages back.
 */
static u64 modepages_event_take(struct modepages_device *md, bool now,
				enum modepages_cause *cause)
{
	u64 pages = md->changed;
	s64 wait_ms;

	lockdep_assert_held(&md->lock);
	if (!pages || md->reason || md->restoring || (md->next && !now))
		return 0;
	wait_ms = modepages_event_wait_ms(md);
	if (wait_ms) {
		modepages_device_later(md, &md->publish,
				       msecs_to_jiffies(wait_ms));
		return 0;
	}
	*cause = md->cause;
	md->changed = 0;
	return pages;
}

/* What could not be told, for want of memory, is told a second later. */
static void modepages_event_told(struct modepages_device *md, u64 pages,
				 enum modepages_cause cause, int error)
{
	spin_lock(&md->lock);
	if (error) {
		md->changed |= pages;
		md->cause = cause;
		modepages_device_later(md, &md->publish, HZ);
	} else if (cause == MODEPAGES_CAUSE_READ) {
		md->told_read = ktime_get();
	}
	spin_unlock(&md->lock);
}

static int modepages_event_change(struct modepages_device *md, bool now)
{
	enum modepages_cause cause;
	u64 pages;
	int ret;

	spin_lock(&md->lock);
	pages = modepages_event_take(md, now, &cause);
	spin_unlock(&md->lock);
	if (!pages)
		return 0;
	ret = modepages_event_send(md, pages, cause);
	modepages_event_told(md, pages, cause, ret);
	return ret;
}

/**
 * modepages_publish() - bring files and pollers up to date
 * @md: the drive
 * @now: tell of changes though a discovery is to come that may find more
 *
 * Context: process; takes @life of the drive. Waits for readers of the files
 * that it removes, so not from where they wait for.
 * Return: 0, or a negative errno when there was no memory for a file or for an
 * event; the next time will try again.
 */
int modepages_publish(struct modepages_device *md, bool now)
{
	u64 generation;
	int ret;

	guard(mutex)(&md->life);
	if (!md->added || modepages_device_gone(md))
		return 0;

	/* First: an update may have to wait for readers. */
	generation = atomic64_read(&md->generation);
	if (generation != md->notified)
		modepages_sysfs_notify(md);
	md->notified = generation;
	ret = modepages_sysfs_update(md);
	/* Last: who hears of it looks at the files. */
	return modepages_event_change(md, now) ?: ret;
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
		container_of(to_delayed_work(work), struct modepages_device,
			     publish);

	modepages_publish(md, false);
	put_device(&md->dev);
}
