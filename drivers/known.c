// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is known of a page: which answer counts, and whether it is young enough.
 *
 * A page may be in two snapshots, its own and that of all pages. The one that was
 * asked for last counts.
 */
#include <linux/bits.h>

#include "modepages.h"

static bool modepages_in_all_pages(struct modepages_device *md, u8 page)
{
	lockdep_assert_held(&md->lock);
	return md->listed & BIT_ULL(page);
}

/**
 * modepages_snapshot_key() - what to ask for in order to see a page
 * @md: the drive
 * @control: page control
 * @page: page code, or 3Fh
 *
 * One command for all pages serves them all, where the drive knows it, answers it
 * in a way that makes sense, and returns this page.
 *
 * Context: process; does not sleep.
 * Return: the key of the snapshot that @page will be in.
 */
struct modepages_key modepages_snapshot_key(struct modepages_device *md,
					    u8 control, u8 page)
{
	struct modepages_key key = { .control = control, .code = page };

	spin_lock(&md->lock);
	if (modepages_in_all_pages(md, page) && !(md->unsound & BIT(control)))
		key.code = MODE_PAGE_ALL;
	spin_unlock(&md->lock);
	return key;
}

static struct modepages_snapshot *
modepages_snapshot_later(struct modepages_snapshot *a,
			 struct modepages_snapshot *b)
{
	if (!a || !b)
		return a ?: b;
	return a->sequence > b->sequence ? a : b;
}

/**
 * modepages_snapshot_newest() - the last asking about a page
 * @md: the drive
 * @control: page control
 * @page: page code, or 3Fh
 *
 * Context: process, does not sleep; with the lock of the drive held.
 * Return: a snapshot without a reference, whatever came of the command; or NULL.
 */
struct modepages_snapshot *
modepages_snapshot_newest(struct modepages_device *md, u8 control, u8 page)
{
	struct modepages_snapshot *own;

	lockdep_assert_held(&md->lock);
	own = modepages_snapshot_at(md, control, page);
	if (!modepages_in_all_pages(md, page))
		return own;
	return modepages_snapshot_later(own,
					modepages_snapshot_at(md, control,
							      MODE_PAGE_ALL));
}

/**
 * modepages_snapshot_newest_good() - the last answer about a page that holds
 * @md: the drive
 * @control: page control
 * @page: page code, or 3Fh
 *
 * Context: process, does not sleep; with the lock of the drive held.
 * Return: a snapshot without a reference, or NULL.
 */
struct modepages_snapshot *
modepages_snapshot_newest_good(struct modepages_device *md, u8 control,
			       u8 page)
{
	struct modepages_snapshot *own, *all = NULL;

	lockdep_assert_held(&md->lock);
	own = modepages_snapshot_at(md, control, page);
	if (modepages_in_all_pages(md, page))
		all = modepages_snapshot_at(md, control, MODE_PAGE_ALL);
	return modepages_snapshot_later(modepages_snapshot_good(own),
					modepages_snapshot_good(all));
}

/**
 * modepages_snapshot_outdate() - the drive has news
 * @md: the drive
 *
 * Answers to questions that were sent up to now are of no use any more.
 *
 * Context: process, does not sleep; with the lock of the drive held.
 */
void modepages_snapshot_outdate(struct modepages_device *md)
{
	lockdep_assert_held(&md->lock);
	md->stale = md->sequence;
}

/**
 * modepages_snapshot_stale() - has the drive had news since it was asked?
 * @md: the drive
 * @snapshot: one of its snapshots
 *
 * Context: process, does not sleep; with the lock of the drive held.
 * Return: true when the answer is of no use any more.
 */
bool modepages_snapshot_stale(struct modepages_device *md,
			      const struct modepages_snapshot *snapshot)
{
	lockdep_assert_held(&md->lock);
	return snapshot->sequence <= md->stale;
}

/**
 * modepages_snapshot_find() - the last answer, if nothing is known against it
 * @md: the drive
 * @control: page control
 * @page: page code, or 3Fh
 *
 * Context: process; does not sleep.
 * Return: a snapshot with a reference, or NULL.
 */
struct modepages_snapshot *
modepages_snapshot_find(struct modepages_device *md, u8 control, u8 page)
{
	struct modepages_snapshot *snapshot;

	modepages_attention_check(md);
	spin_lock(&md->lock);
	snapshot = modepages_snapshot_newest_good(md, control, page);
	if (snapshot && (modepages_snapshot_stale(md, snapshot) ||
			 (control == MODEPAGES_CONTROL_SAVED &&
			  snapshot->sequence <= md->saved)))
		snapshot = NULL;
	modepages_snapshot_get(snapshot);
	spin_unlock(&md->lock);
	return snapshot;
}

/**
 * modepages_snapshot_last() - the last answer, whatever has happened since
 * @md: the drive
 * @control: page control
 * @page: page code, or 3Fh
 *
 * For a reader that has got the beginning of it, and for one that must not ask.
 *
 * Context: process; does not sleep.
 * Return: a snapshot with a reference, or NULL.
 */
struct modepages_snapshot *
modepages_snapshot_last(struct modepages_device *md, u8 control, u8 page)
{
	struct modepages_snapshot *snapshot;

	spin_lock(&md->lock);
	snapshot = modepages_snapshot_newest_good(md, control, page);
	modepages_snapshot_get(snapshot);
	spin_unlock(&md->lock);
	return snapshot;
}

/* Changeable and default values stay as they are until the drive has news. */
static bool modepages_snapshot_ages(const struct modepages_snapshot *snapshot,
				    u8 control)
{
	return control == MODEPAGES_CONTROL_CURRENT ||
	       control == MODEPAGES_CONTROL_SAVED ||
	       !modepages_snapshot_holds(snapshot);
}

/* One of all pages is of no use when a page of it has been seen to be another. */
static bool modepages_snapshot_overtaken(struct modepages_device *md,
					 const struct modepages_snapshot *snapshot,
					 u8 page)
{
	return page == MODE_PAGE_ALL &&
	       snapshot->generation != atomic64_read(&md->generation);
}

static bool modepages_age_allows(const struct modepages_age *age,
				 const struct modepages_snapshot *snapshot)
{
	return !ktime_before(snapshot->asked, age->began) ||
	       !ktime_before(snapshot->answered, age->oldest);
}

/**
 * modepages_snapshot_young() - the last asking, if it is not too long ago
 * @md: the drive
 * @control: page control
 * @page: page code, or 3Fh
 * @age: how long is too long
 *
 * Context: process; does not sleep.
 * Return: a snapshot with a reference, which may be of a failed command; or NULL.
 */
struct modepages_snapshot *
modepages_snapshot_young(struct modepages_device *md, u8 control, u8 page,
			 const struct modepages_age *age)
{
	struct modepages_snapshot *snapshot;

	modepages_attention_check(md);
	spin_lock(&md->lock);
	snapshot = modepages_snapshot_newest(md, control, page);
	if (snapshot && (modepages_snapshot_stale(md, snapshot) ||
			 modepages_snapshot_overtaken(md, snapshot, page) ||
			 (modepages_snapshot_ages(snapshot, control) &&
			  (snapshot->sequence <= md->selected ||
			   !modepages_age_allows(age, snapshot)))))
		snapshot = NULL;
	modepages_snapshot_get(snapshot);
	spin_unlock(&md->lock);
	return snapshot;
}
