// SPDX-License-Identifier: GPL-2.0-only
/*
 * Asking the drive on behalf of sysfs.
 *
 * Removal of a sysfs file waits for the readers inside of it, and the wait for a
 * command can not be ended. So a callback never sends one: it leaves a query to
 * a work item, and waits for what can be ended.
 */
#include <linux/err.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "modepages.h"

/* So that reading all files of a busy drive does not take that long for each. */
#define MODEPAGES_BUSY_AGAIN_MS	1000

/**
 * struct modepages_query - a question that sysfs has for the drive
 * @list: membership in @queries of the drive until the work takes it; @lock of
 *	the drive
 * @refs: the work until it is done, and each waiter
 * @control: page control
 * @page: page code
 * @age: an answer of this age will do; @lock of the drive while in @queries,
 *	then the work's
 * @done: @answer holds
 * @answer: a snapshot or an ERR_PTR
 */
struct modepages_query {
	struct list_head list;
	refcount_t refs;
	u8 control;
	u8 page;
	struct modepages_age age;
	bool done;
	struct modepages_snapshot *answer;
};

static void modepages_query_put(struct modepages_query *query)
{
	if (!refcount_dec_and_test(&query->refs))
		return;
	if (!IS_ERR(query->answer))
		modepages_snapshot_put(query->answer);
	kfree(query);
}

static bool modepages_query_done(const struct modepages_query *query)
{
	/* Whoever sees @done sees @answer: pairs with modepages_query_work(). */
	return smp_load_acquire(&query->done);
}

static struct modepages_query *modepages_query_take(struct modepages_device *md)
{
	struct modepages_query *query;

	spin_lock(&md->lock);
	query = list_first_entry_or_null(&md->queries, struct modepages_query,
					 list);
	if (query)
		list_del(&query->list);
	spin_unlock(&md->lock);
	return query;
}

static bool modepages_busy_lately(struct modepages_device *md,
				  const struct modepages_age *age)
{
	ktime_t since = ktime_sub_ms(ktime_get(), MODEPAGES_BUSY_AGAIN_MS);
	bool lately;

	spin_lock(&md->lock);
	lately = !ktime_before(md->yielded, since) &&
		 !ktime_before(md->yielded, age->oldest);
	spin_unlock(&md->lock);
	return lately;
}

static void modepages_note_busy(struct modepages_device *md)
{
	spin_lock(&md->lock);
	md->yielded = ktime_get();
	spin_unlock(&md->lock);
}

static bool modepages_is_known(struct modepages_snapshot *snapshot)
{
	bool known = snapshot;

	modepages_snapshot_put(snapshot);
	return known;
}

/* Whoever reads a file must not get into the way of somebody who burns a disc. */
static bool modepages_busy(struct modepages_device *md,
			   struct scsi_device *sdev,
			   const struct modepages_query *query)
{
	u8 control = query->control, page = query->page;

	if (modepages_busy_lately(md, &query->age) &&
	    modepages_is_known(modepages_snapshot_find(md, control, page)))
		return true;
	if (modepages_idle_soon(md, sdev))
		return false;
	if (!modepages_is_known(modepages_snapshot_last(md, control, page)) &&
	    modepages_idle_after_ours(md, sdev))
		return false;
	modepages_note_busy(md);
	return true;
}

/* The drive must not be asked: see modepages_query(). */
#define MODEPAGES_NOT_ASKED	ERR_PTR(-EWOULDBLOCK)

static struct modepages_snapshot *
modepages_query_polite(struct modepages_device *md, struct scsi_device *sdev,
		       const struct modepages_query *query)
{
	bool busy = modepages_busy(md, sdev, query);
	struct modepages_snapshot *answer;

	/* Somebody else's may have come since the reader looked. */
	answer = modepages_snapshot_young(md, query->control, query->page,
					  &query->age);
	if (answer)
		return answer;
	if (busy)
		return MODEPAGES_NOT_ASKED;

	answer = modepages_ask(md, NULL, query->control, query->page);
	/* Somebody has it exclusively. */
	return answer == ERR_PTR(-EBUSY) ? MODEPAGES_NOT_ASKED : answer;
}

static struct modepages_snapshot *
modepages_query_awake(struct modepages_device *md, struct scsi_device *sdev,
		      const struct modepages_query *query)
{
	int awake = modepages_awake_get(sdev);
	struct modepages_snapshot *answer;

	if (!awake)
		return MODEPAGES_NOT_ASKED;
	answer = modepages_query_polite(md, sdev, query);
	modepages_awake_put(sdev, awake);
	return answer;
}

static struct modepages_snapshot *
modepages_query_answer(struct modepages_device *md,
		       const struct modepages_query *query)
{
	struct modepages_snapshot *answer;
	struct scsi_device *sdev;

	sdev = modepages_device_get_sdev(md);
	if (!sdev)
		return ERR_PTR(-ENODEV);
	answer = modepages_query_awake(md, sdev, query);
	scsi_device_put(sdev);
	return answer;
}

/**
 * modepages_query_work() - answer what sysfs readers wait for
 * @work: @query of the drive
 *
 * No file of the drive is added or removed here: that would wait for readers
 * who wait for this.
 *
 * Context: workqueue; as modepages_mode_sense().
 */
