// SPDX-License-Identifier: GPL-2.0-only
/*
 * Asking a drive for pages, in such a way that the answer can be kept.
 */
#include <linux/bits.h>
#include <linux/err.h>

#include "modepages.h"

/**
 * modepages_all_unsound() - is an answer of no use to those who want a page?
 * @md: the drive
 * @key: what was asked for
 * @status: outcome of the command
 * @data: the pages, if there are any
 *
 * Nonsense in answer to page 3Fh, where a page can't be told from another. And so is
 * the refusal of it, in the mouth of a drive that has listed its pages before: it
 * does not mean that they are all gone.
 *
 * Context: process; does not sleep.
 * Return: true if so; another modepages_snapshot_key() leads to the pages from now
 * on.
 */
bool modepages_all_unsound(struct modepages_device *md,
			   struct modepages_key key,
			   const struct modepages_status *status,
			   const struct mode_data *data)
{
	bool unsound = false;

	if (key.code != MODE_PAGE_ALL)
		return false;
	spin_lock(&md->lock);
	if (!status->code && !mode_data_sound(data)) {
		unsound = true;
		md->quirks |= MODEPAGES_QUIRK_ALL_PAGES_UNSOUND;
	} else if (status->code == MODEPAGES_STATUS_NO_SUCH_PAGE) {
		unsound = md->listed && key.control == MODEPAGES_CONTROL_CURRENT;
	}
	if (unsound)
		md->unsound |= BIT(key.control);
	spin_unlock(&md->lock);
	return unsound;
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

	if (!modepages_all_unsound(md, key, &snapshot->status, &snapshot->data))
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
	    !modepages_all_unsound(md, key, &snapshot->status, &snapshot->data))
		return snapshot;

	/* From now on page by page. */
	modepages_snapshot_put(snapshot);
	return modepages_ask_key(md, who,
				 modepages_snapshot_key(md, control, page));
}
