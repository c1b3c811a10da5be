// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writing a page: MODE SELECT, and a look at what has become of it.
 */
#include <linux/bits.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "modepages.h"

static int modepages_copy_found(struct modepages_copy *copy,
				const struct mode_page *page, int error)
{
	copy->status.stage = MODEPAGES_STAGE_PARSE;
	if (error == -ENOENT)
		copy->status.code = MODEPAGES_STATUS_NO_SUCH_PAGE;
	else if (error || page->truncated)
		copy->status.code = MODEPAGES_STATUS_INVALID_RESPONSE;
	if (copy->status.code)
		return status_errno(&copy->status);

	copy->bytes = kmemdup(page->data, page->length,
			      GFP_KERNEL | __GFP_NOWARN);
	if (!copy->bytes) {
		copy->status.code = MODEPAGES_STATUS_NO_MEMORY;
		return -ENOMEM;
	}
	copy->length = page->length;
	copy->saveable = page->saveable;
	copy->status.stage = MODEPAGES_STAGE_NONE;
	return 0;
}

/* What is read is also what is known from now on. */
static void modepages_copy_keep(const struct modepages_turn *turn,
				const struct mode_request *question,
				enum modepages_cause cause,
				struct modepages_result *result)
{
	const struct modepages_key key = {
		.control = question->control,
		.code = question->page,
	};

	if (!question->subpage)
		modepages_keep_result(turn->md, key, cause, result);
}

/**
 * modepages_turn_page() - read one page, in one's turn
 * @turn: the turn
 * @question: page, subpage and page control
 * @cause: of a change that it shows, or MODEPAGES_CAUSE_NONE if that is not known
 * @copy: gets the whole page, and the outcome; to be freed by
 *	modepages_copy_free()
 *
 * Context: process. Waits for the drive without being killable.
 * Return: 0 or the errno of the status.
 */
int modepages_turn_page(const struct modepages_turn *turn,
			const struct mode_request *question,
			enum modepages_cause cause, struct modepages_copy *copy)
{
	struct modepages_result result;
	struct mode_page page = { };
	int ret;

	*copy = (struct modepages_copy) { };
	ret = modepages_turn_sense(turn, question, &result);
	copy->status = result.status;
	if (!ret) {
		ret = mode_page_find(&result.data, question->page,
				     question->subpage, &page);
		ret = modepages_copy_found(copy, &page, ret);
	}
	modepages_copy_keep(turn, question, cause, &result);
	copy->sequence = result.sequence;
	copy->generation = result.generation;
	modepages_result_free(&result);
	return ret;
}

/**
 * modepages_copy_snapshot() - the same from a snapshot
 * @copy: as for modepages_turn_page()
 * @snapshot: the snapshot
 * @page: page code
 *
 * Context: process.
 * Return: 0 or the errno of the status.
 */
int modepages_copy_snapshot(struct modepages_copy *copy,
			    const struct modepages_snapshot *snapshot, u8 page)
{
	struct mode_page found = { };
	int ret;

	*copy = (struct modepages_copy) { .status = snapshot->status };
	if (snapshot->status.code)
		return status_errno(&copy->status);
	ret = modepages_snapshot_page(snapshot, page, &found);
	return modepages_copy_found(copy, &found, ret);
}

/**
 * modepages_copy_free() - free a copy of a page
 * @copy: from modepages_turn_page(); may be freed twice
 */
void modepages_copy_free(struct modepages_copy *copy)
{
	kfree(copy->bytes);
	copy->bytes = NULL;
}

/**
 * modepages_write_undone() - has the drive left the page alone?
 * @status: outcome of a MODE SELECT that has failed
 *
 * Return: true for a refusal; false for a failure that leaves it open.
 */
bool modepages_write_undone(const struct modepages_status *status)
{
	switch (status->code) {
	case MODEPAGES_STATUS_BUSY:
	case MODEPAGES_STATUS_LOCKED:
	case MODEPAGES_STATUS_NO_MEMORY:
	case MODEPAGES_STATUS_INVALID_ARGUMENT:
		return true;
	case MODEPAGES_STATUS_TIMEOUT:
		return false;
	default:
		return status->flags & MODEPAGES_STATUS_SENSE &&
		       (status->sense_key == SENSE_KEY_NOT_READY ||
			status->sense_key == SENSE_KEY_ILLEGAL_REQUEST ||
			status->sense_key == SENSE_KEY_UNIT_ATTENTION ||
			status->sense_key == SENSE_KEY_DATA_PROTECT ||
			sense_deferred(status));
	}
}