void modepages_query_work(struct work_struct *work)
{
	struct modepages_device *md =
		container_of(work, struct modepages_device, query);
	struct modepages_query *query;

	while ((query = modepages_query_take(md))) {
		query->answer = modepages_query_answer(md, query);
		/* Pairs with modepages_query_done(). */
		smp_store_release(&query->done, true);
		wake_up_all(&md->wait);
		modepages_query_put(query);
	}
	put_device(&md->dev);
}

static struct modepages_query *
modepages_query_find(struct modepages_device *md, u8 control, u8 page)
{
	struct modepages_query *query;

	list_for_each_entry(query, &md->queries, list)
		if (query->control == control && query->page == page)
			return query;
	return NULL;
}

/* Takes part in a query that has not begun: its answer must do for both. */
static void modepages_query_share(struct modepages_query *query,
				  const struct modepages_age *age)
{
	refcount_inc(&query->refs);
	if (ktime_after(age->began, query->age.began))
		query->age.began = age->began;
	if (ktime_after(age->oldest, query->age.oldest))
		query->age.oldest = age->oldest;
}

/* One reference for the work, and one for us. */
static void modepages_query_begin(struct modepages_device *md,
				  struct modepages_query *query)
{
	refcount_set(&query->refs, 2);
	list_add_tail(&query->list, &md->queries);
	modepages_device_queue(md, &md->query);
}

/*
 * Any number of readers cause one command: those who come before it begins join
 * the query, and the query of those who come later finds its answer.
 */
static struct modepages_query *
modepages_query_join(struct modepages_device *md, u8 control, u8 page,
		     const struct modepages_age *age)
{
	struct modepages_query *query, *fresh;

	fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);
	if (!fresh)
		return ERR_PTR(-ENOMEM);
	fresh->control = control;
	fresh->page = page;
	fresh->age = *age;

	spin_lock(&md->lock);
	query = modepages_query_find(md, control, page);
	if (!md->sdev) {
		/* There will be no work to answer it. */
		query = ERR_PTR(-ENODEV);
	} else if (query) {
		modepages_query_share(query, age);
	} else {
		query = fresh;
		modepages_query_begin(md, query);
	}
	spin_unlock(&md->lock);

	if (query != fresh)
		kfree(fresh);
	return query;
}

/*
 * Waits for the answer, for the drive's removal, or for a fatal signal. Not
 * freezable: kernfs holds the open file's mutex over the callback.
 */
static struct modepages_snapshot *
modepages_query_wait(struct modepages_device *md, struct modepages_query *query)
{
	int ret;

	ret = wait_event_killable(md->wait,
				  modepages_query_done(query) ||
				  modepages_device_gone(md));
	if (ret)
		return ERR_PTR(ret);
	if (!modepages_query_done(query))
		return ERR_PTR(-ENODEV);
	if (!IS_ERR(query->answer))
		refcount_inc(&query->answer->refs);
	return query->answer;
}

static struct modepages_snapshot *
modepages_query_page(struct modepages_device *md, u8 control, u8 page,
		     const struct modepages_age *age)
{
	struct modepages_snapshot *snapshot;
	struct modepages_query *query;

	query = modepages_query_join(md, control, page, age);
	if (IS_ERR(query))
		return ERR_CAST(query);
	snapshot = modepages_query_wait(md, query);
	modepages_query_put(query);
	return snapshot;
}

static struct modepages_snapshot *
modepages_query_last(struct modepages_device *md, u8 control, u8 page)
{
	return modepages_snapshot_last(md, control, page) ?: ERR_PTR(-ENODATA);
}

/**
 * modepages_query() - get a page for a reader of sysfs, or who wants the same
 * @md: the drive
 * @control: page control
 * @page: page code, or 3Fh
 * @known: set to whether that was known already; or NULL
 *
 * From the last answer, if that is no older than @max_age_ms of the drive allows,
 * or if the drive must not be asked: it is passive, asleep, busy with commands of
 * others, somebody has it exclusively, or @max_age_ms is -1. Else it is asked.
 *
 * For sysfs callbacks: removal of their file waits for them, so they must not
 * send commands, a wait that nothing can end. This one ends with the answer,
 * with the drive's removal, or with a fatal signal.
 *
 * Context: process; no lock may be held that discovery or removal takes.
 * Return: a snapshot with a reference, which may be of a failed command; an
 * ERR_PTR: -ENODATA, -ENODEV, -ERESTARTSYS, -ENOMEM.
 */
struct modepages_snapshot *
modepages_query(struct modepages_device *md, u8 control, u8 page, bool *known)
{
	struct modepages_age age = { .began = ktime_get(), .oldest = KTIME_MAX };
	int max_age_ms = READ_ONCE(md->max_age_ms);
	struct modepages_snapshot *snapshot;

	if (known)
		*known = true;
	if (max_age_ms < 0 || md->passive)
		return modepages_query_last(md, control, page);

	/* With 0, nothing but what is asked for from now on. */
	if (max_age_ms)
		age.oldest = ktime_sub_ms(age.began, max_age_ms);
	snapshot = modepages_snapshot_young(md, control, page, &age);
	if (snapshot)
		return snapshot;
	snapshot = modepages_query_page(md, control, page, &age);
	if (snapshot == MODEPAGES_NOT_ASKED)
		return modepages_query_last(md, control, page);
	if (known)
		*known = false;
	return snapshot;
}
