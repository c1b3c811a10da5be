// SPDX-License-Identifier: GPL-2.0-only
/*
 * Keeping what a drive has answered, and seeing what it tells of changes.
 */
#include <linux/bitops.h>
#include <linux/bits.h>
#include <linux/string.h>

#include "modepages.h"

/**
 * modepages_data_codes() - which pages are there?
 * @data: answer to page 3Fh
 *
 * Return: bitmap of page codes.
 */
u64 modepages_data_codes(const struct mode_data *data)
{
	struct mode_page page;
	size_t offset = 0;
	u64 codes = 0;

	while (mode_page_next(data, &offset, &page))
		if (!page.empty && page.code != MODE_PAGE_ALL)
			codes |= BIT_ULL(page.code);
	return codes;
}

/* Is the page another one than in the last answer about it, if there is one? */
static bool modepages_page_differs(struct modepages_device *md, u8 control,
				   u8 page, u64 sequence,
				   const struct mode_data *data)
{
	struct mode_page before = { }, now = { };
	struct modepages_snapshot *old;

	old = modepages_snapshot_newest_good(md, control, page);
	if (!old || old->sequence > sequence)
		return false;
	if (modepages_snapshot_page(old, page, &before))
		before.length = 0;
	if (!data || mode_page_find(data, page, 0, &now))
		now.length = 0;
	return before.length != now.length ||
	       memcmp(before.data, now.data, now.length);
}

/* Which pages have other values than before, by an answer? */
static u64 modepages_pages_changed(struct modepages_device *md,
				   struct modepages_key key, u64 sequence,
				   const struct mode_data *data)
{
	u64 pages, changed = 0;
	unsigned int code;

	lockdep_assert_held(&md->lock);
	pages = key.code == MODE_PAGE_ALL ? md->listed : BIT_ULL(key.code);
	for (; pages; pages &= pages - 1) {
		code = __ffs64(pages);
		if (modepages_page_differs(md, key.control, code, sequence,
					   data))
			changed |= BIT_ULL(code);
	}
	return changed;
}

/* Learns which pages the drive has values of. True when that is news. */
static bool modepages_note_absent(struct modepages_device *md,
				  struct modepages_key key,
				  const struct modepages_snapshot *snapshot)
{
	u64 *absent = &md->absent[key.control], before = *absent;
	struct mode_page page;
	unsigned int code;
	u64 asked;
	int ret;

	/* Of current values, the discovery tells. */
	if (key.control == MODEPAGES_CONTROL_CURRENT ||
	    modepages_snapshot_stale(md, snapshot))
		return false;

	asked = key.code == MODE_PAGE_ALL ? md->listed : BIT_ULL(key.code);
	if (status_errno(&snapshot->status) == -EOPNOTSUPP)
		asked = ~0ULL;
	for (code = 0; code < MODE_PAGE_ALL; code++) {
		if (!(asked & BIT_ULL(code)))
			continue;
		ret = modepages_snapshot_page(snapshot, code, &page);
		if (ret == -ENOENT || ret == -EOPNOTSUPP)
			*absent |= BIT_ULL(code);
		else if (!ret)
			*absent &= ~BIT_ULL(code);
	}
	return *absent != before;
}

/* A drive that lists other pages than before is asked what it has. */
static void modepages_note_listed(struct modepages_device *md,
				  struct modepages_key key,
				  const struct mode_data *data)
{
	if (data && key.code == MODE_PAGE_ALL && md->listed &&
	    key.control == MODEPAGES_CONTROL_CURRENT &&
	    modepages_data_codes(data) != md->listed)
		modepages_refresh_because(md, MODEPAGES_CAUSE_READ);
}

/**
 * modepages_keep() - keep an answer, see what it tells of changes
 * @md: the drive
 * @key: what was asked for
 * @cause: of changes that it shows, or MODEPAGES_CAUSE_NONE if that is not known
 * @snapshot: the answer, as yet known to nobody else; the reference stays with
 *	the caller
 *
 * Those who ask do not come here in the order in which they were answered, and
 * the drive may have had news meanwhile: numbers tell.
 *
 * Context: process.
 */
void modepages_keep(struct modepages_device *md, struct modepages_key key,
		    enum modepages_cause cause,
		    struct modepages_snapshot *snapshot)
{
	const struct mode_data *data;
	struct modepages_snapshot *old;
	bool news = false;
	u64 changed = 0;

	data = snapshot->status.code ? NULL : &snapshot->data;

	spin_lock(&md->lock);
	old = modepages_snapshot_newest(md, key.control, key.code);
	if (old && old->sequence > snapshot->sequence) {
		spin_unlock(&md->lock);
		return;
	}
	if (modepages_snapshot_holds(snapshot)) {
		modepages_refresh_answered(md);
		modepages_note_listed(md, key, data);
		changed = modepages_pages_changed(md, key, snapshot->sequence,
						  data);
		news = modepages_note_absent(md, key, snapshot);
	}
	modepages_event_note(md, changed, cause);
	snapshot->generation = atomic64_read(&md->generation);
	old = modepages_snapshot_replace(md, snapshot);
	spin_unlock(&md->lock);

	modepages_snapshot_put(old);
	if (changed || news)
		modepages_event_publish(md);
}

/* What was known is of before the change. */
static void modepages_keep_nothing(struct modepages_device *md,
				   enum modepages_cause cause)
{
	if (!cause)
		return;
	spin_lock(&md->lock);
	modepages_snapshot_outdate(md);
	spin_unlock(&md->lock);
}

/* The same answer again: nothing has changed, and the one that is kept is newer. */
static bool modepages_keep_again(struct modepages_device *md,
				 struct modepages_key key,
				 struct modepages_result *result)
{
	struct modepages_snapshot *same;

	spin_lock(&md->lock);
	same = modepages_snapshot_same(md, key, result);
	if (same) {
		modepages_snapshot_renew(same, result);
		result->generation = same->generation;
		modepages_refresh_answered(md);
	}
	spin_unlock(&md->lock);
	return same;
}

/**
 * modepages_keep_result() - the same for an answer that somebody else wants
 * @md: the drive
 * @key: what was asked for
 * @cause: as for modepages_keep()
 * @result: what became of it; its generation is brought up to date
 *
 * A failure is not kept: it is not sysfs that has to be kept from repeating it.
 * Nor is anything without memory: then the next to compare sees the change.
 *
 * Context: process.
 */
void modepages_keep_result(struct modepages_device *md,
			   struct modepages_key key, enum modepages_cause cause,
			   struct modepages_result *result)
{
	struct modepages_snapshot *snapshot;

	if ((result->status.code &&
	     result->status.code != MODEPAGES_STATUS_NO_SUCH_PAGE) ||
	    modepages_keep_again(md, key, result))
		return;
	snapshot = modepages_snapshot_new(result, key);
	if (!snapshot) {
		modepages_keep_nothing(md, cause);
		return;
	}
	if (modepages_snapshot_holds(snapshot))
		modepages_keep(md, key, cause, snapshot);
	result->generation = snapshot->generation;
	modepages_snapshot_put(snapshot);
}