/* Of what no answer tells, or none that is kept. */
static void modepages_write_note(struct modepages_device *md,
				 struct modepages_write *write)
{
	spin_lock(&md->lock);
	modepages_event_note(md, BIT_ULL(write->question.page), write->cause);
	write->after.generation = atomic64_read(&md->generation);
	spin_unlock(&md->lock);
	modepages_event_publish(md);
}

/* Changes of a subpage are told as those of its page. */
static void modepages_write_subpage(struct modepages_device *md,
				    struct modepages_write *write)
{
	const struct modepages_copy *before = write->before;
	const struct modepages_copy *after = &write->after;

	if (before->length != after->length ||
	    memcmp(before->bytes, after->bytes, after->length))
		modepages_write_note(md, write);
}

/**
 * modepages_copy_outdated() - has there been news since a page was read?
 * @md: the drive
 * @copy: the page
 *
 * Also such as came with a command of others, where the midlayer counts them.
 *
 * Context: process; does not sleep.
 * Return: true if so.
 */
bool modepages_copy_outdated(struct modepages_device *md,
			     const struct modepages_copy *copy)
{
	bool outdated;

	modepages_attention_check(md);
	spin_lock(&md->lock);
	outdated = copy->sequence <= md->stale;
	spin_unlock(&md->lock);
	return outdated;
}

static int modepages_write_unverified(struct modepages_device *md,
				      struct modepages_write *write)
{
	if (write->status.code != MODEPAGES_STATUS_NO_DEVICE)
		write->status.code = MODEPAGES_STATUS_VERIFY_FAILED;
	write->status.stage = MODEPAGES_STAGE_VERIFY;
	modepages_device_note_status(md, &write->status);
	return status_errno(&write->status);
}

/* What the page has now is not known any more; of a drive that is gone, nothing is. */
static void modepages_write_unknown(struct modepages_device *md,
				    struct modepages_write *write)
{
	if (write->status.code == MODEPAGES_STATUS_NO_DEVICE)
		return;
	spin_lock(&md->lock);
	modepages_snapshot_outdate(md);
	spin_unlock(&md->lock);
	modepages_write_note(md, write);
}

static int modepages_write_unread(struct modepages_device *md,
				  struct modepages_write *write)
{
	write->status = write->after.status;
	modepages_write_unknown(md, write);
	return modepages_write_unverified(md, write);
}

/* What the drive says it has rounded is its right, and the caller is told. */
static int modepages_write_verify(struct modepages_device *md,
				  struct modepages_write *write)
{
	const struct modepages_copy *after = &write->after;
	bool whole = after->length == write->length;
	struct mode_place place;
	bool differs;

	differs = whole && mode_bits_differ(after->bytes, write->bytes,
					    write->mask, write->length, &place);
	if (whole && !differs)
		return 0;
	write->result |= MODEPAGES_RESULT_DIFFERS;
	if (write->result & MODEPAGES_RESULT_ROUNDED)
		return 0;
	if (differs)
		mode_status_place(&write->status, &place);
	return modepages_write_unverified(md, write);
}

/**
 * modepages_turn_write() - write a page and read it back
 * @turn: the turn
 * @write: what to write, and what has become of it; @write->after is to be freed by
 *	modepages_copy_free() in any case
 *
 * Context: process. Waits for the drive without being killable.
 * Return: 0 or the errno of the status; -EAGAIN, with status OK, if the drive had
 * news so that the page has to be looked at before it is written.
 */
int modepages_turn_write(const struct modepages_turn *turn,
			 struct modepages_write *write)
{
	struct modepages_device *md = turn->md;

	write->after = (struct modepages_copy) { };
	write->status = (struct modepages_status) { };
	if (modepages_copy_outdated(md, write->before))
		return -EAGAIN;
	if (!modepages_turn_select(turn, write->bytes, write->length,
				   write->save, &write->status)) {
		write->status = (struct modepages_status) { };
		return -EAGAIN;
	}
	if (write->status.code) {
		if (!modepages_write_undone(&write->status) &&
		    write->status.stage == MODEPAGES_STAGE_SELECT)
			modepages_write_unknown(md, write);
		return status_errno(&write->status);
	}
	write->result |= MODEPAGES_RESULT_SELECTED;
	if (mode_select_rounded(&write->status))
		write->result |= MODEPAGES_RESULT_ROUNDED;
	if (modepages_turn_page(turn, &write->question, write->cause,
				&write->after))
		return modepages_write_unread(md, write);
	if (write->question.subpage)
		modepages_write_subpage(md, write);
	return modepages_write_verify(md, write);
}
