// SPDX-License-Identifier: GPL-2.0-only
/*
 * Asking a drive for pages, in such a way that the answer can be kept.
 */
#include <linux/bits.h>
#include <linux/err.h>

#include "modepages.h"

/*
 * Can't a page be told from another? Then another modepages_snapshot_key() leads
 * to the pages from now on.
 */
static bool modepages_ask_unsound(const struct modepages_snapshot *snapshot,
				  struct modepages_key key)
{
	return key.code == MODE_PAGE_ALL && !snapshot->status.code &&
	       !mode_data_sound(&snapshot->data);
}

static void modepages_note_unsound(struct modepages_device *md, u8 control)
{
	spin_lock(&md->lock);
	md->unsound |= BIT(control);
	md->quirks |= MODEPAGES_QUIRK_ALL_PAGES_UNSOUND;
	spin_unlock(&md->lock);
}

/**
 * modepages_ask_key() - ask the drive, keep what it says
 * @md: the drive
 * @who: on whose behalf, or NULL for the module's own
 * @key: what to ask for
 *
 * Context: process, as modepages_mode_sense().
 * Return: a snapshot with a reference, which may be of a failed command, or
 * unsound; an ERR_PTR when memory ran out, a fatal signal came, the drive is gone,
 * somebody else has it exclusively, or nothing may be sent to it.
 */
struct modepages_snapshot *
modepages_ask_key(struct modepages_device *md, const struct modepages_file *who,
		  struct modepages_key key)
{
	const struct mode_request request = {
		.page = key.code,
		.control = key.control,
	};
	struct modepages_snapshot *snapshot = NULL;
	struct modepages_result result;
	int ret;

	ret = modepages_mode_sense(md, who, &request, MODEPAGES_TIMEOUT_MS,
				   &result);
	/* Nothing was asked. */
	if (!result.sequence)
		return ERR_PTR(ret);

	if (ret != -ENOMEM)
		snapshot = modepages_snapshot_new(&result, key);
	modepages_result_free(&result);
	if (!snapshot)
		return ERR_PTR(-ENOMEM);

	if (modepages_ask_unsound(snapshot, key))
		modepages_note_unsound(md, key.control);
	else
		modepages_keep(md, key, MODEPAGES_CAUSE_NONE, snapshot);
	return snapshot;
}

/**
 * modepages_ask() - ask the drive for what a page is in
 * @md: the drive
 * @who: on whose behalf, or NULL for the module's own
 * @control: page control
 * @page: page code, or 3Fh
 *
 * Context: process, as modepages_mode_sense().
 * Return: as modepages_ask_key(), and unsound for page 3Fh only.
 */
struct modepages_snapshot *
modepages_ask(struct modepages_device *md, const struct modepages_file *who,
	      u8 control, u8 page)
{
	struct modepages_key key = modepages_snapshot_key(md, control, page);
	struct modepages_snapshot *snapshot;

	snapshot = modepages_ask_key(md, who, key);
	if (page == MODE_PAGE_ALL || IS_ERR(snapshot) ||
	    !modepages_ask_unsound(snapshot, key))
		return snapshot;

	/* From now on page by page. */
	modepages_snapshot_put(snapshot);
	return modepages_ask_key(md, who,
				 modepages_snapshot_key(md, control, page));
}
