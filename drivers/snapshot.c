// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a drive has answered, and asking it again.
 *
 * A snapshot is the answer to one MODE SENSE command, identified by what was
 * asked for: the page control and the page code, 3Fh included. It is never
 * written after it was made, so whoever holds a reference may read it.
 */
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "modepages.h"

#define MODEPAGES_KEY_SHIFT	8

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

/**
 * modepages_key() - what to ask for in order to see a page
 * @md: the drive
 * @control: page control
 * @page: page code
 *
 * One command for all pages serves them all, where the drive knows it and it
 * returns this page.
 *
 * Return: the key of the snapshot that @page is in.
 */
unsigned int modepages_key(const struct modepages_device *md, u8 control,
			   u8 page)
{
	if (md->listed & BIT_ULL(page))
		page = MODE_PAGE_ALL;
	return control << MODEPAGES_KEY_SHIFT | page;
}

/**
 * modepages_snapshot_put() - drop a reference
 * @snapshot: the snapshot, or NULL
 */
void modepages_snapshot_put(struct modepages_snapshot *snapshot)
{
	if (snapshot && refcount_dec_and_test(&snapshot->refs))
		kfree(snapshot);
}

/**
 * modepages_snapshot_find() - the last answer, however old
 * @md: the drive
 * @key: what was asked for
 *
 * Context: any but with the lock of the snapshots held.
 * Return: a snapshot with a reference, or NULL.
 */
struct modepages_snapshot *
modepages_snapshot_find(struct modepages_device *md, unsigned int key)
{
	struct modepages_snapshot *snapshot;

	xa_lock(&md->snapshots);
	snapshot = xa_load(&md->snapshots, key);
	if (snapshot)
		refcount_inc(&snapshot->refs);
	xa_unlock(&md->snapshots);
	return snapshot;
}

/**
 * modepages_snapshot_drop_all() - forget all answers
 * @md: the drive
 *
 * Context: release of the object.
 */
void modepages_snapshot_drop_all(struct modepages_device *md)
{
	struct modepages_snapshot *snapshot;
	unsigned long key;

	xa_for_each(&md->snapshots, key, snapshot)
		modepages_snapshot_put(snapshot);
	xa_destroy(&md->snapshots);
}

/**
 * modepages_snapshot_page() - find a page in a snapshot
 * @snapshot: the snapshot
 * @page: page code
 * @result: the page, valid as long as the snapshot is held
 *
 * Return: 0; the errno of the command the snapshot comes from; -ENOENT or
 * -EPROTO as mode_page_find().
 */
int modepages_snapshot_page(const struct modepages_snapshot *snapshot, u8 page,
			    struct mode_page *result)
{
	if (snapshot->status.code)
		return status_errno(&snapshot->status);
	return mode_page_find(&snapshot->data, page, 0, result);
}

static struct modepages_snapshot *
modepages_snapshot_new(const struct mode_data *data,
		       const struct modepages_status *status)
{
	size_t length = status->code ? 0 : data->length;
	struct modepages_snapshot *snapshot;

	snapshot = kzalloc(struct_size(snapshot, bytes, length), GFP_KERNEL);
	if (!snapshot)
		return NULL;

	refcount_set(&snapshot->refs, 1);
	snapshot->status = *status;
	snapshot->length = length;
	if (length) {
		memcpy(snapshot->bytes, data->pages, length);
		snapshot->data = *data;
	}
	snapshot->data.pages = snapshot->bytes;
	return snapshot;
}

static bool modepages_snapshot_differs(const struct modepages_snapshot *a,
				       const struct modepages_snapshot *b)
{
	return a->length != b->length || memcmp(a->bytes, b->bytes, a->length);
}

/*
 * Only answers that hold are kept: the pages, or that there are none. After any
 * other failure the last good answer stays for those who take an old one.
 */
static void modepages_snapshot_store(struct modepages_device *md,
				     unsigned int key,
				     struct modepages_snapshot *snapshot)
{
	struct modepages_snapshot *old;

	if (snapshot->status.code &&
	    snapshot->status.code != MODEPAGES_STATUS_NO_SUCH_PAGE)
		return;

	refcount_inc(&snapshot->refs);
	xa_lock(&md->snapshots);
	old = __xa_store(&md->snapshots, key, snapshot, GFP_KERNEL);
	if (!xa_is_err(old) && old && modepages_snapshot_differs(old, snapshot))
		atomic64_inc(&md->generation);
	snapshot->generation = atomic64_read(&md->generation);
	xa_unlock(&md->snapshots);
	/* Not kept for want of memory: then the next reader asks again. */
	modepages_snapshot_put(xa_is_err(old) ? snapshot : old);
}

/**
 * modepages_snapshot_ask() - ask the drive, keep what it says
 * @md: the drive
 * @key: what to ask for
 *
 * Context: process, as modepages_mode_sense().
 * Return: a snapshot with a reference, which may be of a failed command; an
 * ERR_PTR when memory ran out or a fatal signal came.
 */
struct modepages_snapshot *
modepages_snapshot_ask(struct modepages_device *md, unsigned int key)
{
	const struct mode_request request = {
		.page = key & MODE_PAGE_CODE_MASK,
		.control = key >> MODEPAGES_KEY_SHIFT,
		.dbd = true,
		.allocation = MODEPAGES_ALLOCATION,
	};
	struct modepages_answer answer = { };
	struct modepages_snapshot *snapshot;
	struct modepages_status status;
	int ret;

	ret = modepages_mode_sense(md, &request, MODEPAGES_TIMEOUT_MS, &answer,
				   &status);
	if (ret == -EINTR || ret == -ENOMEM)
		return ERR_PTR(ret);

	snapshot = modepages_snapshot_new(&answer.data, &status);
	modepages_answer_free(&answer);
	if (!snapshot)
		return ERR_PTR(-ENOMEM);
	modepages_snapshot_store(md, key, snapshot);
	return snapshot;
}

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
		query->answer = modepages_snapshot_ask(md, query->key);
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

/**
 * modepages_snapshot_fresh() - have the drive asked, wait for the answer
 * @md: the drive
 * @key: what to ask for
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
modepages_snapshot_fresh(struct modepages_device *md, unsigned int key)
{
	struct modepages_snapshot *snapshot;
	struct modepages_query *query;
	int ret;

	query = modepages_query_join(md, key);
	if (!query)
		return ERR_PTR(-ENOMEM);

	ret = wait_event_state(md->wait,
			       modepages_query_done(query) ||
			       modepages_device_gone(md),
			       (TASK_KILLABLE | TASK_FREEZABLE));
	if (ret) {
		snapshot = ERR_PTR(ret);
	} else if (!modepages_query_done(query)) {
		snapshot = ERR_PTR(-ENODEV);
	} else {
		snapshot = query->answer;
		if (!IS_ERR(snapshot))
			refcount_inc(&snapshot->refs);
	}
	modepages_query_put(query);
	return snapshot;
}
