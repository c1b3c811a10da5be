// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a drive has answered.
 *
 * A snapshot is the answer to one MODE SENSE command, kept under what was asked
 * for: the page control and the page code, 3Fh included. Its bytes are never written
 * after it was made known, so whoever holds a reference may read them.
 */
#include <linux/slab.h>
#include <linux/string.h>

#include "modepages.h"

/**
 * modepages_snapshot_get() - take a reference
 * @snapshot: the snapshot, or NULL
 *
 * Context: any; where nothing else keeps it, with the lock of the drive held.
 * Return: @snapshot.
 */
struct modepages_snapshot *
modepages_snapshot_get(struct modepages_snapshot *snapshot)
{
	if (snapshot)
		refcount_inc(&snapshot->refs);
	return snapshot;
}

/**
 * modepages_snapshot_put() - drop a reference
 * @snapshot: the snapshot, or NULL
 *
 * Context: any.
 */
void modepages_snapshot_put(struct modepages_snapshot *snapshot)
{
	if (!snapshot || !refcount_dec_and_test(&snapshot->refs))
		return;
	/* Which has none itself, see modepages_snapshot_replace(). */
	modepages_snapshot_put(snapshot->good);
	kfree(snapshot);
}

/**
 * modepages_snapshot_holds() - does it say what the drive has?
 * @snapshot: the snapshot
 *
 * Return: true for pages, and for the answer that there are none.
 */
bool modepages_snapshot_holds(const struct modepages_snapshot *snapshot)
{
	return !snapshot->status.code ||
	       snapshot->status.code == MODEPAGES_STATUS_NO_SUCH_PAGE;
}

/**
 * modepages_snapshot_good() - the answer that holds, this one or the one before
 * @snapshot: the snapshot, or NULL
 *
 * Context: process, does not sleep; with the lock of the drive held.
 * Return: a snapshot without a reference, or NULL.
 */
struct modepages_snapshot *
modepages_snapshot_good(struct modepages_snapshot *snapshot)
{
	if (snapshot && !modepages_snapshot_holds(snapshot))
		return snapshot->good;
	return snapshot;
}

/**
 * modepages_snapshot_at() - the answer to a question
 * @md: the drive
 * @control: page control
 * @code: page code, or 3Fh, that was asked for
 *
 * There are few: of most drives one for each page control.
 *
 * Context: process, does not sleep; with the lock of the drive held.
 * Return: a snapshot without a reference, or NULL.
 */
