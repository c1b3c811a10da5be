// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a drive has answered.
 *
 * A snapshot is the answer to one MODE SENSE command, identified by what was
 * asked for: the page control and the page code, 3Fh included. It is never
 * written after it was made, so whoever holds a reference may read it.
 */
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "modepages.h"

#define MODEPAGES_KEY_SHIFT	8

/**
 * modepages_key() - what to ask for in order to see a page
 * @md: the drive
 * @control: page control
 * @page: page code, or 3Fh
 *
 * One command for all pages serves them all, where the drive knows it and it
 * returns this page.
 *
 * Context: any.
 * Return: the key of the snapshot that @page is in.
 */
unsigned int modepages_key(struct modepages_device *md, u8 control, u8 page)
{
	spin_lock(&md->lock);
	if (md->listed & BIT_ULL(page) && !(md->unsound & BIT(control)))
		page = MODE_PAGE_ALL;
	spin_unlock(&md->lock);
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

static struct modepages_snapshot *
modepages_snapshot_load(struct modepages_device *md, u8 control, u8 page,
			bool stale)
{
	unsigned int key = modepages_key(md, control, page);
	struct modepages_snapshot *snapshot;

	xa_lock(&md->snapshots);
	snapshot = xa_load(&md->snapshots, key);
	if (snapshot && !stale && snapshot->sequence <= md->stale)
		snapshot = NULL;
	if (snapshot)
		refcount_inc(&snapshot->refs);
	xa_unlock(&md->snapshots);
	return snapshot;
}

/**
 * modepages_snapshot_find() - the last answer, if nothing is known against it
 * @md: the drive
 * @control: page control
 * @page: page code
 *
 * Context: any but with the lock of the snapshots held.
 * Return: a snapshot with a reference, or NULL.
 */
struct modepages_snapshot *
modepages_snapshot_find(struct modepages_device *md, u8 control, u8 page)
{
	return modepages_snapshot_load(md, control, page, false);
}

/**
 * modepages_snapshot_last() - the last answer, whatever has happened since
 * @md: the drive
 * @control: page control
 * @page: page code
 *
 * For a reader that has got the beginning of it.
 *
 * Context: any but with the lock of the snapshots held.
 * Return: a snapshot with a reference, or NULL.
 */
struct modepages_snapshot *
modepages_snapshot_last(struct modepages_device *md, u8 control, u8 page)
{
	return modepages_snapshot_load(md, control, page, true);
}

/**
 * modepages_snapshot_invalidate() - earlier answers are of no use any more
 * @md: the drive
 * @sequence: number of the last such answer
 *
 * Also goes for answers that have not been kept yet.
 *
 * Context: any but with the lock of the snapshots held.
 */
void modepages_snapshot_invalidate(struct modepages_device *md, u64 sequence)
{
	xa_lock(&md->snapshots);
	md->stale = max(md->stale, sequence);
	xa_unlock(&md->snapshots);
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
modepages_snapshot_new(const struct modepages_result *result)
{
	const struct mode_data *data = &result->data;
	size_t length = result->status.code ? 0 : data->length;
	struct modepages_snapshot *snapshot;

	snapshot = kzalloc(struct_size(snapshot, bytes, length), GFP_KERNEL);
	if (!snapshot)
		return NULL;

	refcount_set(&snapshot->refs, 1);
	snapshot->sequence = result->sequence;
	snapshot->status = result->status;
	snapshot->length = length;
	if (length)
		memcpy(snapshot->bytes, data->pages, length);
	snapshot->data = *data;
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
 *
 * Those who ask do not come here in the order in which they were answered, and
 * the drive may have had news meanwhile: numbers tell.
 */
static void modepages_snapshot_store(struct modepages_device *md,
				     unsigned int key,
				     struct modepages_snapshot *snapshot)
{
	struct modepages_snapshot *old;

	if (snapshot->status.code &&
	    snapshot->status.code != MODEPAGES_STATUS_NO_SUCH_PAGE)
		return;

	/* Without memory it is not kept: then the next reader asks again. */
	if (xa_reserve(&md->snapshots, key, GFP_KERNEL))
		return;

	xa_lock(&md->snapshots);
	old = xa_load(&md->snapshots, key);
	if (old && old->sequence > snapshot->sequence) {
		xa_unlock(&md->snapshots);
		return;
	}
	if (old && modepages_snapshot_differs(old, snapshot))
		atomic64_inc(&md->generation);
	snapshot->generation = atomic64_read(&md->generation);
	refcount_inc(&snapshot->refs);
	/* Into the place that is reserved, so this can not fail. */
	__xa_store(&md->snapshots, key, snapshot, 0);
	xa_unlock(&md->snapshots);
	modepages_snapshot_put(old);
}

/**
 * modepages_snapshot_compare() - has a page changed since it was last seen?
 * @md: the drive
 * @result: an answer that is not kept
 * @control: page control
 * @page: the page in it
 *
 * If so, the generation moves, and what was known before is of no use.
 *
 * Context: any but with the lock of the snapshots held.
 */
void modepages_snapshot_compare(struct modepages_device *md,
				const struct modepages_result *result,
				u8 control, const struct mode_page *page)
{
	struct modepages_snapshot *snapshot;
	struct mode_page before;

	snapshot = modepages_snapshot_find(md, control, page->code);
	if (snapshot && snapshot->sequence < result->sequence &&
	    !modepages_snapshot_page(snapshot, page->code, &before) &&
	    (before.length != page->length ||
	     memcmp(before.data, page->data, page->length))) {
		modepages_snapshot_invalidate(md, result->sequence - 1);
		atomic64_inc(&md->generation);
	}
	modepages_snapshot_put(snapshot);
}

/**
 * modepages_snapshot_unsound() - can a page be told from another?
 * @snapshot: the snapshot
 * @key: what was asked for
 *
 * Return: true when it is an answer to page 3Fh that makes no sense; another
 * modepages_key() leads to its pages from now on.
 */
bool modepages_snapshot_unsound(const struct modepages_snapshot *snapshot,
				unsigned int key)
{
	return (key & MODE_PAGE_CODE_MASK) == MODE_PAGE_ALL &&
	       !snapshot->status.code && !mode_data_sound(&snapshot->data);
}

static void modepages_note_unsound(struct modepages_device *md, u8 control)
{
	spin_lock(&md->lock);
	md->unsound |= BIT(control);
	md->quirks |= MODEPAGES_QUIRK_ALL_PAGES_UNSOUND;
	spin_unlock(&md->lock);
}

/**
 * modepages_snapshot_ask_key() - ask the drive, keep what it says
 * @md: the drive
 * @key: what to ask for
 *
 * Context: process, as modepages_mode_sense().
 * Return: a snapshot with a reference, which may be of a failed command, or
 * unsound; an ERR_PTR when memory ran out or a fatal signal came.
 */
struct modepages_snapshot *
modepages_snapshot_ask_key(struct modepages_device *md, unsigned int key)
{
	const struct mode_request request = {
		.page = key & MODE_PAGE_CODE_MASK,
		.control = key >> MODEPAGES_KEY_SHIFT,
	};
	struct modepages_snapshot *snapshot = NULL;
	struct modepages_result result;
	int ret;

	ret = modepages_mode_sense(md, &request, MODEPAGES_TIMEOUT_MS, &result);
	if (ret == -EINTR)
		return ERR_PTR(ret);

	if (ret != -ENOMEM)
		snapshot = modepages_snapshot_new(&result);
	modepages_result_free(&result);
	if (!snapshot)
		return ERR_PTR(-ENOMEM);

	if (modepages_snapshot_unsound(snapshot, key))
		modepages_note_unsound(md, request.control);
	else
		modepages_snapshot_store(md, key, snapshot);
	return snapshot;
}

/**
 * modepages_snapshot_ask() - ask the drive for what a page is in
 * @md: the drive
 * @control: page control
 * @page: page code, or 3Fh
 *
 * Context: process, as modepages_mode_sense().
 * Return: a snapshot with a reference, which may be of a failed command; an
 * ERR_PTR when memory ran out or a fatal signal came.
 */
struct modepages_snapshot *
modepages_snapshot_ask(struct modepages_device *md, u8 control, u8 page)
{
	unsigned int key = modepages_key(md, control, page);
	struct modepages_snapshot *snapshot;

	snapshot = modepages_snapshot_ask_key(md, key);
	if (page == MODE_PAGE_ALL || IS_ERR(snapshot) ||
	    !modepages_snapshot_unsound(snapshot, key))
		return snapshot;

	/* From now on page by page. */
	modepages_snapshot_put(snapshot);
	return modepages_snapshot_ask_key(md, modepages_key(md, control, page));
}
