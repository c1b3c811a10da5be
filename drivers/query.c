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

/**
 * struct modepages_query - a question that sysfs has for the drive
 * @list: membership in @queries of the drive until the work takes it; @lock of
 *	the drive
 * @refs: the work until it is done, and each waiter
 * @key: modepages_key() of what to ask for
 * @done: @answer holds
 * @answer: a snapshot or an ERR_PTR
 */
struct modepages_query {
	struct list_head list;
	refcount_t refs;
	unsigned int key;
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

/**
 * modepages_query_work() - answer what sysfs readers wait for
 * @work: @query of the drive
 *
 * No file of the drive is added or removed here: that would wait for readers
 * who wait for this.
 */
void modepages_query_work(struct work_struct *work)
{
	struct modepages_device *md =
		container_of(work, struct modepages_device, query);
	struct modepages_query *query;

	while ((query = modepages_query_take(md))) {
		query->answer = modepages_snapshot_ask_key(md, query->key);
		/* Pairs with modepages_query_done(). */
		smp_store_release(&query->done, true);
		wake_up_all(&md->wait);
		modepages_query_put(query);
	}
	put_device(&md->dev);
}

static struct modepages_query *modepages_query_find(struct modepages_device *md,
						    unsigned int key)
{
	struct modepages_query *query;

	list_for_each_entry(query, &md->queries, list)
		if (query->key == key)
			return query;
	return NULL;
}

/*
 * Joins a query that has not begun, so that any number of readers cause one
 * command, and none gets values older than its own question.
 */
static struct modepages_query *modepages_query_join(struct modepages_device *md,
						    unsigned int key)
{
	struct modepages_query *query, *fresh;

	fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);
	if (!fresh)
		return NULL;
	fresh->key = key;
	/* One for the work, one for us. */
	refcount_set(&fresh->refs, 2);

	spin_lock(&md->lock);
	query = modepages_query_find(md, key);
	if (query)
		refcount_inc(&query->refs);
	else
		list_add_tail(&fresh->list, &md->queries);
	spin_unlock(&md->lock);

	if (query) {
		kfree(fresh);
		return query;
	}
	modepages_device_queue(md, &md->query);
	return fresh;
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
modepages_query_key(struct modepages_device *md, unsigned int key)
{
	struct modepages_snapshot *snapshot;
	struct modepages_query *query;

	query = modepages_query_join(md, key);
	if (!query)
		return ERR_PTR(-ENOMEM);
	snapshot = modepages_query_wait(md, query);
	modepages_query_put(query);
	return snapshot;
}

/**
 * modepages_query() - have the drive asked, wait for the answer
 * @md: the drive
 * @control: page control
 * @page: page code
 *
 * For sysfs callbacks: removal of their file waits for them, so they must not
 * send commands, a wait that nothing can end. This one ends with the answer,
 * with the drive's removal, or with a fatal signal.
 *
 * Context: process; no lock may be held that discovery or removal takes.
 * Return: a snapshot with a reference, which may be of a failed command; an
 * ERR_PTR: -ENODEV, -ERESTARTSYS, -ENOMEM.
 */
struct modepages_snapshot *
modepages_query(struct modepages_device *md, u8 control, u8 page)
{
	unsigned int key = modepages_key(md, control, page);
	struct modepages_snapshot *snapshot;

	snapshot = modepages_query_key(md, key);
	if (IS_ERR(snapshot) || !modepages_snapshot_unsound(snapshot, key))
		return snapshot;

	/* From now on page by page. */
	modepages_snapshot_put(snapshot);
	return modepages_query_key(md, modepages_key(md, control, page));
}