struct modepages_snapshot *
modepages_snapshot_at(struct modepages_device *md, u8 control, u8 code)
{
	struct modepages_snapshot *snapshot;

	lockdep_assert_held(&md->lock);
	list_for_each_entry(snapshot, &md->snapshots, list)
		if (snapshot->key.control == control &&
		    snapshot->key.code == code)
			return snapshot;
	return NULL;
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

/* What of an answer is kept: all pages, or the one that was asked for. */
static int modepages_result_span(const struct modepages_result *result,
				 struct modepages_key key,
				 struct mode_data *span)
{
	struct mode_page page = { };
	int ret;

	*span = result->data;
	if (result->status.code)
		span->length = 0;
	if (result->status.code || key.code == MODE_PAGE_ALL)
		return 0;

	ret = mode_page_find(&result->data, key.code, 0, &page);
	span->pages = page.data;
	span->length = ret ? 0 : page.length;
	/* That it is not there is an answer. */
	return ret == -ENOENT ? 0 : ret;
}

/**
 * modepages_snapshot_same() - has the drive answered what is kept, once more?
 * @md: the drive
 * @key: what was asked for
 * @result: what became of it
 *
 * Then there is nothing to compare: had another answer since shown another value, the
 * generation would have moved. One that news have overtaken was not looked at for what
 * the drive has not, so it is none.
 *
 * Context: process, does not sleep; with the lock of the drive held.
 * Return: the snapshot with that answer, without a reference; NULL when it is
 * another one, or none.
 */
struct modepages_snapshot *
modepages_snapshot_same(struct modepages_device *md, struct modepages_key key,
			const struct modepages_result *result)
{
	struct modepages_snapshot *old;
	struct mode_data span;

	lockdep_assert_held(&md->lock);
	old = modepages_snapshot_at(md, key.control, key.code);
	if (!old || old->sequence > result->sequence ||
	    old->generation != atomic64_read(&md->generation) ||
	    modepages_snapshot_stale(md, old))
		return NULL;
	if (result->status.code ||
	    memcmp(&result->status, &old->status, sizeof(old->status)) ||
	    modepages_result_span(result, key, &span) ||
	    span.length != old->length ||
	    memcmp(span.pages, old->bytes, span.length))
		return NULL;
	return old;
}

/**
 * modepages_snapshot_renew() - the drive has answered the same once more
 * @snapshot: the snapshot
 * @result: what became of the command
 *
 * Context: process, does not sleep; with the lock of the drive held.
 */
void modepages_snapshot_renew(struct modepages_snapshot *snapshot,
			      const struct modepages_result *result)
{
	snapshot->sequence = result->sequence;
	snapshot->asked = result->asked;
	snapshot->answered = ktime_get();
}

/**
 * modepages_snapshot_new() - make a snapshot of what became of a command
 * @result: that
 * @key: what was asked for; an answer with other pages than this is none
 *
 * Context: process.
 * Return: the snapshot, its reference the caller's; NULL when there is no memory.
 */
struct modepages_snapshot *
modepages_snapshot_new(const struct modepages_result *result,
		       struct modepages_key key)
{
	struct modepages_snapshot *snapshot;
	struct mode_data span;
	int ret;

	ret = modepages_result_span(result, key, &span);
	snapshot = kzalloc(struct_size(snapshot, bytes, span.length),
			   GFP_KERNEL | __GFP_NOWARN);
	if (!snapshot)
		return NULL;

	refcount_set(&snapshot->refs, 1);
	snapshot->key = key;
	snapshot->sequence = result->sequence;
	snapshot->asked = result->asked;
	snapshot->answered = ktime_get();
	snapshot->status = result->status;
	if (ret) {
		snapshot->status.code = MODEPAGES_STATUS_INVALID_RESPONSE;
		snapshot->status.stage = MODEPAGES_STAGE_PARSE;
	}
	snapshot->generation = result->generation;
	snapshot->length = span.length;
	if (span.length)
		memcpy(snapshot->bytes, span.pages, span.length);
	snapshot->data = span;
	snapshot->data.pages = snapshot->bytes;
	return snapshot;
}

/**
 * modepages_snapshot_replace() - put a snapshot into its place
 * @md: the drive
 * @snapshot: the answer; if it does not hold, it takes the last one that does
 *	along
 *
 * Context: process, does not sleep; with the lock of the drive held.
 * Return: the one that was there, with its reference; or NULL.
 */
struct modepages_snapshot *
modepages_snapshot_replace(struct modepages_device *md,
			   struct modepages_snapshot *snapshot)
{
	struct modepages_snapshot *old;

	old = modepages_snapshot_at(md, snapshot->key.control,
				    snapshot->key.code);
	if (old)
		list_del(&old->list);
	if (!modepages_snapshot_holds(snapshot))
		snapshot->good =
			modepages_snapshot_get(modepages_snapshot_good(old));
	list_add(&modepages_snapshot_get(snapshot)->list, &md->snapshots);
	return old;
}

/**
 * modepages_snapshot_drop_all() - forget all answers
 * @md: the drive
 *
 * Context: release of the object.
 */
void modepages_snapshot_drop_all(struct modepages_device *md)
{
	struct modepages_snapshot *snapshot, *next;

	list_for_each_entry_safe(snapshot, next, &md->snapshots, list)
		modepages_snapshot_put(snapshot);
}
